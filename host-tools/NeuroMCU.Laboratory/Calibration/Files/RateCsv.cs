// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Files;

/// <summary>
/// Reads a measured f(I) from a table: <c>current_uA,rate_Hz</c> and, if it was measured, <c>height_V</c>, as instruments and
/// spreadsheets write it. Lines above the header and columns that are not needed are left alone.
/// </summary>
public static class RateCsv
{
    private const int Current = 0;
    private const int Rate = 1;
    private const int Height = 2;

    // Offsets and noise of a meter make small negative values of zeros; they count as zero.
    private const double NoiseShare = 0.005;

    // A thyristor neuron works with microamperes; an ampere through it is a column in another unit.
    private const double MostMicroamperes = 1e5;

    private static readonly CsvColumn[] s_columns =
    [
        new("current", Dimension.Current) { OtherNames = ["I", "drive"], UsualUnit = "uA" },
        new("rate", Dimension.Frequency) { OtherNames = ["frequency", "f", "firing rate"] },
        new("height", Dimension.Voltage) { OtherNames = ["spike height"], Required = false },
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its points, in order of ascending current.</returns>
    /// <exception cref="CalibrationException">A line cannot be used.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RateTable Read(string path) => Points(() => CsvSheet.Read(path, s_columns), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">Name of the file for messages.</param>
    /// <returns>The points, in order of ascending current.</returns>
    /// <exception cref="CalibrationException">A line cannot be used.</exception>
    public static RateTable Parse(byte[] bytes, string path) => Points(() => CsvSheet.Parse(bytes, path, s_columns), path);

    private static RateTable Points(Func<CsvSheet> open, string path)
    {
        try
        {
            CsvSheet sheet = open();
            RatePoint[] points = PointsOf(sheet, out int noise);
            return points.Length == 0
                ? throw new CalibrationException(
                    CalibrationErrorKind.Data, $"{path}: holds no points", null,
                    "write a header line current_uA,rate_Hz[,height_V] and a line per point")
                : new RateTable([.. points.OrderBy(p => p.Current)], sheet.Dialect.ToString(), sheet.HeaderLine, sheet.Unused, noise);
        }
        catch (CsvException problem)
        {
            string text = string.Join('\n',
                problem.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{path}, line {f.Line}: {f.Message}")));
            throw new CalibrationException(CalibrationErrorKind.Data, text, null, problem.Faults[0].Hint);
        }
    }

    private static RatePoint[] PointsOf(CsvSheet sheet, out int noise)
    {
        int count = sheet.Count;
        double?[] currents = [.. Enumerable.Range(0, count).Select(row => sheet.Number(row, Current))];
        double?[] rates = [.. Enumerable.Range(0, count).Select(row => sheet.Number(row, Rate))];
        double?[] heights = [.. Enumerable.Range(0, count).Select(row => sheet.Has(Height) && sheet.Text(row, Height).Length > 0
            ? sheet.Number(row, Height) : null)];
        CheckCurrents(sheet, currents);
        noise = Settle(sheet, Current, currents) + Settle(sheet, Rate, rates) + Settle(sheet, Height, heights);
        sheet.Check();
        return [.. Enumerable.Range(0, count)
            .Select(row => new RatePoint(currents[row]!.Value * 1e-6, rates[row]!.Value, heights[row] * 1e-3 ?? double.NaN))];
    }

    private static void CheckCurrents(CsvSheet sheet, double?[] currents)
    {
        if (currents.All(c => c is null or <= 0) && currents.Any(c => c < 0))
        {
            int row = Array.FindIndex(currents, c => c < 0);
            sheet.Fault(row, Current, "and so are all others: the instrument counts currents out of it as negative",
                "write the currents without their sign");
            return;
        }

        for (int row = 0; row < currents.Length; row++)
        {
            if (currents[row] > MostMicroamperes)
            {
                sheet.Fault(
                    row,
                    Current,
                    string.Create(CultureInfo.InvariantCulture,
                        $"that is {currents[row] / 1e6:0.###} A, which no thyristor neuron survives"),
                    "correct the unit in the header, such as current_uA");
            }
        }
    }

    // Returns how many small negative values became 0.
    private static int Settle(CsvSheet sheet, int column, double?[] values)
    {
        double largest = values.Max() ?? 0;
        int settled = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row] is not < 0)
            {
                continue;
            }

            if (largest > 0 && -values[row] <= NoiseShare * largest)
            {
                values[row] = 0;
                settled++;
            }
            else if (column != Current || largest > 0)
            {
                sheet.Fault(row, column, "expected a number of at least 0 (noise up to 0.5 % of the largest value counts as 0)");
            }
        }

        return settled;
    }
}
