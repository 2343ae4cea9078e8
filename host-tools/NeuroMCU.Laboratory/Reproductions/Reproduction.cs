// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Runs rows.</summary>
public static class Reproduction
{
    /// <summary>Tells whether something was measured and everything that was passed. Columns left out and given numbers are
    /// neither.</summary>
    /// <param name="results">Results.</param>
    /// <returns>False when nothing was measured.</returns>
    public static bool Succeeded(IReadOnlyList<RowResult> results) => results.Any(r => r.Counts) && results.All(r => r.Pass || !r.Counts);

    /// <summary>Measures rows on columns.</summary>
    /// <param name="laboratory">Keeps what rows share.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns; a row is measured on those of them that apply to it.</param>
    /// <param name="begun">Receives each row as it begins.</param>
    /// <returns>One result per row and column, in order; those so far when the laboratory's work was cancelled.</returns>
    public static IReadOnlyList<RowResult> Run(CircuitLaboratory laboratory, IReadOnlyList<ReproductionRow> rows,
        IReadOnlyList<Column> columns, Action<ReproductionRow>? begun = null)
    {
        List<RowResult> results = [];
        try
        {
            Run(laboratory, rows, columns, begun, results);
        }
        catch (OperationCanceledException) when (laboratory.Cancellation.IsCancellationRequested)
        {
            // What was measured until then counts.
        }

        return results;
    }

    private static void Run(
        CircuitLaboratory laboratory, IReadOnlyList<ReproductionRow> rows, IReadOnlyList<Column> columns, Action<ReproductionRow>? begun,
        List<RowResult> results)
    {
        if (columns.Contains(Column.Spice))
        {
            foreach (IGrouping<string, ReproductionRow> set in rows.Where(r => r.Columns.Contains(Column.Spice))
                .GroupBy(r => r.SpiceSet, StringComparer.Ordinal))
            {
                laboratory.Spice.Prepare(set.Key, set.SelectMany(r => r.SpiceCurrents), laboratory.Cancellation);
            }
        }

        foreach (ReproductionRow row in rows)
        {
            begun?.Invoke(row);
            foreach (Column column in row.Columns.Where(columns.Contains))
            {
                laboratory.Cancellation.ThrowIfCancellationRequested();
                string? leftOut = column == Column.Spice ? laboratory.Spice.LeftOut : null;
                results.Add(new RowResult(row, column, leftOut is null ? row.Measure(laboratory, column) : double.NaN, leftOut));
            }
        }
    }
}
