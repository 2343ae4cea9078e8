// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Recording;

/// <summary>Whatever a device lost, and wherever it says so, stands in the account under its cause.</summary>
public sealed class LossAccountTests
{
    [Theory]
    [InlineData("injection_queue", CounterIndex.InjectDrops, true)]
    [InlineData("event_queue", CounterIndex.QueueDrops, true)]
    [InlineData("board_queue", CounterIndex.ChannelMissed, false)]
    [InlineData("sound_frames", CounterIndex.SoundDrops, false)]
    [InlineData("stream_samples", CounterIndex.StreamDrops, false)]
    [InlineData("late_injections", CounterIndex.InjectLate, true)]
    [InlineData("log_lines", CounterIndex.LogDrops, true)]
    [InlineData("hub_unsent", CounterIndex.HubUnsent, true)]
    [InlineData("hub_missing", CounterIndex.HubMissing, true)]
    [InlineData("hub_late", CounterIndex.HubLate, true)]
    [InlineData("hub_refused", CounterIndex.HubRefused, true)]
    public void A_counter_of_the_device_is_a_loss(string cause, int counter, bool goesOn)
    {
        LossAccount account = LossAccount.Of(Report(), [new(CounterIndex.Name(counter), 4)], [new(CounterIndex.Name(counter), 7)],
            pins: true);
        Assert.Equal([cause], account.Causes.Select(c => c.Name));

        // Some counters begin with the run; of those that go on from run to run only the rest is of this one.
        Assert.Equal(goesOn ? 3 : 7, account.ByName[cause]);
        Assert.False(account.IsComplete);
        Assert.Equal(LossCause.All.Single(c => c.Name == cause).IsSpikes ? account.ByName[cause] : 0, account.Spikes);
    }

    [Fact]
    public void The_accounts_of_the_streams_are_losses()
    {
        LossAccount account = LossAccount.Of(Report() with { Spikes = new StreamTotals(90, 3, 7), Samples = new StreamTotals(10, 1, 4) },
            [], [], pins: false);
        Assert.Equal([("record", 7L), ("wire", 3L), ("trace_samples", 5L)], account.Causes.Select(c => (c.Name, account.Of(c))));
        Assert.Equal((10L, 0L), (account.Spikes, account.Unnumbered));
        Assert.StartsWith(
            "10 lost of 100: 7 spikes found the record of the device full; 3 spikes did not arrive over the wire; 5 trace samples",
            account.Line(100), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_is_missing_is_a_loss_whatever_it_held()
    {
        LossAccount one = LossAccount.Of(Report() with { LostFrames = 1 }, [], [], pins: false);
        Assert.Equal([("wire_frames", 1L)], one.Causes.Select(c => (c.Name, one.Of(c))));
        Assert.Equal(0, one.Spikes);
        Assert.StartsWith("0 lost of 5: 1 wire frame did not arrive", one.Line(5), StringComparison.Ordinal);
        Assert.Contains("; 2 wire frames did not arrive",
            LossAccount.Of(Report() with { LostFrames = 2, Samples = new StreamTotals(1, 1, 0) }, [], [], pins: false).Line(5),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Late_events_are_a_loss_only_where_they_drive_pins_and_are_very_late()
    {
        RunReport late = Report() with { LateEvents = 12, MaxLateness = 50_001 };
        Assert.Equal([("late_drives", 12L)], LossAccount.Of(late, [], [], pins: true).ByName.Where(c => c.Value > 0)
            .Select(c => (c.Key, c.Value)));
        Assert.True(LossAccount.Of(late, [], [], pins: false).IsComplete);
        Assert.True(LossAccount.Of(late with { MaxLateness = 50_000 }, [], [], pins: true).IsComplete);
    }

    [Fact]
    public void Every_cause_says_what_to_do_and_its_names_are_its_own()
    {
        Assert.All(LossCause.All, cause => Assert.True(cause.Advice.Length > 10 && cause.What.Length > 10, cause.Name));
        Assert.Equal(LossCause.All.Count, LossCause.All.Select(cause => cause.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static RunReport Report() => new()
    {
        Reason = EndReason.Duration,
        Time = 1_000_000,
        Spikes = new StreamTotals(5, 0, 0),
        Samples = new StreamTotals(5, 0, 0),
        LateEvents = 0,
        MaxLateness = 0,
        LostFrames = 0,
    };
}
