// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Api.Sessions;

/// <summary>What to do about a refusal of a device for somebody at the live page, or a program: the device's own advice is for those who
/// type commands, and a page has no Ctrl-C.</summary>
internal static class Advice
{
    /// <summary>Gives the advice.</summary>
    /// <returns>What to do next; null when nothing is known.</returns>
    public static string? Of(DeviceException refusal) => refusal.DeviceCode switch
    {
        ErrorCode.Running => "stop the run first",
        ErrorCode.NotRunning => "start a run first",
        ErrorCode.Measuring => "wait until the measurement is over",
        ErrorCode.NoNetwork => "load a network first",
        ErrorCode.HelloNeeded or ErrorCode.NoUpload or ErrorCode.UploadIncomplete or ErrorCode.UploadCorrupt =>
            "do it again; the device may have restarted and lost what it was not told to keep",
        ErrorCode.RealTimeOnly => "run it in real time, or load it with its neurons as software (twin)",
        ErrorCode.Faulted => "remove the cause, close the device here, and clear the fault: neuromcu info --clear-fault",
        ErrorCode.NodeMasked => "leave the node out, or unmask it",
        ErrorCode.NodeFormed or ErrorCode.NodeRange => "leave the node out; the list of nodes shows modes and ranges",
        ErrorCode.NodeNothing => "choose nodes that are not masked, and give them targets",
        _ => refusal.Next,
    };
}
