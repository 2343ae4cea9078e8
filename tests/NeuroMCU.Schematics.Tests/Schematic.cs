// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Schematics.Tests;

/// <summary>The pins of a board's sheet, from the table of its README; <c>schematics/check</c> proves that table equal to the
/// sheet.</summary>
internal sealed partial class Schematic
{
    private static readonly string[] s_dacPins = ["4", "5", "6", "7", "10", "11", "12", "13"];
    private readonly List<(string Pin, string Net, string Leads)> _rows = [];
    private readonly string _file;

    private Schematic(string file)
    {
        _file = file;
        foreach (Match match in Row().Matches(File.ReadAllText(Path.Combine(Root, file))))
        {
            _rows.Add((match.Groups["pin"].Value, match.Groups["net"].Value, match.Groups["leads"].Value));
        }
    }

    /// <summary>Gets the repository's root.</summary>
    public static string Root { get; } =
        typeof(Schematic).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => string.Equals(a.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    /// <summary>The names of files in the folder of the schematics, without their ends and in order.</summary>
    /// <param name="folder">The folder within it; empty for all of it.</param>
    /// <param name="pattern">The files.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Names(string folder, string pattern)
    {
        return Directory.EnumerateFiles(Path.Combine(Root, "schematics", folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);
    }

    /// <summary>Gets the pins of the table with their nets.</summary>
    public IEnumerable<(string Pin, string Net)> Pins => _rows.Select(r => (r.Pin, r.Net));

    public static Schematic Of(string board)
    {
        return new Schematic("schematics/" + board + "/README.md");
    }

    /// <summary>Compares a profile with the sheet.</summary>
    /// <param name="board">The profile.</param>
    /// <returns>What does not match, with the change to make; empty when everything does.</returns>
    public IReadOnlyList<string> Differences(BoardDescription board)
    {
        List<string> found = [];
        foreach (BoardNet net in board.Nets)
        {
            string part = Part(board, net);
            string[] sheet = _rows.Where(r => string.Equals(r.Net, net.Name, StringComparison.Ordinal))
                .Select(r => Leads(r, net.Device != null)).Where(p => p.Length > 0).ToArray();
            if (sheet.Contains(part, StringComparer.Ordinal))
            {
                continue;
            }

            found.Add(sheet.Length == 0
                ? board.File + ": the sheet has no net " + net.Name + " at " + (net.Device == null ? "the ESP32" : "a converter")
                + "; name one of the nets in " + _file
                : board.File + ": net " + net.Name + " is " + string.Join(" and ", sheet) + " on the sheet, the profile says " + part
                    + "; write the sheet's pin into the profile, or change the sheet and the table of " + _file);
        }

        return found;
    }

    private static string Part(BoardDescription board, BoardNet net)
    {
        if (net.Device == null)
        {
            return "GPIO" + net.Pin.ToString(CultureInfo.InvariantCulture);
        }

        BoardSpi chip = board.Profile.Spi.Single(c => string.Equals(c.Name, net.Device, StringComparison.Ordinal));
        return chip.Chip == ChipKind.Ad5328 ? "AD5328 pin " + s_dacPins[net.Pin]
            : "MCP3208 pin " + (net.Pin + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Leads((string Pin, string Net, string Leads) row, bool chip)
    {
        if (!chip)
        {
            return Gpio().Match(row.Leads).Value;
        }

        return row.Pin[0] == 'U' ? row.Leads + " pin " + row.Pin[(row.Pin.IndexOf('.', StringComparison.Ordinal) + 1)..] : "";
    }

    [GeneratedRegex(@"^\| (?<pin>[JU][0-9]+\.[0-9]+) \| (?<net>\S+) \| (?<leads>.+?) \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("^GPIO[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gpio();
}
