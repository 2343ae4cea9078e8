// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Files.Tables;

/// <summary>A cell of the header, split into name and unit.</summary>
/// <param name="Unit">What is written as its unit; null for none.</param>
internal sealed record CsvHeading(string Name, string? Unit)
{
    private static readonly char[] s_joints = ['_', ' ', '/', '-'];

    /// <summary>Splits a cell.</summary>
    /// <param name="wanted">The columns that are looked for: a text with a joint is split only where it makes one of them.</param>
    /// <returns>Name and unit.</returns>
    public static CsvHeading Of(string cell, IReadOnlyList<CsvColumn> wanted)
    {
        string text = cell.Trim();
        int open = text.IndexOfAny(['(', '[']);
        if (open > 0 && text[^1] is ')' or ']')
        {
            return new CsvHeading(text[..open].TrimEnd(' ', '_', '/'), text[(open + 1)..^1].Trim());
        }

        int joint = text.LastIndexOfAny(s_joints);
        if (joint > 0 && !wanted.Any(c => c.IsNamed(text)) && wanted.Any(c => c.IsNamed(text[..joint].Trim())))
        {
            return new CsvHeading(text[..joint].Trim(), text[(joint + 1)..].Trim());
        }

        return new CsvHeading(text, null);
    }

    /// <summary>Looks a unit up, as it is written or in another case where that is clear.</summary>
    /// <returns>The unit; null when there is none of that dimension.</returns>
    public static Unit? UnitOf(string symbol, Dimension dimension)
    {
        if (Units.Unit.Find(symbol) is { } exact)
        {
            return exact.Dimension == dimension ? exact : null;
        }

        Unit[] close = [.. Units.Unit.All.Where(u => u.Dimension == dimension
            && string.Equals(u.Symbol, symbol, StringComparison.OrdinalIgnoreCase))];
        return close.Length > 0 && close.All(u => u.Scale.Equals(close[0].Scale)) ? close[0] : null;
    }
}
