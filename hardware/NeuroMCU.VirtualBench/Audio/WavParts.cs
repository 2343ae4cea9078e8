// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>Where the format and the samples lie in the bytes of a WAV file.</summary>
/// <param name="FormatLength">Its length in bytes.</param>
/// <param name="SamplesLength">Their length in bytes, at least 1.</param>
internal readonly record struct WavParts(int Format, int FormatLength, int Samples, int SamplesLength)
{
    // Writers that stream leave the largest size that they can think of, more or less their headers: 7FFFF000, 7FFFFFFF, 80000000,
    // FFFFFFDB.
    private const ulong LeastPlaceholder = 0x7F00_0000;
    private const uint SizeIsElsewhere = uint.MaxValue;
    private const int HeaderLength = 12;
    private const int ChunkHeader = 8;
    private const int LeastFormat = 16;

    /// <summary>Finds both.</summary>
    /// <param name="data">The bytes of the file, at least one.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="WavException">They are not there.</exception>
    public static WavParts Find(ReadOnlySpan<byte> data, string name, ICollection<string> notes)
    {
        RequireWav(data, name);
        int format = 0;
        int formatLength = 0;
        ulong? longSize = null;
        long at = HeaderLength;
        while (at + ChunkHeader <= data.Length)
        {
            int body = (int)at + ChunkHeader;
            uint length = Size(data, (int)at);
            if (WavChunk.Is(data, (int)at, "ds64") && length >= 16 && body + 16 <= data.Length)
            {
                longSize = BinaryPrimitives.ReadUInt64LittleEndian(data[(body + 8)..]);
            }
            else if (WavChunk.Is(data, (int)at, "fmt "))
            {
                if (length < LeastFormat || body + (long)length > data.Length)
                {
                    throw new WavException(WavProblem.Truncated, $"{name}: the file ends inside its format; copy or export it again");
                }

                format = body;
                formatLength = (int)length;
            }
            else if (WavChunk.Is(data, (int)at, "data"))
            {
                if (formatLength == 0)
                {
                    throw new WavException(WavProblem.NotWav,
                        $"{name}: this WAV file has samples before their format; {WavReader.Convert}");
                }

                ulong size = length == SizeIsElsewhere && longSize != null ? longSize.Value : length;
                return new WavParts(format, formatLength, body, SampleBytes(data, body, size, name, notes));
            }

            at = WavChunk.After(data, (int)at);
        }

        throw new WavException(WavProblem.Truncated, $"{name}: the file ends before its samples begin; copy or export it again");
    }

    private static void RequireWav(ReadOnlySpan<byte> data, string name)
    {
        bool riff = WavChunk.Is(data, 0, "RIFF") || WavChunk.Is(data, 0, "RF64") || WavChunk.Is(data, 0, "BW64");
        if (riff && WavChunk.Is(data, 8, "WAVE"))
        {
            return;
        }

        foreach ((string tag, string kind) in s_others)
        {
            if (WavChunk.Is(data, 0, tag))
            {
                throw new WavException(WavProblem.NotWav, $"{name}: this is {kind}, no WAV file; {WavReader.Convert}");
            }
        }

        throw new WavException(WavProblem.NotWav,
            $"{name}: this is no WAV file (it does not begin with RIFF and WAVE); {WavReader.Convert}");
    }

    private static int SampleBytes(ReadOnlySpan<byte> data, int start, ulong size, string name, ICollection<string> notes)
    {
        int rest = data.Length - start;
        if (size > 0 && size <= (ulong)rest)
        {
            return (int)size;
        }

        if (rest == 0 || (size == 0 && WavChunk.ReachEnd(data, start)))
        {
            throw new WavException(WavProblem.Empty, $"{name}: the recording holds no samples; record or export it again");
        }

        if (size is > 0 and < LeastPlaceholder)
        {
            throw new WavException(WavProblem.Truncated, string.Create(CultureInfo.InvariantCulture,
                $"{name}: the file ends after {rest} of {size} bytes of sound; copy or export it again, or keep what is there with "
                + $"'ffmpeg -i IN -c:a pcm_s16le OUT.wav'"));
        }

        int end = WavChunk.FirstAfterSound(data, start);
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"the header was never finished (it says {size} bytes of sound); the {end - start} bytes that are there were read"));
        return end > start ? end - start : throw new WavException(WavProblem.Empty,
            $"{name}: the recording holds no samples; record or export it again");
    }

    private static uint Size(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..]);

    private static readonly (string Tag, string Kind)[] s_others =
    [
        ("RIFX", "a RIFX file (big-endian)"),
        ("riff", "a Wave64 file"),
        ("FORM", "an AIFF file"),
        ("fLaC", "a FLAC file"),
        ("OggS", "an Ogg file"),
        ("caff", "a CAF file"),
        ("ID3", "an MP3 file"),
    ];
}
