// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>The paper table: one page with all rows, their verdicts and figures.</summary>
public static class ReproductionReport
{
    /// <summary>Name of a column for people.</summary>
    /// <param name="column">The column.</param>
    /// <returns>Its name, also in JSON.</returns>
    public static string Name(Column column) => column switch
    {
        Column.Engine => "engine",
        Column.Reference => "reference",
        Column.Board => "board",
        _ => "spice",
    };

    /// <summary>Words for the origin of a number.</summary>
    /// <param name="provenance">The origin.</param>
    /// <returns>Such as <c>read off a figure</c>.</returns>
    public static string Name(Provenance provenance) => provenance switch
    {
        Provenance.Printed => "printed",
        Provenance.ReadOffFigure => "read off a figure",
        Provenance.Computed => "computed",
        _ => "recalled",
    };

    /// <summary>A value in four digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its text; a dash for NaN.</returns>
    public static string Figure(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The word for a result.</summary>
    /// <param name="result">A result.</param>
    /// <returns><c>pass</c>, <c>FAIL</c>, <c>FAIL (known)</c>, <c>given</c> or <c>left out</c>.</returns>
    public static string Verdict(RowResult result) => result switch
    {
        { LeftOut: not null } => "left out",
        { Row.Given: not null } => "given",
        { Pass: true } => "pass",
        _ => result.Row.KnownFailing.Contains(result.Column) ? "FAIL (known)" : "FAIL",
    };

    /// <summary>What there is to say about a result: why it was left out, why it proves nothing, or why it fails as it is known
    /// to.</summary>
    /// <param name="result">A result.</param>
    /// <returns>The reason without the row's name; null when there is none.</returns>
    public static string? Reason(RowResult result)
    {
        if (result.LeftOut is not null)
        {
            return result.LeftOut;
        }

        return result.Row.Given ?? (!result.Pass && result.Row.KnownFailing.Contains(result.Column) ? result.Row.KnownReason : null);
    }

    /// <summary>Makes the page.</summary>
    /// <param name="laboratory">What the rows were measured in; the figures are drawn from it.</param>
    /// <param name="results">Results of the rows.</param>
    /// <param name="madeWith">What the last line says.</param>
    /// <param name="missing">What is missing since it was broken off; null when it is whole.</param>
    /// <returns>The page.</returns>
    public static HtmlReport Make(CircuitLaboratory laboratory, IReadOnlyList<RowResult> results, string madeWith, string? missing = null)
    {
        int run = results.Count(r => r.Counts);
        int passed = results.Count(r => r.Pass);
        HtmlReport report = new HtmlReport("Published numbers, reproduced",
            "expected is the published value; a row is measured on each engine where it applies")
        { MadeWith = madeWith };
        report.Incomplete(missing);
        report.Figure("of " + run.ToString(CultureInfo.InvariantCulture) + " measurements pass",
            passed.ToString(CultureInfo.InvariantCulture), passed == run && run > 0 ? FigureTone.Good
            : results.Any(r => Verdict(r) == "FAIL") || run == 0 ? FigureTone.Bad : FigureTone.Warning);
        report.Figure("fail for a known reason, named at their table", results.Count(r => Verdict(r) == "FAIL (known)")
            .ToString(CultureInfo.InvariantCulture));
        report.Figure("given: numbers of the sources that went into the program, no proof", results.Count(r => Verdict(r) == "given")
            .ToString(CultureInfo.InvariantCulture));
        report.Figure("left out", results.Count(r => r.LeftOut is not null).ToString(CultureInfo.InvariantCulture));
        Column[] columns = results.Select(r => r.Column).Distinct().Order().ToArray();
        foreach (IGrouping<string, RowResult> system in results.GroupBy(r => r.Row.System, StringComparer.Ordinal))
        {
            report.Add(new TableSection(system.Key, ["row", "quantity", "#published", "unit", .. columns.Select(c => "#" + Name(c)),
                "source"], Rows(system, columns))
            {
                Note = Notes(system),
                Tones = [.. system.GroupBy(r => r.Row).Select(Tone)],
            });
            foreach (RowFigure figure in system.Select(r => r.Row.Figure).OfType<RowFigure>().DistinctBy(f => f.Name))
            {
                if (figure.TryDraw(laboratory) is { } drawn)
                {
                    report.Add(new SvgSection(figure.Title, drawn));
                }
            }
        }

        report.Add(new TableSection("Sources", ["key", "source"], Sources.Keys.Select(k => (string[])[k.Key, k.Source]).ToArray()));

        return report;
    }

    private static string[][] Rows(IEnumerable<RowResult> results, Column[] columns) => results.GroupBy(r => r.Row).Select(row => (string[])
    [
        row.Key.Name,
        row.Key.Quantity,
        Unbroken(Figure(row.Key.Expected) + (row.Key.Tolerance > 0 ? " ± " + Figure(row.Key.Tolerance) : string.Empty)),
        row.Key.Unit,
        .. columns.Select(c => row.FirstOrDefault(r => r.Column == c) is { } result ? Cell(result) : string.Empty),
        Sources.Short(row.Key.Source) + " (" + Name(row.Key.Provenance) + ")",
    ]).ToArray();

    // The worst result colours the row.
    private static FigureTone Tone(IEnumerable<RowResult> results)
    {
        string[] verdicts = [.. results.Select(Verdict)];
        return verdicts.Contains("FAIL") ? FigureTone.Bad : verdicts.Contains("FAIL (known)") ? FigureTone.Warning : FigureTone.Neutral;
    }

    private static string Cell(RowResult result) => Verdict(result) switch
    {
        "left out" => "left out",
        "given" => Unbroken(Figure(result.Obtained) + " given"),
        "pass" => Unbroken(Figure(result.Obtained) + " ✓"),
        "FAIL (known)" => Unbroken(Figure(result.Obtained) + " ✗ known"),
        _ => Unbroken(Figure(result.Obtained) + " ✗"),
    };

    // A number stays on the line of its tolerance or verdict.
    private static string Unbroken(string text) => text.Replace(' ', '\u00a0');

    // Each reason or remark once, after the names of its rows.
    private static string? Notes(IEnumerable<RowResult> results)
    {
        string[] notes = results
            .SelectMany(r => (IEnumerable<(string Row, string? Note)>)[(r.Row.Name, Reason(r)), (r.Row.Name, r.Row.Remark)])
            .Where(n => n.Note is not null)
            .GroupBy(n => n.Note!, StringComparer.Ordinal)
            .Select(n => string.Join(", ", n.Select(r => r.Row).Distinct(StringComparer.Ordinal)) + ": " + n.Key + ".")
            .ToArray();
        return notes.Length == 0 ? null : string.Join(' ', notes);
    }
}
