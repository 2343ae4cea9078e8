// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Files.Tables;

/// <summary>A column that a reader looks for. Headers name it in any case, with its unit as in <c>time_ms</c>, <c>Time (ms)</c> or
/// <c>time [ms]</c>.</summary>
/// <param name="Name">Its name without unit.</param>
/// <param name="Dimension">What it measures; <see cref="Dimension.None" /> for a pure number, an index or a text.</param>
public sealed record CsvColumn(string Name, Dimension Dimension = Dimension.None)
{
    /// <summary>Other names of the same column.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>Unit of a column that names none; null when it has to name one.</summary>
    public string? BareUnit { get; init; }

    /// <summary>Whether the table is of no use without it.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether its cells are text.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether its cells are numbers of neurons.</summary>
    public bool IsIndex { get; init; }

    /// <summary>Whether the header has to name a unit.</summary>
    public bool NeedsUnit => Dimension != Dimension.None && BareUnit == null;

    /// <summary>How the header is best written: <c>time_s</c>, or <c>pre</c> where there is nothing to measure.</summary>
    public string Example => NeedsUnit ? Name + "_" + (UsualUnit ?? Unit.SymbolsOf(Dimension)[0]) : Name;

    /// <summary>Unit that messages recommend; null for the first of its dimension.</summary>
    public string? UsualUnit { get; init; }

    /// <summary>Every way to write the column with a unit.</summary>
    public IEnumerable<string> Spellings =>
        Dimension == Dimension.None ? [Name] : Unit.SymbolsOf(Dimension).Where(u => u.All(char.IsAscii)).Select(u => Name + "_" + u);

    /// <summary>Whether a name without its unit means this column.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for one of its names, in any case.</returns>
    public bool IsNamed(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || OtherNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
