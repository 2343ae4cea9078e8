// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;
using ChannelFault = NeuroMCU.Laboratory.Calibration.Judge.ChannelFault;

namespace NeuroMCU.Laboratory.Tests.Calibration;

/// <summary>Calibration through firmware and wire, of boards whose parts are known from their seed.</summary>
public sealed class VirtualBoardTests
{
    [Fact]
    public async Task The_parts_of_five_boards_fire_alike_and_only_the_unusable_ones_are_refused()
    {
        List<BoardCalibration> boards = [];
        List<double>[] before = [[], [], []];
        List<double>[] after = [[], [], []];
        for (int seed = 1; seed <= 5; seed++)
        {
            boards.Add(await CalibrateAsync("thyristor-8", seed));
        }

        Assert.True(boards.Sum(b => b.Channels.Count) >= 35);
        IReadOnlyList<double> rates = CommonRates.Of([.. boards]);
        for (int seed = 1; seed <= 5; seed++)
        {
            await using DeviceConnection connection = await OpenAsync("thyristor-8", seed);
            VirtualNeuronBoard truth = connection.Device!.Neurons!;
            BoardDescription board = BoardCatalog.Find("thyristor-8");
            foreach (ChannelCalibration channel in boards[seed - 1].Channels)
            {
                ChannelSpecimen part = truth.Specimen.Channels[channel.Channel];
                Assert.False(part.Part.Hold > 1.03 * part.Part.Onset && !channel.Verdict.IsGood,
                    $"seed {seed}, {channel.Name} was refused: {channel.Verdict.Reason}");
                Assert.False(part.Part.Hold < part.Part.Onset && channel.Verdict.IsGood, $"seed {seed}, {channel.Name} was accepted");
            }

            DeviceBench bench = await DeviceBench.OpenAsync(connection, board, CancellationToken.None);
            RateSpread spread = (await new SpreadCheck(bench, new MeasureTiming(80, 800)).RunAsync(boards[seed - 1], rates,
                CancellationToken.None))!;
            for (int k = 0; k < rates.Count; k++)
            {
                before[k].AddRange(spread.Commands[k].Before);
                after[k].AddRange(spread.Commands[k].After);
            }
        }

        Assert.All(before, r => Assert.InRange(RateSpread.Variation(r), 0.30, double.MaxValue));
        Assert.All(after, r => Assert.InRange(RateSpread.Variation(r), 0, 0.03));
        Assert.All(boards, b => Assert.InRange(b.BenchSeconds, 5, 60));
    }

