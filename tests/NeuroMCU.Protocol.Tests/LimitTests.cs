// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Protocol.Tests;

/// <summary>What messages of variable length hold at most, and what becomes of more.</summary>
public class LimitTests
{
    [Theory]
    [InlineData(CounterIndex.Spikes, 42)]
    [InlineData(CounterIndex.QueueCapacity, 21)]
    [InlineData(CounterIndex.QueuePeak, 21)]
    [InlineData(CounterIndex.QueueDrops, 35)]
    [InlineData(CounterIndex.SpikeCapacity, 21)]
    [InlineData(CounterIndex.SpikePeak, 21)]
    [InlineData(CounterIndex.TraceCapacity, 21)]
    [InlineData(CounterIndex.TracePeak, 21)]
    [InlineData(CounterIndex.LogDrops, 21)]
    [InlineData(CounterIndex.ChannelSpikes, 35)]
    [InlineData(CounterIndex.DriveWrites, 35)]
    [InlineData(CounterIndex.SpikeResolution, 21)]
    [InlineData(CounterIndex.Step, 28)]
    public void A_counter_comes_back_up_to_its_bits_and_larger_ones_as_the_largest(int index, int bits)
    {
        var most = (1L << bits) - 1;
        foreach (var (value, read) in new[] { (0, 0), (1, 1), (most - 1, most - 1), (most, most), (most + 1, most), (long.MaxValue, most),
            (-1, 0L) })
        {
            var list = new CounterList();
            list.Values[index] = value;
            var copy = new CounterList();
            Assert.True(copy.Read(Written(list.Write)));
            Assert.Equal(read, copy.Values[index]);
            Assert.Equal(read, copy.Values.Sum());
        }
    }

    [Fact]
    public void Counters_at_their_largest_fit_a_sealed_frame()
    {
        var list = new CounterList();
        Array.Fill(list.Values, long.MaxValue);
        var writer = new BodyWriter(new byte[WireFormat.MaxSealedBody]);
        list.Write(writer);
        Assert.False(writer.Failed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(InjectList.MaxSpikes)]
    public void A_list_of_spikes_holds_exactly_what_it_announces(int count)
    {
        var list = new InjectList { Base = 12_345, Count = count };
        for (var k = 0; k < count; k++)
        {
            list.Neurons[k] = 65_535 - k;
            list.Offsets[k] = 3u * (uint)k;
        }

        var reader = Written(list.Write);
        var copy = new InjectList();
        Assert.True(copy.Read(reader));
        Assert.Equal(list.Neurons[..count], copy.Neurons[..count]);
        Assert.Equal(list.Offsets[..count], copy.Offsets[..count]);
        reader.Reset(0, reader.End - 1);
        Assert.False(copy.Read(reader));
        reader.Reset(0, reader.End + 2);
        Assert.False(copy.Read(reader));
    }

    [Fact]
    public void More_spikes_than_a_message_holds_are_refused()
    {
        var body = new byte[9 + (6 * (InjectList.MaxSpikes + 1))];
        body[8] = InjectList.MaxSpikes + 1;
        Assert.False(new InjectList().Read(new BodyReader(body)));
    }

    [Fact]
    public void The_head_of_saturations_comes_back_and_the_longest_list_fits_a_sealed_frame()
    {
        var reader = Written(new SaturationList { First = 3, Count = SaturationList.MaxCount }.Write);
        var copy = new SaturationList();
        Assert.True(copy.Read(reader));
        Assert.Equal((3, SaturationList.MaxCount), (copy.First, copy.Count));
        Assert.False(copy.Read(new BodyReader([3])));
        Assert.False(copy.Read(new BodyReader([3, SaturationList.MaxCount + 1])));

        var writer = new BodyWriter(new byte[WireFormat.MaxSealedBody]);
        copy.Write(writer);
        for (var k = 0; k < SaturationList.MaxCount; k++)
        {
            writer.WriteVarint(SaturationList.Most);
        }

        Assert.False(writer.Failed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 0)]
    [InlineData(1000, 3)]
    [InlineData(1000, 990)]
    [InlineData(1000, 1000)]
    [InlineData(250, 23)]
    public void An_image_is_read_in_pieces_as_long_as_the_frame_holds(int length, int offset)
    {
        const int room = 4 + 227;
        var image = Enumerable.Range(0, length).Select(k => (byte)(k * 7)).ToArray();
        var writer = new BodyWriter(new byte[room]);
        var answer = new ImageReadAnswer();
        answer.Write(writer, Blocks.Of(image), offset, new byte[room]);
        Assert.False(writer.Failed);
        Assert.Equal(Math.Min(length - offset, 227), answer.Count);

        var reader = Written(copy => answer.Write(copy, Blocks.Of(image), offset, new byte[room]), room);
        var read = new ImageReadAnswer();
        Assert.True(read.Read(reader));
        Assert.Equal((length, answer.Count), (read.Length, read.Count));
        var piece = new byte[read.Count];
        reader.ReadBytes(piece, 0, piece.Length);
        Assert.Equal(image[offset..(offset + piece.Length)], piece);
        Assert.True(reader.Complete);
        Assert.False(read.Read(new BodyReader([1, 0, 0])));
    }

    /// <summary>Requests lie below 0x40, events from there to 0x5F, answers from 0x80 on.</summary>
    [Fact]
    public void Every_type_is_a_request_an_event_an_answer_or_nothing()
    {
        for (var type = 0; type < 256; type++)
        {
            Assert.Equal(type is (> 0 and < 0x40) or (>= 0x60 and < 0x7F), MessageType.IsRequest(type));
            Assert.Equal(type is >= 0x40 and < 0x60, MessageType.IsEvent(type));
        }
    }

    [Theory]
    [InlineData(MessageType.UploadCommit, 5000)]
    [InlineData(MessageType.Persist, 5000)]
    [InlineData(MessageType.Erase, 5000)]
    [InlineData(MessageType.SelfTest, 5000)]
    [InlineData(MessageType.UploadBegin, 1000)]
    [InlineData(MessageType.ImageRead, 1000)]
    [InlineData(MessageType.Hello, 250)]
    [InlineData(MessageType.Inject, 250)]
    public void The_host_waits_as_long_as_the_device_may_take(int type, int milliseconds) =>
        Assert.Equal(milliseconds, RetryPolicy.WaitMilliseconds(type));

    private static BodyReader Written(Action<BodyWriter> write, int room = WireFormat.MaxSealedBody)
    {
        var buffer = new byte[room + 4];
        var writer = new BodyWriter(buffer);
        writer.Reset(0, room);
        write(writer);
        Assert.False(writer.Failed);
        var reader = new BodyReader(buffer);
        reader.Reset(0, writer.Position);
        return reader;
    }
}
