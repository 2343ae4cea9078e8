// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>What was measured on a memory device: the voltage that was held from one line to the next, and the current at its
/// beginning.</summary>
public sealed record MemoryTrace
{
    private const int Fewest = 10;

    private static readonly CsvColumn[] s_columns =
    [
        new("time", Dimension.Time) { UsualUnit = "s" }, new("voltage", Dimension.Voltage) { UsualUnit = "V" },
        new("current", Dimension.Current) { UsualUnit = "A" },
    ];

    /// <summary>Gets the times in s, rising.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Gets the voltages in V.</summary>
    public required IReadOnlyList<double> Volts { get; init; }

    /// <summary>Gets the currents in A.</summary>
    public required IReadOnlyList<double> Amperes { get; init; }

    /// <summary>Reads a table with the columns time, voltage and current, each with its unit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="CsvException">A line cannot be used, time goes back, or there are fewer than ten lines.</exception>
    public static MemoryTrace Read(string path)
    {
        CsvSheet sheet = CsvSheet.Read(path, s_columns);
        double[][] columns = [.. s_columns.Select((column, c) => (double[])
            [.. Enumerable.Range(0, sheet.Count).Select(row => (sheet.Number(row, c) ?? 0) * DisplayUnit.BaseOf(column.Dimension))])];
        for (int row = 1; row < sheet.Count; row++)
        {
            if (columns[0][row] <= columns[0][row - 1])
            {
                sheet.Fault(row, 0, "a time later than that of the line before");
            }
        }

        if (sheet.Count is > 0 and < Fewest)
        {
            sheet.Fault(sheet.Count - 1, 0, "at least ten lines", "measure more of the device");
        }

        sheet.Check();
        return new MemoryTrace { Times = columns[0], Volts = columns[1], Amperes = columns[2] };
    }
}
