// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using K4os.Compression.LZ4.Streams;
using NeuroMCU.Recordings;
using ZstdSharp;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>AEDAT 4: packets of events as FlatBuffers, plain or compressed with LZ4 or Zstd. Events only; frames and others are
/// left.</summary>
internal static partial class Aedat4File
{
    private const int HeaderLine = 14;
    private const int EventBytes = 16;
    private const int MostPacket = 256 << 20;

    /// <summary>Reads the events: populations <c>on</c> and <c>off</c>, a neuron for each pixel, row by row; the first is at time
    /// 0.</summary>
    /// <exception cref="ExchangeException">The file is cut off in a packet, or damaged.</exception>
    public static RunRecording Read(string path, byte[] bytes)
    {
        int at = HeaderLine;
        try
        {
            int size = Part(path, bytes, at, 4, "the size of the header");
            FlatTable header = FlatTable.Root(Slice(path, bytes, at, 4 + size, "the header"), out string kind);
            if (kind != "IOHE")
            {
                throw Damaged(path, at, $"the header is of the kind '{kind}', not IOHE");
            }

            at += 4 + size;
            long table = header.Int64(1, -1);
            long end = table > at && table <= bytes.Length ? table : bytes.Length;
            List<(long Time, int X, int Y, bool On)> events = [];
            while (at < end)
            {
                int length = Part(path, bytes, at + 4, 4, "the size of a packet");
                byte[] packet = Slice(path, bytes, at + 8, length, "a packet");
                Add(events, Unpacked(path, at, header.Int32(0), packet));
                at += 8 + length;
            }

            return Build(path, header.Text(2), events);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or IOException or OverflowException
            or IndexOutOfRangeException
            or ZstdException)
        {
            throw Damaged(path, at, "the packet is damaged (" + e.Message.TrimEnd('.') + ")");
        }
    }

    [GeneratedRegex("key=\"size(?<side>[XY])\"[^>]*>(?<size>[0-9]{1,5})<")]
    private static partial Regex Sides();

    private static RunRecording Build(string path, string info, List<(long Time, int X, int Y, bool On)> events)
    {
        int Side(string side, Func<(long Time, int X, int Y, bool On), int> of) => Math.Max(
            Sides().Matches(info).Where(m => m.Groups["side"].Value == side)
                .Select(m => int.Parse(m.Groups["size"].Value, CultureInfo.InvariantCulture)).FirstOrDefault(),
            events.Count == 0 ? 0 : events.Max(of) + 1);
        int width = Side("X", e => e.X);
        int height = Side("Y", e => e.Y);
        ForeignSpikes spikes = new();
        int on = spikes.Population("on", width * height);
        int off = spikes.Population("off", width * height);
        long first = events.Count == 0 ? 0 : events.Min(e => e.Time);
        foreach ((long time, int x, int y, bool isOn) in events)
        {
            spikes.Add(isOn ? on : off, y * width + x, time - first);
        }

        return spikes.Build(Path.GetFileNameWithoutExtension(path), "an AEDAT 4 file", null, []);
    }

    private static void Add(List<(long Time, int X, int Y, bool On)> events, byte[] packet)
    {
        if (packet.Length < 12)
        {
            throw new InvalidDataException("it is shorter than a FlatBuffer");
        }

        FlatTable root = FlatTable.Root(packet, out string kind);
        if (kind != "EVTS")
        {
            return;
        }

        ReadOnlySpan<byte> all = root.Structs(0, EventBytes);
        for (int i = 0; i < all.Length; i += EventBytes)
        {
            int x = BinaryPrimitives.ReadInt16LittleEndian(all[(i + 8)..]);
            int y = BinaryPrimitives.ReadInt16LittleEndian(all[(i + 10)..]);
            if (x < 0 || y < 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"an event is at the pixel {x}, {y}"));
            }

            events.Add((BinaryPrimitives.ReadInt64LittleEndian(all[i..]), x, y, all[i + 12] != 0));
        }
    }

    private static byte[] Unpacked(string path, int at, int compression, byte[] packet)
    {
        using MemoryStream source = new(packet);
        using Stream? plain = compression switch
        {
            0 => null,
            1 or 2 => LZ4Stream.Decode(source),
            3 or 4 => new DecompressionStream(source),
            _ => throw Damaged(path, at, string.Create(CultureInfo.InvariantCulture, $"the compression {compression} is not known")),
        };
        if (plain is null)
        {
            return packet;
        }

        using MemoryStream target = new();
        byte[] part = new byte[1 << 16];
        for (int count = plain.Read(part, 0, part.Length); count > 0; count = plain.Read(part, 0, part.Length))
        {
            target.Write(part, 0, count);
            if (target.Length > MostPacket)
            {
                throw Damaged(path, at, "a packet unfolds to more than 256 MB");
            }
        }

        return target.ToArray();
    }

    private static int Part(string path, byte[] bytes, int at, int size, string what)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Slice(path, bytes, at, size, what));
        return length >= 0 ? length : throw Damaged(path, at, string.Create(CultureInfo.InvariantCulture, $"{what} is {length}"));
    }

    private static byte[] Slice(string path, byte[] bytes, int at, int size, string what) =>
        (long)at + size <= bytes.Length ? bytes[at..(at + size)] : throw new ExchangeException(ExchangeProblem.Recording, path,
            string.Create(CultureInfo.InvariantCulture, $"byte {at}"),
            string.Create(CultureInfo.InvariantCulture,
                $"{what} has {Math.Max(0, bytes.Length - at)} of {size} bytes: the file is cut off"),
            "copy it again");

    private static ExchangeException Damaged(string path, int at, string what) => new(ExchangeProblem.Recording, path,
        string.Create(CultureInfo.InvariantCulture, $"byte {at}"), what, "copy it again");
}
