// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>One neuron on its way into the tables.</summary>
/// <param name="Step">Step of the network in µs.</param>
/// <param name="Currents">Unit in which the device counts its currents.</param>
internal sealed record CircuitNeuron(
    Population Population, int Index, int Step, CurrentFormat Currents, QuantisationLog Log, ICollection<Diagnostic> Errors) : ICellEncoder
{
    // A larger one lets the equilibrium lie farther than the device can count: 1.95 MOhm in the unit of a board's channels.
    private const long MostGain = 1L << 45;
    private const long MostRamp = 1L << 48;

    /// <summary>Whether a finer unit of current would hold what did not fit.</summary>
    public bool TooCoarse { get; private set; }

    /// <summary>Whether a coarser unit of current would hold what did not fit.</summary>
    public bool TooFine { get; private set; }

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

    /// <inheritdoc />
    public long Volts(string name, double volts)
    {
        long value = DeviceFormats.Volts(volts);
        Log.Note(Population.Name, name, volts, DeviceFormats.FromVolts(value), "V");
        return value;
    }

    /// <inheritdoc />
    public long Current(string name, double amperes)
    {
        long value = Currents.Current(amperes * 1e6);
        if (Math.Abs(value) > Formats.MaxCurrent)
        {
            Refuse(name, amperes, Currents.Most);
            return 0;
        }

        Log.Note(Population.Name, name, amperes * 1e6, value / Currents.PerMicroampere, "uA");
        return value;
    }

    /// <inheritdoc />
    public long FineCurrent(string name, double amperes, int bits)
    {
        long value = DeviceFormats.Round(amperes / Currents.Unit * (1 << bits));
        long most = (long)Formats.MaxCurrent << (bits + 2);
        if (value > most)
        {
            Refuse(name, amperes, 4 * Currents.Most);
            return most;
        }

        return value;
    }

    /// <inheritdoc />
    public long Ramp(string parameter, double farads)
    {
        long value = Currents.Ramp(farads);
        if (value is < 1 or > MostRamp)
        {
            Miss(value < 1);
            Refuse(parameter, "a capacitance of " + Quantity.Text(farads * 1e6, Dimension.Capacitance) + " is out of the device's range"
                + Beside, "check `" + parameter + "` and its unit" + Or);
            return 1;
        }

        return value;
    }

    /// <inheritdoc />
    public long Gain(string name, double ohms, string parameter)
    {
        long value = Currents.Gain(ohms);
        if (value is < 1 or > MostGain)
        {
            Miss(value < 1);
            Refuse(parameter, name + " of " + Quantity.Text(ohms / 1e3, Dimension.Resistance) + " is out of the device's range" + Beside,
                "check `" + parameter + "` and its unit" + Or);
            return 1;
        }

        Log.Note(Population.Name, name, ohms, Currents.FromGain(value), "Ohm");
        return value;
    }

    /// <inheritdoc />
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

    /// <inheritdoc />
    public void Refuse(string parameter, string message, string hint)
    {
        Errors.Add(Diagnostic.At(Population.Parameters[parameter].Location, "`" + Population.Name + "`: " + message, hint));
    }

    private string Beside => string.Create(CultureInfo.InvariantCulture,
        $": the device counts the currents of these neurons in steps of {Quantity.Text(Currents.Unit * 1e6, Dimension.Current)}");

    private static string Or => ", or lower the largest current of these neurons (`bias`, `hold`, `dc`, weights), which keeps the unit from"
        + " being finer";

    private void Refuse(string name, double amperes, double most)
    {
        TooFine = true;
        Refuse(name, "`" + name + "` of " + Quantity.Text(amperes * 1e6, Dimension.Current) + " is more than the "
            + Quantity.Text(most * 1e6, Dimension.Current) + " that the device holds" + Beside,
            "lower `" + name + "`, or check its unit");
    }

    private void Miss(bool fine)
    {
        TooFine |= fine;
        TooCoarse |= !fine;
    }
}
