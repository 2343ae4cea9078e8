// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

public class RunTests
{
    private readonly Rig.Rig _rig = new();

    [Theory]
    [InlineData(RunMode.RealTime)]
    [InlineData(RunMode.Fast)]
    public void A_run_gives_every_spike_at_its_time_and_ends_with_zero_lost(int mode)
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 100)));
        _rig.Host.Start(200_000, mode);
        var totals = _rig.Host.UntilEnded();

        Assert.Equal(EndReason.Duration, totals.Reason);
        Assert.Equal(200_000, totals.Time);
        var expected = Enumerable.Range(1, 100).Select(k => (4 + (k % 4), (k * 1000L) + 50));
        Assert.Equal(expected, _rig.Host.SpikeList);
        Assert.Equal(100, _rig.Host.Spikes.Account.Total);
        Assert.Equal(0, _rig.Host.Spikes.Account.Lost);
        Assert.Equal(0, _rig.Host.Events.Lost);
        Assert.Equal(0u, totals.LateEvents);
        Assert.Equal(DeviceState.Idle, _rig.Host.State().State);
    }

    [Fact]
    public void A_second_run_goes_on_where_the_first_ended_and_reset_starts_over()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 100)));
        _rig.Host.Start(50_000);
        _rig.Host.UntilEnded();
        Assert.Equal(49, _rig.Host.Spikes.Account.Received);
        var second = _rig.Host.Start(50_000);
        Assert.Equal(50_000, second.Time);
        Assert.Equal(49u, second.FirstSpike);
        _rig.Host.UntilEnded();
        Assert.Equal(50, _rig.Host.Spikes.Account.Received);
        Assert.Equal(0, _rig.Host.Spikes.Account.Lost);

        _rig.Host.Expect(MessageType.Reset);
        var third = _rig.Host.Start(50_000);
        Assert.Equal(0, third.Time);
        Assert.Equal(0u, third.FirstSpike);
        _rig.Host.UntilEnded();
        Assert.Equal(49, _rig.Host.Spikes.Account.Received);
    }

    [Fact]
    public void Step_runs_as_fast_as_possible_for_its_time()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay()));
        _rig.Host.Expect(MessageType.Step, new StepRequest { Duration = 10_050 }.Write);
        _rig.Turns(10);
        var state = _rig.Host.State();
        Assert.Equal(10_050, state.Totals.Time);
        Assert.Equal(10u, state.Totals.NextSpike);
    }

    [Fact]
    public void A_fast_run_waits_for_a_slow_line_instead_of_dropping()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(interval: 10, spikes: 5000, capacity: 64)));
        _rig.Pipe.Room = 2000;
        _rig.Host.Start(60_000);
        _rig.Host.Listen(50);
        Assert.Null(_rig.Host.Ended);
        Assert.True(_rig.Application.Engine!.Time < 60_000);
        _rig.Pipe.Room = long.MaxValue;
        _rig.Host.UntilEnded();
        Assert.Equal(5000, _rig.Host.Spikes.Account.Received);
        Assert.Equal(0, _rig.Host.Spikes.Account.Lost);
    }

    [Fact]
    public void A_real_time_run_that_nothing_waits_for_is_late_on_a_slow_line_and_loses_nothing()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(interval: 10, spikes: 5000, capacity: 64)));
        _rig.Host.Start(60_000, RunMode.RealTime);
        for (var k = 0; k < 5000 && _rig.Host.Ended == null; k++)
        {
            _rig.Pipe.Room = 1;
            _rig.Host.Listen();
        }

        _rig.Pipe.Room = long.MaxValue;
        _rig.Host.UntilEnded();
        Assert.Equal((5000L, 0L), (_rig.Host.Spikes.Account.Received, _rig.Host.Spikes.Account.Lost));
        Assert.Equal(0, _rig.Host.Counter(CounterIndex.SpikeDrops));
        Assert.True(_rig.Host.Counter(CounterIndex.SpikePeak) <= 64);
        Assert.True(_rig.Host.Counter(CounterIndex.LateEvents) > 0);
    }

    [Fact]
    public void Spikes_that_the_wire_loses_are_counted_to_the_last()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(interval: 20, spikes: 4000)));
        var random = new System.Random(6);
        _rig.Host.Start(100_000);
        _rig.Pipe.Passes = frame => frame.Length < 50 || random.Next(10) != 0;
        _rig.Host.UntilEnded();
        Assert.True(_rig.Host.Spikes.Account.LostOnWire > 0);
        Assert.Equal(4000, _rig.Host.Spikes.Account.Total);
        Assert.Equal(_rig.Host.SpikeList.Count, _rig.Host.Spikes.Account.Received);
    }

    [Fact]
    public void What_is_served_late_is_counted()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(interval: 1000, spikes: 100)));
        _rig.Host.Start(0, RunMode.RealTime);
        _rig.Host.Listen(3);
        var begin = _rig.Application.Engine!.Time;

        // A stall of 20 ms: 20 inputs and their arrivals come late, all but those of the last step.
        _rig.Clock.Now += 20_000;
        _rig.Turn();
        var late = _rig.Host.Counter(CounterIndex.LateEvents);
        Assert.InRange(late, 38, 42);
        Assert.InRange(_rig.Host.Counter(CounterIndex.MaxLateness), 18_000, 20_000);
        Assert.True(begin < 10_000);
        var totals = new RunTotals();
        Assert.True(totals.Read(_rig.Host.Expect(MessageType.Stop)));
        Assert.Equal(late, totals.LateEvents);
    }

    [Fact]
    public void Lateness_is_that_of_the_clock_also_when_the_run_should_long_have_ended()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(interval: 1000, spikes: 100)));
        _rig.Host.Start(50_000, RunMode.RealTime);
        _rig.Host.Listen(3);

        // A stall of a second: what was due before the end at 50 ms comes up to a second late.
        _rig.Clock.Now += 1_000_000;
        _rig.Host.UntilEnded();
        Assert.InRange(_rig.Host.Counter(CounterIndex.MaxLateness), 990_000, 1_010_000);
        Assert.InRange(_rig.Host.Counter(CounterIndex.LateEvents), 80, 102);
    }

    [Fact]
    public void What_was_cut_off_is_told_population_by_population()
    {
        // 60 neurons of inhibition without floor at weights of 127 units each, in many populations: the numbers take two messages.
        NetworkTables tables = Networks.Relay(spikes: 8, interval: 100);
        tables.Populations = [tables.Populations[0], .. Enumerable.Repeat(tables.Populations[1], 40)];
        tables.Populations[1].Parameters[Models.LeakyModel.Floor] = [int.MinValue];
        ProjectionTable projection = tables.Projections[0];
        projection.Target = 39;
        projection.WeightScale = ImageLayout.MaxWeightScale;
        projection.Weights = Enumerable.Repeat((short)-32767, projection.Weights.Length).ToArray();
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(tables));
        _rig.Host.Start(20_000);
        _rig.Host.UntilEnded();
        long[] counts = [.. Saturations(0), .. Saturations(SaturationList.MaxCount)];
        Assert.Equal(41, counts.Length);
        Assert.Equal(4, counts[39]);
        Assert.Equal(4, counts.Sum());
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.Saturations, writer => writer.WriteByte(41)).Code);
        Assert.Equal(ErrorCode.BadBody, _rig.Host.Refused(MessageType.Saturations).Code);
        _rig.Host.Expect(MessageType.Reset);
        Assert.Equal(0, Saturations(SaturationList.MaxCount).Sum());
    }

    private long[] Saturations(int first)
    {
        BodyReader body = _rig.Host.Expect(MessageType.Saturations, writer => writer.WriteByte(first));
        SaturationList head = new();
        Assert.True(head.Read(body));
        Assert.Equal(first, head.First);
        long[] counts = [.. Enumerable.Range(0, head.Count).Select(_ => body.ReadVarint())];
        Assert.True(body.Complete);
        return counts;
    }

    [Fact]
    public void Injected_spikes_run_through_the_network_and_only_sources_take_them()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        var list = new InjectList { Base = 5000, Count = 2 };
        list.Neurons[0] = 3;
        list.Neurons[1] = 1;
        list.Offsets[1] = 700;
        Assert.Equal(2, _rig.Host.Expect(MessageType.Inject, list.Write).ReadByte());
        _rig.Host.Start(20_000);
        _rig.Host.UntilEnded();
        Assert.Equal([(7, 5050L), (5, 5750L)], _rig.Host.SpikeList);

        list.Neurons[1] = 4;
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.Inject, list.Write).Code);
    }

    [Fact]
    public void More_injections_than_wait_are_refused_by_number()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        var accepted = 0;
        for (var k = 0; k < 4; k++)
        {
            accepted += _rig.Host.Expect(MessageType.Inject, new InjectList { Base = 1000, Count = 30 }.Write).ReadByte();
        }

        Assert.Equal(Core.Engine.NetworkEngine.InjectCapacity, accepted);
        Assert.True(_rig.Host.Counter(CounterIndex.InjectDrops) > 0);
    }

    [Fact]
    public void Weights_are_read_and_written_live_single_and_in_blocks_and_take_effect()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(size: 200, interval: 500, spikes: 1000)), UploadTarget.Memory);
        _rig.Host.Start(0, RunMode.RealTime);
        _rig.Until(_rig.Clock.Now + 20_000);
        var body = _rig.Host.Expect(MessageType.WeightsRead, new Block { First = 100, Count = 100 }.Write);
        var block = new Block();
        Assert.True(block.Read(body, 2));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(20_000, body.ReadInt16()));

        // All weights to zero: no neuron fires any more.
        for (var first = 0; first < 200; first += 100)
        {
            _rig.Host.Expect(MessageType.WeightsWrite, writer =>
            {
                new Block { First = first, Count = 100 }.Write(writer);
                for (var k = 0; k < 100; k++)
                {
                    writer.WriteInt16(0);
                }
            });
        }

        _rig.Host.Listen(20);
        var count = _rig.Host.SpikeList.Count;
        Assert.True(count > 10);
        _rig.Until(_rig.Clock.Now + 20_000);
        _rig.Host.Listen(20);
        Assert.Equal(count, _rig.Host.SpikeList.Count);
        Assert.Equal(DeviceState.Running, _rig.Host.State().State);
        WriteOne(5, -32767);
        Assert.Equal(-32767, _rig.Application.Engine!.ReadWeight(5));
    }

    [Fact]
    public void A_block_beyond_the_end_or_with_a_bad_weight_changes_nothing()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay()));
        var nack = _rig.Host.Refused(MessageType.WeightsWrite, writer =>
        {
            new Block { First = 3, Count = 2 }.Write(writer);
            writer.WriteInt16(1);
            writer.WriteInt16(2);
        });
        Assert.Equal((ErrorCode.OutOfRange, 4), (nack.Code, nack.Detail));
        nack = _rig.Host.Refused(MessageType.WeightsWrite, writer =>
        {
            new Block { First = 0, Count = 2 }.Write(writer);
            writer.WriteInt16(1);
            writer.WriteInt16(-32768);
        });
        Assert.Equal((ErrorCode.BadValue, -32768), (nack.Code, nack.Detail));
        Assert.All(Enumerable.Range(0, 4), k => Assert.Equal(20_000, _rig.Application.Engine!.ReadWeight(k)));
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.WeightsRead, new Block { First = -1, Count = 1 }.Write).Code);
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.WeightsRead,
            new Block { First = int.MaxValue, Count = 100 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.WeightsRead, new Block { First = 0, Count = 255 }.Write).Code);
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.Membrane, new Block { First = 8, Count = 1 }.Write).Code);
    }

    [Fact]
    public void Membranes_and_traces_show_what_the_neuron_does()
    {
        var tables = Networks.Relay(spikes: 0);
        tables.Traces = [new Core.Contracts.TraceTable { Neuron = 4, Interval = 1000 }];
        tables.SpikeTimes = [10_000];
        tables.SpikeSources = [0];
        tables.Projections[0].Weights = [5000, 5000, 5000, 5000];
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(tables));
        _rig.Host.Start(20_000);
        _rig.Host.UntilEnded();
        Assert.Equal(21, _rig.Host.TraceList.Count);
        Assert.Equal(0, _rig.Host.Traces.Account.Lost);
        Assert.Equal(0, _rig.Host.TraceList[10].Value);

        // Half a unit, 950 µs and 9950 µs after its arrival, at a time constant of 20 ms.
        Assert.Equal(0.5 * System.Math.Exp(-950 / 20_000.0), _rig.Host.TraceList[11].Value / (double)(1 << 24), 1e-3);
        var body = _rig.Host.Expect(MessageType.Membrane, new Block { First = 4, Count = 2 }.Write);
        Assert.True(new Block().Read(body, 4));
        Assert.Equal(0.5 * System.Math.Exp(-9950 / 20_000.0), body.ReadInt32() / (double)(1 << 24), 1e-3);
        Assert.Equal(0, body.ReadInt32());
    }

    [Fact]
    public void Requests_at_the_wrong_moment_are_refused_by_name()
    {
        Assert.Equal(ErrorCode.HelloNeeded, _rig.Host.Refused(MessageType.State).Code);
        _rig.Host.Hello();
        Assert.Equal(ErrorCode.NoNetwork, _rig.Host.Refused(MessageType.Start, new StartRequest().Write).Code);
        Assert.Equal(ErrorCode.NoNetwork, _rig.Host.Refused(MessageType.WeightsRead, new Block { Count = 1 }.Write).Code);
        Assert.Equal(ErrorCode.NoNetwork, _rig.Host.Refused(MessageType.Persist, writer => writer.WriteByte(1)).Code);
        Assert.Equal(ErrorCode.NoUpload, _rig.Host.Refused(MessageType.UploadCommit).Code);
        Assert.Equal(ErrorCode.UnknownMessage, _rig.Host.Refused(0x2F).Code);
        Assert.Equal(ErrorCode.BadBody, _rig.Host.Refused(MessageType.Start, writer => writer.WriteByte(1)).Code);
        _rig.Host.Upload(Networks.Image(Networks.Relay()));
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.Start, new StartRequest { Mode = 9 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.Step, new StepRequest { Duration = 0 }.Write).Code);
        _rig.Host.Start(0, RunMode.RealTime);
        Assert.Equal(ErrorCode.Running, _rig.Host.Refused(MessageType.Start, new StartRequest().Write).Code);
        Assert.Equal(ErrorCode.Running, _rig.Host.Refused(MessageType.Reset).Code);
        Assert.Equal(ErrorCode.Running, _rig.Host.Refused(MessageType.SelfTest).Code);
    }

    [Fact]
    public void The_self_test_passes_and_finds_a_broken_output()
    {
        _rig.Host.Hello();
        var answer = new SelfTestAnswer();
        Assert.True(answer.Read(_rig.Host.Expect(MessageType.SelfTest)));
        Assert.Equal(SelfTestAnswer.Crc | SelfTestAnswer.Arithmetic | SelfTestAnswer.Clock | SelfTestAnswer.Store | SelfTestAnswer.Outputs,
            answer.Tested);
        Assert.Equal(0, answer.Failed);
        _rig.Outputs[1].Broken = true;
        Assert.True(answer.Read(_rig.Host.Expect(MessageType.SelfTest)));
        Assert.Equal(SelfTestAnswer.Outputs, answer.Failed);
    }

    [Fact]
    public void Hello_tells_what_the_device_is_and_holds()
    {
        var before = _rig.Host.Hello();
        Assert.Equal("rig", System.Text.Encoding.UTF8.GetString(before.BoardName));
        Assert.Equal(Rig.Rig.BoardId("rig"), before.BoardId);
        Assert.Equal([1, 2, 3, 4, 5, 6], before.DeviceId);
        Assert.Equal(MessageTable.Hash, before.Schema);
        Assert.Equal(ImageState.None, before.Image);
        Assert.False(before.AuthenticationNeeded);

        var image = Networks.Image(Networks.Relay());
        var info = _rig.Host.Upload(image);
        var after = _rig.Host.Hello();
        Assert.Equal(ImageState.Stored, after.Image);
        Assert.Equal((info.Crc, info.Length, info.Generation), (after.ImageCrc, after.ImageLength, after.Generation));
        Assert.Equal((image.Length, 8, 4, Networks.Step), (after.ImageLength, after.Neurons, after.Synapses, after.Step));
    }

    private void WriteOne(int synapse, int weight) => _rig.Host.Expect(MessageType.WeightsWrite, writer =>
    {
        new Block { First = synapse, Count = 1 }.Write(writer);
        writer.WriteInt16(weight);
    });
}
