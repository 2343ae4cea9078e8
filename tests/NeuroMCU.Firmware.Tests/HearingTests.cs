// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hearing;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>Two ears, one band, three coincidence neurons: the smallest network that tells left, middle and right.</summary>
public class HearingTests
{
    private const double Tone = 500;

    [Theory]
    [InlineData(250e-6, "-50.00", 16384)]
    [InlineData(0, "0.00", 32768)]
    [InlineData(-250e-6, "+50.00", 49152)]
    public void A_standalone_device_says_where_a_sound_comes_from_and_moves_its_output(double rightLater, string said, int level)
    {
        // Stored by a host once; then the device is alone.
        var rig = new Rig.Rig(microphones: true);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Ears()));
        rig.Restart();
        Assert.Equal(DeviceState.Running, rig.Application.State);
        rig.Microphones!.Sound = Burst(0.3, 0.2, rightLater);
        rig.Until(rig.Clock.Now + 1_500_000);
        var line = Assert.Single(rig.Console.Lines, line => line.StartsWith("azimuth ", StringComparison.Ordinal));
        Assert.StartsWith($"azimuth {said} deg", line, StringComparison.Ordinal);
        Assert.Equal(level, rig.Outputs[1].Level);
        Assert.Equal(0, rig.Application.Engine!.Counters.InjectDrops);

        // A host that comes later can still ask.
        rig.Host.Hello(session: 2);
        var readout = rig.Host.State().Readout;
        Assert.True(readout.Valid);
        Assert.Equal(said, (readout.Value / 100.0).ToString("+0.00;-0.00;0.00", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0, rig.Host.Counter(CounterIndex.SoundDrops));
    }

    [Fact]
    public void The_host_is_told_of_each_sound_with_the_time_at_which_it_began()
    {
        var rig = Listening(RunMode.RealTime);
        var first = Burst(0.2, 0.15, 250e-6);
        var second = Burst(1.2, 0.15, -250e-6);
        rig.Microphones!.Sound = time => time < 1 ? first(time) : second(time);
        rig.Host.Listen(5000);
        Assert.Equal([-5000, 5000], rig.Host.Readouts.Where(readout => readout.Valid).Select(readout => readout.Value));
        Assert.InRange(rig.Host.Readouts[0].Time, 100_000, 200_000);
        Assert.InRange(rig.Host.Readouts[1].Time, 1_100_000, 1_200_000);
        Assert.Equal(0, rig.Host.State().Totals.LateEvents + rig.Host.Events.Lost);
    }

    [Fact]
    public void A_sound_that_is_cut_by_the_end_of_the_run_is_answered_as_far_as_it_was_heard()
    {
        var rig = Listening(RunMode.RealTime, 600_000);
        rig.Microphones!.Sound = Burst(0.1, 5, 250e-6);
        rig.Host.UntilEnded();
        rig.Host.Listen(5);
        Assert.Equal(-5000, Assert.Single(rig.Host.Readouts).Value);
        Assert.True(rig.OutputsSafe);
        Assert.Equal(0, rig.Microphones.SampleRate);
    }

    [Fact]
    public void Lost_sound_is_counted_and_does_not_shift_the_time_of_what_follows()
    {
        var rig = Listening(RunMode.RealTime);
        rig.Host.Listen(200);
        rig.Microphones!.Lose = 5;
        rig.Microphones.Sound = Burst(1.2, 0.15, 250e-6);
        rig.Host.Listen(5000);
        Assert.Equal(5 * 256, rig.Host.Counter(CounterIndex.SoundDrops));
        Assert.InRange(Assert.Single(rig.Host.Readouts).Time, 1_100_000, 1_200_000);
    }

    [Fact]
    public void When_the_microphones_fall_silent()
    {
        var rig = Listening(RunMode.RealTime);
        rig.Host.Listen(200);
        rig.Outputs[0].Write(OutputLevel.Full);
        rig.Microphones!.Dead = true;
        rig.Until(rig.Clock.Now + 1_200_000);
        Assert.True(rig.OutputsSafe);
        Assert.Equal((DeviceState.Fault, ErrorCode.Microphones), (rig.Application.State, rig.Host.State().Fault));
    }

    [Fact]
    public void When_a_driver_throws()
    {
        var rig = Listening(RunMode.RealTime);
        rig.Outputs[0].Write(OutputLevel.Full);
        rig.Microphones!.Throws = true;
        rig.Turns(200);
        Assert.True(rig.OutputsSafe);
        var state = rig.Host.State();
        Assert.Equal((DeviceState.Fault, ErrorCode.Exception, FaultPlace.Hearing), (state.State, state.Fault, state.FaultDetail));
    }

    [Fact]
    public void A_board_without_microphones_takes_the_network_and_refuses_to_run_it()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Ears()));
        Assert.Equal(ErrorCode.Microphones, rig.Host.Refused(MessageType.Start, new StartRequest().Write).Code);
    }

    [Fact]
    public void Windows_of_a_readout_end_exactly_where_they_should()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Windows()));
        foreach (var mode in new[] { RunMode.Fast, RunMode.RealTime })
        {
            rig.Console.Lines.Clear();
            rig.Host.Start(41_000, mode);
            rig.Host.UntilEnded();

            // Each spike arrives at the full ms: the eighth at the window's last µs still belongs to it.
            Assert.Equal(["place 0.00", "place +1.00", "place +2.00", "place +3.00", "place 0.00"],
                rig.Console.Lines.Select(line => line.Split(',')[0]));
            Assert.Equal(8, rig.Host.State().Readout.Spikes);
            Assert.Equal(40_000, rig.Host.State().Readout.Time);

            // A fast run waits until the wire has taken an answer, however short the windows are for it.
            Assert.Equal([0, 100, 200, 300, 0], rig.Host.Readouts.Select(readout => readout.Value));
            Assert.Equal(0, rig.Host.Counter(CounterIndex.AnswersReplaced));
            rig.Host.Readouts.Clear();
            rig.Host.Expect(MessageType.Reset);
        }
    }

    [Fact]
    public void An_answer_that_the_next_one_replaces_on_a_stuck_line_is_counted()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Windows()));
        rig.Host.Start(41_000, RunMode.RealTime);
        rig.Pipe.Room = 0;
        rig.Until(rig.Clock.Now + 50_000);
        rig.Pipe.Room = long.MaxValue;
        rig.Host.UntilEnded();
        Assert.NotEmpty(rig.Host.Readouts);
        Assert.InRange(rig.Host.Counter(CounterIndex.AnswersReplaced), 1, 4);
        Assert.Equal(5L, rig.Host.Readouts.Count + (long)rig.Host.Counter(CounterIndex.AnswersReplaced));
        rig.Host.Expect(MessageType.Reset);
        Assert.Equal(0, rig.Host.Counter(CounterIndex.AnswersReplaced));
    }

    [Fact]
    public void A_neuron_that_is_bound_to_an_output_gives_a_pulse_per_spike()
    {
        var tables = Networks.Relay(interval: 10_000, spikes: 4);
        tables.Outputs = [new OutputTable { Source = OutputSource.Neuron, Index = 5, Output = 0, To = 2000 }];
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(tables));
        rig.Host.Start(0, RunMode.RealTime);
        var begin = rig.Clock.Now;
        rig.Until(begin + 10_100);
        Assert.Equal(OutputLevel.Full, rig.Outputs[0].Level);
        rig.Until(begin + 11_900);
        Assert.Equal(OutputLevel.Full, rig.Outputs[0].Level);
        rig.Until(begin + 12_500);
        Assert.Equal(0, rig.Outputs[0].Level);
        Assert.Equal([OutputLevel.Full, 0], rig.Outputs[0].Levels);
        Assert.Empty(rig.Outputs[1].Levels);
    }

    // One spike per ms, each ms another neuron; windows of 8 ms see each of the 4 neurons twice, and the last value wins none.
    private static NetworkTables Windows()
    {
        var tables = Networks.Relay(spikes: 40);
        tables.SpikeSources = Enumerable.Range(1, 40).Select(k => (short)((k - 1) / 8 % 4)).ToArray();
        tables.SpikeTimes = Enumerable.Range(1, 40).Select(k => (k * 1000) - 50).ToArray();
        tables.Readouts = [new ReadoutTable { Kind = ReadoutKind.Population, Populations = [1], Values = [0, 100, 200, 300], HalfWidth = 0,
            Window = 8000, MinSpikes = 1, Parameters = [] }];
        tables.Symbols = Encoding.UTF8.GetBytes("network windows\nreadout 0 place 1\n");
        return tables;
    }

    private static Rig.Rig Listening(int mode, long duration = 0)
    {
        var rig = new Rig.Rig(microphones: true);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Ears()));
        rig.Host.Start(duration, mode);
        return rig;
    }

    private static Func<double, (double Left, double Right)> Burst(double start, double length, double rightLater)
    {
        double At(double time) => time < start || time > start + length ? 0 : 0.5 * Math.Sin(2 * Math.PI * Tone * (time - start));
        return time => (At(time), At(time - rightLater));
    }

    internal static NetworkTables Ears()
    {
        const int Rate = 8000;
        var parameters = new int[HearingLayout.HeadLength + HearingLayout.BandLength];
        parameters[HearingLayout.BlockFrames] = 160;
        parameters[HearingLayout.SpikesPerBlock] = 16;
        parameters[HearingLayout.Floor] = 100;
        parameters[HearingLayout.OnsetRatio] = 1 << 16;
        parameters[HearingLayout.QuietBlocks] = 3;
        parameters[HearingLayout.LongestSound] = 1000;
        parameters[HearingLayout.Bands] = 1;
        parameters[HearingLayout.HeardFrames] = 160;
        parameters[HearingLayout.HeardEvery] = 1;
        parameters[HearingLayout.AnswerEvery] = 1;
        parameters[HearingLayout.LastingSpikes] = 16;
        var pole = (int)Math.Round(2 * 0.95 * Math.Cos(2 * Math.PI * Tone / Rate) * 128);
        var band = HearingLayout.HeadLength;
        parameters[band + HearingLayout.FirstPole] = pole;
        parameters[band + HearingLayout.SecondPole] = pole;
        parameters[band + HearingLayout.Radius] = (int)Math.Round(0.95 * 0.95 * 128);
        parameters[band + HearingLayout.Shift] = 4;
        parameters[band + HearingLayout.ShortestInterval] = 12;
        parameters[band + HearingLayout.LongestInterval] = 22;

        // Half a threshold and a bit from each ear, forgotten within 50 µs: only what meets counts.
        var neurons = Networks.Neurons(3);
        neurons.Parameters[Lif.LeakRate] = [(long)Math.Round(Math.Log2(Math.E) / 50 * (1L << 40))];
        neurons.Parameters[LeakyModel.Refractory] = [500];
        var tables = Networks.Relay(spikes: 0);
        tables.Populations = [Networks.Sources(1), Networks.Sources(1), neurons];
        tables.Projections = [Delays(0, [500, 375, 250]), Delays(1, [250, 375, 500])];
        tables.Readouts = [new ReadoutTable { Kind = ReadoutKind.Population, Populations = [2], Values = [-5000, 0, 5000], HalfWidth = 0,
            Window = 0, MinSpikes = 10, Parameters = [] }];
        tables.Hearing = [new HearingTable { Left = 0, Right = 1, SampleRate = Rate, Parameters = parameters }];
        tables.Outputs = [new OutputTable { Source = OutputSource.Readout, Index = 0, Output = 1, From = -10_000, To = 10_000 }];
        tables.Symbols = Encoding.UTF8.GetBytes("network ears\nreadout 0 azimuth deg\n");
        return tables;
    }

    private static ProjectionTable Delays(int source, int[] delays)
    {
        var order = Enumerable.Range(0, delays.Length).OrderBy(k => delays[k]).ThenBy(k => k);
        return new ProjectionTable
        {
            Source = source,
            Target = 2,
            WeightScale = Formats.MembraneOne / 10_000,
            RowStart = [0, delays.Length],
            Synapses = order.Select(k => (delays[k] << Formats.TargetBits) | k).ToArray(),
            Weights = Enumerable.Repeat((short)7000, delays.Length).ToArray(),
        };
    }
}
