// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.VirtualBench;

/// <summary>The firmware's clock on a bench.</summary>
/// <param name="bench">The bench.</param>
public sealed class BenchClock(Bench bench) : IClock
{
    /// <inheritdoc />
    public long Now => bench.ReadTimer();

    /// <inheritdoc />
    public void Idle(long until) => bench.Idle(until);
}

/// <summary>The firmware's console on a bench: a log.</summary>
/// <param name="bench">The bench.</param>
public sealed class BenchConsole(Bench bench) : IConsole
{
    /// <inheritdoc />
    public void WriteLine(string line) => bench.WriteConsole(line);
}
