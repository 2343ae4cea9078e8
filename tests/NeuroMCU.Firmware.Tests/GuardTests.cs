// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>The pieces of the guard, each by itself: what is known of a channel, what its spikes show, what its sense shows, what it
/// tells.</summary>
public class GuardTests
{
    private const int SteadySpikes = 33;

    [Fact]
    public void A_calibrated_table_says_where_a_channel_is_silent_and_where_it_fires_but_for_a_margin()
    {
        var range = Range(new ChannelTable
        {
            Channel = 0,
            Calibration = 7,
            MaxCode = 200,
            Currents = [0, 10, 20, 30],
            Codes = [0, 90, 96, 150]
        });
        Assert.Equal(1, range.Margin);
        Assert.True(range.IsSilent(0) && range.IsSilent(88) && !range.IsSilent(89));
        Assert.True(!range.MustFire(98) && range.MustFire(99));
        Assert.True(range.IsMeasured);
        range.Forget();
        Assert.True(!range.IsMeasured && range.IsSilent(0) && !range.IsSilent(1));
    }

    [Fact]
    public void Without_a_calibration_only_three_quarters_of_the_limit_surely_fire()
    {
        var range = Range(new ChannelTable { Channel = 0, MaxCode = 200, Currents = [0, 10, 20], Codes = [45, 46, 255] });
        Assert.True(range.IsSilent(45) && !range.IsSilent(46));
        Assert.True(!range.MustFire(149) && range.MustFire(150));
        var unknown = Range();
        Assert.True(unknown.IsSilent(0) && !unknown.IsSilent(1));
    }

