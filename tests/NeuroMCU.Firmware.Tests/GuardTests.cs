// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>The pieces of the guard, each by itself: what is known of a channel, what its spikes show, what its sense shows, what it tells.</summary>
public class GuardTests
{
    private const int SteadySpikes = 33;

    private readonly FakeNeurons _board = new(3);

    [Fact]
    public void A_calibrated_table_says_where_a_channel_is_silent_and_where_it_fires_but_for_a_margin()
    {
        var range = Range(new ChannelTable { Channel = 1, Calibration = 7, MaxCode = 200, Currents = [0, 10, 20, 30], Codes = [0, 90, 96, 150] });
        Assert.Equal(1, range.Margin(1));
        Assert.True(range.IsSilent(1, 0) && range.IsSilent(1, 88) && !range.IsSilent(1, 89));
        Assert.True(!range.MustFire(1, 98) && range.MustFire(1, 99));
        Assert.True(range.IsMeasured(1) && !range.IsMeasured(0));
    }

    [Fact]
    public void Without_a_calibration_only_three_quarters_of_the_limit_surely_fire()
    {
        var range = Range(new ChannelTable { Channel = 0, MaxCode = 200, Currents = [0, 10, 20], Codes = [45, 46, 255] });
        Assert.True(range.IsSilent(0, 45) && !range.IsSilent(0, 46));
        Assert.True(range.IsSilent(2, 0) && !range.IsSilent(2, 1));
        Assert.True(!range.MustFire(0, 149) && range.MustFire(0, 150));
    }

