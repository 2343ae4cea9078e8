// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>How far a channel is from its calibration.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">What was measured again.</param>
/// <param name="Drifted">Whether that is too far.</param>
public sealed record ChannelDrift(int Channel, string Name, IReadOnlyList<DriftPoint> Points, bool Drifted)
{
    /// <summary>The point that changed most.</summary>
    public DriftPoint Worst => Points.MaxBy(p => Math.Abs(p.Change))!;
}
