// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>What a device says about itself in HELLO.</summary>
public sealed class DeviceInfo
{
    private readonly HelloAnswer _hello;

    internal DeviceInfo(HelloAnswer hello)
    {
        _hello = hello;
        BoardName = Printable.Of(Encoding.UTF8.GetString(hello.BoardName));
        DeviceId = Convert.ToHexStringLower(hello.DeviceId);
    }

    /// <summary>Gets the protocol version, <c>major.minor</c>.</summary>
    public string Protocol => string.Create(CultureInfo.InvariantCulture, $"{_hello.Major}.{_hello.Minor}");

    /// <summary>Gets the hash of the message table.</summary>
    public uint Schema => _hello.Schema;

    /// <summary>Gets the firmware version, <c>major.minor.patch</c>.</summary>
    public string Firmware => string.Create(
        CultureInfo.InvariantCulture, $"{_hello.Firmware >> 16}.{(_hello.Firmware >> 8) & 255}.{_hello.Firmware & 255}");

    /// <summary>Gets the name of the board profile.</summary>
    public string BoardName { get; }

    /// <summary>Gets the CRC-32 of the board profile's name, to which images are bound.</summary>
    public uint BoardId => _hello.BoardId;

    /// <summary>Gets the unique id of the device in hexadecimal digits; empty when it has none.</summary>
    public string DeviceId { get; }

    /// <summary>Gets a value indicating whether this transport asks for a key.</summary>
    public bool AuthenticationNeeded => _hello.AuthenticationNeeded;

    /// <summary>Gets why the device started last, one of <see cref="Protocol.Messages.ResetReason" />.</summary>
    public int ResetReason => _hello.ResetReason;

    /// <summary>Gets why the device started last, in words.</summary>
    public string ResetReasonText => _hello.ResetReason switch
    {
        NeuroMCU.Protocol.Messages.ResetReason.PowerOn => "power on",
        NeuroMCU.Protocol.Messages.ResetReason.Software => "software reset",
        NeuroMCU.Protocol.Messages.ResetReason.Watchdog => "watchdog",
        NeuroMCU.Protocol.Messages.ResetReason.BrownOut => "brown-out (supply voltage too low)",
        NeuroMCU.Protocol.Messages.ResetReason.DeepSleep => "woken from deep sleep",
        _ => "unknown",
    };

    /// <summary>Gets the largest frame in bytes before coding.</summary>
    public int MaxFrame => _hello.MaxFrame;

    /// <summary>Gets the number of upload chunks that may be under way.</summary>
    public int UploadWindow => _hello.UploadWindow;

    /// <summary>Gets the largest image in bytes.</summary>
    public int MaxImage => _hello.MaxImage;

    /// <summary>Gets the memory in bytes that a network may need.</summary>
    public int MaxMemory => _hello.MaxMemory;

    /// <summary>Gets the number of spikes that may wait for the wire.</summary>
    public int SpikeCapacity => _hello.SpikeCapacity;

    /// <summary>Gets the step of the loaded network in µs; 0 without a network.</summary>
    public int Step => _hello.Step;

    /// <summary>Gets the number of neurons of the loaded network.</summary>
    public int Neurons => _hello.Neurons;

    /// <summary>Gets the number of synapses of the loaded network.</summary>
    public int Synapses => _hello.Synapses;

    /// <summary>Gets where the loaded network is, one of <see cref="Protocol.Messages.ImageState" />.</summary>
    public int Image => _hello.Image;

    /// <summary>Gets where the loaded network is, in words.</summary>
    public string ImageText => _hello.Image switch
    {
        ImageState.Memory => "in memory only",
        ImageState.Stored => "in memory and in the store",
        _ => "no network",
    };

    /// <summary>Gets a value indicating whether a network is loaded.</summary>
    public bool HasNetwork => _hello.Image != ImageState.None;

    /// <summary>Gets the generation of the loaded image in the store; 0 when it is not stored.</summary>
    public uint Generation => _hello.Generation;

    /// <summary>Gets the length of the loaded image in bytes.</summary>
    public int ImageLength => _hello.ImageLength;

    /// <summary>Gets the CRC-32 over the content of the loaded image as it was uploaded or stored.</summary>
    public uint ImageCrc => _hello.ImageCrc;

    /// <summary>Gets what the device is doing, one of <see cref="DeviceState" />.</summary>
    public int State => _hello.State;

    /// <summary>Gets what the device is doing, in words.</summary>
    public string StateText => DescribeState(_hello.State);

    /// <summary>Gets the fault code, one of <see cref="ErrorCode" />.</summary>
    public int Fault => _hello.Fault;

    /// <summary>Gets the fault in words; <c>none</c> without one.</summary>
    public string FaultText => Refusals.Describe(_hello.Fault, 0);

    /// <summary>Names a device state.</summary>
    /// <param name="state">One of <see cref="DeviceState" />.</param>
    /// <returns>The name.</returns>
    public static string DescribeState(int state) => state switch
    {
        DeviceState.Idle => "idle",
        DeviceState.Running => "running",
        DeviceState.Fault => "fault",
        DeviceState.Safe => "safe",
        _ => "unknown",
    };

    internal static string HostProtocol =>
        string.Create(CultureInfo.InvariantCulture, $"{WireFormat.ProtocolMajor}.{WireFormat.ProtocolMinor}");
}
