// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler;

/// <summary>
/// Warns where weights or drive can take a value beyond the range of the device's arithmetic, which cuts it off there. What a run
/// really cut off the device counts.
/// </summary>
internal static class RangeCheck
{
    private const double Microsecond = 1e-6;

    // One side of the range of an int, in V, and in units of current or charge.
    private const double MostVolts = CurrentModel.MaxVoltage / (double)(1L << CurrentModel.VoltBits);
    private const double MostUnits = 1L << 31;

    /// <summary>Warns of the populations of a network.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The warnings.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, DeviceUnits units)
    {
        foreach (Population population in network.Populations)
        {
            if (population.Equations != null)
            {
                foreach (Diagnostic warning in Inputs(network, population))
                {
                    yield return warning;
                }

                continue;
            }

            IEnumerable<Diagnostic> found = population.IsSource ? []
                : population.IsCircuit ? Charges(network, population, units.Currents(population))
                : Volleys(network, population, units);
            foreach (Diagnostic warning in found.Concat(Drive(network, population, units)))
            {
                yield return warning;
            }
        }
    }

    private static IEnumerable<Diagnostic> Volleys(Network network, Population population, DeviceUnits units)
    {
        double excess = units.Excess(population);
        if (excess <= 1)
        {
            yield break;
        }

        FanIn fanIn = FanIn.Of(network, population);
        bool exponential = population.HasExponentialSynapses;
        string what = exponential ? "a membrane or current" : "a membrane";
        string advice = !exponential && population.ResetsToValue
            ? "give `" + population.Name + "` a `floor`, or make its weights smaller" : "make its weights smaller";
        yield return Diagnostic.At(
            fanIn.Heaviest?.WeightLocation ?? population.Location,
            Text(
                $"`{population.Name}` can go {excess:G3} times beyond the range of the device: that far goes one volley of its synapses, or a pilot run; {what} may be {units.Reach(population):G4}{Unit(population.MembraneUnit)} away from its equilibrium, and is cut off there"),
            advice + (fanIn.Heaviest == null ? string.Empty : " (most comes over `" + fanIn.Heaviest.Name + "`)"));
    }

    // Constant bias and drive are limited to half the range.
    private static IEnumerable<Diagnostic> Drive(Network network, Population population, DeviceUnits units)
    {
        DriveInput[] drives = network.Drives.Where(d => d.Population.Index == population.Index).ToArray();
        double limit = population.IsCircuit ? units.Currents(population).Most * 1e6 : FixedPoint.MembraneLimit * units.Membrane(population);
        foreach (DriveInput drive in drives)
        {
            for (int n = drive.First; n < drive.First + drive.Count; n++)
            {
                double sum = population.BiasOf(n) + drives.Where(d => n >= d.First && n < d.First + d.Count && d.Start <= drive.Start
                    && drive.Start < d.Stop).Sum(d => d.Amplitude);
                if (Math.Abs(sum) > limit * 1.000001)
                {
                    yield return Diagnostic.At(
                        drive.Location,
                        Text($"bias and `dc` of `{population.Name}` add up to {sum:G4}{Unit(population.DriveUnit)} at {drive.Start * 1e-3:G6} ms; the device cuts them off at {limit:G4}{Unit(population.DriveUnit)}"),
                        "lower `amplitude` or `bias`");
                    yield break;
                }
            }
        }
    }

    // Bias and drive of a text are limited to the range of its first input.
    private static IEnumerable<Diagnostic> Inputs(Network network, Population population)
    {
        ModelNeurons neurons = population.Equations!;
        if (neurons.Model.Inputs.Count == 0)
        {
            yield break;
        }

        ModelInput input = neurons.Model.Inputs[0];
        Interval range = neurons.Range(input.Least, input.Most);
        double unit = DisplayUnit.BaseOf(population.DriveDimension);
        DriveInput[] drives = network.Drives.Where(d => d.Population.Index == population.Index).ToArray();
        for (int n = 0; n < population.Size; n++)
        {
            double bias = neurons.Value(input.Name, n);
            double[] starts = [0, .. drives.Where(d => n >= d.First && n < d.First + d.Count).Select(d => (double)d.Start)];
            foreach (double start in starts)
            {
                double sum = bias + drives.Where(d => n >= d.First && n < d.First + d.Count && d.Start <= start && start < d.Stop)
                    .Sum(d => d.Amplitude * unit);
                if (sum < range.Least - (1e-6 * range.Width) || sum > range.Most + (1e-6 * range.Width))
                {
                    yield return Diagnostic.At(
                        drives.Length == 0 ? population.Location : drives[^1].Location,
                        Text($"bias and `dc` of `{population.Name}` add up to {input.Unit.Text(sum)} (neuron {n}); the model's range of `{input.Name}` cuts them off at {input.Unit.Text(sum > 0 ? range.Most : range.Least)}"),
                        "lower them, or widen the range of `" + input.Name + "` in the model");
                    yield break;
                }
            }
        }
    }

    private static IEnumerable<Diagnostic> Charges(Network network, Population population, CurrentFormat currents)
    {
        double mostAmperes = MostUnits * currents.Unit;
        double mostAmperesPerStep = MostUnits * currents.ChargePerStep * 1e-9;
        FanIn fanIn = FanIn.Of(network, population);
        string advice = "make the charges smaller" + (fanIn.Heaviest == null ? string.Empty
            : " (most comes over `" + fanIn.Heaviest.Name + "`)");
        SourceLocation location = fanIn.Heaviest?.WeightLocation ?? population.Location;
        double volts = fanIn.Largest(-1, false) * 1e-3 / population.Value("capacitance", 0);
        if (volts > MostVolts)
        {
            yield return Diagnostic.At(
                location,
                Text($"one volley of its synapses lifts a membrane of `{population.Name}` by {volts:G4} V; the device cuts it off at {MostVolts:G4} V"),
                advice);
        }

        double step = network.Step * Microsecond;
        double current = 0;
        for (int r = 0; r < population.Receptors.Count; r++)
        {
            double charge = fanIn.Largest(r, false) * 1e-9;
            current += charge * (1 - Math.Exp(-network.Step / population.Receptors[r].Tau)) / step;
            if (charge / step > mostAmperesPerStep)
            {
                yield return Diagnostic.At(
                    location,
                    Text($"one volley brings {charge * 1e9:G4} nC to receptor `{population.Receptors[r].Name}` of `{population.Name}`; the device cuts it off at {mostAmperesPerStep * step * 1e9:G4} nC per step"),
                    advice + ", or the `step` longer");
            }
        }

        if (current > mostAmperes)
        {
            yield return Diagnostic.At(
                location,
                Text($"one volley makes a current of {current * 1e6:G4} uA into a neuron of `{population.Name}`; the device cuts it off at {mostAmperes * 1e6:G4} uA"),
                advice);
        }
    }

    private static string Unit(string unit)
        => string.Equals(unit, "1", StringComparison.Ordinal) ? string.Empty : " " + unit;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
