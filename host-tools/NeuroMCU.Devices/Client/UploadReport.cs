// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Devices.Client;

/// <summary>How far a transfer has come.</summary>
/// <param name="Done">Bytes that have arrived.</param>
/// <param name="Total">Bytes in all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransferProgress(int Done, int Total);

/// <summary>Where an uploaded network goes.</summary>
public sealed record ProgramOptions
{
    /// <summary>Gets a value indicating whether the network goes into the store and survives power-off. Off by default.</summary>
    public bool Persist { get; init; }

    /// <summary>Gets a value indicating whether the device runs the stored network at power-on, without a host. On by default.</summary>
    public bool StartAtBoot { get; init; } = true;
}

/// <summary>What an upload cost and what the device holds after it.</summary>
public sealed record UploadReport
{
    /// <summary>Gets the length of the image in bytes.</summary>
    public required int ImageBytes { get; init; }

    /// <summary>Gets all bytes that went over the wire, both ways, from the announcement to the last answer.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Gets the number of chunks that had to be sent again.</summary>
    public required int RepeatedChunks { get; init; }

    /// <summary>Gets the time that it took in seconds, on the link's clock.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets where the network is, one of <see cref="Protocol.Messages.ImageState" />.</summary>
    public required int State { get; init; }

    /// <summary>Gets the generation in the store; 0 when it is not stored.</summary>
    public required uint Generation { get; init; }

    /// <summary>Gets the CRC-32 over the content of the image, as the device computed it.</summary>
    public required uint Crc { get; init; }

    /// <summary>Gets the memory in bytes that the network takes on the device.</summary>
    public required int Memory { get; init; }

    /// <summary>Gets image bytes ÷ bytes on the wire.</summary>
    public double Efficiency => WireBytes == 0 ? 0 : (double)ImageBytes / WireBytes;
}
