// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>
/// Whether the states of clocked populations move in a step by enough units of the device: what moves by less than half a unit stands
/// still, and what moves by few follows its equation in jumps.
/// </summary>
internal static class StepResolution
{
    /// <summary>Units of the device that the slowest state is to move by in a step.</summary>
    public const double Least = 16;

    // A leak that is slower than the rounding of one unit has no effect at all.
    private const double StandsStill = 1;

    /// <summary>Refuses populations whose states the device would not move.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    public static void Refuse(Network network, IReadOnlyList<bool> clocked, DeviceUnits units, ICollection<Diagnostic> errors)
    {
        foreach ((Population population, string state, double moved) in Slow(network, clocked, units))
        {
            if (moved < (population.IsCircuit ? Least : StandsStill))
            {
                errors.Add(Finding(network, population, state, moved, "it would stand still or go in jumps"));
            }
        }
    }

    /// <summary>Warns of populations whose states move by few units.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The warnings.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, IReadOnlyList<bool> clocked, DeviceUnits units) =>
        Slow(network, clocked, units).Select(s => Finding(network, s.Population, s.State, s.Units, "its course is rough"));

    private static IEnumerable<(Population Population, string State, double Units)> Slow(Network network, IReadOnlyList<bool> clocked,
        DeviceUnits units) =>
        network.Populations.Where(p => clocked[p.Index])
            .SelectMany(p => Changes(p, network.Step, units).GroupBy(c => c.State, c => c.Units)
                .Select(g => (Population: p, State: g.Key, Units: g.Min())))
            .Where(c => c.Units < Least);

    private static IEnumerable<(string State, double Units)> Changes(Population population, int step, DeviceUnits units)
    {
        if (population.Circuit is { } circuit)
        {
            return Enumerable.Range(0, population.Size).SelectMany(i => circuit.StepChanges(name => population.Value(name, i), step));
        }

        return population.Lif is { } lif ? Leaks(population, lif, step, units) : [];
    }

    // The leak at the distance of the threshold, and the decay of a current as large.
    private static IEnumerable<(string State, double Units)> Leaks(
        Population population, LifNeurons lif, int step, DeviceUnits units)
    {
        double distance = MembraneScale.UnitOf(population);
        double membrane = FixedPoint.Membrane(distance / units.Membrane(population));
        foreach (double tau in lif.Tau.Values)
        {
            yield return ("membrane", membrane * (1 - Math.Exp(-step / tau)));
        }

        if (population.HasExponentialSynapses)
        {
            double current = FixedPoint.Membrane(distance / units.Current(population));
            yield return ("excitatory current", current * (1 - Math.Exp(-step / lif.TauExcitatory)));
            yield return ("inhibitory current", current * (1 - Math.Exp(-step / lif.TauInhibitory)));
        }
    }

    private static Diagnostic Finding(Network network, Population population, string state, double moved, string consequence)
    {
        double longer = network.Step * Least / Math.Max(moved, 1e-9);
        string advice = longer <= Core.Contracts.ImageLayout.MaxStep
            ? "write a `step` of " + Quantity.Text(Math.Ceiling(longer / 10) * 10, Dimension.Time) + " or more"
            : "no `step` is long enough: check the time constants of `" + population.Name + "` and their units";
        return Diagnostic.At(
            population.Location,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the {state} of `{population.Name}` moves by {moved:G3} units of the device in a step of "
                + $"{Quantity.Text(network.Step, Dimension.Time)}, {Least} are needed: {consequence}"),
            advice);
    }
}
