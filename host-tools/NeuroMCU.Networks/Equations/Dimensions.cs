// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Finds what an expression measures, and the term in it that does not fit.</summary>
internal static class Dimensions
{
    /// <summary>What an expression measures.</summary>
    /// <param name="e">The expression, without calls of the model's own functions.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ExprException">A term does not fit.</exception>
    public static PhysicalDimension Of(Expr e, Func<string, PhysicalDimension> of) => Find(e, of) ?? default;

    /// <summary>Checks that an expression measures what is expected.</summary>
    /// <exception cref="ExprException">It measures something else, or a term does not fit.</exception>
    public static void Require(Expr e, Func<string, PhysicalDimension> of, PhysicalDimension expected, string what)
    {
        if (Find(e, of) is { } found && found != expected)
        {
            throw new ExprException(e.Start, e.End, "measures " + found + "; " + what + " needs " + expected,
                "check the units of the factors and divisors of this term");
        }
    }

    // Null for a plain 0, which measures anything.
    private static PhysicalDimension? Find(Expr e, Func<string, PhysicalDimension> of)
    {
        switch (e.Op)
        {
            case Op.Number:
                return e.Value == 0 && e.Dimension.IsNone ? null : e.Dimension;
            case Op.Name:
                return of(e.Name);
            case Op.Multiply:
                return (Find(e.Args[0], of) ?? default) * (Find(e.Args[1], of) ?? default);
            case Op.Divide:
                return (Find(e.Args[0], of) ?? default) / (Find(e.Args[1], of) ?? default);
            case Op.Negate or Op.Abs:
                return Find(e.Args[0], of);
            case Op.Add or Op.Subtract or Op.Min or Op.Max:
                return Same(e.Args[0], e.Args[1], of);
            case Op.AtLeast or Op.Above:
                Same(e.Args[0], e.Args[1], of);
                return default(PhysicalDimension);
            case Op.If:
                Pure(e.Args[0], of, "a condition");
                return Same(e.Args[1], e.Args[2], of);
            case Op.Power:
                return PowerOf(e, of);
            case Op.Lookup:
                return (Find(e.Args[0], of) ?? e.Table!.Of) == e.Table!.Of ? e.Table.Measures
                    : throw new ExprException(e.Args[0].Start, e.Args[0].End,
                        "measures " + Find(e.Args[0], of) + "; the points of `" + e.Name + "` are given over " + e.Table.Of,
                        "check the units of this term");
            case Op.Sqrt:
                return (Find(e.Args[0], of) ?? default).Power(0.5);
            default:
                foreach (Expr arg in e.Args)
                {
                    Pure(arg, of, "`" + e.Op.ToString().ToLowerInvariant() + "`");
                }

                return default(PhysicalDimension);
        }
    }

    private static PhysicalDimension? Same(Expr a, Expr b, Func<string, PhysicalDimension> of)
    {
        PhysicalDimension? left = Find(a, of);
        PhysicalDimension? right = Find(b, of);
        if (left is { } l && right is { } r && l != r)
        {
            throw new ExprException(b.Start, b.End, "measures " + r + "; what it is added to or compared with measures " + l,
                "check the units of this term");
        }

        return left ?? right;
    }

    private static PhysicalDimension PowerOf(Expr e, Func<string, PhysicalDimension> of)
    {
        PhysicalDimension of1 = Find(e.Args[0], of) ?? default;
        Pure(e.Args[1], of, "an exponent");
        if (of1.IsNone)
        {
            return of1;
        }

        Expr exponent = e.Args[1].Op == Op.Negate ? Symbolic.Fold(e.Args[1]) : e.Args[1];
        return exponent.IsNumber
            ? of1.Power(exponent.Value)
            : throw new ExprException(e.Args[1].Start, e.Args[1].End, "is an exponent that is no number, of a base that measures " + of1,
                "divide the base by a value of its unit first");
    }

    private static void Pure(Expr e, Func<string, PhysicalDimension> of, string what)
    {
        if (Find(e, of) is { IsNone: false } found)
        {
            throw new ExprException(e.Start, e.End, "measures " + found + "; " + what + " needs a pure number",
                "divide it by a value of the same unit");
        }
    }
}
