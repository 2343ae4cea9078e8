// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Tests.Rig;

namespace NeuroMCU.Firmware.Tests;

/// <summary>The table that says which state of a channel follows which: against the page, by its own logic, and in the guard that uses
/// it.</summary>
public sealed class GuardTableTests
{
    private static readonly string[] s_states = Names(typeof(GuardState));
    private static readonly string[] s_events = Names(typeof(GuardEvent));

    // Of the three calls of the guard, the events that each may cause.
    private static readonly int[] s_ofSpike = [GuardEvent.Spike];
    private static readonly int[] s_ofDrive = [GuardEvent.DrivenHarder, GuardEvent.RetrySpoiled, GuardEvent.SilenceAccepted];
    private static readonly int[] s_ofTurn =
    [
        GuardEvent.Overdue, GuardEvent.StillConducts, GuardEvent.ResetPressed, GuardEvent.DrivenAgain, GuardEvent.DrivenBelowOnset,
            GuardEvent.RetrySpoiled,
        GuardEvent.SilenceAccepted, GuardEvent.SwitchedOff,
    ];

    [Fact]
    public void The_page_shows_the_table()
    {
        var rows = Page();
        Assert.Equal(s_states, rows[0][1..]);
        Assert.Equal(s_events.Length, rows.Count - 2);
        for (var k = 0; k < s_events.Length; k++)
        {
            Assert.StartsWith($"`{s_events[k]}`", rows[k + 1][0], StringComparison.Ordinal);
            Assert.Equal(Enumerable.Range(0, s_states.Length).Select(state => Name(GuardTable.Lookup(state, k))), rows[k + 1][1..]);
        }

        Assert.Equal(s_states.Select((_, state) => In(state).IsDriven ? "network's" : "none"), rows[^1][1..]);
    }

    [Fact]
    public void Every_event_in_every_state_leads_where_the_page_says_or_is_impossible_and_changes_nothing()
    {
        var page = Page();
        for (var guardEvent = 0; guardEvent < GuardEvent.Count; guardEvent++)
        {
            for (var state = 0; state < GuardState.Count; state++)
            {
                var channel = In(state);
                Assert.Equal(state, channel.State);
                var expected = Array.IndexOf(s_states, page[guardEvent + 1][state + 1]);
                if (expected < 0)
                {
                    Assert.Throws<InvalidOperationException>(() => channel.Enter(guardEvent));
                    Assert.Equal(state, channel.State);
                }
                else
                {
                    channel.Enter(guardEvent);
                    Assert.Equal(expected, channel.State);
                }
            }
        }
    }

    [Fact]
    public void Off_is_left_by_a_run_alone_and_every_other_state_can_come_back()
    {
        for (var guardEvent = 0; guardEvent < GuardEvent.Count; guardEvent++)
        {
            Assert.True(guardEvent == GuardEvent.Start || GuardTable.Lookup(GuardState.Off, guardEvent) is GuardState.Off
                or GuardTable.Never);
        }

        for (var state = 0; state < GuardState.Off; state++)
        {
            Assert.Equal(GuardState.Off, GuardTable.Lookup(state, GuardEvent.SwitchedOff));
            Assert.Contains(GuardState.Watched, Reached(state, [.. Enumerable.Range(1, GuardEvent.Count - 1)]));
            Assert.Contains(state, Reached(GuardState.Watched, [.. Enumerable.Range(1, GuardEvent.Count - 1)]));
        }
    }

    [Fact]
    public void A_channel_without_drive_gets_it_back_after_a_release_a_late_spike_or_at_the_next_run()
    {
        int[] allowed = [GuardEvent.Start, GuardEvent.Spike, GuardEvent.DrivenAgain, GuardEvent.DrivenBelowOnset];
        for (var state = 0; state < GuardState.Count; state++)
        {
            for (var guardEvent = 0; guardEvent < GuardEvent.Count; guardEvent++)
            {
                var next = GuardTable.Lookup(state, guardEvent);
                Assert.True(next == GuardTable.Never || In(state).IsDriven || !In(next).IsDriven || allowed.Contains(guardEvent));
                Assert.True(next != GuardState.Retried || !In(state).IsDriven, "a retry follows a release");
                Assert.True(next != GuardState.Emptied || state == GuardState.Released, "the reset follows a release");
            }
        }
    }

