// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>Stored spikes of one input of the network file.</summary>
/// <param name="Population">Name of the population that they are for.</param>
/// <param name="Table">The table that they come from; null when they stand in the network file.</param>
/// <param name="Times">Times in µs, ascending.</param>
/// <param name="Location">Where they stand.</param>
public sealed record SpikeInput(string Population, string? Table, IReadOnlyList<int> Times, SourceLocation Location)
{
    /// <summary>Number of spikes that a run of a given length does not reach; it does reach those of its last microsecond.</summary>
    /// <param name="duration">Length of the run in µs.</param>
    /// <returns>Their number.</returns>
    public int CountAfter(long duration) => Times.Count(t => t > duration);
}
