// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>
/// Ends of a state's range that its equation never leads beyond, as 1 is for the share of open channels: there its rate points inwards or
/// is 0, whatever the other variables are. What a step goes beyond such an end, its method and rounding did: it is held there, and nothing
/// is lost.
/// </summary>
/// <param name="Below">Whether the lower end is one.</param>
/// <param name="Above">Whether the upper end is one.</param>
internal readonly record struct ClosedRange(bool Below, bool Above)
{
    // Parts of the other variables' ranges that are looked at before an end counts as open.
    private const int MostParts = 128;

    // Where the sides of a part begin, as a share of the range: so far from 0 that a quotient of it is not 0.
    private const double Beside = 1e-15;

    /// <summary>Proves by interval arithmetic which ends of a state are closed.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The ends; false where there is no proof.</returns>
    public static ClosedRange Of(ModelNeurons neurons, ModelState state)
    {
        Interval range = neurons.Range(state.Least, state.Most);
        Expr downwards = new(Op.Negate, [state.Rate], 0, 0);
        return new ClosedRange(IsClosed(neurons, state, range.Least, downwards), IsClosed(neurons, state, range.Most, state.Rate));
    }

    private static bool IsClosed(ModelNeurons neurons, ModelState state, double end, Expr outwards)
    {
        string[] names = [.. outwards.Names().Where(n => n != state.Name)];
        if (names.Contains(ModelText.StepName))
        {
            return false;
        }

        Dictionary<string, Interval> whole = names.ToDictionary(n => n, n => Ranges.OfName(neurons, n), StringComparer.Ordinal);
        whole[state.Name] = new Interval(end, end);
        Stack<Dictionary<string, Interval>> parts = new([whole]);
        for (int i = 0; parts.TryPop(out Dictionary<string, Interval>? part); i++)
        {
            // NaN is no proof.
            if (Over(outwards, part).Most <= 0)
            {
                continue;
            }

            KeyValuePair<string, Interval> widest = part.MaxBy(p => p.Value.Width / whole[p.Key].Width);
            if (i >= MostParts || !(widest.Value.Width > 0)
                || Over(outwards, part.ToDictionary(p => p.Key, p => Middle(p.Value), StringComparer.Ordinal)).Least > 0)
            {
                return false;
            }

            // Windows turn with the sign of what drives them, where 0 may count as either.
            double at = widest.Value is { Least: < 0, Most: > 0 } ? 0 : Middle(widest.Value).Least;
            double beside = Beside * whole[widest.Key].Width;
            foreach (Interval of in (Interval[])[new(widest.Value.Least, at - beside), new(at, at), new(at + beside, widest.Value.Most)])
            {
                parts.Push(new(part, StringComparer.Ordinal) { [widest.Key] = of });
            }
        }

        return true;
    }

    private static Interval Middle(Interval of)
    {
        double middle = of.Least + (of.Width / 2);
        return new Interval(middle, middle);
    }

    private static Interval Over(Expr e, Dictionary<string, Interval> part)
    {
        return e.Op switch
        {
            Op.Number => new Interval(e.Value, e.Value),
            Op.Name => part[e.Name],
            Op.Lookup => e.Table!.Over(Over(e.Args[0], part)),
            _ => Interval.Of(e.Op, [.. e.Args.Select(a => Over(a, part))]),
        };
    }
}
