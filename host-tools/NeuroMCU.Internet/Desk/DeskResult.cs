// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Sites;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Desk;

/// <summary>What one board did.</summary>
/// <param name="Part">What it ran.</param>
/// <param name="Run">What it recorded.</param>
/// <param name="Taken">Spikes of other boards that it took.</param>
/// <param name="UnderWay">Spikes of other boards that were on the wire when the run ended.</param>
internal sealed record BoardResult(NetworkPart Part, RunRecording Run, long Taken, long UnderWay);

/// <summary>What several boards did as one network.</summary>
internal sealed record DeskResult
{
    /// <summary>The recording of the whole network.</summary>
    public required RunRecording Run { get; init; }

    /// <summary>The boards that had something to do.</summary>
    public required IReadOnlyList<BoardResult> Boards { get; init; }

    /// <summary>Spikes that went from one board to another; one that goes to two counts twice.</summary>
    public required long OnWire { get; init; }

    /// <summary>How often the boards waited for each other.</summary>
    public required int Slices { get; init; }

    /// <summary>Time on the wall.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How far the boards were behind the clock on the wall at most when a slice began; null for boards that went as fast as they
    /// could.</summary>
    public TimeSpan? Behind { get; init; }

    /// <summary>What broke the link to a board; null when none did.</summary>
    public required DeviceException? Broken { get; init; }
}
