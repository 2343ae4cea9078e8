// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A step of constant drive to neighbouring neurons.</summary>
public sealed class DriveInput
{
    /// <summary>Population that is driven.</summary>
    public required Population Population { get; init; }

    /// <summary>First neuron within the population.</summary>
    public required int First { get; init; }

    /// <summary>Number of neurons.</summary>
    public required int Count { get; init; }

    /// <summary>Rise of the equilibrium in the membrane unit of the population, or of the current in µA.</summary>
    public required double Amplitude { get; init; }

    /// <summary>Begin in µs.</summary>
    public required int Start { get; init; }

    /// <summary>End in µs (exclusive); int.MaxValue for none.</summary>
    public required int Stop { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }
}
