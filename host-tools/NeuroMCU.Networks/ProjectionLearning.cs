// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Networks;

/// <summary>How a projection learns.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Limit">Weight at the upper end, in the unit of the projection's weights, with their sign.</param>
/// <param name="Modulator">Population whose spikes modulate; null for none.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ProjectionLearning(string Rule, double Limit, Population? Modulator, SourceLocation Location)
{
    /// <summary>The rule with its values.</summary>
    internal LearningRule Text { get; init; } = null!;

    /// <summary>Values of its parameters.</summary>
    internal ModelNeurons Values { get; init; } = null!;

    /// <summary>Interval between blocks of time in µs; 0 for none.</summary>
    internal int Interval { get; init; }
}
