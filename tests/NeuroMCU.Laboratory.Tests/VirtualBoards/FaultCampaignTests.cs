// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.AfterRun;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>
/// Every fault of a virtual board, on every channel, in the run of a network: named rightly the first time, what is dangerous or useless no
/// longer driven, and nothing else disturbed. And boards without a fault, of which nothing may be told.
/// </summary>
public sealed class FaultCampaignTests
{
    private const double Begin = 0.8;

    private static readonly Dictionary<string, Report> s_starter = new()
    {
        ["latched"] = new([ChannelCondition.Latched], 0.08) { Off = true },

        // The ESP32's converter reads nothing below 0.1 V: where the current is too small, a short shows no more than no current.
        ["shorted-thyristor"] = new([ChannelCondition.Shorted, ChannelCondition.NoCurrent], 0.6) { Off = true },
        ["open-drive"] = new([ChannelCondition.NoCurrent], 0.6) { Off = true },
        ["shorted-membrane"] = new([ChannelCondition.NoCurrent], 0.6) { Off = true },
        ["open-sense"] = new([ChannelCondition.SenseOpen], 0.5),
        ["noisy"] = new([ChannelCondition.SenseNoisy], 3.5),
        ["detect-high"] = new([ChannelCondition.SpikesUnseen], 0.4) { Off = true },
        ["detect-low"] = new([ChannelCondition.SpikesUnseen], 0.4) { Off = true },
    };

    private static readonly Dictionary<string, Report> s_eight = new()
    {
        ["latched"] = new([ChannelCondition.Latched], 0.15) { Off = true },
        ["shorted-thyristor"] = new([ChannelCondition.Shorted], 0.15) { Off = true },
        ["open-drive"] = new([ChannelCondition.NoCurrent], 0.3) { Off = true },
        ["open-sense"] = new([ChannelCondition.SenseOpen], 1.5),
        ["noisy"] = new([ChannelCondition.SenseNoisy], 5),
        ["detect-low"] = new([ChannelCondition.SpikesUnseen], 0.4) { Off = true },
    };

    public static TheoryData<string, int> OnTheStarterBoard() => Cases(s_starter.Keys, [0, 1]);

    public static TheoryData<string, int> OnTheEightNeuronBoard() => Cases(s_eight.Keys, [0, 5]);

    [Theory]
    [MemberData(nameof(OnTheStarterBoard))]
    public async Task A_fault_in_the_run_is_named_at_once_and_made_safe(string kind, int channel)
    {
        Report expected = s_starter[kind];
        GuardedRun sound = await s_sound.Value;
        GuardedRun run = await StarterAsync(kind, channel, Begin);
        Check(run, sound, channel, expected);
        Assert.Equal(expected.Off, run.CodesAtEnd[channel] == 0);
        Assert.NotEqual(0, run.CodesAtEnd[1 - channel]);
    }

    [Theory]
    [MemberData(nameof(OnTheStarterBoard))]
    public async Task A_fault_from_power_on_is_named_before_a_second_is_over(string kind, int channel)
    {
        Report expected = s_starter[kind];
        GuardedRun sound = await s_sound.Value;
        GuardedRun run = await StarterAsync(kind, channel, 0);
        Check(run, sound, channel, expected with { Within = Math.Max(1, expected.Within) });
    }

    [Theory]
    [MemberData(nameof(OnTheEightNeuronBoard))]
    public async Task On_the_board_with_eight_neurons_too(string kind, int channel)
    {
        GuardedRun sound = await (kind == "noisy" ? s_soundEightLong : s_soundEight).Value;
        GuardedRun run = await EightAsync(kind, channel, seconds: kind == "noisy" ? 6 : 3);
        Check(run, sound, channel, s_eight[kind]);
    }

