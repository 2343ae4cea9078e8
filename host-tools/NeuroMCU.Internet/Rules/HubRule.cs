// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Internet.Rules;

/// <summary>How a hub's synapses learn: a rule as its text says, and what a change of the weight becomes at a node.</summary>
/// <param name="Learning">The rule with its values; the weight goes from 0 to 1.</param>
internal sealed record HubRule(ProjectionLearning Learning)
{
    /// <summary>Whether a postsynaptic potential counts as the target's event, as in the experiment, and a stimulated action potential
    /// does not. Otherwise action potentials of both kinds count, and potentials do not.</summary>
    public bool AtPotentials { get; init; }

    /// <summary>Number of the neuron whose action potentials are the rule's modulator; null for none.</summary>
    public int? Modulator { get; init; }

    /// <summary>Voltage of a pulse in V, without its sign.</summary>
    public double Voltage { get; init; } = 4;

    /// <summary>Length of each pulse in µs, whose sign is that of the change; null where the length follows the size of the
    /// change.</summary>
    public double? Width { get; init; }

    /// <summary>Value of a parameter.</summary>
    /// <returns>In the base unit of its kind.</returns>
    public double Value(string parameter) => Learning.Values.Value(parameter, 0);

    /// <summary>Most arrivals that a variable which counts them looks back at; 0 where none does.</summary>
    public int LookBack => Learning.Text.Variables.Max(v => v.LookBack);
}
