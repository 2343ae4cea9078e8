// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Recordings;

/// <summary>How to run.</summary>
public sealed record RunOptions
{
    /// <summary>Silence of the host, in ms, after which the device ends the run and makes its outputs safe, when nothing else is
    /// said.</summary>
    public const int DefaultLinkTimeout = 3000;

    /// <summary>Gets the length in µs of network time; 0 until it is stopped.</summary>
    public long Duration { get; init; }

    /// <summary>Gets a value indicating whether network time follows the device's clock; otherwise it runs as fast as device and wire
    /// can.</summary>
    public bool RealTime { get; init; } = true;

    /// <summary>Gets the silence of the host in ms after which the device ends the run; 0 lets it go on without a host. At most
    /// 65534.</summary>
    public int LinkTimeout { get; init; } = DefaultLinkTimeout;
}

/// <summary>A stream's account: every item that the device recorded is in exactly one of received, lost and dropped.</summary>
/// <param name="Received">Items that arrived.</param>
/// <param name="LostOnWire">Items that were sent and did not arrive.</param>
/// <param name="DroppedByDevice">Items that the device could not queue.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamTotals(long Received, long LostOnWire, long DroppedByDevice)
{
    /// <summary>Gets the items that are missing.</summary>
    public long Lost => LostOnWire + DroppedByDevice;

    /// <summary>Gets all items that there were.</summary>
    public long Total => Received + Lost;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lost} lost of {Total}");

    internal static StreamTotals Of(StreamAccount account) => new(account.Received, account.LostOnWire, account.DroppedByDevice);
}

/// <summary>How a run ended.</summary>
public sealed record RunReport
{
    /// <summary>Gets why it ended, one of <see cref="EndReason" />.</summary>
    public required int Reason { get; init; }

    /// <summary>Gets the network time in µs.</summary>
    public required long Time { get; init; }

    /// <summary>Gets the account of the spikes.</summary>
    public required StreamTotals Spikes { get; init; }

    /// <summary>Gets the account of the trace samples.</summary>
    public required StreamTotals Samples { get; init; }

    /// <summary>Gets the number of events that the device served later than one step after their time.</summary>
    public required long LateEvents { get; init; }

    /// <summary>Gets the largest lateness in µs.</summary>
    public required long MaxLateness { get; init; }

    /// <summary>
    /// Gets the number of event frames of this run that were lost on the wire, whatever they held. It is the least that there were when the
    /// last one is missing too.
    /// </summary>
    public required long LostFrames { get; init; }

    /// <summary>
    /// Gets what broke the run off when its end is not known: the accounts then hold what is known of it, and what the device recorded
    /// after <see cref="Time" /> is missing. Null when the end is known.
    /// </summary>
    public string? BrokenBy { get; init; }

    /// <summary>Gets the reason in words.</summary>
    public string ReasonText => BrokenBy ?? Reason switch
    {
        EndReason.Duration => "its time was over",
        EndReason.Stopped => "it was stopped",
        EndReason.LinkLost => "the device did not hear from the host",
        EndReason.Fault => "the device found a fault",
        _ => "it goes on",
    };
}
