// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Security.Cryptography.X509Certificates;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Api;

/// <summary>How the API is served.</summary>
public sealed record ApiOptions
{
    /// <summary>TCP port of the live page and the API when nothing else is said.</summary>
    public const int DefaultPort = 5380;

    /// <summary>Gets the address to listen on. Anything but loopback needs <see cref="Key" /> and <see cref="Certificate" />.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Gets the TCP port; 0 for a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Gets names by which this machine is reached from elsewhere, for the check of the Host header.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets the key that requests have to bring, 32 bytes; null for none, on loopback only.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Gets the certificate for TLS; null for none, on loopback only.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Gets a value indicating whether requests that change anything are refused.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets name and version of the program, for recordings.</summary>
    public string Program { get; init; } = "neuromcu";

    /// <summary>Gets the file with the key of devices on TCP; null for the usual places.</summary>
    public string? DeviceKeyFile { get; init; }

    /// <summary>Gets the folder of calibrations; null for the user's.</summary>
    public string? CalibrationFolder { get; init; }

    /// <summary>Gets the folder of the histories of node arrays; null for the user's.</summary>
    public string? NodeFolder { get; init; }

    /// <summary>Gets what virtual devices are like.</summary>
    public VirtualDeviceOptions Virtual { get; init; } = new();

    /// <summary>Gets the bytes that may wait for one listener that does not read.</summary>
    public long MostWaitingBytes { get; init; } = Streams.StreamHub.MostWaitingBytes;
}
