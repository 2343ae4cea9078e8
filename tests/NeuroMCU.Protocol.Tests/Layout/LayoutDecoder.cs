// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>Reads bytes by nothing but a declared layout: the witness for the classes that write and read bodies.</summary>
internal sealed class LayoutDecoder(Protocol protocol, byte[] bytes)
{
    private int _at;

    /// <summary>A field as it was on the wire; blocks byte by byte.</summary>
    internal sealed record Item(string Body, Field Field, int Index, long Value);

    /// <summary>All items of a body; throws when bytes are missing or left.</summary>
    public static List<Item> Decode(Protocol protocol, Body body, byte[] bytes)
    {
        var decoder = new LayoutDecoder(protocol, bytes);
        var items = new List<Item>();
        decoder.Read(body, items);
        return decoder._at == bytes.Length ? items : throw new FormatException($"{body.Name}: {bytes.Length - decoder._at} bytes left");
    }

    private void Read(Body body, List<Item> items)
    {
        foreach (var field in body.Head)
        {
            if (field.Nested != null)
            {
                Read(protocol.Body(field.Nested), items);
                continue;
            }

            var length = field.Type == "block" ? bytes[_at++] : field.Type.EndsWith(" bytes", StringComparison.Ordinal)
                ? field.FixedBytes : 0;
            items.AddRange(length > 0
                ? Enumerable.Range(0, length).Select(k => new Item(body.Name, field, k, bytes[_at++])).ToList()
                : field.Type == "block" ? [] : [new Item(body.Name, field, -1, Number(field.Type))]);
        }

        if (body.Repeat != null)
        {
            var times = body.Repeat is { Always: true, Name: not "Count" } ? body.Repeat.Count
                : (int)items.Last(item => item.Field.Name == "count").Value;
            for (var k = 0; k < times; k++)
            {
                items.AddRange(body.Items.Select(field => new Item(body.Name, field, k, Number(field.Type))).ToList());
            }
        }
    }

    private long Number(string type) => type switch
    {
        "u8" => (long)Little(1),
        "u16" => (long)Little(2),
        "u32" => (long)Little(4),
        "i16" => (short)Little(2),
        "i32" => (int)Little(4),
        "i64" => (long)Little(8),
        "svar" => Zigzag(Leb128()),
        _ when type.StartsWith("var", StringComparison.Ordinal) => (long)Leb128(),
        _ => throw new FormatException(type),
    };

    private ulong Little(int count) => Enumerable.Range(0, count).Aggregate(0UL, (value, k) => value | ((ulong)bytes[_at++] << (8 * k)));

    private ulong Leb128()
    {
        var start = _at;
        while (bytes[_at++] > 127)
        {
        }

        return bytes[start.._at].Reverse().Aggregate(0UL, (value, part) => (value << 7) | (uint)(part & 127));
    }

    private static long Zigzag(ulong coded) => coded % 2 == 0 ? (long)(coded / 2) : -(long)(coded / 2) - 1;
}
