// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Judge;

/// <summary>Whether a channel may be used, and if not, why and what to look at.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Reason">What was seen, with figures; empty when nothing is wrong.</param>
/// <param name="Advice">What to look at; empty when nothing is wrong.</param>
public sealed record ChannelVerdict(ChannelFault Fault, string Reason, string Advice)
{
    /// <summary>The verdict on a channel that may be used.</summary>
    public static ChannelVerdict Good { get; } = new(ChannelFault.None, string.Empty, string.Empty);

    /// <summary>Whether the channel may be used.</summary>
    public bool IsGood => Fault == ChannelFault.None;
}
