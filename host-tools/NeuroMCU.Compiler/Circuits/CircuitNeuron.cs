// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>One neuron on its way into the tables.</summary>
/// <param name="Step">Step of the network in µs.</param>
internal sealed record CircuitNeuron(Population Population, int Index, int Step, QuantisationLog Log, ICollection<Diagnostic> Errors)
    : ICellEncoder
{
    // A larger one lets the equilibrium lie farther than the device can count: 1.95 MOhm.
    private const long MostGain = 1L << 45;

    /// <inheritdoc />
    public double Value(string parameter) => Population.Value(parameter, Index);

    /// <inheritdoc />
    public long Number(string? name, double value, double one)
    {
        long rounded = DeviceFormats.Round(value * one);
        if (name != null)
        {
            Log.Note(Population.Name, name, value, rounded / one, "1");
        }

        return rounded;
    }

    /// <summary>Encodes a voltage.</summary>
    /// <param name="volts">Voltage in V.</param>
    /// <returns>Q.32.</returns>
    public long Volts(string name, double volts)
    {
        long value = DeviceFormats.Volts(volts);
        Log.Note(Population.Name, name, volts, DeviceFormats.FromVolts(value), "V");
        return value;
    }

    /// <summary>Encodes a current.</summary>
    /// <returns>Units of 2^-12 nA.</returns>
    public long Current(string name, double amperes)
    {
        long value = DeviceFormats.Current(amperes * 1e6);
        Log.Note(Population.Name, name, amperes * 1e6, value / DeviceFormats.PerMicroampere, "uA");
        return value;
    }

    /// <summary>Encodes a resistance.</summary>
    /// <param name="ohms">Resistance in Ω.</param>
    /// <returns>Q.34.</returns>
    public long Gain(string name, double ohms, string parameter)
    {
        long value = DeviceFormats.Gain(ohms);
        if (value is < 1 or > MostGain)
        {
            Refuse(parameter, name + " of " + Quantity.Text(ohms / 1e3, Dimension.Resistance) + " is out of the device's range",
                "check `" + parameter + "` and its unit");
            return 1;
        }

        Log.Note(Population.Name, name, ohms, DeviceFormats.FromGain(value), "Ohm");
        return value;
    }

    /// <summary>Encodes a time constant as the rate log2(e)/τ.</summary>
    /// <returns>Q.40 in 1/µs.</returns>
    public long Rate(string name, double seconds, string parameter)
    {
        double microseconds = seconds * 1e6;
        long rate = FixedPoint.LeakRate(microseconds);
        if (rate is < ImageLayout.MinLeakRate or > ImageLayout.MaxLeakRate)
        {
            Refuse(parameter, name + " of " + Quantity.Text(microseconds, Dimension.Time) + " is out of the device's range, 2 us to 10 s",
                "check `" + parameter + "` and its unit");
            return Math.Clamp(rate, ImageLayout.MinLeakRate, ImageLayout.MaxLeakRate);
        }

        Log.Note(Population.Name, name, microseconds, FixedPoint.TauOfLeakRate(rate), "us");
        return rate;
    }

    /// <summary>Notes a finding of this neuron.</summary>
    public void Refuse(string parameter, string message, string hint)
    {
        Errors.Add(Diagnostic.At(Population.Parameters[parameter].Location, "`" + Population.Name + "`: " + message, hint));
    }
}