    [Theory]
    [MemberData(nameof(OnTheStarterBoard))]
    public async Task Where_every_spike_changes_the_drives_a_fault_is_named_as_well(string kind, int channel)
    {
        GuardedRun sound = await ExcitedAsync(null, 0);
        Assert.True(sound.News.Count == 0, sound.ToString());

        GuardedRun run = await ExcitedAsync(kind, channel);
        Assert.True(run.News.Count > 0 && run.News[0].Channel == channel, run.ToString());
        Assert.Contains(run.News[0].Condition, s_starter[kind].Conditions);
        Assert.True(run.Delay is > 0 and < 2, run.ToString());
        Assert.Equal(s_starter[kind].Off, run.CodesAtEnd[channel] == 0);
        Assert.NotEqual(0, run.CodesAtEnd[1 - channel]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Begin)]
    public async Task A_missing_supply_is_told_once_for_the_board(double at)
    {
        foreach (GuardedRun run in (GuardedRun[])[await StarterAsync("no-supply", -1, at), await EightAsync("no-supply", -1, at)])
        {
            Assert.True(run.News.Count == 1 && run.News[0] is
            {
                Channel: ChannelEvent.WholeBoard, Condition: ChannelCondition.NoSupply,
                Action: ChannelAction.Disable
            }, run.ToString());
            Assert.InRange(run.Delay, 0, at == 0 ? 0.5 : 0.2);
            Assert.All(run.CodesAtEnd, code => Assert.Equal(0, code));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Begin)]
    public async Task A_swapped_cable_shows_when_only_one_of_its_neurons_is_driven(double at)
    {
        GuardedRun run = await GuardedRun.RunAsync("thyristor-starter", 3, c => new ChannelCommand(c.Channel == 0 ? 82 : 0), 2,
            "swapped:n1=n2", at);
        Assert.True(run.News.Count == 2 && run.News.All(n => n is { Condition: ChannelCondition.Swapped, Action: ChannelAction.Disable }
            && n.Detail == 1 - n.Channel), run.ToString());
        Assert.InRange(run.Delay, 0, 0.5);
        Assert.All(run.CodesAtEnd, code => Assert.Equal(0, code));
    }

    [Fact]
    public async Task Where_both_are_driven_the_host_finds_the_swapped_cable_by_the_rates()
    {
        GuardedRun run = await GuardedRun.RunAsync("thyristor-starter", 3, c => new ChannelCommand(c.Channel == 0 ? 65 : 75), 4,
            "swapped:n1=n2", 0);
        Assert.Equal([(0, RunFindingKind.Swapped), (1, RunFindingKind.Swapped)], run.Findings.Select(f => (f.Channel, f.Kind)));
    }