    [Theory]
    [InlineData("latched:{0}", ChannelFault.Latched)]
    [InlineData("open-drive:{0}", ChannelFault.Open)]
    [InlineData("open-sense:{0}", ChannelFault.SenseBad)]
    [InlineData("shorted-membrane:{0}", ChannelFault.Open)]
    [InlineData("shorted-thyristor:{0}", ChannelFault.Shorted)]
    [InlineData("noisy:{0}", ChannelFault.SenseBad)]
    [InlineData("drift:{0}", ChannelFault.Drifts)]
    [InlineData("dac-stuck:{0}", ChannelFault.Open)]
    [InlineData("dac-stuck:{0}=2", ChannelFault.DriveStuck)]
    [InlineData("detect-high:{0}", ChannelFault.NoSpikesSeen)]
    [InlineData("detect-low:{0}", ChannelFault.NoSpikesSeen)]
    public async Task Each_fault_on_each_channel_is_named_and_no_other_channel_refused(string fault, ChannelFault expected)
    {
        foreach (string name in (string[])["n1", "n4", "n8"])
        {
            BoardCalibration made = await CalibrateAsync("thyristor-8", 1,
                string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, name));

            Assert.True(made.Failed().Count() == 1,
                $"{name}: {string.Join("; ", made.Channels.Select(c => c.Name + " " + c.Verdict.Fault + " " + c.Readings[0]))}");
            ChannelCalibration failed = made.Failed().First();
            Assert.Equal(name, failed.Name);
            Assert.True(expected == failed.Verdict.Fault, $"{name}: {failed.Verdict}");
        }
    }

    [Fact]
    public async Task A_swapped_cable_and_a_missing_supply_are_named()
    {
        BoardCalibration swapped = await CalibrateAsync("thyristor-8", 1, "swapped:n3=n5");
        Assert.Equal(["n3", "n5"], swapped.Failed().Select(f => f.Name));
        Assert.All(swapped.Failed(), f => Assert.Equal(ChannelFault.Swapped, f.Verdict.Fault));

        BoardCalibration dark = await CalibrateAsync("thyristor-8", 1, "no-supply");
        Assert.All(dark.Channels, c => Assert.Equal(ChannelFault.Open, c.Verdict.Fault));
        Assert.Null(dark.Spread);
    }

    [Fact]
    public async Task An_aged_part_is_found_by_the_check()
    {
        BoardCalibration made = await CalibrateAsync("thyristor-8", 1);
        await using DeviceConnection connection = await OpenAsync("thyristor-8", 1, "aged:n2=8");
        DeviceBench bench = await DeviceBench.OpenAsync(connection, BoardCatalog.Find("thyristor-8"), CancellationToken.None);

        IReadOnlyList<ChannelDrift> drifts = await new DriftCheck(bench).RunAsync(made, CancellationToken.None);

        Assert.Equal("n2", Assert.Single(drifts, d => d.Drifted).Name);
    }

    [Fact]
    public async Task The_starter_board_is_calibrated_with_its_eight_bits()
    {
        BoardCalibration made = await CalibrateAsync("thyristor-starter", 3);

        Assert.Equal(2, made.Good().Count());
        Assert.InRange(made.Spread!.LargestAfter, 0, 0.05);
        Assert.All(made.Good(), c => Assert.InRange(c.LowestRate, 0.4 * c.HighestRate, 0.85 * c.HighestRate));

        await using DeviceConnection connection = await OpenAsync("thyristor-starter", 3);
        DeviceBench bench = await DeviceBench.OpenAsync(connection, BoardCatalog.Find("thyristor-starter"), CancellationToken.None);
        foreach (ChannelDrift drift in await new DriftCheck(bench).RunAsync(made, CancellationToken.None))
        {
            Assert.False(drift.Drifted, drift.ToString());
            double[] rates = [.. drift.Points.Select(p => p.Stored)];
            Assert.Equal(rates.Order().Distinct(), rates);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public async Task The_lowest_rate_is_where_a_code_of_the_converter_no_longer_changes_it_a_lot(int bits)
    {
        ModelBench bench = new(CalibratorTests.Parts(8, 3), bits);
        BoardCalibration made = await new Calibrator(bench, new CalibrationOptions { Reference = "bench" }).RunAsync("model", "01",
            CancellationToken.None);

        Assert.NotEmpty(made.Good());
        foreach (ChannelCalibration channel in made.Good())
        {
            // What one code changes there, by the part's own law: 2 %, or what the coarse converter changes on the average of its upper
            // half. Measured codes lie some apart, and the first of them changes more than the mean between them.
            BenchChannel drive = bench.Channels[channel.Channel];
            ThyristorCell part = CalibratorTests.Parts(8, 3)[channel.Channel];
            double Law(double code) => ThyristorRate.Of(part, drive.CurrentOf(code));
            double Code(double rate) => Enumerable.Range(0, 20 * drive.MaxCode).Select(k => k / 20.0).First(c => Law(c) >= 0.995 * rate);
            double mean = Math.Log(2) / (Code(channel.HighestRate) - Code(channel.HighestRate / 2));
            double low = channel.Readings.First(r => Math.Abs(r.Rate - channel.LowestRate) < 0.02 * channel.LowestRate).Code;
            double step = (Law(low + 1) / Law(low)) - 1;
            Assert.InRange(step, 0, 1.6 * Math.Max(0.02, mean));
            Assert.InRange(channel.LowestRate, 1, 0.99 * channel.HighestRate);
        }
    }

    private static async Task<BoardCalibration> CalibrateAsync(string board, int seed, params string[] faults)
    {
        await using DeviceConnection connection = await OpenAsync(board, seed, faults);
        DeviceBench bench = await DeviceBench.OpenAsync(connection, BoardCatalog.Find(board), CancellationToken.None);
        BoardCalibration made = await new Calibrator(bench, new CalibrationOptions()).RunAsync(board, connection.Client.Info.DeviceId,
            CancellationToken.None);
        return made;
    }

    private static Task<DeviceConnection> OpenAsync(string board, int seed, params string[] faults) => DeviceConnector.ConnectAsync(
        "virtual",
        new ConnectOptions
        {
            Virtual = new VirtualDeviceOptions
            {
                Ephemeral = true,
                Board = new VirtualBoardOptions { Board = board, Seed = seed, Faults = faults }
            }
        },
        CancellationToken.None);
}
