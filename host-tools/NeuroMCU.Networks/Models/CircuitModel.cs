// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// A neuron model given by the components of its circuit: membrane in volts, input in currents and charges. A model is one class; the
/// reader takes names, units, ranges, presets and rules from it.
/// </summary>
public abstract class CircuitModel
{
    /// <summary>Name in network files.</summary>
    public abstract string Name { get; }

    /// <summary>Number by which the programs tell models apart.</summary>
    public abstract NeuronModel Kind { get; }

    /// <summary>Parameters in the order of the device's tables.</summary>
    public abstract IReadOnlyList<CircuitParameter> Parameters { get; }

    /// <summary>Names of the component sets that a file may start from; the first is the default.</summary>
    public abstract IReadOnlyList<string> Presets { get; }

    /// <summary>True when a population of a board's channels can stand for this model.</summary>
    public virtual bool TakesChannels => false;

    /// <summary>Values of a component set.</summary>
    /// <param name="preset">One of <see cref="Presets" />.</param>
    /// <returns>A value for each parameter, in base units.</returns>
    public abstract IReadOnlyDictionary<string, double> ValuesOf(string preset);

    /// <summary>Draws the part of one neuron from the measured population.</summary>
    /// <param name="random">Source of chance.</param>
    /// <returns>Values of the parameters that vary from part to part; null when no population was measured.</returns>
    public virtual IReadOnlyDictionary<string, double>? DrawPart(Random random)
    {
        return null;
    }

    /// <summary>Checks that the values of one neuron go together.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public abstract IEnumerable<CircuitFault> Check(Func<string, double> value);
}
