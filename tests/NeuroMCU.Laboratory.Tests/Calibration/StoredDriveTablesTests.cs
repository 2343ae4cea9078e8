// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Laboratory.Tests.Calibration;

public sealed class StoredDriveTablesTests
{
    private static readonly BoardDescription s_board = BoardCatalog.Find("thyristor-8");

    [Fact]
    public async Task The_image_gets_the_table_in_its_own_units_bound_to_the_device()
    {
        BoardCalibration made = await Made("thyristor-8", ModelBench.ReadingFault.None);
        ChannelTable table = new StoredDriveTables(made).Find(s_board, 1)!;
        NeuroMCU.Laboratory.Calibration.Tables.DriveTable own = made.Channels[1].Table!;

        Assert.Equal(1, table.Channel);
        Assert.NotEqual(0u, table.Calibration);
        Assert.Equal(own.Codes, table.Codes);
        Assert.Equal(own.Currents.Select(i => i * 1e9 * 4096), table.Currents.Select(i => (double)i), (a, b) => Math.Abs(a - b) <= 0.5);
        Assert.Equal(table.Currents.Order().Distinct(), table.Currents);
        Assert.InRange(table.MaxCode, 0, s_board.Channels[1].Drive!.MaxCode);
        Assert.Null(new StoredDriveTables(made).Find(s_board, 7));
    }

    [Fact]
    public async Task A_failed_channel_and_another_board_are_refused()
    {
        BoardCalibration bad = await Made("thyristor-8", ModelBench.ReadingFault.Open);
        CalibrationException failed = Assert.Throws<CalibrationException>(() => new StoredDriveTables(bad).Find(s_board, 0));
        Assert.Equal(CalibrationErrorKind.Failed, failed.Kind);
        Assert.Contains("n1", failed.Message, StringComparison.Ordinal);

        BoardCalibration other = await Made("model", ModelBench.ReadingFault.None);
        Assert.Equal(CalibrationErrorKind.Foreign,
            Assert.Throws<CalibrationException>(() => new StoredDriveTables(other).Find(s_board, 0)).Kind);
    }

    private static Task<BoardCalibration> Made(string board, ModelBench.ReadingFault fault)
    {
        ModelBench bench = new(CalibratorTests.Parts(2, 3));
        bench.Faults[0] = fault;
        return new Calibrator(bench, new CalibrationOptions()).RunAsync(board, "02:4e:01:02:03:04", CancellationToken.None);
    }
}
