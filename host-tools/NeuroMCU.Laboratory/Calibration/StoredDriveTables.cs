// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Hashing;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Drive tables of a calibration, for the device's image. The image is then bound to the device that was calibrated.</summary>
public sealed class StoredDriveTables : IDriveTables
{
    private readonly BoardCalibration _calibration;

    /// <summary>Initializes a new instance of the <see cref="StoredDriveTables" /> class.</summary>
    /// <param name="calibration">The calibration.</param>
    public StoredDriveTables(BoardCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        _calibration = calibration;
    }

    /// <summary>What an image holds of the device that its drive tables were calibrated on: the CRC-32 of the id's bytes.</summary>
    /// <param name="device">The device's id; what is no hexadecimal digit in it does not count.</param>
    /// <returns>The check.</returns>
    public static uint CheckOf(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Crc32.HashToUInt32(Convert.FromHexString(string.Concat(device.Where(char.IsAsciiHexDigit))));
    }

    /// <summary>Whether tables of an image are those of this calibration.</summary>
    /// <param name="tables">The image's tables.</param>
    /// <returns>False when one is missing here, or differs.</returns>
    public bool Hold(IEnumerable<ChannelTable> tables) => tables.All(t =>
        t.Calibration == CheckOf(_calibration.Device)
        && _calibration.Channels.FirstOrDefault(c => c.Channel == t.Channel)?.Table is { } own
        && own.Codes.SequenceEqual(t.Codes) && Currents(own).SequenceEqual(t.Currents));

    /// <inheritdoc />
    /// <exception cref="CalibrationException">The calibration is of another board, or the channel failed.</exception>
    public ChannelTable? Find(BoardDescription board, int channel)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (board.Profile.Name != _calibration.Board)
        {
            throw new CalibrationException(
                CalibrationErrorKind.Foreign, $"the calibration is of the board {_calibration.Board}",
                $"the network is for {board.Profile.Name}", "calibrate this board: neuromcu calibrate --board " + board.Profile.Name);
        }

        ChannelCalibration? found = _calibration.Channels.FirstOrDefault(c => c.Channel == channel);
        if (found is null)
        {
            return null;
        }

        if (found.Table is not { } table)
        {
            throw new CalibrationException(
                CalibrationErrorKind.Failed,
                $"channel {found.Name} of {board.Profile.Name} failed its calibration",
                found.Verdict.Reason,
                "name another channel in the network file, or repair this one and run: neuromcu calibrate; --uncalibrated goes on with "
                + "the profile's nominal currents");
        }

        return new ChannelTable
        {
            Channel = channel,
            Calibration = CheckOf(_calibration.Device),
            MaxCode = Math.Min(board.Channels[channel].Drive?.MaxCode ?? 0, table.Codes[^1]),
            Currents = Currents(table),
            Codes = [.. table.Codes],
        };
    }

    private static int[] Currents(Tables.DriveTable table)
        => [.. table.Currents.Select(i => (int)Math.Round(Math.Min(i * 1e9 * (1 << Formats.CurrentBits), int.MaxValue)))];
}
