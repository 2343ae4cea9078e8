// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>Virtual boards that networks run on through the firmware, each calibrated once when its parts are drawn.</summary>
public sealed class CalibratedBoards
{
    private readonly Dictionary<(string Board, long Seed), Task<BoardCalibration>> _made = [];

    /// <summary>Runs a network on its board.</summary>
    /// <param name="network">The network; names a board.</param>
    /// <param name="duration">Length in s.</param>
    /// <param name="seed">Of the drawn parts; null for nominal ones.</param>
    /// <returns>What was recorded.</returns>
    public async Task<RunRecording> RunAsync(Network network, double duration, long? seed)
    {
        string board = network.Board!;
        IDriveTables tables = seed is long s ? new StoredDriveTables(await CalibrationAsync(board, s)) : new NominalDriveTables();
        await using DeviceConnection connection = await OpenAsync(board, seed);
        CompiledNetwork compiled = NetworkCompiler.Compile(network,
            new CompilerOptions { Board = BoardCatalog.Find(board), DriveTables = tables });
        RunRecorder recorder = new();
        connection.Client.Observer = recorder;
        await connection.Client.ProgramAsync(compiled.Image);
        RunReport end = await connection.Client.RunAsync(new RunOptions { Duration = (long)(duration * 1e6) });
        Assert.True(recorder.Channels.Count == 0, string.Join("\n", recorder.Channels));
        return DeviceRecording.Of(compiled.Tables, compiled.Symbols, "virtual", recorder, end, [], null);
    }

    /// <summary>Calibrates a drawn board, or finds its calibration.</summary>
    /// <param name="board">Name of its profile.</param>
    /// <param name="seed">Of the drawn parts.</param>
    /// <returns>The calibration.</returns>
    public Task<BoardCalibration> CalibrationAsync(string board, long seed)
    {
        if (!_made.TryGetValue((board, seed), out Task<BoardCalibration>? made))
        {
            _made[(board, seed)] = made = CalibrateAsync(board, seed);
        }

        return made;
    }

    private static async Task<BoardCalibration> CalibrateAsync(string board, long seed)
    {
        await using DeviceConnection connection = await OpenAsync(board, seed);
        BoardDescription description = BoardCatalog.Find(board);
        DeviceBench bench = await DeviceBench.OpenAsync(connection, description, CancellationToken.None);
        return await new Calibrator(bench, CalibrationOptions.For(description)).RunAsync(board, connection.Client.Info.DeviceId,
            CancellationToken.None);
    }

    private static Task<DeviceConnection> OpenAsync(string board, long? seed) => DeviceConnector.ConnectAsync(
        "virtual",
        new ConnectOptions
        {
            Virtual = new VirtualDeviceOptions
            {
                Ephemeral = true,
                Board = new VirtualBoardOptions { Board = board, Seed = seed }
            }
        },
        CancellationToken.None);
}
