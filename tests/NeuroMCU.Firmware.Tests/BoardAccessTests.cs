// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>A host reaches the neuron channels without a network, and nothing stays driven that nobody looks after.</summary>
public class BoardAccessTests
{
    private readonly Rig.Rig _rig = new(neurons: 8);

    public BoardAccessTests()
    {
        _rig.Host.Hello();
    }

    private FakeNeurons Board => _rig.Neurons!;

    [Fact]
    public void The_channels_are_told()
    {
        var info = new BoardInfo();
        Assert.True(info.Read(_rig.Host.Expect(MessageType.BoardInfo, body => body.WriteByte(6))));
        Assert.Equal((8, 6, 2, 100), (info.Channels, info.First, info.Count, info.Resolution));
        Assert.Equal((BoardInfo.HasDrive | BoardInfo.HasSense, FakeNeurons.Limit, 12, ChannelCondition.Good),
            (info.Parts[1], info.Limits[1], info.SenseBits[1], info.Conditions[1]));
    }

    [Fact]
    public void A_board_without_neurons_says_so()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        var info = new BoardInfo();
        Assert.True(info.Read(rig.Host.Expect(MessageType.BoardInfo, body => body.WriteByte(0))));
        Assert.Equal((0, 0), (info.Channels, info.Count));
        var nack = rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Channel = 0, Code = 1 }.Write);
        Assert.Equal(ErrorCode.NoChannel, nack.Code);
        rig.Host.Expect(MessageType.BoardSafe);
    }

    [Fact]
    public void A_channel_is_driven_sensed_and_reset()
    {
        Drive(3, 120);
        Assert.Equal(120, Board.Codes[3]);
        var sensed = new SenseAnswer();
        Assert.True(sensed.Read(_rig.Host.Expect(MessageType.BoardSense, new BoardSense { Channel = 3, Samples = 50 }.Write)));
        Assert.Equal((50, 100u, 2, 2), (sensed.Samples, sensed.Sum, sensed.Lowest, sensed.Highest));
        _rig.Host.Expect(MessageType.BoardReset, new BoardReset { Channel = 3, Milliseconds = 5 }.Write);
        Assert.True(Board.Pressed[3]);
        _rig.Until(_rig.Clock.Now + 6000);
        Assert.False(Board.Pressed[3]);
        _rig.Host.Expect(MessageType.BoardSafe);
        Assert.True(Board.IsSafe);
    }

    [Theory]
    [InlineData(8, 10, ErrorCode.NoChannel, 8)]
    [InlineData(2, 201, ErrorCode.DriveLimit, (2 << 16) | 200)]
    public void What_the_profile_does_not_allow_is_refused_and_nothing_is_driven(int channel, int code, int refusal, int detail)
    {
        var nack = _rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Channel = channel, Code = code }.Write);
        Assert.Equal((refusal, detail), (nack.Code, nack.Detail));
        var request = Request(100, 10, (0, 100), (channel, code));
        nack = _rig.Host.Refused(MessageType.BoardMeasure, request.Write);
        Assert.Equal((refusal, detail), (nack.Code, nack.Detail));
        Assert.True(Board.IsSafe);
    }

    [Fact]
    public void Bad_requests_are_refused()
    {
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardSense,
            new BoardSense { Channel = 0, Samples = 401 }.Write).Code);
        Assert.Equal(ErrorCode.NoChannel, _rig.Host.Refused(MessageType.BoardSense,
            new BoardSense { Channel = 8, Samples = 1 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardReset, new BoardReset { Channel = 0 }.Write).Code);
        Assert.Equal(ErrorCode.NoChannel, _rig.Host.Refused(MessageType.BoardReset,
            new BoardReset { Channel = 9, Milliseconds = 1 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardMeasure, Request(0, 0, (0, 1)).Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardMeasure, Request(0, 10).Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardMeasure, Request(0, 10, (1, 1), (1, 2)).Write).Code);
        Assert.Equal(ErrorCode.NoMeasurement, _rig.Host.Refused(MessageType.BoardResult, body => body.WriteByte(0)).Code);
        for (var type = MessageType.BoardDrive; type <= MessageType.BoardMeasure; type++)
        {
            Assert.Equal(ErrorCode.BadBody, _rig.Host.Refused(type, body => body.WriteByte(0)).Code);
        }

        Assert.True(Board.IsSafe);
    }

    [Fact]
    public void Eight_channels_are_measured_at_the_same_time()
    {
        var begin = _rig.Clock.Now;
        var results = Measure(Request(200, 1000, (7, 40), (6, 60), (5, 80), (4, 100), (3, 120), (2, 140), (1, 160), (0, 180)));
        Assert.InRange(_rig.Clock.Now - begin, 1_200_000, 1_250_000);
        Assert.Equal(8, results.Count);
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], results.Channels);
        Assert.Equal(0, results.Spikes[0]);
        for (var k = 1; k < 8; k++)
        {
            var code = 40 + (20 * k);
            Assert.InRange(results.Spikes[k], (2 * code) - 1, (2 * code) + 1);
            var rate = (results.Spikes[k] - 1) * 1e6 / (results.LastTimes[k] - results.FirstTimes[k]);
            Assert.Equal(2.0 * code, rate, 0.001 * code);
            Assert.Equal((ChannelCondition.Good, 0), (results.Conditions[k], results.Missed[k]));
            Assert.True(results.Samples[k] > 100);
        }

        Assert.True(Board.IsSafe);
    }

    [Fact]
    public void A_measurement_may_leave_its_channels_driven()
    {
        var request = Request(0, 50, (2, 90));
        request.Flags = BoardMeasure.Keep;
        Measure(request);
        Assert.Equal(90, Board.Codes[2]);
    }

    [Fact]
    public void A_channel_that_latches_or_whose_input_is_noisy_is_named()
    {
        Board.Troubles[1] = Trouble.Latches;
        Board.Troubles[4] = Trouble.DetectNoisy;
        var results = Measure(Request(200, 500, (0, 100), (1, 100), (4, 100)));
        Assert.Equal([ChannelCondition.Good, ChannelCondition.Latched, ChannelCondition.Stuck], results.Conditions.AsSpan(0, 3).ToArray());
        Assert.InRange(results.Spikes[0], 99, 101);
    }

    [Fact]
    public void Meanwhile_everything_else_is_refused()
    {
        _rig.Host.Expect(MessageType.BoardMeasure, Request(0, 5000, (2, 90)).Write);
        Assert.Equal(ErrorCode.Measuring, _rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Code = 1 }.Write).Code);
        Assert.Equal(ErrorCode.Measuring, _rig.Host.Refused(MessageType.BoardMeasure, Request(0, 10, (0, 1)).Write).Code);
        Assert.Equal(ErrorCode.NoMeasurement, _rig.Host.Refused(MessageType.BoardResult, body => body.WriteByte(0)).Code);
        Assert.Equal(90, Board.Codes[2]);
    }

    [Fact]
    public void In_the_fault_state_nothing_is_driven()
    {
        Board.Troubles[0] = Trouble.DacFails;
        Assert.Equal(ErrorCode.Channel, _rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Code = 5 }.Write).Code);
        Assert.Equal(DeviceState.Fault, _rig.Application.State);
        var state = _rig.Host.State();
        Assert.Equal((ErrorCode.Channel, 0), (state.Fault, state.FaultDetail));
        Board.Troubles[0] = Trouble.None;
        var nack = _rig.Host.Refused(MessageType.BoardDrive, new BoardDrive { Channel = 1, Code = 5 }.Write);
        Assert.Equal((ErrorCode.Faulted, ErrorCode.Channel), (nack.Code, nack.Detail));
        _rig.Host.Expect(MessageType.FaultClear);
        Drive(1, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_the_host_falls_silent_everything_becomes_safe(bool measuring)
    {
        Begin(measuring);
        var last = _rig.Clock.Now;
        _rig.Until(last + 480_000);
        Assert.Equal(120, Board.Codes[5]);
        _rig.Host.Expect(MessageType.Ping);
        _rig.Until(_rig.Clock.Now + 480_000);
        Assert.Equal(120, Board.Codes[5]);
        _rig.Until(_rig.Clock.Now + 25_000);
        CheckLost(measuring);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_the_connection_breaks_everything_is_safe_in_the_same_turn(bool measuring)
    {
        Begin(measuring);
        _rig.Pipe.IsOpen = false;
        _rig.Turn();
        Assert.True(Board.IsSafe);
        _rig.Pipe.IsOpen = true;
        CheckLost(measuring);
    }

    [Fact]
    public void An_output_keeps_what_a_host_sets_until_everything_is_made_safe()
    {
        Set(1, 40_000);
        _rig.Until(_rig.Clock.Now + 200_000);
        Assert.Equal(40_000, _rig.Outputs[1].Level);
        Assert.Equal(ErrorCode.OutOfRange, _rig.Host.Refused(MessageType.BoardOutput,
            new OutputRequest { Output = 2, Level = 1 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardOutput,
            new OutputRequest { Output = 0, Level = 65_537 }.Write).Code);
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardOutput,
            new OutputRequest { Output = 0, Level = -1 }.Write).Code);
        _rig.Host.Expect(MessageType.BoardMeasure, Request(0, 100, (5, 120)).Write);
        Assert.Equal(ErrorCode.Measuring, _rig.Host.Refused(MessageType.BoardOutput,
            new OutputRequest { Output = 1, Level = 1 }.Write).Code);
        _rig.Host.Expect(MessageType.BoardSafe);
        Assert.True(_rig.OutputsSafe);
    }

    [Fact]
    public void An_output_that_a_host_has_set_becomes_safe_when_it_falls_silent()
    {
        Set(0, 1000);
        _rig.Until(_rig.Clock.Now + 480_000);
        Assert.False(_rig.OutputsSafe);
        _rig.Until(_rig.Clock.Now + 50_000);
        Assert.True(_rig.OutputsSafe);
        CheckLost(measuring: false);
    }

    [Fact]
    public void Intervals_bracket_the_mean_interval_of_the_same_measurement()
    {
        Assert.Equal(ErrorCode.NoMeasurement, _rig.Host.Refused(MessageType.BoardIntervals, body => body.WriteByte(0)).Code);
        var results = Measure(Request(200, 1000, (3, 120), (7, 10), (5, 160)));
        var intervals = new MeasureIntervals();
        Assert.True(intervals.Read(_rig.Host.Expect(MessageType.BoardIntervals, body => body.WriteByte(0))));
        Assert.Equal((results.Number, 0, 3), (intervals.Number, intervals.First, intervals.Count));
        foreach (var k in new[] { 0, 2 })
        {
            var mean = (results.LastTimes[k] - results.FirstTimes[k]) / (results.Spikes[k] - 1.0);
            Assert.True(results.Spikes[k] > 5);
            Assert.InRange(intervals.Shortest[k], 1, mean);
            Assert.InRange(intervals.Longest[k], mean, 2 * mean);
        }

        Assert.Equal((0, 0, 0, 0), (results.Spikes[1], intervals.Shortest[1], intervals.Longest[1], intervals.Plateaus[1]));
        Assert.Equal(ErrorCode.BadValue, _rig.Host.Refused(MessageType.BoardIntervals, body => body.WriteByte(3)).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spike_inputs_follow_the_sense_only_while_a_measurement_that_asks_for_it_counts(bool broken)
    {
        var request = Request(100, 100, (3, 120));
        request.Flags = BoardMeasure.Follow;
        _rig.Host.Expect(MessageType.BoardMeasure, request.Write);
        _rig.Until(_rig.Clock.Now + 90_000);
        Assert.Equal(0, Board.Followed[3]);
        _rig.Until(_rig.Clock.Now + 50_000);
        Assert.True(Board.Followed[3] > 0);
        if (broken)
        {
            _rig.Host.Expect(MessageType.BoardSafe);
        }

        _rig.Until(_rig.Clock.Now + 100_000);
        Assert.Equal(0, Board.Followed[3]);
    }

    [Fact]
    public void A_measurement_that_is_made_safe_is_over()
    {
        Begin(true);
        _rig.Host.Expect(MessageType.BoardSafe);
        Assert.True(Board.IsSafe);
        Assert.Equal(MeasureState.Aborted, Progress().State);
    }

    [Fact]
    public void A_driver_that_throws_during_a_measurement_is_a_fault_that_names_the_channel()
    {
        Begin(true);
        Board.Troubles[5] = Trouble.AdcFails;
        _rig.Turns(3);
        Assert.True(Board.IsSafe);
        var state = _rig.Host.State();
        Assert.Equal((DeviceState.Fault, ErrorCode.Channel, 5), (state.State, state.Fault, state.FaultDetail));
        Assert.Equal(MeasureState.Aborted, Progress().State);
    }

    [Fact]
    public void The_self_test_looks_at_the_channels()
    {
        var result = new SelfTestAnswer();
        Assert.True(result.Read(_rig.Host.Expect(MessageType.SelfTest)));
        Assert.Equal((SelfTestAnswer.Neurons, 0), (result.Tested & SelfTestAnswer.Neurons, result.Failed & SelfTestAnswer.Neurons));
        Board.Troubles[7] = Trouble.SenseOpen;
        Assert.True(result.Read(_rig.Host.Expect(MessageType.SelfTest)));
        Assert.Equal(SelfTestAnswer.Neurons, result.Failed & SelfTestAnswer.Neurons);
    }

    private static BoardMeasure Request(int settle, int window, params (int Channel, int Code)[] drives)
    {
        var request = new BoardMeasure { Settle = settle, Window = window, Count = drives.Length };
        for (var k = 0; k < drives.Length; k++)
        {
            (request.Channels[k], request.Codes[k]) = drives[k];
        }

        return request;
    }

    private void Drive(int channel, int code) =>
        _rig.Host.Expect(MessageType.BoardDrive, new BoardDrive { Channel = channel, Code = code }.Write);

    private void Set(int output, int level) =>
        _rig.Host.Expect(MessageType.BoardOutput, new OutputRequest { Output = output, Level = level }.Write);

    private void Begin(bool measuring)
    {
        if (measuring)
        {
            _rig.Host.Expect(MessageType.BoardMeasure, Request(0, 5000, (5, 120)).Write);
        }
        else
        {
            Drive(5, 120);
        }
    }

    private MeasureResults Measure(BoardMeasure request)
    {
        _rig.Host.Expect(MessageType.BoardMeasure, request.Write);
        for (var state = Progress(); state.State != MeasureState.Done; state = Progress())
        {
            _rig.Until(_rig.Clock.Now + Math.Min(10_000, state.Left * 1000));
        }

        var results = new MeasureResults();
        Assert.True(results.Read(_rig.Host.Expect(MessageType.BoardResult, body => body.WriteByte(0))));
        return results;
    }

    private MeasureProgress Progress()
    {
        var progress = new MeasureProgress();
        Assert.True(progress.Read(_rig.Host.Expect(MessageType.BoardProgress)));
        return progress;
    }

    private void CheckLost(bool measuring)
    {
        Assert.True(Board.IsSafe);
        var state = _rig.Host.State();
        Assert.Equal((DeviceState.Safe, ErrorCode.LinkLost), (state.State, state.Fault));
        Assert.Equal(measuring ? MeasureState.Aborted : MeasureState.None, Progress().State);
    }
}
