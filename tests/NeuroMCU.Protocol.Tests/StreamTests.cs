// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Protocol.Tests;

public class StreamTests
{
    [Fact]
    public void A_frame_carries_at_least_seventy_spikes_of_a_busy_small_network()
    {
        // 128 neurons at 10 Hz: intervals of 780 µs on average, that is 2 bytes and 1 byte for the neuron.
        var random = new Random(4);
        var body = new BodyWriter(new byte[WireFormat.MaxBody]);
        var batch = new SpikeBatchWriter();
        long time = 3_600_000_000;
        batch.Begin(body, 1, 4_000_000_000, 0, time);
        while (batch.Add(random.Next(128), time))
        {
            time += (long)(-780 * Math.Log(1 - random.NextDouble()));
        }

        Assert.True(batch.Count >= 70, $"{batch.Count} spikes");
    }

    [Fact]
    public void A_spike_that_would_go_back_in_time_starts_a_new_batch()
    {
        var batch = new SpikeBatchWriter();
        batch.Begin(new BodyWriter(new byte[64]), 1, 0, 0, 100);
        Assert.True(batch.Add(1, 100));
        Assert.False(batch.Add(2, 99));
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void A_million_spikes_with_one_frame_in_a_hundred_damaged_leave_no_loss_unseen()
    {
        var total = Effort.Of(1_000_000);
        var random = new Random(99);
        var encoder = new FrameEncoder();
        var decoder = new FrameDecoder();
        var batch = new SpikeBatchWriter();
        var reader = new SpikeStreamReader();
        var meter = new LossMeter();
        meter.Reset();
        reader.Account.Open(7, 0, 0);
        long time = 0;
        var times = new long[total];
        var neurons = new int[total];
        for (var k = 0; k < total; k++)
        {
            time += random.Next(0, 900);
            times[k] = time;
            neurons[k] = random.Next(300);
        }

        var sent = 0;
        var frames = 0;
        var framesArrived = 0;
        var damaged = 0;
        long arrived = 0;
        uint last = 0;
        while (sent < total)
        {
            var first = sent;
            var body = encoder.Begin(MessageType.Spikes, frames & 0xFFFF);
            batch.Begin(body, 7, (uint)first, 0, times[first]);
            while (sent < total && batch.Add(neurons[sent], times[sent]))
            {
                sent++;
            }

            Assert.True(encoder.End());
            frames++;
            var wire = encoder.Wire.AsSpan(0, encoder.WireLength).ToArray();
            if (random.Next(100) == 0)
            {
                damaged++;
                var flips = random.Next(1, 9);
                for (var k = 0; k < flips; k++)
                {
                    wire[random.Next(wire.Length)] ^= (byte)random.Next(1, 256);
                }
            }

            var at = 0;
            while (at < wire.Length)
            {
                at += decoder.Feed(wire, at, wire.Length - at);
                if (!decoder.HasFrame)
                {
                    continue;
                }

                meter.Enter(decoder.Sequence);
                Assert.True(reader.Read(decoder.Body));
                framesArrived++;
                arrived += reader.Count;

                // Each spike that arrives is the one that was sent under its number.
                var expected = (int)(last = (uint)(reader.Account.Sent - reader.Count));
                for (var k = 0; k < reader.Count; k++)
                {
                    Assert.Equal(neurons[expected + k], reader.Neurons[k]);
                    Assert.Equal(times[expected + k], reader.Times[k]);
                }
            }
        }

        reader.Account.Close((uint)total, 0);
        Assert.True(damaged > frames / 200 && last > 0, $"{damaged} damaged");
        Assert.Equal(arrived, reader.Account.Received);
        Assert.Equal(total - arrived, reader.Account.LostOnWire);
        Assert.Equal(total, reader.Account.Total);
        Assert.Equal(0, reader.Account.Foreign);
        Assert.True(reader.Account.LostOnWire > 0);
        Assert.True(framesArrived < frames);
        Assert.InRange(frames - framesArrived - meter.Lost, 0, 2);
    }

    [Fact]
    public void Drops_of_the_device_and_losses_of_the_wire_are_told_apart()
    {
        var account = new StreamAccount();
        account.Open(3, 1000, 50);
        Assert.True(account.Enter(3, 1000, 10, 50));
        Assert.True(account.Enter(3, 1025, 5, 57));
        Assert.False(account.Enter(3, 1010, 5, 57));
        Assert.False(account.Enter(2, 1030, 5, 57));
        account.Close(1040, 60);
        Assert.Equal(15, account.Received);
        Assert.Equal(25, account.LostOnWire);
        Assert.Equal(10, account.DroppedByDevice);
        Assert.Equal(2, account.Foreign);
        Assert.Equal(50, account.Total);
        Assert.Equal(35, account.Lost);
    }

    [Fact]
    public void Drops_and_what_was_sent_are_known_while_the_run_goes_on()
    {
        var account = new StreamAccount();
        account.Open(3, 1000, 50);
        Assert.Equal(0, account.Sent);
        account.Enter(3, 1004, 10, 57);
        Assert.Equal(7, account.DroppedByDevice);
        Assert.Equal(14, account.Sent);
    }

    [Fact]
    public void Events_that_are_missing_from_the_first_on_are_counted()
    {
        var meter = new LossMeter();
        meter.Enter(100);
        Assert.Equal(0, meter.Lost);
        meter.Reset();
        meter.Enter(3);
        Assert.Equal(3, meter.Lost);
        Assert.Equal(1, meter.Received);
    }

    [Fact]
    public void A_sample_that_would_go_back_in_time_starts_a_new_batch()
    {
        var batch = new TraceBatchWriter();
        batch.Begin(new BodyWriter(new byte[2000]), 1, 0, 0, 100);
        Assert.False(batch.Add(0, 99, 5));
        Assert.True(batch.Add(0, 101, 5));
        Assert.True(batch.Add(1, 101, 6));
        Assert.False(batch.Add(0, 100, 7));
        for (var k = 2; k < TraceBatchWriter.MaxSamples; k++)
        {
            Assert.True(batch.Add(0, 102, 5));
        }

        Assert.False(batch.Add(0, 102, 5));
        Assert.Equal(255, batch.Count);
    }

    [Fact]
    public void Messages_that_are_cut_or_too_long_or_repeated_give_nothing()
    {
        var buffer = new byte[200];
        var writer = new BodyWriter(buffer);
        var traces = new TraceBatchWriter();
        traces.Begin(writer, 1, 0, 0, 100);
        Assert.True(traces.Add(0, 200, 50) && traces.Add(1, 300, -50));
        var samples = new TraceStreamReader();
        Refuses(samples.Read, samples.Account, writer.Position, () => samples.Count);

        writer.Reset(0, 200);
        var batch = new SpikeBatchWriter();
        batch.Begin(writer, 1, 0, 0, 100);
        Assert.True(batch.Add(300, 200) && batch.Add(1, 300));
        var spikes = new SpikeStreamReader();
        Refuses(spikes.Read, spikes.Account, writer.Position, () => spikes.Count);

        void Refuses(Func<BodyReader, bool> read, StreamAccount account, int length, Func<int> count)
        {
            account.Open(1, 0, 0);
            var reader = new BodyReader(buffer);
            for (var end = 0; end <= length + 1; end++)
            {
                if (end != length)
                {
                    reader.Reset(0, end);
                    Assert.False(read(reader));
                    Assert.Equal(0, count());
                }
            }

            Assert.Equal((0, 0), (account.Received, account.Foreign));
            reader.Reset(0, length);
            Assert.True(read(reader));
            Assert.Equal(2, count());
            reader.Reset(0, length);
            Assert.False(read(reader));
            Assert.Equal(0, count());
            Assert.Equal((2, 1), (account.Received, account.Foreign));
        }
    }

    [Fact]
    public void Sequence_numbers_may_wrap()
    {
        var account = new StreamAccount();
        account.Open(1, uint.MaxValue - 4, uint.MaxValue);
        Assert.True(account.Enter(1, uint.MaxValue - 4, 3, uint.MaxValue));
        Assert.True(account.Enter(1, 2, 3, 1));
        account.Close(5, 1);
        Assert.Equal(6, account.Received);
        Assert.Equal(4, account.LostOnWire);
        Assert.Equal(2, account.DroppedByDevice);
    }

    [Fact]
    public void Event_counters_may_wrap()
    {
        var meter = new LossMeter();
        meter.Reset();
        for (var k = 0; k < 70_000; k++)
        {
            if (k % 1000 != 999)
            {
                meter.Enter(k & 0xFFFF);
            }
        }

        Assert.Equal(69, meter.Lost);
        Assert.Equal(69_930, meter.Received);
    }

    [Fact]
    public void Traces_come_back_whatever_their_values()
    {
        var random = new Random(8);
        var encoder = new FrameEncoder();
        var decoder = new FrameDecoder();
        var batch = new TraceBatchWriter();
        var reader = new TraceStreamReader();
        reader.Account.Open(9, 0, 0);
        var samples = new List<(int Trace, long Time, int Value)>();
        for (var k = 0; k < 5000; k++)
        {
            samples.Add((random.Next(4), k / 4 * 100L, k % 50 == 0 ? int.MinValue : k % 50 == 1 ? int.MaxValue
                : random.Next(-1 << 26, 1 << 26)));
        }

        var sent = 0;
        var read = 0;
        while (sent < samples.Count)
        {
            var body = encoder.Begin(MessageType.Traces, 0);
            batch.Begin(body, 9, (uint)sent, 0, samples[sent].Time);
            while (sent < samples.Count && batch.Add(samples[sent].Trace, samples[sent].Time, samples[sent].Value))
            {
                sent++;
            }

            Assert.True(encoder.End());
            decoder.Feed(encoder.Wire, 0, encoder.WireLength);
            Assert.True(decoder.HasFrame && reader.Read(decoder.Body));
            for (var k = 0; k < reader.Count; k++, read++)
            {
                Assert.Equal(samples[read], (reader.Traces[k], reader.Times[k], reader.Values[k]));
            }
        }

        Assert.Equal(samples.Count, read);
    }
}
