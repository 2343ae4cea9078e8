// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Hardware.Tests;

/// <summary>Builds the bytes of WAV files, right ones and those that are found in the field.</summary>
internal sealed class Wav
{
    private static readonly byte[] s_guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

    public string Form { get; init; } = "RIFF";

    public int Channels { get; init; } = 2;

    public int Rate { get; init; } = 48_000;

    public int Bits { get; init; } = 16;

    /// <summary>Bytes of a sample; 0 for what its bits need.</summary>
    public int Width { get; init; }

    public int Codec { get; init; } = 1;

    public bool Extensible { get; init; }

    public int ExtensionLength { get; init; } = 22;

    public byte[] GuidTail { get; init; } = s_guidTail;

    /// <summary>Chunks between the format and the samples, as they are.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>Bytes after the samples, as they are.</summary>
    public byte[] After { get; init; } = [];

    /// <summary>Length of the samples that the header names; null for the true one.</summary>
    public uint? Says { get; init; }

    /// <summary>True to lay samples at the lower end of their container.</summary>
    public bool LowEnd { get; init; }

    private int ByteWidth => Width > 0 ? Width : (Bits + 7) / 8;

    public static byte[] Make(int channels, int rate, int bits, int codec, bool extensible, double[] samples) =>
        new Wav { Channels = channels, Rate = rate, Bits = bits, Codec = codec, Extensible = extensible }.Bytes(samples);

    public static byte[] Chunk(string id, byte[] body, bool pad = true) =>
        [.. Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(body.Length), .. body, .. pad && body.Length % 2 != 0 ? new byte[1] : []];

    public byte[] Bytes(IReadOnlyList<double> samples)
    {
        var data = new List<byte>();
        foreach (double sample in samples)
        {
            data.AddRange(Sample(sample));
        }

        var format = new List<byte>();
        format.AddRange(BitConverter.GetBytes((ushort)(Extensible ? 0xFFFE : Codec)));
        format.AddRange(BitConverter.GetBytes((ushort)Channels));
        format.AddRange(BitConverter.GetBytes(Rate));
        format.AddRange(BitConverter.GetBytes(Rate * Channels * ByteWidth));
        format.AddRange(BitConverter.GetBytes((ushort)(Channels * ByteWidth)));
        format.AddRange(BitConverter.GetBytes((ushort)Bits));
        if (Extensible)
        {
            byte[] extension = [22, 0, (byte)Bits, 0, 3, 0, 0, 0, (byte)Codec, 0, .. GuidTail, .. new byte[16]];
            format.AddRange(extension[..(ExtensionLength == 0 ? 2 : ExtensionLength + 2)]);
        }

        bool large = Form is "RF64" or "BW64";
        byte[] sizes = [.. BitConverter.GetBytes(data.Count + 80L), .. BitConverter.GetBytes((long)data.Count),
            .. BitConverter.GetBytes((long)samples.Count / Math.Max(1, Channels)), .. new byte[4]];
        byte[] body =
        [
            .. large ? Chunk("ds64", sizes) : [],
            .. Chunk("fmt ", [.. format]),
            .. Before,
            .. "data"u8,
            .. BitConverter.GetBytes(Says ?? (large ? uint.MaxValue : (uint)data.Count)),
            .. data,
            .. After,
        ];
        return [.. Encoding.ASCII.GetBytes(Form), .. BitConverter.GetBytes(large ? uint.MaxValue : (uint)body.Length + 4), .. "WAVE"u8,
            .. body];
    }

    private byte[] Sample(double sample)
    {
        if (Codec == 3)
        {
            return Bits == 32 ? BitConverter.GetBytes((float)sample) : BitConverter.GetBytes(sample);
        }

        if (ByteWidth == 1)
        {
            return [(byte)((sample * 128) + 128)];
        }

        long value = (long)(sample * Math.Pow(2, Bits - 1)) << (LowEnd ? 0 : (8 * ByteWidth) - Bits);
        return BitConverter.GetBytes(value)[..ByteWidth];
    }
}
