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

    private const double StandsStill = 1;

    /// <summary>Refuses populations whose states the device would not move.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    public static void Refuse(Network network, IReadOnlyList<bool> clocked, DeviceUnits units, ICollection<Diagnostic> errors)
    {
        foreach ((Population population, Change change) in Slow(network, clocked, units).Where(s => s.Change.Units < s.Change.Refused))
        {
            errors.Add(Finding(network, population, change, "it would stand still or go in jumps"));
        }
    }

    /// <summary>Warns of populations whose states move by few units.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The warnings.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, IReadOnlyList<bool> clocked, DeviceUnits units) =>
        Slow(network, clocked, units).Select(s => Finding(network, s.Population, s.Change, "its course is rough"));

    private static IEnumerable<(Population Population, Change Change)> Slow(Network network, IReadOnlyList<bool> clocked, DeviceUnits units)
        => network.Populations.Where(p => clocked[p.Index])
            .SelectMany(p => Changes(network, p, units).GroupBy(c => c.State).Select(g => (Population: p, Change: g.MinBy(c => c.Units))))
            .Where(c => c.Change.Units < Least);

    private static IEnumerable<Change> Changes(Network network, Population population, DeviceUnits units)
    {
        if (population.Circuit is { } circuit)
        {
            return Enumerable.Range(0, population.Size)
                .SelectMany(i => circuit.StepChanges(name => population.Value(name, i), network.Step, units.Currents(population)))
                .Select(c => new Change(c.State, c.Units, Least))
                .Concat(Receptors(network, population, units.Currents(population)));
        }

        // A leak that is slower than the rounding of one unit has no effect at all; a slow one is rough, and still a leak.
        return population.Lif == null ? [] : LifUnits.StepChanges(population, network.Step, units)
            .Select(c => new Change(c.State, c.Units, StandsStill));
    }

    // The decay of the current that one volley makes, in units of a stage of the synapse block.
    private static IEnumerable<Change> Receptors(Network network, Population population, CurrentFormat currents)
    {
        FanIn fanIn = FanIn.Of(network, population);
        for (int r = 0; r < population.Receptors.Count; r++)
        {
            if (CurrentScale.DecayOf(network, population, fanIn, r) is { } decay)
            {
                yield return new Change("current of receptor `" + population.Receptors[r].Name + "`", decay / currents.Unit, StandsStill);
            }
        }
    }

    private static Diagnostic Finding(Network network, Population population, Change change, string consequence)
    {
        double longer = network.Step * Least / Math.Max(change.Units, 1e-9);
        string advice = longer <= Core.Contracts.ImageLayout.MaxStep
            ? "write a `step` of " + Quantity.Text(Math.Ceiling(longer / 10) * 10, Dimension.Time) + " or more"
            : "no `step` is long enough: check the time constants of `" + population.Name + "` and their units";
        return Diagnostic.At(
            population.Location,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the {change.State} of `{population.Name}` moves by {change.Units:G3} units of the device in a step of "
                + $"{Quantity.Text(network.Step, Dimension.Time)}, {Least} are needed: {consequence}"),
            advice);
    }

    // How many units a state moves by in a step, and below how many it is refused.
    private readonly record struct Change(string State, double Units, double Refused);
}
