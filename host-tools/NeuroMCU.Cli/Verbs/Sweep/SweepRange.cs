// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Cli.Verbs.Sweep;

/// <summary>What a sweep goes through: <c>"30..100:5 uA"</c> or <c>"44.4, 60, 90 uA"</c>.</summary>
internal static class SweepRange
{
    private const int Most = 1000;

    /// <summary>Reads it.</summary>
    /// <returns>Values in the dimension's base unit, at least one, each above 0.</returns>
    public static double[] Read(string text, Dimension dimension, string what, string example)
    {
        int end = Array.FindLastIndex(text.ToCharArray(), char.IsAsciiDigit) + 1;
        if (Unit.Find(text[end..].Trim()) is not { } unit || unit.Dimension != dimension)
        {
            string units = string.Join(", ", Unit.SymbolsOf(dimension).Where(u => u.All(char.IsAscii)));
            throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "its unit is missing, or the wrong kind of unit",
                $"write a unit ({units}), such as {what} \"{example}\"");
        }

        // Commas part the values of a list, with a blank behind them: without it, 2,5 could be one number as well as two.
        for (int at = text.IndexOf(',', StringComparison.Ordinal); at >= 0; at = text.IndexOf(',', at + 1))
        {
            if (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                throw new CliException(
                    ExitCode.Usage,
                    $"{what} is '{text}'",
                    $"the comma may stand in a number or between two: '{text.Replace(',', '.')}' or "
                    + $"'{text.Replace(",", ", ", StringComparison.Ordinal)}'",
                    "write numbers with a decimal point, and a blank behind the commas of a list");
            }
        }

        string[] ends = text[..end].Split("..", 2);
        double[] values = ends.Length == 1 ? [.. text[..end].Split(',').Select(Number)] : Steps(Number(ends[0]), ends[1].Split(':', 2));
        return values.Length is > 0 and <= Most && values.All(v => double.IsFinite(v) && v > 0)
            ? Array.ConvertAll(values, v => v * unit.Scale)
            : throw new CliException(ExitCode.Usage, $"{what} is '{text}'",
                $"that is neither FIRST..LAST:STEP nor a list of at most {Most} numbers above 0", $"write it such as {what} \"{example}\"");
    }

    private static double[] Steps(double first, string[] rest)
    {
        double count = rest.Length < 2 ? double.NaN : Math.Floor(((Number(rest[0]) - first) / Number(rest[1])) + 1e-9) + 1;
        return count is >= 1 and <= Most ? [.. Enumerable.Range(0, (int)count).Select(k => first + (k * Number(rest[1])))] : [];
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value : double.NaN;
}
