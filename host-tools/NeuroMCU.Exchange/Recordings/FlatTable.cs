// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Text;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>A table of a FlatBuffer: fields by number, each of which may be missing.</summary>
internal readonly struct FlatTable
{
    private readonly byte[] _bytes;
    private readonly int _at;

    private FlatTable(byte[] bytes, int at)
    {
        _bytes = bytes;
        _at = at;
    }

    /// <summary>The root table of a buffer with its size in front.</summary>
    /// <exception cref="InvalidDataException">They are others.</exception>
    public static FlatTable Root(byte[] bytes, out string identifier)
    {
        identifier = Encoding.ASCII.GetString(bytes, 8, 4);
        return new FlatTable(bytes, 4 + Int(bytes, 4));
    }

    /// <summary>A 32-bit number; 0 where it is missing.</summary>
    public int Int32(int field) => Place(field) is var at and > 0 ? Int(_bytes, at) : 0;

    /// <summary>A 64-bit number; <paramref name="otherwise" /> where it is missing.</summary>
    public long Int64(int field, long otherwise) =>
        Place(field) is var at and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(at)) : otherwise;

    /// <summary>A text; empty where it is missing.</summary>
    public string Text(int field)
    {
        if (Place(field) is not (var at and > 0))
        {
            return string.Empty;
        }

        int start = at + Int(_bytes, at);
        return Encoding.UTF8.GetString(_bytes, start + 4, Int(_bytes, start));
    }

    /// <summary>A vector of structs: the bytes of all; empty where it is missing.</summary>
    /// <param name="size">Size of one in bytes.</param>
    public ReadOnlySpan<byte> Structs(int field, int size)
    {
        if (Place(field) is not (var at and > 0))
        {
            return [];
        }

        int start = at + Int(_bytes, at);
        return _bytes.AsSpan(start + 4, checked(Int(_bytes, start) * size));
    }

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private int Place(int field)
    {
        int list = _at - Int(_bytes, _at);
        int place = 4 + 2 * field;
        int offset = place + 2 <= BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(list))
            ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(list + place)) : 0;
        return offset == 0 ? 0 : _at + offset;
    }
}
