// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the tables of rival explanations of a read-out of direction: one row per table.</summary>
internal static class RivalReader
{
    private const int Patterns = 1 << DirectionLayout.Questions;
    private const double LeastOdds = -2;
    private const double MostOdds = 1.98;

    /// <summary>Reads the file.</summary>
    /// <returns>The rivals, or null after a report.</returns>
    public static IReadOnlyList<IReadOnlyList<RivalTable>>? Read(ReadContext context, Field field, int bands)
    {
        return TableFile.Read(context, field, RivalColumns.All.Select(name => new CsvColumn(name)).ToArray(),
            table => Rivals(context, field, table, bands));
    }

    private static List<List<RivalTable>> Rivals(ReadContext context, Field field, CsvSheet table, int bands)
    {
        List<List<RivalTable>> rivals = [];
        for (int row = 0; row < table.Count; row++)
        {
            int rival = Whole(table, row, 0, 1, DirectionLayout.MaxRivals);
            if (rival == rivals.Count + 1)
            {
                rivals.Add([]);
            }

            if (rival != rivals.Count)
            {
                table.Fault(row, 0, "expected the number of the rival: 1 in the first row, then the same as in the row above or one more");
                continue;
            }

            rivals[^1].Add(new RivalTable(Questions(table, row, bands), Odds(table, row)));
        }

        if (table.Count == 0 || rivals.Exists(r => r.Count > DirectionLayout.MaxTables))
        {
            context.Error(
                field,
                "names a table with " + (table.Count == 0 ? "no rows" : "too many rows of one rival"),
                string.Create(CultureInfo.InvariantCulture,
                    $"write 1 to {DirectionLayout.MaxTables} rows for each rival, or leave the field out"));
        }

        return rivals;
    }

    private static (int Cue, int From)[] Questions(CsvSheet table, int row, int bands)
    {
        return Enumerable.Range(0, DirectionLayout.Questions)
            .Select(i => (Whole(table, row, 1 + (2 * i), 0, (bands * DirectionLayout.BandCues) + DirectionLayout.SoundCues - 1),
                Whole(table, row, 2 + (2 * i), short.MinValue, short.MaxValue)))
            .ToArray();
    }

    private static double[] Odds(CsvSheet table, int row)
    {
        double[] odds = new double[Patterns];
        for (int i = 0; i < odds.Length; i++)
        {
            int column = 1 + (2 * DirectionLayout.Questions) + i;
            odds[i] = table.Number(row, column) ?? 0;
            if (odds[i] is < LeastOdds or > MostOdds)
            {
                table.Fault(row, column, string.Create(CultureInfo.InvariantCulture, $"expected {LeastOdds} to {MostOdds}"));
            }
        }

        return odds;
    }

    private static int Whole(CsvSheet table, int row, int column, int least, int most)
    {
        double value = table.Number(row, column) ?? least;
        if (value != Math.Floor(value) || value < least || value > most)
        {
            table.Fault(row, column, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from {least} to {most}"));
            return least;
        }

        return (int)value;
    }
}
