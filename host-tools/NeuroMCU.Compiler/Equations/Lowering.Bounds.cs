// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <content>Ranges of expressions, and why one has no finite one.</content>
internal sealed partial class Lowering
{
    /// <summary>Range of an expression that <see cref="Known" /> returned.</summary>
    /// <returns>The range, finite.</returns>
    public Interval RangeOf(Expr e) => Finite(Ranges.Of(e, n => _names[n].Range), "`" + Shape.Text(e) + "`", e);

    private Interval Finite(Interval range, string what, Expr? e = null, string? cause = null)
    {
        if (double.IsFinite(range.Least) && double.IsFinite(range.Most))
        {
            return range;
        }

        cause ??= e == null ? "has no finite bounds" : Cause(e);
        throw new EquationException(null, what + " has no finite value everywhere in the declared ranges: " + cause,
            "narrow the ranges so that this cannot be, or bound it with `clip`")
        { IsUnbounded = true };
    }

    // The smallest part that has no finite range.
    private string Cause(Expr e)
    {
        Interval of(string n) => _names.TryGetValue(n, out Register? r) ? r.Range : new Interval(0, 0);
        foreach (Expr arg in e.Args)
        {
            Interval range = Ranges.Of(arg, of);
            if (!double.IsFinite(range.Least) || !double.IsFinite(range.Most))
            {
                return Cause(arg);
            }
        }

        return e.Op switch
        {
            Op.Divide => "the divisor `" + Shape.Text(e.Args[1]) + "` lies in " + Span(Ranges.Of(e.Args[1], of)) + ", which contains 0",
            Op.Log or Op.Sqrt => "the argument of `" + Shape.Text(e) + "` lies in " + Span(Ranges.Of(e.Args[0], of)),
            _ => "`" + Shape.Text(e) + "` grows beyond all numbers",
        };
    }

    private static string Span(Interval range)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{range.Least:G4}, {range.Most:G4}] (SI units)");
}
