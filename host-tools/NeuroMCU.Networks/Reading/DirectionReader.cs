// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads a read-out of direction over several populations with a common axis.</summary>
internal static class DirectionReader
{
    private const int MostPlaces = 255;
    private const double MostStep = 4000;
    private const double MostDecibels = 200;

    /// <summary>Reads the fields that a population vector does not have.</summary>
    /// <param name="unit">Receives the unit of the values.</param>
    /// <returns>What was read, or null after a report.</returns>
    public static DirectionReading? Read(ReadContext context, MapReader map, Field populationsField, PopulationSet populations,
        ref string unit)
    {
        int errors = context.ErrorCount;
        Field? stepField = map.Require("step", "54 us");
        Field? levelsField = map.Require("levels", "levels.csv");
        Field? mapField = map.Require("map", "azimuth.csv");
        List<Population> bands = List(context, populationsField, populations);
        Field? roughField = map.Take("rough");
        Field? rivalsField = map.Take("rivals");
        List<Population> rough = roughField == null ? [] : List(context, roughField, populations);
        double step = (stepField == null ? null : Scalars.Value(context, stepField, Dimension.Time)) ?? 1;
        if (step is < 1 or > MostStep)
        {
            context.Error(stepField!, "is " + stepField!.Describe() + ", out of range", "write a time from 1 us to 4 ms");
        }

        double roughWeight = Part(context, map, "rough_weight", 0.1, 4, 1.5);
        double tolerance = Part(context, map, "level_tolerance_db", 0.5, MostDecibels, 10);
        double agreement = Part(context, map, "least_agreement", 0, 1, 0.05);
        double weak = Part(context, map, "weak_below", 0.001, 1, 0.0625);
        double level = Part(context, map, "least_level", 0, 1, 0.125);
        double confidence = Part(context, map, "min_confidence", 0, 1, 0.1);
        int places = (int)Part(context, map, "places", 1, MostPlaces, bands.Count == 0 ? 1 : bands.Max(p => p.Size));
        if (context.ErrorCount > errors || stepField == null || levelsField == null || mapField == null)
        {
            return null;
        }

        if (places % 2 == 0 || places > MostPlaces || bands.Exists(p => p.Size != places && (2 * p.Size) - 1 != places))
        {
            context.Error(
                populationsField,
                string.Create(CultureInfo.InvariantCulture, $"have {string.Join(", ", bands.Select(p => p.Size))} neurons"),
                "give each an odd number of places, up to 255, or a neuron on every second one: 29 and 15 fit together; where all have one on every second, write `places: 29`");
            return null;
        }

        double[][]? levels = Levels(context, levelsField, bands, places);
        (double, double)[]? points = Points(context, mapField, ref unit);
        IReadOnlyList<IReadOnlyList<RivalTable>>? rivals = rivalsField == null ? [] : RivalReader.Read(context, rivalsField, bands.Count);
        return levels == null || points == null || rivals == null
            ? null
            : new DirectionReading
            {
                Populations = bands,
                Rough = rough,
                RoughWeight = roughWeight,
                Places = places,
                Step = step,
                Levels = levels,
                LevelTolerance = tolerance,
                LeastAgreement = agreement,
                WeakBelow = weak,
                LeastLevel = level,
                MinConfidence = confidence,
                Map = points,
                Rivals = rivals,
            };
    }

    private static double Part(ReadContext context, MapReader map, string name, double least, double most, double standard)
    {
        Field? field = map.Take(name);
        return (field == null ? null : Scalars.Number(context, field, least, most)) ?? standard;
    }

    private static List<Population> List(ReadContext context, Field field, PopulationSet populations)
    {
        List<Population> found = [];
        foreach (Field item in Lists.Items(context, field, "populations", "[low, middle, high]"))
        {
            if (populations.Find(context, item) is { } population)
            {
                found.Add(population);
            }
        }

        if (found.Count == 0)
        {
            context.Error(field, "names no population", "list one population per band");
        }

        return found;
    }

    private static double[][]? Levels(ReadContext context, Field field, List<Population> bands, int places)
    {
        CsvColumn[] columns = [new("place"), .. bands.Select(b => new CsvColumn(b.Name))];
        return TableFile.Read(context, field, columns, table =>
        {
            if (table.Count != places)
            {
                context.Error(
                    field,
                    string.Create(CultureInfo.InvariantCulture, $"holds {table.Count} rows for {places} places"),
                    "write one row per place, from left to right");
            }

            double[][] levels = bands.Select((_, band) => Enumerable.Range(0, table.Count).Select(row => table.Number(row, band + 1) ?? 0)
                .ToArray()).ToArray();
            for (int band = 0; band < bands.Count; band++)
            {
                for (int row = 0; row < table.Count; row++)
                {
                    if (Math.Abs(levels[band][row]) > MostDecibels)
                    {
                        table.Fault(row, band + 1, "expected a level difference from -200 to 200 dB");
                    }
                }
            }

            return levels;
        });
    }

    private static (double, double)[]? Points(ReadContext context, Field field, ref string unit)
    {
        CsvColumn position = new("position", Dimension.Time) { UsualUnit = "us" };
        string[]? others = TableFile.Read(context, field, [position], table => table.Unused.ToArray(), warn: false);
        if (others == null)
        {
            return null;
        }

        // The header names what the axis reads, with its unit: position_us,azimuth_deg.
        int joint = others.Length == 1 ? others[0].LastIndexOf('_') : -1;
        if (joint < 1 || Unit.Find(others[0][(joint + 1)..]) is not { } read)
        {
            context.Error(field, "names a table without the columns `position_us` and a value with its unit",
                "write the header `position_us,azimuth_deg`");
            return null;
        }

        unit = read.Symbol;
        CsvColumn value = new(others[0][..joint], read.Dimension);
        return TableFile.Read(context, field, [position, value], table => Points(context, field, table, read.Scale));
    }

    private static (double Position, double Value)[] Points(ReadContext context, Field field, CsvSheet table, double scale)
    {
        if (table.Count is < 2 or > MostPlaces)
        {
            context.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"names a table with {table.Count} rows"),
                string.Create(CultureInfo.InvariantCulture, $"write 2 to {MostPlaces} rows, from left to right"));
        }

        (double Position, double Value)[] points =
            Enumerable.Range(0, table.Count).Select(row => (table.Number(row, 0) ?? 0, (table.Number(row, 1) ?? 0) / scale)).ToArray();
        for (int row = 1; row < points.Length; row++)
        {
            // The device keeps positions in sixteenths of a microsecond.
            if (points[row].Position - points[row - 1].Position < 1.0 / 8 || points[row].Value < points[row - 1].Value)
            {
                table.Fault(row, 0, "expected more than in the row above, and a value that does not fall");
            }
        }

        return points;
    }
}
