// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>
/// The units in which the device counts membranes and currents, population by population: chosen by what may arrive there, so that
/// small states have fine units and large ones still fit.
/// </summary>
internal sealed class DeviceUnits
{
    private readonly double[] _membrane;
    private readonly double[] _current;
    private readonly double[] _excess;
    private readonly CurrentFormat[] _currents;

    private DeviceUnits(int count)
    {
        _membrane = new double[count];
        _current = new double[count];
        _excess = new double[count];
        _currents = new CurrentFormat[count];
    }

    /// <summary>Chooses the units of a network.</summary>
    /// <param name="twin">Whether channels of a board are computed instead.</param>
    /// <returns>The units.</returns>
    public static DeviceUnits Choose(Network network, Activity activity, bool twin)
    {
        DeviceUnits units = new(network.Populations.Count);
        foreach (Population population in network.Populations)
        {
            units._currents[population.Index] = CurrentScale.Of(network, population, population.Channels.Count > 0 && !twin);
            LifUnits chosen = LifUnits.Of(network, population, activity);
            (units._membrane[population.Index], units._current[population.Index], units._excess[population.Index]) =
                (chosen.Membrane, chosen.Current, chosen.Excess);
        }

        return units;
    }

    /// <summary>The units of some of the populations.</summary>
    /// <param name="populations">Their positions here, in the order of theirs there; −1 for sources that have none.</param>
    /// <returns>The same units, without programs.</returns>
    public DeviceUnits Of(IReadOnlyList<int> populations)
    {
        DeviceUnits part = new(populations.Count);
        for (int k = 0; k < populations.Count; k++)
        {
            (part._membrane[k], part._current[k], part._excess[k], part._currents[k]) = populations[k] < 0
                ? (1, 1, 0, CurrentFormat.OfChannels)
                : (_membrane[populations[k]], _current[populations[k]], _excess[populations[k]], _currents[populations[k]]);
        }

        return part;
    }

    /// <summary>Programs of the populations whose models are texts, by position; null for the others.</summary>
    public IReadOnlyList<EquationProgram?> Programs { get; set; } = [];

    /// <summary>Membrane unit of a population.</summary>
    /// <returns>The unit in the physical unit of the file; positive.</returns>
    public double Membrane(Population population) => _membrane[population.Index];

    /// <summary>Unit of what arrives over the synapses of a population onto membranes or currents.</summary>
    /// <returns>The unit in the physical unit of the file; positive.</returns>
    public double Current(Population population) => _current[population.Index];

    /// <summary>Unit of the currents into a population of circuits.</summary>
    /// <returns>The format.</returns>
    public CurrentFormat Currents(Population population) => _currents[population.Index];

    /// <summary>How many times farther one volley, or the pilot run, goes than the device holds; 1 or less when it holds all.</summary>
    /// <returns>The factor.</returns>
    public double Excess(Population population) => _excess[population.Index];

    /// <summary>Distance from the equilibrium that a membrane may have on the device.</summary>
    /// <returns>The distance in the physical unit of the file.</returns>
    public double Reach(Population population) => (1L << (31 - Formats.MembraneBits)) * _membrane[population.Index];
}
