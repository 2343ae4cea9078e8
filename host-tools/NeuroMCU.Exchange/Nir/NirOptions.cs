// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>How a NIR graph is to be read where the file leaves it open.</summary>
public sealed record NirOptions
{
    /// <summary>Step in µs, 10 to 100 000; null to find the one that the file was made for.</summary>
    public int? Step { get; init; }

    /// <summary>Decay; null to find the one of the program that wrote the file.</summary>
    public NirDecay? Decay { get; init; }

    /// <summary>Whether a spike takes the threshold off the membrane instead of setting it to <c>v_reset</c>.</summary>
    public bool SubtractReset { get; init; }

    /// <summary>Spikes to play to the first Input: path of a table, as the network file names it; null for none.</summary>
    public string? Spikes { get; init; }

    /// <summary>Length of a run in µs.</summary>
    public int Duration { get; init; } = 1_000_000;
}
