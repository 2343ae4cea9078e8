// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NeuroMCU.Recordings;

/// <summary>
/// One-dimensional arrays in NumPy's .npy format, version 1.0 (numpy.lib.format): a magic string, a header in Python's literal syntax
/// padded to 64 bytes, then the values in little-endian order. Element types: double (<c>&lt;f8</c>), int (<c>&lt;i4</c>),
/// long (<c>&lt;i8</c>), short (<c>&lt;i2</c>) and string (<c>&lt;Un</c>).
/// </summary>
internal static class NpyArray
{
    private static readonly byte[] s_magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes an array.</summary>
    /// <param name="array">A double[], int[], long[], short[] or string[].</param>
    /// <exception cref="ArgumentException">Another element type.</exception>
    public static void Write(Stream stream, Array array)
    {
        int width = 0;
        if (array is string[] texts)
        {
            width = 1;
            foreach (string text in texts)
            {
                width = Math.Max(width, CodePoints(text));
            }
        }

        string type = array switch
        {
            double[] => "<f8",
            int[] => "<i4",
            long[] => "<i8",
            short[] => "<i2",
            string[] => "<U" + width.ToString(CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"{array.GetType().Name} has no .npy form here", nameof(array)),
        };
        WriteHeader(stream, type, array.Length);
        byte[] bytes = array switch
        {
            double[] values => Pack(values, 8, (target, value) => BinaryPrimitives.WriteDoubleLittleEndian(target, value)),
            int[] values => Pack(values, 4, (target, value) => BinaryPrimitives.WriteInt32LittleEndian(target, value)),
            long[] values => Pack(values, 8, (target, value) => BinaryPrimitives.WriteInt64LittleEndian(target, value)),
            short[] values => Pack(values, 2, (target, value) => BinaryPrimitives.WriteInt16LittleEndian(target, value)),
            string[] values => Pack(values, 4 * width, WriteText),
            _ => [],
        };
        stream.Write(bytes);
    }

    /// <summary>Reads an array.</summary>
    /// <returns>A double[], int[], long[], short[] or string[].</returns>
    /// <exception cref="InvalidDataException">Not a .npy file, or a shape or element type that is not read here; the text says
    /// which.</exception>
    public static Array Read(Stream stream)
    {
        byte[] start = new byte[10];
        stream.ReadExactly(start);
        if (!start.AsSpan(0, 6).SequenceEqual(s_magic.AsSpan(0, 6)) || start[6] != 1)
        {
            throw new InvalidDataException("not a .npy array of format version 1");
        }

        byte[] header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8))];
        stream.ReadExactly(header);
        string text = Encoding.Latin1.GetString(header);
        string type = Between(text, "'descr':", "'", "'");
        string shape = Between(text, "'shape':", "(", ")");
        if (text.Contains("'fortran_order': True", StringComparison.Ordinal)
            || !int.TryParse(shape.TrimEnd(' ', ','), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw new InvalidDataException($"only one-dimensional arrays are read; this one has the shape ({shape})");
        }

        if (type.StartsWith("<U", StringComparison.Ordinal)
            && int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int width))
        {
            return Unpack(Take(stream, count, 4 * width), count, 4 * width, ReadText);
        }

        return type switch
        {
            "<f4" => Unpack(Take(stream, count, 4), count, 4, source => (double)BinaryPrimitives.ReadSingleLittleEndian(source)),
            "<u4" => Unpack(Take(stream, count, 4), count, 4, source => (long)BinaryPrimitives.ReadUInt32LittleEndian(source)),
            "<f8" => Unpack(Take(stream, count, 8), count, 8, source => BinaryPrimitives.ReadDoubleLittleEndian(source)),
            "<i4" => Unpack(Take(stream, count, 4), count, 4, source => BinaryPrimitives.ReadInt32LittleEndian(source)),
            "<i8" => Unpack(Take(stream, count, 8), count, 8, source => BinaryPrimitives.ReadInt64LittleEndian(source)),
            "<i2" => Unpack(Take(stream, count, 2), count, 2, source => BinaryPrimitives.ReadInt16LittleEndian(source)),
            _ => throw new InvalidDataException($"element type '{type}' is not read here"),
        };
    }

    private delegate void Put<in T>(Span<byte> target, T value);

    private delegate T Get<out T>(ReadOnlySpan<byte> source);

    private static byte[] Pack<T>(T[] values, int size, Put<T> put)
    {
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            put(bytes.AsSpan(i * size, size), values[i]);
        }

        return bytes;
    }

    private static T[] Unpack<T>(byte[] bytes, int count, int size, Get<T> get)
    {
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = get(bytes.AsSpan(i * size, size));
        }

        return values;
    }

    private static byte[] Take(Stream stream, int count, int size)
    {
        byte[] bytes = new byte[checked(count * size)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void WriteHeader(Stream stream, string type, int count)
    {
        string header = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({count},), }}");

        // Magic, length and header together fill whole lines of 64 bytes; the last byte is a line feed.
        int padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        header = header.PadRight(padded - 1) + "\n";
        stream.Write(s_magic);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        stream.Write(length);
        stream.Write(Encoding.Latin1.GetBytes(header));
    }

    private static int CodePoints(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static void WriteText(Span<byte> target, string text)
    {
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[at..], rune.Value);
            at += 4;
        }
    }

    private static string ReadText(ReadOnlySpan<byte> source)
    {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < source.Length; at += 4)
        {
            int value = BinaryPrimitives.ReadInt32LittleEndian(source[at..]);
            if (value == 0)
            {
                break;
            }

            text.Append(Rune.IsValid(value) ? new Rune(value).ToString() : "\uFFFD");
        }

        return text.ToString();
    }

    private static string Between(string text, string key, string open, string close)
    {
        int at = text.IndexOf(key, StringComparison.Ordinal);
        int from = at < 0 ? -1 : text.IndexOf(open, at + key.Length, StringComparison.Ordinal);
        int to = from < 0 ? -1 : text.IndexOf(close, from + 1, StringComparison.Ordinal);
        return to < 0 ? throw new InvalidDataException($"the .npy header has no {key.Trim(':')}") : text[(from + 1)..to];
    }
}