    [Fact]
    public void Whatever_happens_to_channels_their_states_and_drives_are_those_of_the_table()
    {
        var left = new HashSet<(int, int)>();
        for (var seed = 0; seed < 40; seed++)
        {
            Run(seed, left);
        }

        // A start follows any state; the other steps show at least once, but for those that begin and end within one turn.
        Assert.Contains((GuardState.Watched, GuardState.Released), left);
        Assert.Contains((GuardState.Released, GuardState.Emptied), left);
        Assert.Contains((GuardState.Released, GuardState.Retried), left);
        Assert.Contains((GuardState.Released, GuardState.Watched), left);
        Assert.Contains((GuardState.Emptied, GuardState.Retried), left);
        Assert.Contains((GuardState.Retried, GuardState.Watched), left);
        Assert.Contains((GuardState.Retried, GuardState.Quiet), left);
        Assert.Contains((GuardState.Quiet, GuardState.Watched), left);
        Assert.All(new[] { GuardState.Watched, GuardState.Retried }, state => Assert.Contains((state, GuardState.Off), left));
    }

    private static void Run(int seed, HashSet<(int, int)> left)
    {
        var random = new Random(seed);
        var count = random.Next(1, 6);
        var board = new WildNeurons(count, seed + 1000);
        var bank = new ChannelBank(board);
        var guard = new ChannelGuard(bank, new ChannelFindings(bank.Channels, new DeviceLog(new LogConsole())));
        guard.Learn([]);
        guard.Start(0, 0);
        foreach (var channel in bank.Channels)
        {
            guard.Drive(channel, random.Next(40, FakeNeurons.Limit), 0);
        }

        for (long now = 0; now < 6_000_000; now += random.Next(200, 1500))
        {
            bank.EndPresses(now);
            board.Poll(now);
            while (board.Take())
            {
                var fired = bank.Channels[board.SpikeChannel];
                Check(bank, board, left, s_ofSpike, () => guard.Fired(fired, board.SpikeTime, now));
            }

            if (random.Next(100) == 0)
            {
                var driven = bank.Channels[random.Next(count)];
                var code = random.Next(4) == 0 ? 0 : random.Next(30, FakeNeurons.Limit);
                Check(bank, board, left, s_ofDrive, () => guard.Drive(driven, code, now));
            }

            if (random.Next(1500) == 0)
            {
                board.Change();
            }

            Check(bank, board, left, s_ofTurn, () => guard.Turn(now, now, random.Next(5) == 0 ? 0 : 16));
        }
    }

    private static void Check(ChannelBank bank, WildNeurons board, HashSet<(int, int)> left, int[] events, Action call)
    {
        var before = bank.Channels.Select(channel => channel.State).ToArray();
        call();
        foreach (var channel in bank.Channels)
        {
            var from = before[channel.Number];
            if (channel.State != from)
            {
                Assert.Contains(channel.State, Reached(from, events));
                left.Add((from, channel.State));
            }

            // What the table says of the drive holds at the converter.
            var driven = channel.State is GuardState.Watched or GuardState.Quiet or GuardState.Retried;
            Assert.Equal(driven ? channel.Wanted : 0, board.Codes[channel.Number]);
            Assert.True(channel.State != GuardState.Quiet || channel.QuietUpTo != int.MaxValue);
            Assert.True(channel.QuietUpTo == int.MaxValue || channel.State is GuardState.Quiet or GuardState.Off);
            Assert.True(from == GuardState.Emptied || channel.State != GuardState.Emptied || board.Pressed[channel.Number]);
        }
    }

    private static ChannelState In(int state)
    {
        var channel = new ChannelState(0, FakeNeurons.Limit, new LoopSlack());
        int[] way = state switch
        {
            GuardState.Quiet => [GuardEvent.Overdue, GuardEvent.DrivenAgain, GuardEvent.SilenceAccepted],
            GuardState.Retried => [GuardEvent.Overdue, GuardEvent.DrivenAgain],
            GuardState.Released => [GuardEvent.Overdue],
            GuardState.Emptied => [GuardEvent.Overdue, GuardEvent.ResetPressed],
            GuardState.Off => [GuardEvent.SwitchedOff],
            _ => [],
        };
        Array.ForEach(way, channel.Enter);
        return channel;
    }

    private static HashSet<int> Reached(int state, int[] events)
    {
        var reached = new HashSet<int> { state };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(reached.SelectMany(from => events.Select(guardEvent => GuardTable.Lookup(from, guardEvent)))
                .Where(next => next != GuardTable.Never).ToArray());
        }

        return reached;
    }

    private static string Name(int state) => state == GuardTable.Never ? "–" : s_states[state];

    private static string[] Names(Type type) =>
    [
        .. type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral && field.Name != nameof(GuardState.Count))
            .OrderBy(field => (int)field.GetRawConstantValue()!).Select(field => field.Name),
    ];

    private static List<string[]> Page()
    {
        var root = typeof(GuardTableTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        var lines = File.ReadAllLines(Path.Combine(root, "docs", "design", "store-and-safe-state.md"));
        return
        [
            .. lines.SkipWhile(line => !line.StartsWith("| event |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
                .Where(line => !line.StartsWith("|---", StringComparison.Ordinal))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
    }
}
