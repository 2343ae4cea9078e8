// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Finds the drive tables for networks that drive physical neurons, and refuses to drive any without them.</summary>
internal static class DriveTableSource
{
    private const string Unequal =
        "no two thyristors are alike: at the profile's nominal currents some of them stay silent and some are blocked";

    /// <summary>Option for verbs that drive physical neurons.</summary>
    public static Option<bool> Uncalibrated()
        => new("--uncalibrated") { Description = "Drive channels by the profile's nominal currents, without a calibration" };

    /// <summary>Option for verbs that compile for a device that is not there.</summary>
    public static Option<string?> Calibration() => new("--calibration")
    {
        Description = "Drive tables for channels of a board: the id of a calibrated device, or a file that calibrate kept",
        HelpName = "ID|FILE",
    };

    /// <summary>Puts the drive tables of the connected board's calibration into a network that uses channels.</summary>
    /// <returns>The network to upload.</returns>
    /// <exception cref="CalibrationException">There is no calibration, or it cannot be used.</exception>
    public static DrivenNetwork Of(VerbContext context, DeviceConnection connection, CompiledNetwork compiled, bool uncalibrated)
    {
        DrivenNetwork nominal = new(compiled, null);
        if (!nominal.Drives || uncalibrated)
        {
            return nominal;
        }

        DeviceInfo info = connection.Client.Info;
        RequireBoardOf(compiled.Network, connection);
        if (Kept(context, info) is { } stored)
        {
            context.Say("drive tables of the " + DrivenNetwork.Describe(stored));
            return DrivenNetwork.Compile(compiled.Network, stored, NetworkSource.CostsOf(context));
        }

        if (WhyNone(connection, context.Board?.Board ?? compiled.Network.Board ?? info.BoardName) is { } why)
        {
            context.Say($"note: channels are driven by the profile's nominal currents: {why}");
            return nominal;
        }

        throw new CalibrationException(
            CalibrationErrorKind.Missing,
            $"there is no calibration of {info.BoardName} on device {info.DeviceId}",
            Unequal,
            "calibrate it: " + CalibrateCommand(context, info) + "; or go on with --uncalibrated");
    }

    /// <summary>Puts the drive tables of a calibration that the user names into a network.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="CalibrationException">There is no such calibration, or it cannot be used.</exception>
    public static DrivenNetwork Named(VerbContext context, CompiledNetwork compiled, string named)
    {
        if (compiled.Tables.Channels.Length == 0)
        {
            context.Say("note: the network drives no channel of a board, so that --calibration changes nothing");
            return new DrivenNetwork(compiled, null);
        }

        string board = BoardCatalog.Find(compiled.Network.Board!).Profile.Name;
        if (File.Exists(named))
        {
            return DrivenNetwork.Compile(compiled.Network, CalibrationStore.Read(named), NetworkSource.CostsOf(context));
        }

        IReadOnlyList<string> known = Store(context).DevicesOf(board);
        return Store(context).Find(board, named) is { } stored
            ? DrivenNetwork.Compile(compiled.Network, stored, NetworkSource.CostsOf(context))
            : throw new CalibrationException(
                CalibrationErrorKind.Missing,
                $"there is no calibration of {board} on device {named}, and no file of that name",
                known.Count == 0 ? $"no {board} has been calibrated by this user" : "calibrated devices: " + string.Join(", ", known),
                "name one of them, or calibrate the board: neuromcu calibrate");
    }

    /// <summary>Looks at the drive tables of a finished image before it goes to a device.</summary>
    /// <returns>Where they come from, for <c>--json</c>; null when the image needs none.</returns>
    /// <exception cref="CalibrationException">They are nominal, or those of another device.</exception>
    public static object? Check(VerbContext context, DeviceConnection connection, NetworkTables image, string path, bool uncalibrated)
    {
        DeviceInfo info = connection.Client.Info;
        if (image.Channels.Length == 0 || (image.BoardId != 0 && image.BoardId != info.BoardId))
        {
            return null;   // nothing is driven, or the device refuses it as that of another board
        }