    [Theory]
    [InlineData("aged", 0)]
    [InlineData("aged", 1)]
    [InlineData("drift", 0)]
    [InlineData("drift", 1)]
    public async Task A_neuron_that_changed_is_found_by_its_rate(string kind, int channel)
    {
        GuardedRun run = await StarterAsync(kind, channel, Begin, seconds: 10);
        Assert.Empty(run.News);
        Assert.True(run.Findings.Count == 1 && run.Findings[0].Channel == channel && run.Findings[0].Kind == RunFindingKind.Drifted,
            run.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_converter_that_is_stuck_is_found_when_it_should_fall_silent(int channel)
    {
        // While its drive stays the same nothing shows; afterwards it is not safe.
        GuardedRun steady = await StarterAsync("dac-stuck", channel, Begin);
        Assert.Empty(steady.News);
        Assert.True(steady.Findings.Count == 1 && steady.Findings[0].Channel == channel
            && steady.Findings[0].Kind == RunFindingKind.NotSafe, steady.ToString());

        GuardedRun pause = await GuardedRun.RunAsync(
            "thyristor-starter", 3, c => new ChannelCommand(0) { Pulses = [(0, c.Channel == channel ? 1.2 : 2, 80)] }, 2,
            "dac-stuck:n" + Number(channel), Begin);
        Assert.True(pause.News.Count == 1 && pause.News[0].Channel == channel && pause.News[0].Condition == ChannelCondition.Undriven,
            pause.ToString());
        Assert.InRange(pause.News[0].Time / 1e6, 1.2, 1.3);

        GuardedRun dead = await StarterAsync("dac-stuck", channel, 0);
        Assert.Equal((channel, ChannelCondition.NoCurrent), (dead.News[0].Channel, dead.News[0].Condition));
    }

    [Fact]
    public async Task A_converter_that_is_stuck_is_found_by_a_rate_that_does_not_follow()
    {
        GuardedRun run = await GuardedRun.RunAsync(
            "thyristor-starter", 3,
            c => new ChannelCommand(60) { Pulses = [.. Enumerable.Range(0, 8).Select(k => (k * 0.5, (k * 0.5) + 0.25, 20.0))] }, 4,
            "dac-stuck:n1", 0.1);
        Assert.Contains(run.Findings, f => f.Channel == 0 && f.Kind == RunFindingKind.DoesNotFollow);
        Assert.DoesNotContain(run.Findings, f => f.Channel == 1);
    }

    [Theory]
    [InlineData("thyristor-starter", 1)]
    [InlineData("thyristor-starter", 2)]
    [InlineData("thyristor-starter", 3)]
    [InlineData("thyristor-starter", 4)]
    [InlineData("thyristor-starter", 5)]
    [InlineData("thyristor-starter", 6)]
    [InlineData("thyristor-starter", 10)]
    [InlineData("thyristor-starter", 13)]
    [InlineData("thyristor-starter", 22)]
    [InlineData("thyristor-starter", 31)]
    [InlineData("thyristor-starter", 36)]
    [InlineData("thyristor-8", 2)]
    public async Task Of_a_sound_board_nothing_is_told_whatever_it_is_commanded(string board, int seed)
    {
        for (int turn = 0; turn < 2; turn++)
        {
            GuardedRun run = await GuardedRun.RunAsync(board, seed, c => Command(c, seed + c.Channel + (3 * turn)), 5);
            Assert.True(run.News.Count == 0 && run.Findings.Count == 0, run.ToString());
        }
    }

    // Constant, near the onset, with long pauses, in short bursts, slow ramps across the onset, and beyond what the table allows.
    private static ChannelCommand Command(ChannelCalibration channel, int kind)
    {
        double onset = channel.Table!.Currents[2] * 1e6;
        return (kind % 6) switch
        {
            0 => new ChannelCommand(70),
            1 => new ChannelCommand(onset + (0.05 * (kind % 7))),
            2 => new ChannelCommand(0) { Pulses = [.. Enumerable.Range(0, 5).Select(k => ((double)k, k + 0.6, 65.0))] },
            3 => new ChannelCommand(20) { Pulses = [.. Enumerable.Range(0, 50).Select(k => (k * 0.1, (k * 0.1) + 0.05, 60.0))] },
            4 => new ChannelCommand(onset - 2)
            {
                Pulses = [.. Enumerable.Range(0, 100)
                .Select(k => (k * 0.05, (k * 0.05) + 0.05, 2 + (3 * Math.Sin(k * 0.35))))]
            },
            _ => new ChannelCommand(97),
        };
    }

    private static readonly Lazy<Task<GuardedRun>> s_sound = new(() => StarterAsync(null, 0, 0));

    private static readonly Lazy<Task<GuardedRun>> s_soundEight = new(() => EightAsync(null, 0));

    private static readonly Lazy<Task<GuardedRun>> s_soundEightLong = new(() => EightAsync(null, 0, seconds: 6));

    private static Task<GuardedRun> StarterAsync(string? kind, int channel, double at, double seconds = 4) =>
        GuardedRun.RunAsync("thyristor-starter", 3, c => new ChannelCommand(c.Channel == 0 ? 82 : 80), seconds, Fault(kind, channel), at);

    private static Task<GuardedRun> ExcitedAsync(string? kind, int channel) =>
        GuardedRun.RunAsync("thyristor-starter", 3, _ => new ChannelCommand(70) { Charge = 20 }, 4, Fault(kind, channel), Begin);

    private static Task<GuardedRun> EightAsync(string? kind, int channel, double at = Begin, double seconds = 3) =>
        GuardedRun.RunAsync("thyristor-8", 2, _ => new ChannelCommand(54), seconds, Fault(kind, channel), at);

    private static string? Fault(string? kind, int channel) => kind is null || channel < 0 ? kind : kind + ":n" + Number(channel);

    private static string Number(int channel) => (channel + 1).ToString(CultureInfo.InvariantCulture);

    private static TheoryData<string, int> Cases(IEnumerable<string> kinds, int[] channels)
    {
        TheoryData<string, int> cases = [];
        foreach (string kind in kinds)
        {
            foreach (int channel in channels)
            {
                cases.Add(kind, channel);
            }
        }

        return cases;
    }

    private static void Check(GuardedRun run, GuardedRun sound, int channel, Report expected)
    {
        Assert.True(run.News.Count > 0, run.ToString());
        Assert.True(run.News.All(n => n.Channel == channel), run.ToString());
        Assert.True(expected.Conditions.Contains(run.News[0].Condition), run.ToString());
        Assert.True(run.Delay >= 0 && run.Delay <= expected.Within, $"after {run.Delay} s\n{run}");
        Assert.True(expected.Off == (run.News[^1].Action == ChannelAction.Disable), run.ToString());
        Assert.DoesNotContain(run.Findings, f => f.Channel != channel);

        // The loop takes a little longer or shorter, and a spike may fall on the other side of the end.
        for (int other = 0; other < sound.Spikes.Length; other++)
        {
            Assert.True(other == channel || Math.Abs(run.Spikes[other] - sound.Spikes[other]) <= 2,
                $"n{other + 1}: {run.Spikes[other]} spikes, {sound.Spikes[other]} without the fault\n{run}");
        }

        Assert.True(expected.Off || Math.Abs(run.Spikes[channel] - sound.Spikes[channel]) <= 2, run.ToString());
    }

    private sealed record Report(int[] Conditions, double Within)
    {
        public bool Off { get; init; }
    }
}
