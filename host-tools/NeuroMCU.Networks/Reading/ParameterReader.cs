// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using MathNet.Numerics.Distributions;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads a value, a list with one value per item, or a seeded distribution.</summary>
internal static class ParameterReader
{
    /// <summary>Reads the field and draws what is to be drawn.</summary>
    /// <param name="items">Name of the items for messages, in the plural.</param>
    /// <returns>One value or <paramref name="count" /> values in the base unit; null after a report.</returns>
    public static double[]? Read(ReadContext context, Field field, Dimension dimension, int count, string items)
        => Read(context, field, f => Scalars.Value(context, f, dimension), count, items);

    /// <summary>The same of quantities that the caller reads one by one.</summary>
    /// <param name="value">Reads one; null after a report.</param>
    /// <param name="items">Name of the items for messages, in the plural.</param>
    /// <returns>One value or <paramref name="count" /> values as they were read; null after a report.</returns>
    public static double[]? Read(ReadContext context, Field field, Func<Field, double?> value, int count, string items)
    {
        if (field.Items != null)
        {
            return List(context, field, value, count, items);
        }

        if (field.Text == null)
        {
            return Distribution(context, field, value, count);
        }

        return value(field) is { } one ? [one] : null;
    }

    private static double[]? List(ReadContext context, Field field, Func<Field, double?> read, int count, string items)
    {
        int given = field.Items!.Children.Count;
        if (given != count)
        {
            context.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"has {given} values for {count} {items}"),
                string.Create(CultureInfo.InvariantCulture, $"write {count} values, or one for all"));
            return null;
        }

        double[] values = new double[count];
        bool complete = true;
        for (int i = 0; i < count; i++)
        {
            double? value = read(field.Item(i));
            values[i] = value ?? 0;
            complete &= value != null;
        }

        return complete ? values : null;
    }

    private static double[]? Distribution(ReadContext context, Field field, Func<Field, double?> value, int count)
    {
        MapReader? map = MapReader.Open(context, field, "a value, a list or a distribution");
        if (map == null)
        {
            return null;
        }

        Field? uniform = map.Take("uniform");
        Field? normal = map.Take("normal");
        Field? seedField = map.Take("seed");
        Field? leastField = map.Take("min");
        Field? mostField = map.Take("max");
        int errors = context.ErrorCount;
        map.Finish();
        if (uniform == null == (normal == null))
        {
            if (context.ErrorCount == errors)
            {
                context.Error(field, "is a map without a known distribution", "write `{uniform: [low, high]}` or `{normal: [mean, sd]}`");
            }

            return null;
        }

        double[]? two = Pair(context, (uniform ?? normal)!, value);
        long? seed = seedField == null ? null : Scalars.Integer(context, seedField, 0, uint.MaxValue);
        double least = leastField == null ? double.NegativeInfinity : value(leastField) ?? 0;
        double most = mostField == null ? double.PositiveInfinity : value(mostField) ?? 0;
        if (two == null || context.ErrorCount != errors || !Ordered(context, field, uniform != null, two, least, most))
        {
            return null;
        }

        Random random = RandomStreams.Create(seed ?? context.Seed, field.Path);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double drawn = uniform != null ? two[0] + ((two[1] - two[0]) * random.NextDouble()) : Normal.Sample(random, two[0], two[1]);
            values[i] = Math.Clamp(drawn, least, most);
        }

        return values;
    }

    private static bool Ordered(ReadContext context, Field field, bool uniform, double[] two, double least, double most)
    {
        if (uniform && two[0] > two[1])
        {
            context.Error(field, "runs from a higher to a lower value", "write `{uniform: [low, high]}`");
            return false;
        }

        if (!uniform && two[1] < 0)
        {
            context.Error(field, "has a negative standard deviation", "write `{normal: [mean, sd]}` with sd of 0 or more");
            return false;
        }

        if (least > most)
        {
            context.Error(field, "has a `min` above its `max`", "swap the two");
            return false;
        }

        return true;
    }

    private static double[]? Pair(ReadContext context, Field field, Func<Field, double?> value)
    {
        if (field.Items == null || field.Items.Children.Count != 2)
        {
            context.Error(field, "is " + field.Describe() + ", expected two values", "write `[first, second]`");
            return null;
        }

        double? first = value(field.Item(0));
        double? second = value(field.Item(1));
        return first is { } a && second is { } b ? [a, b] : null;
    }
}
