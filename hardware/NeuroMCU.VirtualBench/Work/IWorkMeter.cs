// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Work;

/// <summary>
/// Tells the bench how much the firmware has worked. The bench asks whenever the firmware looks at the clock or calls a peripheral, and
/// charges the difference to the clock.
/// </summary>
public interface IWorkMeter
{
    /// <summary>Gets how often work of a kind has been done since start-up or since a reset.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <returns>A count. One that is smaller than the last one was set back to 0 in between, and counts from there.</returns>
    long Count(WorkKind kind);
}
