// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>How the samples of a WAV file are coded.</summary>
/// <param name="Rate">Sample rate in Hz.</param>
/// <param name="Width">Bytes that a sample takes in the file; more than its bits need in a padded container.</param>
/// <param name="Channels">1 or 2.</param>
internal readonly record struct WavFormat(bool IsFloat, int Rate, int Bits, int Width, int Channels)
{
    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int Extensible = 0xFFFE;
    private const int ExtensibleLength = 40;
    private const int GuidAt = 24;

    // The bands of the ears begin at some 400 Hz.
    private const int LeastRate = 1000;
    private const int MostRate = 1_000_000;
    private const int MostWidth = 8;

    // What follows the codec in the sub-format of WAVE_FORMAT_EXTENSIBLE.
    private static readonly byte[] s_guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads a format chunk.</summary>
    /// <param name="chunk">Its bytes, at least 16.</param>
    /// <returns>The format.</returns>
    /// <exception cref="WavException">Samples of this format cannot be read, or are not those of two ears.</exception>
    public static WavFormat Read(ReadOnlySpan<byte> chunk, string name, bool acceptMono, ICollection<string> notes)
    {
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frame = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        int codec = Codec(chunk, bits, name, notes);
        bool known = (codec == Pcm && bits is >= 1 and <= 64) || (codec == IeeeFloat && bits is 32 or 64);
        if (!known)
        {
            throw Refusal(WavProblem.UnsupportedCodec,
                $"{name}: samples with codec {codec} and {bits} bits cannot be read (PCM and float of 32 or 64 bits can); {WavReader.Convert}");
        }

        if (rate is < LeastRate or > MostRate)
        {
            throw Refusal(WavProblem.NotWav,
                $"{name}: the file names a sample rate of {rate} Hz, {LeastRate} to {MostRate} can be read; export it again, or {WavReader.Convert}");
        }

        RequireEars(channels, name, acceptMono);
        int width = frame / channels;
        if (frame % channels != 0 || width * 8 < bits || width > MostWidth || (codec == IeeeFloat && width * 8 != bits))
        {
            throw Refusal(WavProblem.UnsupportedCodec,
                $"{name}: frames of {frame} bytes (block align) cannot hold {channels} samples of {bits} bits; export it again, or {WavReader.Convert}");
        }

        return new WavFormat(codec == IeeeFloat, (int)rate, bits, width, channels);
    }

    private static int Codec(ReadOnlySpan<byte> chunk, int bits, string name, ICollection<string> notes)
    {
        int codec = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (codec != Extensible)
        {
            return codec;
        }

        if (chunk.Length >= ExtensibleLength)
        {
            return chunk.Slice(GuidAt + 2, s_guidTail.Length).SequenceEqual(s_guidTail)
                ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[GuidAt..])
                : throw Refusal(WavProblem.UnsupportedCodec,
                    $"{name}: samples of the sub-format {new Guid(chunk.Slice(GuidAt, 16))} cannot be read (PCM and float can); {WavReader.Convert}");
        }

        // Integers and floating point both come with 32 and 64 bits.
        if (bits > 24)
        {
            throw Refusal(WavProblem.UnsupportedCodec,
                $"{name}: the format is 'extensible' but its extension is missing, so that {bits} bits may be integers or floating point; export it again, or {WavReader.Convert}");
        }

        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"the format is 'extensible' but its extension is missing; the samples were read as PCM of {bits} bits"));
        return Pcm;
    }

    private static void RequireEars(int channels, string name, bool acceptMono)
    {
        if (channels == 0)
        {
            throw Refusal(WavProblem.NotWav, $"{name}: the file names no channel; {WavReader.Convert}");
        }

        if (channels == 1 && !acceptMono)
        {
            throw Refusal(WavProblem.Mono,
                $"{name}: the recording has one channel; the direction of a sound needs two ears, so record in stereo");
        }

        if (channels > 2)
        {
            throw Refusal(WavProblem.TooManyChannels,
                $"{name}: the recording has {channels} channels, two are needed; keep the two ears with 'ffmpeg -i IN -af \"pan=stereo|c0=c0|c1=c1\" OUT.wav'");
        }
    }

    private static WavException Refusal(WavProblem problem, FormattableString message)
        => new(problem, FormattableString.Invariant(message));
}
