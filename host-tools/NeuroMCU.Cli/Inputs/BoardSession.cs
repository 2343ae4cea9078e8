// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>A connected board with its profile, and where its calibration is kept.</summary>
internal sealed class BoardSession : IAsyncDisposable
{
    private readonly VerbContext _context;
    private readonly DeviceConnection _connection;

    private BoardSession(VerbContext context, DeviceConnection connection, BoardDescription board, DeviceBench bench,
        CalibrationStore store)
    {
        _context = context;
        _connection = connection;
        Board = board;
        Bench = bench;
        Store = store;
    }

    /// <summary>The board's profile.</summary>
    public BoardDescription Board { get; }

    /// <summary>What measures it.</summary>
    public DeviceBench Bench { get; }

    /// <summary>Where calibrations are kept.</summary>
    public CalibrationStore Store { get; }

    /// <summary>The device's id.</summary>
    public string DeviceId => _connection.Client.Info.DeviceId;

    /// <summary>The device's firmware.</summary>
    public string Firmware => _connection.Client.Info.Firmware;

    /// <summary>The command that calibrates it.</summary>
    public string CalibrateCommand => DriveTableSource.CalibrateCommand(_context, _connection.Client.Info);

    /// <summary>Where it runs, for people.</summary>
    public string Where => VerbContext.Describe(_connection);

    /// <summary>Option for the profile of a board that is none of this program's.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Profile()
        => new("--profile")
        {
            Description = "Profile of the board that the device sits on, when it is none of this program's",
            HelpName = "FILE.yaml"
        };

    /// <summary>Connects.</summary>
    /// <param name="profile">File with the board's profile; null for the one of the program that has the board's name.</param>
    /// <returns>The session.</returns>
    public static async Task<BoardSession> OpenAsync(VerbContext context, string? profile, CancellationToken cancellation)
    {
        DeviceConnection connection = await context.ConnectAsync(cancellation);
        try
        {
            string name = connection.Client.Info.BoardName;
            BoardDescription board = Find(profile ?? context.Board?.Board ?? name);
            if (board.Profile.Name != name)
            {
                throw new CalibrationException(
                    CalibrationErrorKind.Foreign, $"the device sits on the board {name}",
                    $"{profile ?? board.Profile.Name} is the profile of {board.Profile.Name}",
                    "name the profile of this board: --profile FILE.yaml");
            }

            await StopNetworkAsync(context, connection.Client, cancellation);
            DeviceBench bench = await DeviceBench.OpenAsync(connection, board, cancellation);
            return new BoardSession(context, connection, board, bench, new CalibrationStore(context.CalibrationFolder));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses a board that calibration is not for.</summary>
    /// <exception cref="CalibrationException">Its channels are not thyristor neurons.</exception>
    public void RequireThyristors()
    {
        if (CalibrationScope.WhyNot(Board) is { } why)
        {
            throw new CalibrationException(
                CalibrationErrorKind.NothingToCalibrate,
                $"there is nothing to calibrate on the board {Board.Profile.Name}",
                why,
                "look at it with neuromcu bringup; networks drive it by the profile's nominal currents");
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static BoardDescription Find(string nameOrPath)
    {
        try
        {
            return BoardCatalog.Find(nameOrPath);
        }
        catch (BoardFileException unknown) when (unknown.Diagnostics is [{ Kind: DiagnosticKind.Name, Line: 0 }])
        {
            throw new CalibrationException(
                CalibrationErrorKind.Foreign, $"the device sits on the board {nameOrPath}", "this program has no profile of that name",
                "name the one that the device has: --profile FILE.yaml", unknown);
        }
    }

    // A network that runs by itself since power-on drives the neurons that are to be measured.
    private static async Task StopNetworkAsync(VerbContext context, DeviceClient client, CancellationToken cancellation)
    {
        if ((await client.ReadStateAsync(cancellation)).State == DeviceState.Running)
        {
            await client.StopAsync(cancellation);
            context.Say("note: stopped the network that was running; one that is stored starts again at the next power-on");
        }
    }
}
