// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Phase;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.Calibration;

/// <summary>The phase diagram through the firmware: potentiometer, converter, stream and measurement, against the circuit itself.</summary>
public sealed class PhaseSweepTests
{
    [Fact]
    public async Task Published_points_have_the_modes_that_the_circuit_has()
    {
        await using DeviceConnection connection = await OpenAsync("msbn");
        BoardDescription board = BoardCatalog.Find("msbn");
        PhaseSweep sweep = new(await DeviceBench.OpenAsync(connection, board, CancellationToken.None), board);
        IReadOnlyList<PhasePoint> points = await sweep.RunAsync([], [], PublishedBurstModes.All, CancellationToken.None);

        // 47 Ohm is a resistor in a socket; the others are within the reach of potentiometer and drive.
        Assert.Equal(PublishedBurstModes.All.Count(p => p.Soma >= 100), points.Count);
        Assert.All(points, point => Assert.Equal(0, point.Lost));
        int compared = 0;
        foreach (PhasePoint point in points)
        {
            double[] direct = Direct(board, point);
            double ratio = direct.Length < 2 ? 1 : direct.Max() / direct.Min();
            if (ratio > 2.5 && ratio < 3.5)
            {
                continue;   // on the border between FS and IB1 a sample's width decides
            }

            compared++;
            Assert.True(point.Mode == Mode(board, point.Current, direct),
                $"{point} but the circuit has {Mode(board, point.Current, direct)}");
            if (point.Mode == BurstMode.Fast)
            {
                Assert.InRange(point.Mean, 900 * direct.Average(), 1100 * direct.Average());
            }
        }

        Assert.True(compared >= 19, $"only {compared} points are off the border");
        foreach (BurstMode mode in (BurstMode[])[BurstMode.Tonic, BurstMode.Fast, BurstMode.Bursting, BurstMode.Silent])
        {
            Assert.Contains(points, p => p.Mode == mode && p.Published!.Mode == mode);
        }

        Assert.All(points.Where(p => p.Published!.Place == "fig. 5" && p.Published.Mode != BurstMode.PlateauBursting),
            p => Assert.Equal(p.Published!.Mode, p.Mode));
        Assert.All(points.Where(p => p.Mode == BurstMode.Bursting), p => Assert.InRange(p.Plateau, 0.01, 1));
    }

    [Fact]
    public async Task Broken_off_at_any_point_the_board_is_safe()
    {
        foreach (int at in new[] { 0, 1, 3 })
        {
            await using DeviceConnection connection = await OpenAsync("msbn");
            BoardDescription board = BoardCatalog.Find("msbn");
            using CancellationTokenSource stop = new();
            int begun = 0;
            PhaseSweep sweep = new(await DeviceBench.OpenAsync(connection, board, CancellationToken.None), board, (_, _) =>
            {
                if (begun++ == at)
                {
                    stop.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweep.RunAsync([60, 90], [2400, 3000], [], stop.Token));
            await connection.Client.DriveChannelAsync(0, 0);   // a measurement that still went on would refuse it
            connection.Device!.Pump(TimeSpan.FromSeconds(1));
            Assert.InRange((await connection.Client.SenseChannelAsync(0)).Mean, 0, 60);
            Assert.Equal("idle", (await connection.Client.ReadStateAsync()).StateText);
        }
    }

    [Theory]
    [InlineData("thyristor-starter", "it has no bursting neurons")]
    [InlineData("lui", "it has no bursting neurons")]
    public async Task A_board_without_bursting_neurons_is_refused(string name, string why)
    {
        await using DeviceConnection connection = await OpenAsync(name);
        BoardDescription board = BoardCatalog.Find(name);
        DeviceBench bench = await DeviceBench.OpenAsync(connection, board, CancellationToken.None);
        CalibrationException refused = Assert.Throws<CalibrationException>(() => new PhaseSweep(bench, board));
        Assert.Equal((CalibrationErrorKind.NothingToCalibrate, why), (refused.Kind, refused.Why));
    }

    [Fact]
    public void The_potentiometer_is_set_to_the_nearest_step_and_its_level_writes_that_code()
    {
        SomaPot pot = SomaPot.Of(BoardCatalog.Find("msbn"))!;
        for (int code = 0; code <= 255; code++)
        {
            Assert.Equal(code, pot.CodeOf(Potentiometer.Resistance(code) + 10));
            Assert.Equal(code, (int)Math.Round(pot.LevelOf(code) * 255 / 65536.0));
        }

        Assert.False(pot.Reaches(47));
        Assert.True(pot.Reaches(100) && pot.Reaches(2400) && pot.Reaches(4000));
        Assert.False(pot.Reaches(12_000));
    }

    private static double[] Direct(BoardDescription board, PhasePoint point)
    {
        BurstingCell cell = board.Channels[0].Neuron.Bursting!;
        IReadOnlyList<double> spikes = CircuitRates.Spikes(new BurstingCircuit(cell with { SomaResistance = point.Soma }),
            point.Current * 1e-6, 0.6, 0.4);
        return [.. spikes.Skip(1).Zip(spikes, (after, before) => after - before)];
    }

    private static BurstMode Mode(BoardDescription board, double current, double[] intervals) => intervals.Length == 0
        ? BurstMode.Silent
        : BurstModes.Classify(intervals.Length + 1, intervals.Min(), intervals.Max(), intervals.Average(),
            BurstModes.ChargingTime(board.Channels[0].Neuron.Bursting!.Part, current * 1e-6));

    private static Task<DeviceConnection> OpenAsync(string board) => DeviceConnector.ConnectAsync(
        "virtual",
        new ConnectOptions { Virtual = new VirtualDeviceOptions { Ephemeral = true, Board = new VirtualBoardOptions { Board = board } } });
}