        string advice = $"compile it for this device: neuromcu compile NETWORK.yaml --calibration {info.DeviceId} -o {path}";
        uint here = StoredDriveTables.CheckOf(info.DeviceId);
        if (image.Channels.FirstOrDefault(c => c.Calibration != 0 && c.Calibration != here) is { } foreign)
        {
            string? whose = Store(context).DevicesOf(info.BoardName)
                .FirstOrDefault(d => StoredDriveTables.CheckOf(d) == foreign.Calibration);
            throw new CalibrationException(
                CalibrationErrorKind.Foreign,
                $"{path} holds the drive tables of {(whose is null ? "another device" : "device " + whose)}",
                $"this is device {info.DeviceId}, whose neurons need other currents",
                advice);
        }

        if (image.Channels.Any(c => c.Calibration == 0))
        {
            if (!uncalibrated && WhyNone(connection, context.Board?.Board ?? info.BoardName) is null)
            {
                throw new CalibrationException(
                    CalibrationErrorKind.Missing, $"{path} drives channels by the profile's nominal currents", Unequal,
                    advice + "; or go on with --uncalibrated");
            }

            return DrivenNetwork.Of("nominal", null, null);
        }

        BoardCalibration? stored = Kept(context, info);
        if (stored is not null && new StoredDriveTables(stored).Hold(image.Channels))
        {
            context.Say("drive tables of the " + DrivenNetwork.Describe(stored));
            return DrivenNetwork.Of("calibration", info.DeviceId, stored);
        }

        context.Say(stored is null
            ? $"{path} holds drive tables of this device; the calibration that they come from is not kept here"
            : $"note: the drive tables in {path} are not those of the {DrivenNetwork.Describe(stored)}; to renew them, {advice}");
        return DrivenNetwork.Of("calibration", info.DeviceId, null);
    }

    /// <summary>The calibration that is kept of a board.</summary>
    /// <returns>The calibration; null when there is none.</returns>
    /// <exception cref="CalibrationException">It is damaged.</exception>
    public static BoardCalibration? Kept(VerbContext context, DeviceInfo info) => Store(context).Find(info.BoardName, info.DeviceId);

    /// <summary>The command that calibrates a board.</summary>
    /// <returns>The command.</returns>
    public static string CalibrateCommand(VerbContext context, DeviceInfo info)
    {
        // A seed is a board of its own: without it another board would be calibrated.
        string seed = context.Board?.Seed is { } number ? " --board-seed " + number.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return "neuromcu calibrate" + (context.Board is null && context.Device is { } device ? " --device " + device
            : " --board " + (context.Board?.Board ?? info.BoardName) + seed);
    }

    private static CalibrationStore Store(VerbContext context) => new(context.CalibrationFolder);

    // The calibration of another board would be looked for, and advised.
    private static void RequireBoardOf(Network network, DeviceConnection connection)
    {
        string wanted = BoardCatalog.Find(network.Board!).Profile.Name;
        if (wanted != connection.Client.Info.BoardName)
        {
            throw new CliException(
                ExitCode.OtherBoard,
                $"{network.Name} drives neurons of the board {wanted}",
                $"the device sits on {connection.Client.Info.BoardName}",
                connection.Device is null ? "name a device on that board, or write the other board into the file"
                : "--board " + network.Board);
        }
    }

    // Why a board needs no calibration; null when it needs one, as every board does of which this program knows no profile.
    private static string? WhyNone(DeviceConnection connection, string board) =>
        connection.Device is { Neurons.Specimen.Seed: null } ? "the virtual board's parts are nominal, so that it needs no calibration"
        : BoardCatalog.Names.Contains(board) || (File.Exists(board) && Path.HasExtension(board))
        ? CalibrationScope.WhyNot(BoardCatalog.Find(board))
        : null;
}
