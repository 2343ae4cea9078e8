// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Store;

/// <summary>
/// Keeps one calibration per board and device, as JSON in <c>neuromcu/calibrations</c> of the user's configuration folder. A calibration is
/// written beside the old one and then takes its place: it is never half there.
/// </summary>
public sealed class CalibrationStore
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NewLine = "\n",
    };

    private readonly string _folder;
    private readonly IDisk _disk;

    /// <summary>Initializes a new instance of the <see cref="CalibrationStore" /> class.</summary>
    /// <param name="folder">Folder; null for the user's.</param>
    public CalibrationStore(string? folder = null)
        : this(folder, SystemDisk.Instance)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="CalibrationStore" /> class on a disk of the caller's.</summary>
    internal CalibrationStore(string? folder, IDisk disk)
    {
        _disk = disk;
        _folder = folder ?? Path.Combine(Path.GetDirectoryName(KeyStore.DefaultPath)!, "calibrations");
    }

    /// <summary>The file of a board.</summary>
    /// <param name="board">Name of the profile.</param>
    /// <param name="device">The device's id.</param>
    /// <returns>Path, whether it exists or not.</returns>
    public string PathOf(string board, string device) => Path.Combine(_folder, Plain(board) + "-" + Plain(device) + ".json");

    /// <summary>Keeps a calibration in place of the former one.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <returns>The file.</returns>
    public string Save(BoardCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        string path = PathOf(calibration.Board, calibration.Device);
        Directory.CreateDirectory(_folder);
        WholeFile.Write(path, file => JsonSerializer.Serialize(file, calibration, s_json), _disk);
        return path;
    }

    /// <summary>Finds the calibration of a board.</summary>
    /// <param name="board">Name of the profile.</param>
    /// <param name="device">The device's id.</param>
    /// <returns>The calibration; null when there is none.</returns>
    /// <exception cref="CalibrationException">The file is damaged, of another version, or of another board.</exception>
    public BoardCalibration? Find(string board, string device)
    {
        string path = PathOf(board, device);
        if (!File.Exists(path))
        {
            return null;
        }

        BoardCalibration found = Read(path);
        return found.Board == board && found.Device == device
            ? found
            : throw new CalibrationException(
                CalibrationErrorKind.Foreign, $"{path} holds the calibration of {found.Board} on device {found.Device}",
                $"this is {board} on device {device}", "calibrate this one: neuromcu calibrate --board " + board);
    }

    /// <summary>The devices that a board was calibrated on.</summary>
    /// <param name="board">Name of the profile.</param>
    /// <returns>Their ids, in order.</returns>
    public IReadOnlyList<string> DevicesOf(string board)
    {
        string start = Plain(board) + "-";
        return !Directory.Exists(_folder) ? [] :
        [
            .. Directory.EnumerateFiles(_folder, start + "*.json")
                .Select(p => Path.GetFileNameWithoutExtension(p)[start.Length..])
                .Where(d => d.All(char.IsAsciiHexDigit))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="CalibrationException">The file is damaged, or of another version.</exception>
    public static BoardCalibration Read(string path)
    {
        try
        {
            InputFile.Check(path);
            using FileStream file = File.OpenRead(path);
            BoardCalibration read = JsonSerializer.Deserialize<BoardCalibration>(file, s_json) ?? throw new JsonException("it is empty");
            if (read.Version != BoardCalibration.CurrentVersion)
            {
                throw Damaged(path, $"it is of version {read.Version}, this program reads version {BoardCalibration.CurrentVersion}", null);
            }

            string? flaw = Flaw(read);
            return flaw is null ? read : throw Damaged(path, flaw, null);
        }
        catch (JsonException problem)
        {
            throw Damaged(path, problem.Message, problem);
        }
    }

    // What a hand that edited the file could break so that a drive would be set wrongly.
    private static string? Flaw(BoardCalibration calibration)
    {
        foreach (ChannelCalibration channel in calibration.Channels)
        {
            if (channel.Table is not { } table)
            {
                if (channel.Verdict.IsGood)
                {
                    return $"channel {channel.Name} is good and has no table";
                }

                continue;
            }

            bool rises = table.Currents.Count == table.Codes.Count && table.Codes.Count >= 2 && table.Codes[0] >= 0
                && table.Currents.Zip(table.Currents.Skip(1), (a, b) => b > a).All(r => r)
                && table.Codes.Zip(table.Codes.Skip(1), (a, b) => b > a).All(r => r);
            if (!rises)
            {
                return $"the table of channel {channel.Name} does not rise";
            }
        }

        return null;
    }

    private static CalibrationException Damaged(string path, string why, Exception? inner) =>
        new(CalibrationErrorKind.Damaged, $"the calibration {path} cannot be used", why, "calibrate again: neuromcu calibrate", inner);

    // A profile may be named by a path; of a name only letters, digits and hyphens go into a file name.
    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
}