    [Fact]
    public void A_regular_neuron_owes_its_spike_after_one_and_a_half_intervals_and_nothing_at_a_lower_drive()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 10_000, 20);
        Assert.InRange(watch.Due() - now, 15_000, 17_000);
        watch.Drive(99, now + 1000);
        Assert.InRange(watch.Due() - now, 25_000, 27_000);
        watch.Drive(80, now + 2000);
        Assert.Equal(long.MaxValue, watch.Due());
        watch.Drive(100, now + 50_000);
        Assert.InRange(watch.Due() - now, 65_000, 67_000);
    }

    [Fact]
    public void A_drive_that_falls_slowly_says_nothing_of_the_drives_below_those_it_fired_at()
    {
        var watch = Watch();
        var now = Fire(watch, 120, 0, 10_000, SteadySpikes);
        Assert.True(watch.MustFire);
        for (var code = 119; code > 100; code--)
        {
            watch.Drive(code, now);
            Assert.False(watch.MustFire, $"code {code}");
            now = Fire(watch, code, now, 10_000, 3);
        }
    }

    [Fact]
    public void One_spike_at_a_lower_drive_after_a_pause_does_not_say_how_fast_it_is_there()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 17_000, 20);
        watch.Drive(80, now);
        now += 466_000;
        watch.Drive(99, now - 60_000);
        watch.Fired(now, true);
        Assert.True(watch.Due() - now > 1.5 * 28_000, $"due after {watch.Due() - now} us");
    }

    [Fact]
    public void Bursts_keep_their_pause()
    {
        var watch = Watch();
        var now = 0L;
        watch.Drive(100, now);
        for (var burst = 0; burst < 20; burst++)
        {
            now = Fire(watch, 100, now + 80_000, 5000, 6);
        }

        Assert.True(watch.Due() > now + 80_000, $"due after {watch.Due() - now} us");
    }

    [Fact]
    public void Where_it_surely_fires_a_channel_that_never_did_owes_a_spike_and_elsewhere_none()
    {
        var watch = Watch();
        watch.Drive(149, 1000);
        Assert.Equal(long.MaxValue, watch.Due());
        watch.Drive(160, 2000);
        Assert.Equal(2000 + SpikeWatch.PatientTime, watch.Due());
        Assert.True(watch.MustFire);
    }

    [Fact]
    public void Spikes_without_drive_count_once_what_was_under_way_is_over()
    {
        var watch = Watch();
        var now = Fire(watch, 100, 0, 10_000, 20);
        watch.Drive(0, now);
        watch.Fired(now + 5000, true);
        watch.Fired(now + 15_000, true);
        Assert.True(watch.Undriven < SpikeWatch.UndrivenSpikes);
        for (var k = 0; k < SpikeWatch.UndrivenSpikes; k++)
        {
            watch.Fired(now + 30_000 + (k * 10_000), true);
        }

        Assert.True(watch.Undriven >= SpikeWatch.UndrivenSpikes);
        watch.Drive(100, now + 70_000);
        Assert.True(watch.Undriven < SpikeWatch.UndrivenSpikes);
    }

    // A Lu.i neuron takes pulses of an output beside its drive.
    [Fact]
    public void A_neuron_that_pulses_reach_may_fire_without_drive_until_they_are_over()
    {
        var watch = Watch();
        watch.Start(0);
        watch.Drive(0, 0);
        for (var k = 1; k <= 10; k++)
        {
            watch.Pulsed((k * 100_000) + 15_000);
            watch.Fired((k * 100_000) + 12_000, true);
        }

        Assert.Equal(0, watch.Undriven);
        for (var k = 0; k < SpikeWatch.UndrivenSpikes; k++)
        {
            watch.Fired(1_100_000 + (k * 10_000), true);
        }

        Assert.Equal(SpikeWatch.UndrivenSpikes, watch.Undriven);
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
            Assert.False(sense.IsSteady(1000 * k));
            sense.Add(12 + 80 + random.Next(-noise, noise + 1), 1000 * k, true, false);
            if (k >= 5)
            {
                break;
            }
        }

        Assert.True(sense.IsSteady(5000));
        Assert.InRange(sense.Mean, 80 - noise, 80 + noise);
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
                Confirm(sense);
                sense.Add(12 + (int)(160 * (1 - Math.Exp(-k / 5.0))), now += 1000, false, true);
                Assert.False(sense.IsSteady(now));
            }

            sense.Forget();
        }

        Assert.False(sense.IsNoisy || sense.IsOpen || sense.ShowsSpikes);
    }

    [Fact]
    public void Noise_falls_without_a_spike_and_an_open_wire_stays_up()
    {
        var noisy = Sense();
        var open = Sense();
        var random = new Random(1);
        for (var k = 0; k < 200; k++)
        {
            Confirm(noisy);
            noisy.Add(Math.Max(0, random.Next(-150, 150)), k * 1000, false, true);
            Confirm(open);
            open.Add(800 + random.Next(-450, 450), k * 1000, false, false);
            open.EndLook(false);
        }

        Assert.True(noisy.IsNoisy && !noisy.IsOpen);
        Assert.True(open.IsOpen);
    }

    [Fact]
    public void Spikes_that_only_the_sense_shows_are_seen_there_and_nothing_is_nothing()
    {
        var sense = Sense();
        for (var k = 0; k < 40; k++)
        {
            sense.Add(k % 16 == 9 ? 1500 : 12, k * 1000, true, false);
        }

        Assert.True(sense.ShowsSpikes && !sense.IsOpen && !sense.ShowsNothing(8));
        sense.Forget();
        for (var k = 0; k < 8; k++)
        {
            sense.Add(12 + (k % 3), k * 1000, true, false);
        }

        Assert.True(sense.ShowsNothing(8) && !sense.ShowsNothing(9) && !sense.HasEnough);
    }

    [Fact]
    public void A_leak_that_falls_again_and_again_shows_spikes_that_nothing_else_sees()
    {
        var sense = Sense();
        for (var k = 0; k < 40 && !sense.ShowsSpikes; k++)
        {
            sense.Add(12 + (int)(90 * (1 - Math.Exp(-(k % 10) / 5.0))), k * 1000, true, false);
        }

        Assert.True(sense.ShowsSpikes && !sense.IsNoisy);
    }

    [Fact]
    public void The_tally_counts_intervals_at_one_drive_and_no_others()
    {
        var tally = new RateTally();
        tally.Start(0);
        tally.Drive(0, 100, 0, FakeNeurons.Limit);
        for (var k = 1; k <= 21; k++)
        {
            tally.Fired(100, k * 10_000);
        }

        // Half an interval at another drive: neither counts it.
        tally.Drive(100, 150, 215_000, FakeNeurons.Limit);
        for (var k = 0; k <= 10; k++)
        {
            tally.Fired(150, 222_000 + (k * 5000));
        }

        var found = new BoardTally();
        tally.Fill(found);
        Assert.Equal([(20, 200, 100 * 256), (10, 50, 150 * 256)], Enumerable.Range(0, BoardTally.Bins).Where(k => found.Intervals[k] > 0)
            .Select(k => (found.Intervals[k], found.Times[k], found.Codes[k])));
        tally.Start(0);
        tally.Fill(found);
        Assert.All(found.Intervals, count => Assert.Equal(0, count));
    }

    [Fact]
    public void The_tally_keeps_the_newest_intervals()
    {
        var tally = new RateTally();
        tally.Start(0);
        tally.Drive(0, 100, 0, FakeNeurons.Limit);
        var now = 0L;
        for (var k = 0; k < 5000; k++)
        {
            tally.Fired(100, now += k < 3000 ? 10_000 : 20_000);
        }

        var found = new BoardTally();
        tally.Fill(found);
        var bin = Array.FindIndex(found.Intervals, count => count > 0);
        Assert.InRange(found.Intervals[bin], 128, 256);
        Assert.InRange((double)found.Times[bin] / found.Intervals[bin], 19.8, 20.2);
    }

    private static SenseWatch Sense()
    {
        var sense = new SenseWatch();
        sense.Start(12);
        return sense;
    }

    // As the guard does it at the beginning of each turn.
    private static void Confirm(SenseWatch sense)
    {
        if (sense.Fell)
        {
            sense.Confirm();
        }
    }

    private static long Fire(SpikeWatch watch, int code, long from, int interval, int spikes)
    {
        watch.Drive(code, from);
        for (var k = 1; k <= spikes; k++)
        {
            watch.Fired(from + (k * interval), true);
        }

        return from + (spikes * interval);
    }

    private static FiringRange Range(params ChannelTable[] tables)
    {
        var range = new FiringRange(FakeNeurons.Limit);
        Array.ForEach(tables, range.Learn);
        return range;
    }

    private static SpikeWatch Watch()
    {
        var slack = new LoopSlack();
        slack.Start(0);
        var watch = new SpikeWatch(Range(), slack);
        watch.Start(0);
        return watch;
    }
}
