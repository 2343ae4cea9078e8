// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>The smallest and the largest value that a state of a population can have on the device.</summary>
/// <param name="Population">Name of the population.</param>
/// <param name="State">What the state is, or its name in a text.</param>
/// <param name="Resolution">Smallest step of its value.</param>
/// <param name="Reach">Largest distance from 0, or of a membrane from rest.</param>
/// <param name="Unit">Unit of both; 1 for pure numbers.</param>
public sealed record StateUnit(string Population, string State, double Resolution, double Reach, string Unit)
{
    private const double MembraneOne = Formats.MembraneOne;

    /// <summary>The states of all populations.</summary>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>One per state; none for sources and for channels, whose circuits have no units.</returns>
    internal static IReadOnlyList<StateUnit> Of(Network network, DeviceUnits units) =>
        [.. network.Populations.Where(p => !p.IsSource && p.Channels.Count == 0).SelectMany(p => Of(p, units))];

    private static IEnumerable<StateUnit> Of(Population population, DeviceUnits units)
    {
        if (units.Programs[population.Index] is { } program)
        {
            return program.Variables.Take(program.States).Select(v => new StateUnit(population.Name, v.Name,
                v.Resolution / v.Unit.Scale, Math.Max(Math.Abs(v.Least), Math.Abs(v.Most)) / v.Unit.Scale, v.Unit.Symbol));
        }

        if (population.IsCircuit)
        {
            CurrentFormat format = units.Currents(population);
            return [new StateUnit(population.Name, "current", format.Unit * 1e6, format.Most * 1e6, "uA")];
        }

        double membrane = units.Membrane(population);
        StateUnit first = new(population.Name, "membrane", membrane / MembraneOne, units.Reach(population), population.MembraneUnit);
        return population.HasExponentialSynapses
            ? [first, new(population.Name, "currents", units.Current(population) / MembraneOne,
                units.Current(population) * int.MaxValue / MembraneOne, population.MembraneUnit)]
            : [first];
    }
}
