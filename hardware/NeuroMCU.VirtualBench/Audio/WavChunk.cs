// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Text;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>The chunks of a RIFF file: four letters, a length, that many bytes, and a pad byte after an odd number, which some writers
/// forget.</summary>
internal static class WavChunk
{
    private const int Header = 8;
    private const int Id3V1Length = 128;

    private static readonly string[] s_known = ["fmt ", "data", "LIST", "fact", "bext", "cue ", "JUNK", "PAD ", "FLLR", "PEAK", "smpl",
        "iXML", "id3 "];

    /// <summary>Tells whether letters stand at a place.</summary>
    public static bool Is(ReadOnlySpan<byte> data, int at, string letters) =>
        at + letters.Length <= data.Length && data.Slice(at, letters.Length).SequenceEqual(Encoding.ASCII.GetBytes(letters));

    /// <summary>Index of the chunk after the one at a place; beyond the end when the file ends inside it.</summary>
    public static long After(ReadOnlySpan<byte> data, int at)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..]);
        long end = at + (long)Header + length;
        if ((length & 1) == 0 || end >= data.Length)
        {
            return end;
        }

        if (IsKnown(data, (int)end + 1))
        {
            return end + 1;
        }

        // A pad byte is 0, and no name of a chunk begins with it.
        bool forgotten = IsKnown(data, (int)end) || (data[(int)end] != 0 && IsName(data, (int)end));
        return forgotten ? end : end + 1;
    }

    /// <summary>Tells whether nothing but chunks lies between a place and the end of the file.</summary>
    public static bool ReachEnd(ReadOnlySpan<byte> data, int at)
    {
        long next = at;
        while (next + Header <= data.Length && IsName(data, (int)next))
        {
            next = After(data, (int)next);
            if (next == data.Length || next == data.Length + 1L)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds where sound of unknown length ends: at the first byte from which on there are only chunks, or tags of an
    /// editor.</summary>
    public static int FirstAfterSound(ReadOnlySpan<byte> data, int start)
    {
        for (int at = start; at + Header <= data.Length; at++)
        {
            if (IsName(data, at) && (IsTags(data, at) || ReachEnd(data, at)))
            {
                return at;
            }
        }

        int tag = data.Length - Id3V1Length;
        return tag >= start && Is(data, tag, "TAG") ? tag : data.Length;
    }

    private static bool IsKnown(ReadOnlySpan<byte> data, int at)
    {
        foreach (string name in s_known)
        {
            if (Is(data, at, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTags(ReadOnlySpan<byte> data, int at) =>
        (Is(data, at, "LIST") && (Is(data, at + Header, "INFO") || Is(data, at + Header, "adtl")))
        || ((Is(data, at, "id3 ") || Is(data, at, "ID3 ")) && Is(data, at + Header, "ID3"))
        || (Is(data, at, "_PMX") && Is(data, at + Header, "<"));

    private static bool IsName(ReadOnlySpan<byte> data, int at) =>
        at + 4 <= data.Length && IsLetter(data[at]) && IsLetter(data[at + 1]) && IsLetter(data[at + 2]) && IsLetter(data[at + 3]);

    private static bool IsLetter(byte value) => value is >= 0x20 and < 0x7F;
}
