// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the read-outs.</summary>
internal static class ReadoutReader
{
    private const double Largest = 20000000;
    private const int MostWindow = 60000000;

    /// <summary>Reads the section.</summary>
    /// <param name="field">The section, or null.</param>
    /// <returns>The read-outs that could be read.</returns>
    public static List<Readout> Read(ReadContext context, Field? field, PopulationSet populations)
    {
        List<Readout> readouts = [];
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map of read-outs");
        foreach ((string name, Field key, Field value) in map?.Entries() ?? [])
        {
            Names.Check(context, key, name);
            Readout? readout = One(context, name, value, populations);
            if (readout != null)
            {
                readouts.Add(readout);
            }
        }

        return readouts;
    }

    private static Readout? One(ReadContext context, string name, Field field, PopulationSet populations)
    {
        MapReader? map = MapReader.Open(context, field, "a read-out");
        if (map == null)
        {
            return null;
        }

        int errors = context.ErrorCount;
        Field? bandsField = map.Take("populations");
        Field? populationField = bandsField == null ? map.Require("population", "map") : null;
        Field? valuesField = bandsField == null ? map.Require("values", "{from: -90 deg, to: 90 deg}") : null;
        Field? widthField = map.Take("half_width");
        Field? windowField = map.Take("window");
        Field? spikesField = map.Take("min_spikes");
        string unit = string.Empty;
        DirectionReading? direction = null;
        if (bandsField != null)
        {
            map.Refuse("a direction counts over a sound, and its map says what places stand for", "population", "values", "window");
            direction = DirectionReader.Read(context, map, bandsField, populations, ref unit);
        }

        map.Finish();
        Population? population = direction == null ? populations.Find(context, populationField) : direction.Populations[0];
        int width = (int)((widthField == null ? null : Scalars.Integer(context, widthField, 0, 4095)) ?? 1);
        int window = (windowField == null ? null : Scalars.Microseconds(context, windowField, 0, MostWindow)) ?? 0;
        int spikes = (int)((spikesField == null ? null : Scalars.Integer(context, spikesField, 1, 1000000)) ?? 1);
        if (population == null)
        {
            return null;
        }

        double[]? values = valuesField == null ? [] : Values(context, valuesField, population.Size, ref unit);
        if (values == null || context.ErrorCount != errors)
        {
            return null;
        }

        return new Readout
        {
            Name = name,
            Population = population,
            Values = values,
            Unit = unit,
            HalfWidth = width,
            Window = window,
            MinSpikes = spikes,
            Direction = direction,
            Location = context.LocationOf(field),
        };
    }

    private static double[]? Values(ReadContext context, Field field, int size, ref string unit)
    {
        if (field.Items != null)
        {
            if (field.Items.Children.Count != size)
            {
                context.Error(
                    field,
                    string.Create(CultureInfo.InvariantCulture, $"has {field.Items.Children.Count} values for {size} neurons"),
                    "write one value per neuron, or `{from: first, to: last}`");
                return null;
            }

            double[] values = new double[size];
            for (int i = 0; i < size; i++)
            {
                values[i] = Value(context, field.Item(i), ref unit) ?? 0;
            }

            return values;
        }

        MapReader? map = MapReader.Open(context, field, "a list of values or `{from: -90 deg, to: 90 deg}`");
        Field? fromField = map?.Require("from", "-90 deg");
        Field? toField = map?.Require("to", "90 deg");
        map?.Finish();
        double? from = fromField == null ? null : Value(context, fromField, ref unit);
        double? to = toField == null ? null : Value(context, toField, ref unit);
        return from is { } a && to is { } b
            ? Enumerable.Range(0, size).Select(i => size == 1 ? a : a + ((b - a) * i / (size - 1))).ToArray()
            : null;
    }

    /// <summary>Reads a value in the unit of the read-out; the first value decides the unit.</summary>
    /// <param name="unit">Symbol of the unit, <c>1</c> for pure numbers; empty until the first value.</param>
    /// <returns>The number as written, or null after a report.</returns>
    public static double? Value(ReadContext context, Field field, ref string unit)
    {
        Quantity? quantity = Scalars.Any(context, field, "30 deg");
        if (quantity == null)
        {
            return null;
        }

        string symbol = quantity.Value.Unit?.Symbol ?? "1";
        if (unit.Length == 0)
        {
            unit = symbol;
        }

        if (!string.Equals(unit, symbol, StringComparison.Ordinal))
        {
            string wanted = string.Equals(unit, "1", StringComparison.Ordinal) ? "a pure number" : "a value in " + unit;
            context.Error(field, "is " + field.Describe() + ", expected " + wanted, "use one unit for the whole read-out");
            return null;
        }

        if (Math.Abs(quantity.Value.Number) > Largest)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a value from -20000000 to 20000000");
            return null;
        }

        return quantity.Value.Number;
    }
}