    [Fact]
    public void A_regular_neuron_owes_its_spike_after_one_and_a_half_intervals_and_nothing_at_a_lower_drive()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 10_000, 20);
        Assert.InRange(watch.Due(0) - now, 15_000, 17_000);
        watch.Drive(0, 99, now + 1000);
        Assert.InRange(watch.Due(0) - now, 25_000, 27_000);
        watch.Drive(0, 80, now + 2000);
        Assert.Equal(long.MaxValue, watch.Due(0));
        watch.Drive(0, 100, now + 50_000);
        Assert.InRange(watch.Due(0) - now, 65_000, 67_000);
    }

    [Fact]
    public void A_drive_that_falls_slowly_says_nothing_of_the_drives_below_those_it_fired_at()
    {
        var watch = Watch();
        var now = Fire(watch, 120, 0, 10_000, SteadySpikes);
        Assert.True(watch.MustFire(0));
        for (var code = 119; code > 100; code--)
        {
            watch.Drive(0, code, now);
            Assert.False(watch.MustFire(0), $"code {code}");
            now = Fire(watch, code, now, 10_000, 3);
        }
    }

    [Fact]
    public void One_spike_at_a_lower_drive_after_a_pause_does_not_say_how_fast_it_is_there()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 17_000, 20);
        watch.Drive(0, 80, now);
        now += 466_000;
        watch.Drive(0, 99, now - 60_000);
        watch.Fired(0, now, true);
        Assert.True(watch.Due(0) - now > 1.5 * 28_000, $"due after {watch.Due(0) - now} us");
    }

    [Fact]
    public void Bursts_keep_their_pause()
    {
        var watch = Watch();
        var now = 0L;
        watch.Drive(0, 100, now);
        for (var burst = 0; burst < 20; burst++)
        {
            now = Fire(watch, 100, now + 80_000, 5000, 6);
        }

        Assert.True(watch.Due(0) > now + 80_000, $"due after {watch.Due(0) - now} us");
    }

    [Fact]
    public void Where_it_surely_fires_a_channel_that_never_did_owes_a_spike_and_elsewhere_none()
    {
        var watch = Watch();
        watch.Drive(0, 149, 1000);
        Assert.Equal(long.MaxValue, watch.Due(0));
        watch.Drive(0, 160, 2000);
        Assert.Equal(2000 + SpikeWatch.PatientTime, watch.Due(0));
        Assert.True(watch.MustFire(0));
    }

    [Fact]
    public void Spikes_without_drive_count_once_what_was_under_way_is_over()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 10_000, 20);
        watch.Drive(0, 0, now);
        watch.Fired(0, now + 5000, true);
        watch.Fired(0, now + 15_000, true);
        Assert.False(watch.FiresUndriven(0));
        for (var k = 0; k < SpikeWatch.UndrivenSpikes; k++)
        {
            watch.Fired(0, now + 30_000 + (k * 10_000), true);
        }

        Assert.True(watch.FiresUndriven(0));
        watch.Drive(0, 100, now + 70_000);
        Assert.False(watch.FiresUndriven(0));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void A_steady_current_is_one_whose_readings_agree_for_longer_than_a_discharge(int noise)
    {
        var sense = Sense();
        var random = new Random(noise);
        for (var k = 0; k < 8; k++)
        {
            Assert.False(sense.IsSteady(0, 1000 * k));
            sense.Take(0, 12 + 80 + random.Next(-noise, noise + 1), 1000 * k, true, false);
            if (k >= 5)
            {
                break;
            }
        }

        Assert.True(sense.IsSteady(0, 5000));
        Assert.InRange(sense.MeanOf(0), 80 - noise, 80 + noise);
    }

    [Fact]
    public void A_leak_that_rises_is_no_steady_current_and_its_spikes_are_no_noise()
    {
        var sense = Sense();
        var now = 0L;
        for (var spike = 0; spike < 50; spike++)
        {
            for (var k = 0; k < 10; k++)
            {
                // A membrane that charges with a time constant of 5 ms, and a look at the spike inputs before each reading.
                sense.Confirm(0);
                sense.Take(0, 12 + (int)(160 * (1 - Math.Exp(-k / 5.0))), now += 1000, false, true);
                Assert.False(sense.IsSteady(0, now));
            }

            sense.Forget(0);
        }

        Assert.False(sense.IsNoisy(0) || sense.IsOpen(0) || sense.ShowsSpikes(0));
    }

    [Fact]
    public void Noise_falls_without_a_spike_and_an_open_wire_stays_up()
    {
        var noisy = Sense();
        var open = Sense();
        var random = new Random(1);
        for (var k = 0; k < 200; k++)
        {
            noisy.Confirm(0);
            noisy.Take(0, Math.Max(0, random.Next(-150, 150)), k * 1000, false, true);
            open.Confirm(0);
            open.Take(0, 800 + random.Next(-450, 450), k * 1000, false, false);
            open.EndLook(0, false);
        }

        Assert.True(noisy.IsNoisy(0) && !noisy.IsOpen(0));
        Assert.True(open.IsOpen(0));
    }

    [Fact]
    public void Spikes_that_only_the_sense_shows_are_seen_there_and_nothing_is_nothing()
    {
        var sense = Sense();
        for (var k = 0; k < 40; k++)
        {
            sense.Take(0, k % 16 == 9 ? 1500 : 12, k * 1000, true, false);
        }

        Assert.True(sense.ShowsSpikes(0) && !sense.IsOpen(0) && !sense.ShowsNothing(0, 8));
        sense.Forget(0);
        for (var k = 0; k < 8; k++)
        {
            sense.Take(0, 12 + (k % 3), k * 1000, true, false);
        }

        Assert.True(sense.ShowsNothing(0, 8) && !sense.ShowsNothing(0, 9) && !sense.IsSure(0));
    }

    [Fact]
    public void A_leak_that_falls_again_and_again_shows_spikes_that_nothing_else_sees()
    {
        var sense = Sense();
        for (var k = 0; k < 40 && !sense.ShowsSpikes(0); k++)
        {
            sense.Take(0, 12 + (int)(90 * (1 - Math.Exp(-(k % 10) / 5.0))), k * 1000, true, false);
        }

        Assert.True(sense.ShowsSpikes(0) && !sense.IsNoisy(0));
    }

    [Fact]
    public void The_tally_counts_intervals_at_one_drive_and_no_others()
    {
        var tally = new ChannelTally(2);
        tally.Start(0);
        tally.Drive(1, 100, 0, FakeNeurons.Limit);
        for (var k = 1; k <= 21; k++)
        {
            tally.Fired(1, k * 10_000);
        }

        // Half an interval at another drive: neither counts it.
        tally.Drive(1, 150, 215_000, FakeNeurons.Limit);
        for (var k = 0; k <= 10; k++)
        {
            tally.Fired(1, 222_000 + (k * 5000));
        }

        var found = new BoardTally();
        tally.Fill(found, 1);
        Assert.Equal([(20, 200, 100 * 256), (10, 50, 150 * 256)], Enumerable.Range(0, BoardTally.Bins).Where(k => found.Intervals[k] > 0).Select(k => (found.Intervals[k], found.Times[k], found.Codes[k])));
        tally.Fill(found, 0);
        Assert.All(found.Intervals, count => Assert.Equal(0, count));
    }

    [Fact]
    public void The_tally_keeps_the_newest_intervals()
    {
        var tally = new ChannelTally(1);
        tally.Start(0);
        tally.Drive(0, 100, 0, FakeNeurons.Limit);
        var now = 0L;
        for (var k = 0; k < 5000; k++)
        {
            tally.Fired(0, now += k < 3000 ? 10_000 : 20_000);
        }

        var found = new BoardTally();
        tally.Fill(found, 0);
        var bin = Array.FindIndex(found.Intervals, count => count > 0);
        Assert.InRange(found.Intervals[bin], 128, 256);
        Assert.InRange((double)found.Times[bin] / found.Intervals[bin], 19.8, 20.2);
    }

    private static SenseWatch Sense()
    {
        var sense = new SenseWatch(1);
        sense.Start(0, 12);
        return sense;
    }

    private static long Fire(SpikeWatch watch, int code, long from, int interval, int spikes)
    {
        watch.Drive(0, code, from);
        for (var k = 1; k <= spikes; k++)
        {
            watch.Fired(0, from + (k * interval), true);
        }

        return from + (spikes * interval);
    }

    private FiringRange Range(params ChannelTable[] tables)
    {
        var range = new FiringRange(_board);
        range.Learn(tables);
        return range;
    }

    private SpikeWatch Watch()
    {
        var watch = new SpikeWatch(3, Range());
        watch.Start(0);
        return watch;
    }
}
