// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>Independent Poisson trains for neighbouring input neurons.</summary>
public sealed class PoissonInput
{
    /// <summary>Population that fires.</summary>
    public required Population Population { get; init; }

    /// <summary>First neuron within the population.</summary>
    public required int First { get; init; }

    /// <summary>Number of neurons.</summary>
    public required int Count { get; init; }

    /// <summary>Rate in Hz as the file states it.</summary>
    public required double Rate { get; init; }

    /// <summary>Mean interval in µs, whole: what both engines draw from.</summary>
    public required int MeanInterval { get; init; }

    /// <summary>Seed of the first neuron; neuron k of the range uses Seed + k.</summary>
    public required uint Seed { get; init; }

    /// <summary>First µs of the train.</summary>
    public required int Start { get; init; }

    /// <summary>End in µs (exclusive); int.MaxValue for none.</summary>
    public required int Stop { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }
}
