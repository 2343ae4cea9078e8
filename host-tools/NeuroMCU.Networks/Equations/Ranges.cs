// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Ranges of values from the declared ranges of states and inputs and the values of parameters.</summary>
internal static class Ranges
{
    private const int Samples = 512;

    /// <summary>Range of a name.</summary>
    /// <returns>The range.</returns>
    public static Interval OfName(ModelNeurons neurons, string name)
    {
        ModelText model = neurons.Model;
        if (model.States.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal)) is { } state)
        {
            return neurons.Range(state.Least, state.Most);
        }

        if (model.Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.Ordinal)) is { } input)
        {
            return neurons.Range(input.Least, input.Most);
        }

        if (ModelText.IsHidden(name))
        {
            return string.Equals(name, ModelText.Time, StringComparison.Ordinal) ? new Interval(0, neurons.Duration)
                : new Interval(-NoiseSource.Most * neurons.NoiseUnit, NoiseSource.Most * neurons.NoiseUnit);
        }

        double[] values = neurons.Values(name);
        return new Interval(values.Min(), values.Max());
    }

    /// <summary>Range of an expression.</summary>
    /// <returns>A range that holds all its values.</returns>
    public static Interval Of(ModelNeurons neurons, Expr e) => Of(e, n => OfName(neurons, n));

    /// <summary>Range of an expression.</summary>
    /// <returns>A range that holds all its values.</returns>
    public static Interval Of(Expr e, Func<string, Interval> of)
    {
        switch (e.Op)
        {
            case Op.Number:
                return new Interval(e.Value, e.Value);
            case Op.Name:
                return of(e.Name);
            case Op.Lookup:
                return e.Table!.Over(Of(e.Args[0], of));
        }

        // Interval arithmetic takes v·v for the product of two variables; samples do not, where there is one.
        HashSet<string> names = e.Names();
        Interval wide = Interval.Of(e.Op, [.. e.Args.Select(a => Of(a, of))]);
        if (names.Count != 1)
        {
            return wide;
        }

        Interval range = of(names.First());
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        Func<double, double> curve = Curve.Of(e);
        for (int i = 0; i <= Samples; i++)
        {
            double value = curve(range.Least + (range.Width * i / Samples));
            if (double.IsNaN(value))
            {
                return wide;
            }

            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        double margin = (most - least) / 64;
        return new Interval(Math.Max(wide.Least, least - margin), Math.Min(wide.Most, most + margin));
    }
}
