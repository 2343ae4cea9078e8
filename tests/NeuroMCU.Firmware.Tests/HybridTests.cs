// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>Networks some of whose neurons are channels of the board: currents go out as codes, spikes come in, and nothing bad
/// stays.</summary>
public class HybridTests
{
    private static readonly double[] s_currents = [40, 50, 60];
    private readonly Rig.Rig _rig = new(neurons: 3);

    private FakeNeurons Board => _rig.Neurons!;

    [Fact]
    public void Currents_become_codes_and_spikes_enter_at_their_time()
    {
        Load(Networks.Hybrid(s_currents));
        _rig.Host.Start(1_000_000, RunMode.RealTime);
        _rig.Host.Listen(3);
        Assert.Equal([80, 100, 120], Board.Codes);
        _rig.Host.UntilEnded();
        Assert.True(Board.IsSafe);
        for (var k = 0; k < 3; k++)
        {
            var times = Times(k);
            var rate = 4 * s_currents[k];
            Assert.InRange(times.Count, rate - 2, rate);
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(1e6 / rate, pair.Second - pair.First, 1.0));
        }

        Assert.Equal(_rig.Host.SpikeList.Count, _rig.Host.Counter(CounterIndex.ChannelSpikes));
        Assert.Equal(0, _rig.Host.Counter(CounterIndex.ChannelLate));
        Assert.Equal(3, _rig.Host.Counter(CounterIndex.DriveWrites));
        Assert.Equal(100, _rig.Host.Counter(CounterIndex.SpikeResolution));
        Assert.Empty(_rig.Host.Channels);
    }

    [Fact]
    public void A_spike_reaches_the_drive_of_its_target_within_two_ticks()
    {
        // Every neuron excites the next one: 20 nC per spike are 4 uA for 5 ms.
        Load(Networks.Hybrid(s_currents, charge: 2000));
        _rig.Host.Start(1_000_000, RunMode.RealTime);
        _rig.Host.UntilEnded();
        var longest = _rig.Host.Counter(CounterIndex.LongestLatency);
        Assert.InRange(longest, 1, 2 * 1000);
        Assert.InRange(_rig.Host.Counter(CounterIndex.MeanLatency), 1, longest);
        Assert.InRange(_rig.Host.Counter(CounterIndex.LongestLook), 100, 1000);
        Assert.True(Times(2).Count > 245, "the third neuron is excited");
        Assert.True(_rig.Host.Counter(CounterIndex.DriveWrites) > 500);
    }

    [Fact]
    public void A_run_looks_only_at_the_inputs_that_its_network_uses_and_a_measurement_at_all()
    {
        Load(Networks.Hybrid([40, 50]));
        _rig.Host.Start(100_000, RunMode.RealTime);
        _rig.Host.UntilEnded();
        Assert.Equal([0, 1], Board.Watched);
        _rig.Host.Expect(MessageType.SelfTest);
        Assert.Equal([0, 1, 2], Board.Watched);
    }

    [Fact]
    public void A_network_that_needs_a_channel_the_board_lacks_is_refused()
    {
        _rig.Host.Hello();
        var nack = _rig.Host.RefusedUpload(Networks.Image(Networks.Hybrid([40, 50, 60, 70])));
        Assert.Equal((ErrorCode.MissingChannel, 3), (nack.Code, nack.Detail));
        var bare = new Rig.Rig();
        bare.Host.Hello();
        nack = bare.Host.RefusedUpload(Networks.Image(Networks.Hybrid([40])));
        Assert.Equal((ErrorCode.MissingChannel, 0), (nack.Code, nack.Detail));
    }

    [Fact]
    public void Drive_tables_of_another_device_are_refused()
    {
        var id = _rig.Parts.DeviceId;
        var mine = Crc32.Compute(id, 0, id.Length);
        Load(Networks.Hybrid(s_currents, calibration: mine));
        var nack = _rig.Host.RefusedUpload(Networks.Image(Networks.Hybrid(s_currents, calibration: mine ^ 1)));
        Assert.Equal((ErrorCode.OtherCalibration, (int)(mine ^ 1)), (nack.Code, nack.Detail));
    }

    [Fact]
    public void Parts_cannot_run_faster_than_time()
    {
        Load(Networks.Hybrid(s_currents));
        Assert.Equal(ErrorCode.RealTimeOnly, _rig.Host.Refused(MessageType.Start,
            new StartRequest { Duration = 1000, Mode = RunMode.Fast }.Write).Code);
        Assert.Equal(ErrorCode.RealTimeOnly, _rig.Host.Refused(MessageType.Step, new StepRequest { Duration = 1000 }.Write).Code);
        Assert.True(Board.IsSafe);
    }

    [Fact]
    public void During_a_run_channels_are_left_alone_by_hosts()
    {
        Load(Networks.Hybrid(s_currents));
        _rig.Host.Start(0, RunMode.RealTime);
        Assert.Equal(ErrorCode.Running, _rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Code = 1 }.Write).Code);
        Assert.Equal(ErrorCode.Running, _rig.Host.Refused(MessageType.BoardSense, new BoardSense { Samples = 1 }.Write).Code);
        Assert.Equal(80, Board.Codes[0]);
        _rig.Host.Expect(MessageType.BoardSafe);
        Assert.True(Board.IsSafe);
        Assert.Equal(DeviceState.Idle, _rig.Application.State);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("silence")]
    [InlineData("cable")]
    [InlineData("watchdog")]
    [InlineData("hang")]
    [InlineData("network")]
    public void Whatever_ends_the_run_the_drives_are_safe_in_the_same_turn(string end)
    {
        Load(Networks.Hybrid(s_currents));
        _rig.Host.Start(0, RunMode.RealTime, 300);
        _rig.Until(_rig.Clock.Now + 20_000);
        Assert.False(Board.IsSafe);
        switch (end)
        {
            case "stop":
                _rig.Host.Expect(MessageType.Stop);
                break;
            case "silence":
                _rig.Until(_rig.Clock.Now + 302_000);
                break;
            case "cable":
                _rig.Pipe.IsOpen = false;
                _rig.Turn();
                break;
            case "watchdog":
                _rig.Clock.CostOfLooking = 300_000;
                _rig.Application.Turn();
                break;
            case "hang":
                _rig.Application.MakeSafe();
                break;
            default:
                _rig.Host.Upload(Networks.Image(Networks.Relay()));
                break;
        }

        Assert.True(Board.IsSafe);
        Assert.NotEqual(DeviceState.Running, _rig.Application.State);
        _rig.Turns(20);
        Assert.True(Board.IsSafe);
    }

    [Fact]
    public void A_running_hybrid_network_allocates_nothing()
    {
        Load(Networks.Hybrid(s_currents, charge: 2000));
        _rig.Host.Start(0, RunMode.RealTime);
        _rig.Pipe.IsOpen = false;
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var turn = 0; turn < 20_000; turn++)
            {
                if (!_rig.Application.Turn())
                {
                    _rig.Clock.Idle(_rig.Application.NextWake);
                }
            }

            if (round == 1)
            {
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        Assert.Equal(DeviceState.Running, _rig.Application.State);
    }

    public static TheoryData<int, int> EachTroubleOnEachChannel()
    {
        var rows = new TheoryData<int, int>();
        foreach (var trouble in Enum.GetValues<Trouble>().Where(trouble => trouble != Trouble.None))
        {
            for (var channel = 0; channel < 3; channel++)
            {
                rows.Add((int)trouble, channel);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(EachTroubleOnEachChannel))]
    public void Each_fault_on_each_channel_is_found_and_named_and_disturbs_nothing_else(int kind, int channel)
    {
        var trouble = (Trouble)kind;
        var sound = Spikes(Trouble.None, channel, out _);
        var troubled = Spikes(trouble, channel, out var rig);
        if (trouble == Trouble.DacFails)
        {
            // What cannot be driven cannot be made safe either: everything else is, at once.
            var state = rig.Host.State();
            Assert.Equal((DeviceState.Fault, ErrorCode.Channel, channel), (state.State, state.Fault, state.FaultDetail));
            Assert.True(rig.Neurons!.IsSafe);
            return;
        }

        Assert.All(rig.Host.Channels, news => Assert.Equal(channel, news.Channel));
        Assert.Equal(Expected(trouble), rig.Host.Channels[0].Condition);
        for (var other = 0; other < 3; other++)
        {
            if (other != channel)
            {
                Assert.Equal(sound[other], troubled[other]);
            }
        }

        if (trouble is Trouble.Latches or Trouble.Shorted or Trouble.Open or Trouble.DetectNoisy or Trouble.DetectSilent)
        {
            Assert.Equal(ChannelAction.Disable, rig.Host.Channels[^1].Action);
            Assert.Equal(0, rig.CodeAtEnd);
        }

        if (trouble is Trouble.AdcFails or Trouble.SenseOpen)
        {
            Assert.Equal(sound[channel], troubled[channel]);
        }

        Assert.Equal(DeviceState.Idle, rig.Application.State);
        var info = new BoardInfo();
        Assert.True(info.Read(rig.Host.Expect(MessageType.BoardInfo, body => body.WriteByte(0))));
        Assert.Equal(rig.Host.Channels[^1].Condition, info.Conditions[channel]);
    }

    [Fact]
    public void A_channel_that_latches_once_is_released_and_goes_on()
    {
        Load(Networks.Hybrid(s_currents));
        _rig.Host.Start(0, RunMode.RealTime);
        _rig.Until(_rig.Clock.Now + 300_000);
        Board.Troubles[1] = Trouble.Latches;
        _rig.Until(_rig.Clock.Now + 15_000);
        Board.Troubles[1] = Trouble.None;
        Listen(200_000);
        Assert.Equal([(1, ChannelCondition.Latched, ChannelAction.Release, 1)],
            _rig.Host.Channels.Select(news => (news.Channel, news.Condition, news.Action, news.Detail)));
        var before = Times(1).Count;
        Listen(500_000);
        Assert.InRange(Times(1).Count - before, 95, 105);
        Assert.Equal(1, _rig.Host.Counter(CounterIndex.Latches));
        Assert.Equal(100, Board.Codes[1]);
    }

    [Fact]
    public void What_is_wrong_with_a_drive_during_a_run_stops_it_and_names_the_channel()
    {
        Load(Networks.Hybrid(s_currents, charge: 2000));
        _rig.Host.Start(0, RunMode.RealTime);
        _rig.Until(_rig.Clock.Now + 100_000);
        Board.Troubles[2] = Trouble.DacFails;
        _rig.Until(_rig.Clock.Now + 20_000);
        Assert.True(Board.IsSafe);
        var state = _rig.Host.State();
        Assert.Equal((DeviceState.Fault, ErrorCode.Channel, 2), (state.State, state.Fault, state.FaultDetail));
    }

    private static int Expected(Trouble trouble) => trouble switch
    {
        Trouble.Latches => ChannelCondition.Latched,
        Trouble.Shorted => ChannelCondition.Shorted,
        Trouble.Open => ChannelCondition.NoCurrent,
        Trouble.DetectSilent => ChannelCondition.SpikesUnseen,
        Trouble.DetectNoisy => ChannelCondition.Stuck,
        Trouble.SenseOpen => ChannelCondition.SenseOpen,
        _ => ChannelCondition.SenseFailed,
    };

    // Three neurons of their own: the trouble begins when all of them have fired for a while.
    private static List<long>[] Spikes(Trouble trouble, int channel, out FinishedRig rig)
    {
        var test = new HybridTests();
        test.Load(Networks.Hybrid(s_currents));
        test._rig.Host.Start(0, RunMode.RealTime);
        test.Listen(300_000);
        test.Board.Troubles[channel] = trouble;
        test.Listen(3_000_000);
        var code = test.Board.Codes[channel];
        test._rig.Host.Request(MessageType.Stop);
        test._rig.Host.Listen(20);
        rig = new FinishedRig(test._rig, code);
        return Enumerable.Range(0, 3).Select(test.Times).ToArray();
    }

    private void Load(Core.Contracts.NetworkTables tables)
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(tables), UploadTarget.Memory);
    }

    private void Listen(long time)
    {
        for (var end = _rig.Clock.Now + time; _rig.Clock.Now < end;)
        {
            _rig.Host.Listen();
        }
    }

    private List<long> Times(int neuron) => _rig.Host.SpikeList.Where(spike => spike.Neuron == neuron).Select(spike => spike.Time).ToList();

    private sealed record FinishedRig(Rig.Rig Rig, int CodeAtEnd)
    {
        public TestHost Host => Rig.Host;

        public FakeNeurons? Neurons => Rig.Neurons;

        public FirmwareApplication Application => Rig.Application;
    }
}
