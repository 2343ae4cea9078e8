// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Tables;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly CalibrationOptions s_options = new() { Reference = "bench" };

    [Fact]
    public async Task Thirty_five_unequal_parts_fire_alike_and_every_bad_one_is_named()
    {
        ThyristorCell[] cells = Parts(35, 7);
        ModelBench bench = new(cells);

        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

        for (int i = 0; i < cells.Length; i++)
        {
            bool usable = cells[i].Hold > cells[i].Onset * 1.03;
            bool dead = cells[i].Hold < cells[i].Onset * 1.005;
            Assert.False(usable && !made.Channels[i].Verdict.IsGood,
                $"{made.Channels[i].Name} was refused: {made.Channels[i].Verdict.Reason}");
            Assert.False(dead && made.Channels[i].Verdict.IsGood, $"{made.Channels[i].Name} was accepted");
        }

        Assert.NotNull(made.Spread);
        Assert.Equal(3, made.Spread.Commands.Count);
        Assert.True(made.Spread.SmallestBefore > 0.3, $"{made.Spread.SmallestBefore}");
        Assert.True(made.Spread.LargestAfter <= 0.03, $"{made.Spread.LargestAfter}");
        Assert.True(made.Good().Count() >= 25);
        Assert.True(bench.Safe);
    }

    [Fact]
    public async Task Eight_channels_take_less_than_a_minute_and_none_stays_blocked()
    {
        ModelBench bench = new(Parts(8, 3));

        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

        Assert.InRange(made.BenchSeconds, 10, 60);
        Assert.InRange(bench.LongestBlock.TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task The_fit_finds_the_parts_that_were_drawn()
    {
        ThyristorCell[] cells = Parts(8, 3);
        BoardCalibration made = await new Calibrator(new ModelBench(cells), s_options).RunAsync("model", "01", CancellationToken.None);

        foreach (ChannelCalibration channel in made.Good())
        {
            ThyristorCell part = cells[channel.Channel];
            Assert.NotNull(channel.Fit);
            Assert.InRange(channel.Fit.Rmse, 0, 3);
            Assert.InRange(channel.Fit.Cell.Onset / part.Onset, 0.99, 1.01);
            Assert.InRange(channel.Fit.Cell.Hold / part.Hold, 0.98, 1.02);
            Assert.InRange(channel.Fit.Cell.Threshold / part.Threshold, 0.96, 1.04);
        }
    }

    [Theory]
    [InlineData(ModelBench.ReadingFault.Open, ChannelFault.Open)]
    [InlineData(ModelBench.ReadingFault.Shorted, ChannelFault.Shorted)]
    [InlineData(ModelBench.ReadingFault.Stuck, ChannelFault.SpikeInputStuck)]
    [InlineData(ModelBench.ReadingFault.Deaf, ChannelFault.NoSpikesSeen)]
    [InlineData(ModelBench.ReadingFault.SenseDead, ChannelFault.SenseBad)]
    public async Task Each_fault_on_each_channel_is_named_and_no_other_channel_refused(object injected, ChannelFault expected)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            ModelBench bench = new(Parts(3, 3));
            bench.Faults[channel] = (ModelBench.ReadingFault)injected;

            BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

            ChannelCalibration failed = Assert.Single(made.Failed());
            Assert.Equal((channel, expected), (failed.Channel, failed.Verdict.Fault));
            Assert.NotEmpty(failed.Verdict.Reason);
            Assert.NotEmpty(failed.Verdict.Advice);
            Assert.Null(failed.Table);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 7)]
    [InlineData(4, 5)]
    public async Task Swapped_cables_are_named(int a, int b)
    {
        ModelBench bench = new(Parts(8, 3));
        (bench.Drivers[a], bench.Drivers[b]) = (b, a);

        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

        Assert.Equal([a, b], made.Failed().Select(f => f.Channel));
        Assert.All(made.Failed(), f => Assert.Equal(ChannelFault.Swapped, f.Verdict.Fault));
        Assert.Contains("are swapped", made.Channels[a].Verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_keeps_a_channel_out_of_its_block_whatever_is_commanded()
    {
        ThyristorCell[] cells = Parts(8, 3);
        ModelBench bench = new(cells);
        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

        foreach (ChannelCalibration channel in made.Good())
        {
            DriveTable table = channel.Table!;
            Assert.InRange(bench.Channels[channel.Channel].CurrentOf(table.CodeOf(1)), 0, 0.995 * cells[channel.Channel].Hold);
            Assert.Equal(0, table.CodeOf(0));
            Assert.Equal(0, table.CodeOf(-1e-6));
            Assert.Equal(0, ThyristorRate.Of(cells[channel.Channel],
                bench.Channels[channel.Channel].CurrentOf(table.CodeOf(0.98 * made.ReferenceCell.Onset))));
            Assert.InRange(table.Codes.Count, 4, DriveTableMaker.MostEntries);
            int[] codes = [.. Enumerable.Range(0, 120).Select(i => table.CodeOf(i * 1e-6))];
            Assert.Equal(codes.Order(), codes);
        }
    }

    [Fact]
    public async Task Coarse_converters_reach_what_their_steps_allow()
    {
        ModelBench bench = new(Parts(16, 5), bits: 8);
        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);

        Assert.NotNull(made.Spread);
        Assert.InRange(made.Spread.LargestAfter, 0, 0.10);
    }

    [Fact]
    public async Task Whatever_happens_on_the_way_outputs_are_safe()
    {
        for (int step = 0; step < 36; step += 5)
        {
            ModelBench bench = new(Parts(2, 3)) { FailAfter = step };
            await Assert.ThrowsAsync<InvalidOperationException>(() => new Calibrator(bench, s_options).RunAsync("model", "01",
                CancellationToken.None));
            Assert.True(bench.Safe);
        }

        using CancellationTokenSource cancelled = new();
        ModelBench other = new(Parts(2, 3));
        Calibrator calibrator = new(other, s_options, (what, _) =>
        {
            if (what == "block")
            {
                cancelled.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calibrator.RunAsync("model", "01", cancelled.Token));
        Assert.True(other.Safe);
    }

    [Fact]
    public async Task Drift_is_named_with_its_amount()
    {
        ModelBench bench = new(Parts(4, 3));
        BoardCalibration made = await new Calibrator(bench, s_options).RunAsync("model", "01", CancellationToken.None);
        Assert.DoesNotContain(await new DriftCheck(bench).RunAsync(made, CancellationToken.None), d => d.Drifted);

        int channel = made.Good().First().Channel;
        bench.Drift[channel] = 1.06;
        IReadOnlyList<ChannelDrift> drift = await new DriftCheck(bench).RunAsync(made, CancellationToken.None);

        ChannelDrift found = Assert.Single(drift, d => d.Drifted);
        Assert.Equal(channel, found.Channel);
        Assert.InRange(found.Worst.Change, 0.05, 0.6);
        Assert.True(bench.Safe);
    }

    internal static ThyristorCell[] Parts(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => PartSpread.Draw(ThyristorPresets.Get("bench"), random))];
    }
}
