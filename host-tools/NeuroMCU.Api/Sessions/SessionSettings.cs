// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Api.Sessions;

/// <summary>What all devices of a server have in common.</summary>
internal sealed record SessionSettings
{
    /// <summary>Name and version of the program, for recordings.</summary>
    public string Program { get; init; } = "neuromcu";

    /// <summary>File with the key of devices on TCP; null for the usual places.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Folder of calibrations; null for the user's.</summary>
    public string? CalibrationFolder { get; init; }

    /// <summary>Folder of the histories of node arrays; null for the user's.</summary>
    public string? NodeFolder { get; init; }

    /// <summary>What virtual devices are like.</summary>
    public VirtualDeviceOptions Virtual { get; init; } = new();

    /// <summary>Bytes that may wait for one listener.</summary>
    public long MostWaitingBytes { get; init; } = Streams.StreamHub.MostWaitingBytes;
}
