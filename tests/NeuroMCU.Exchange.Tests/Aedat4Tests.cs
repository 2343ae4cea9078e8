// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using K4os.Compression.LZ4.Streams;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;
using ZstdSharp;

namespace NeuroMCU.Exchange.Tests;

/// <summary>Files made byte by byte after the description of the format.</summary>
public sealed class Aedat4Tests : IDisposable
{
    private static readonly (long Time, short X, short Y, bool On)[] s_events =
        [(1_700_000_000_000_000, 0, 0, true), (1_700_000_000_000_250, 2, 1, false), (1_700_000_000_001_000, 3, 2, true)];

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Events_are_read_from_plain_and_compressed_packets(int compression)
    {
        RunRecording run = RecordingFile.Read(Write(File(compression)));
        Assert.Equal([("on", 20), ("off", 20)], run.Populations.Select(p => (p.Name, p.Size)));
        Assert.Equal([0, 250, 1000], run.Spikes.Times);
        Assert.Equal([0, 20 + 5 * 1 + 2, 5 * 2 + 3], run.Spikes.Neurons);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_with_the_byte()
    {
        byte[] whole = File(0);
        int header = whole.Length - Packet(0).Length;
        for (int length = 0; length < whole.Length; length++)
        {
            if (length == header)
            {
                continue;   // no packet at all: an empty recording
            }

            string path = Write(whole[..length]);
            ExchangeException problem = Assert.Throws<ExchangeException>(() => RecordingFile.Read(path));
            Assert.Matches("byte [0-9]+: ", problem.Message);
        }
    }

    private string Write(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_files.Path("camera.aedat4"), bytes);
        return _files.Path("camera.aedat4");
    }

    private static byte[] File(int compression)
    {
        byte[] info = Encoding.UTF8.GetBytes("<dv><attr key=\"sizeX\" type=\"int\">5</attr><attr key=\"sizeY\" type=\"int\">4</attr></dv>");

        // Table: vtable of three fields (compression, place of the table of packets, info), then the info as a string.
        byte[] header = Buffer("IOHE", writer =>
        {
            writer.Write((ushort)10);
            writer.Write((ushort)24);
            writer.Write((ushort)4);
            writer.Write((ushort)8);
            writer.Write((ushort)16);
            writer.Write((ushort)0);
            writer.Write(12);
            writer.Write(compression);
            writer.Write(-1L);
            writer.Write(8);
            writer.Write(0);
            writer.Write(info.Length);
            writer.Write(info);
        }, table: 12);
        return [.. Encoding.ASCII.GetBytes("#!AER-DAT4.0\r\n"), .. header, .. Packet(compression)];
    }

    private static byte[] Packet(int compression)
    {
        byte[] events = Buffer("EVTS", writer =>
        {
            writer.Write((ushort)6);
            writer.Write((ushort)8);
            writer.Write((ushort)4);
            writer.Write((ushort)0);
            writer.Write(8);
            writer.Write(4);
            writer.Write(s_events.Length);
            foreach ((long time, short x, short y, bool on) in s_events)
            {
                writer.Write(time);
                writer.Write(x);
                writer.Write(y);
                writer.Write(on);
                writer.Write(new byte[3]);
            }
        }, table: 8);
        using MemoryStream packed = new();
        using (Stream target = compression switch
        {
            1 => LZ4Stream.Encode(packed, leaveOpen: true),
            3 => new CompressionStream(packed, leaveOpen: true),
            _ => Stream.Null,
        })
        {
            target.Write(events);
        }

        byte[] body = compression == 0 ? events : packed.ToArray();
        return [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(body.Length), .. body];
    }

    // Size, place of the root table, letters, then the vtable and what follows; the table stands behind its vtable.
    private static byte[] Buffer(string letters, Action<BinaryWriter> write, int table)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(0);
        writer.Write(8 + table);
        writer.Write(Encoding.ASCII.GetBytes(letters));
        write(writer);
        writer.Flush();
        byte[] whole = bytes.ToArray();
        BitConverter.TryWriteBytes(whole, whole.Length - 4);
        return whole;
    }
}
