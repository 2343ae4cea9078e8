// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>What can be wrong with a channel, and what the pins then show.</summary>
public enum ChannelFaultKind
{
    /// <summary>
    /// The thyristor does not release: after its next spike it holds itself down to 2 µA. DETECT is silent, the sense shows drive times
    /// load; current taken away or a reset frees it until the spike after.
    /// </summary>
    Latched,

    /// <summary>The drive's wire is open: no current. DETECT is silent, the sense is at 0 V whatever is driven.</summary>
    OpenDrive,

    /// <summary>The sense's wire is open: the converter reads noise around 0.6 V that does not follow anything. DETECT works.</summary>
    OpenSense,

    /// <summary>The membrane capacitor is shorted: never a spike, the sense at 0 V.</summary>
    ShortedMembrane,

    /// <summary>The thyristor is shorted from anode to cathode: never a spike, the sense shows drive times load, and no reset changes
    /// that.</summary>
    ShortedThyristor,

    /// <summary>The drive cables of this channel and of the one in <see cref="ChannelFault.Other" /> are swapped: driving one makes the
    /// other fire.</summary>
    Swapped,

    /// <summary>
    /// Threshold and onset run away by <see cref="ChannelFault.Value" /> percent per second (1 when not given), to 20 % at most.
    /// </summary>
    Drift,

    /// <summary>Threshold and onset have moved by <see cref="ChannelFault.Value" /> percent (10 when not given), at once.</summary>
    Aged,

    /// <summary>The sense has noise of <see cref="ChannelFault.Value" /> V (0.06 when not given, standard deviation).</summary>
    Noisy,

    /// <summary>The drive converter stays at <see cref="ChannelFault.Value" /> V; where it was when not given.</summary>
    DacStuck,

    /// <summary>DETECT is always high.</summary>
    DetectHigh,

    /// <summary>DETECT is always low.</summary>
    DetectLow,

    /// <summary>The analog supply is missing, for the whole board: no current, sense and DETECT at 0 V on all channels.</summary>
    NoSupply,
}

/// <summary>A fault of a channel.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Channel">Number of the channel; any for <see cref="ChannelFaultKind.NoSupply" />.</param>
public sealed record ChannelFault(ChannelFaultKind Kind, int Channel)
{
    /// <summary>Gets the time in s since power-on at which it begins.</summary>
    public double At { get; init; }

    /// <summary>Gets its size, in the unit of its kind; null for the usual one.</summary>
    public double? Value { get; init; }

    /// <summary>Gets the other channel, of a swapped cable.</summary>
    public int Other { get; init; } = -1;
}
