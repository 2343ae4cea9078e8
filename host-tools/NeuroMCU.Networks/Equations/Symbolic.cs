// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Rules over expressions: folding of constants, substitution, and the search for a linear form.</summary>
internal static class Symbolic
{
    /// <summary>Folds a node whose arguments are folded.</summary>
    /// <returns>A number where all arguments are, the simpler form where one is 0 or 1, else the node.</returns>
    public static Expr Fold(Expr node)
    {
        IReadOnlyList<Expr> a = node.Args;
        if (node.Op is Op.Number or Op.Name or Op.Call)
        {
            return node;
        }

        if (a.All(x => x.IsNumber))
        {
            return new Expr(Op.Number, [], node.Start, node.End)
            {
                Value = node.Table?.At(a[0].Value)
                ?? Value(node.Op, [.. a.Select(x => x.Value)])
            };
        }

        return node.Op switch
        {
            Op.Add when Is(a[0], 0) => a[1],
            Op.Add when Is(a[1], 0) => a[0],
            Op.Subtract when Is(a[1], 0) => a[0],
            Op.Multiply when Is(a[0], 0) || Is(a[1], 0) => Expr.Number(0),
            Op.Multiply when Is(a[0], 1) => a[1],
            Op.Multiply when Is(a[1], 1) => a[0],
            Op.Divide when Is(a[0], 0) => Expr.Number(0),
            Op.Divide when Is(a[1], 1) => a[0],
            Op.Power when Is(a[1], 1) => a[0],
            Op.If when a[0].IsNumber => a[0].Value != 0 ? a[1] : a[2],
            _ => node,
        };
    }

    /// <summary>Value of an operation.</summary>
    /// <returns>The value; conditions are 1 or 0.</returns>
    public static double Value(Op op, double[] a)
    {
        return op switch
        {
            Op.Add => a[0] + a[1],
            Op.Subtract => a[0] - a[1],
            Op.Multiply => a[0] * a[1],
            Op.Divide => a[0] / a[1],
            Op.Power => Math.Pow(a[0], a[1]),
            Op.Negate => -a[0],
            Op.AtLeast => a[0] >= a[1] ? 1 : 0,
            Op.Above => a[0] > a[1] ? 1 : 0,
            Op.And => a[0] != 0 && a[1] != 0 ? 1 : 0,
            Op.Or => a[0] != 0 || a[1] != 0 ? 1 : 0,
            Op.Not => a[0] != 0 ? 0 : 1,
            Op.If => a[0] != 0 ? a[1] : a[2],
            Op.Min => Math.Min(a[0], a[1]),
            Op.Max => Math.Max(a[0], a[1]),
            Op.Abs => Math.Abs(a[0]),
            Op.Floor => Math.Floor(a[0]),
            Op.Ceil => Math.Ceiling(a[0]),
            Op.Exp => Math.Exp(a[0]),
            Op.Log => Math.Log(a[0]),
            Op.Sqrt => Math.Sqrt(a[0]),
            Op.Tanh => Math.Tanh(a[0]),
            Op.Sinh => Math.Sinh(a[0]),
            Op.Cosh => Math.Cosh(a[0]),
            Op.Sin => Math.Sin(a[0]),
            Op.Cos => Math.Cos(a[0]),
            Op.Exprel => Exprel(a[0]),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };
    }

    /// <summary>(exp(x) − 1)/x without cancellation near 0.</summary>
    /// <returns>The value.</returns>
    public static double Exprel(double x)
        => Math.Abs(x) < 1e-5 ? 1 + (x / 2) + (x * x / 6) : MathNet.Numerics.SpecialFunctions.Expm1(x) / x;

    /// <summary>Value of an expression.</summary>
    /// <returns>The value.</returns>
    public static double Evaluate(Expr e, Func<string, double> of)
    {
        return e.Op switch
        {
            Op.Number => e.Value,
            Op.Name => of(e.Name),
            Op.Lookup => e.Table!.At(Evaluate(e.Args[0], of)),
            _ => Value(e.Op, [.. e.Args.Select(a => Evaluate(a, of))]),
        };
    }

    /// <summary>Replaces names.</summary>
    /// <param name="by">What a name becomes; null leaves it.</param>
    /// <returns>The expression.</returns>
    public static Expr Replace(Expr e, Func<string, Expr?> by)
        => e.Op == Op.Name ? by(e.Name) ?? e : e.With([.. e.Args.Select(a => Replace(a, by))]);

    /// <summary>Replaces names and folds what becomes constant.</summary>
    /// <param name="by">What a name becomes; null leaves it.</param>
    /// <returns>The expression, folded.</returns>
    public static Expr Reduce(Expr e, Func<string, Expr?> by)
        => e.Op == Op.Name ? by(e.Name) ?? e : Fold(e.With([.. e.Args.Select(a => Reduce(a, by))]));

    /// <summary>Writes an expression as A·y + B with A and B free of y.</summary>
    /// <returns>A and B; null where it is not linear in y.</returns>
    public static (Expr A, Expr B)? LinearIn(Expr e, string y)
    {
        if (!e.Names().Contains(y))
        {
            return (Expr.Number(0), e);
        }

        switch (e.Op)
        {
            case Op.Name:
                return (Expr.Number(1), Expr.Number(0));
            case Op.Negate:
                return LinearIn(e.Args[0], y) is { } n ? (-n.A, -n.B) : null;
            case Op.Add or Op.Subtract:
                return LinearIn(e.Args[0], y) is { } l && LinearIn(e.Args[1], y) is { } r
                    ? e.Op == Op.Add ? (l.A + r.A, l.B + r.B) : (l.A - r.A, l.B - r.B)
                    : null;
            case Op.Multiply:
                {
                    bool left = e.Args[0].Names().Contains(y);
                    Expr free = e.Args[left ? 1 : 0];
                    return !free.Names().Contains(y) && LinearIn(e.Args[left ? 0 : 1], y) is { } p ? (free * p.A, free * p.B) : null;
                }

            case Op.Divide:
                return !e.Args[1].Names().Contains(y) && LinearIn(e.Args[0], y) is { } q ? (q.A / e.Args[1], q.B / e.Args[1]) : null;
            default:
                return null;
        }
    }

    private static bool Is(Expr e, double value) => e.IsNumber && e.Value.Equals(value);

    /// <summary>Takes a name out of a polynomial: e = Q·name + B, where B does not have the name in it.</summary>
    /// <returns>Q and B; null where it is no polynomial in the name.</returns>
    public static (Expr Q, Expr B)? TakeOut(Expr e, string name)
    {
        if (!e.Names().Contains(name))
        {
            return (Expr.Number(0), e);
        }

        switch (e.Op)
        {
            case Op.Name:
                return (Expr.Number(1), Expr.Number(0));
            case Op.Negate when TakeOut(e.Args[0], name) is { } of:
                return (-of.Q, -of.B);
            case Op.Add or Op.Subtract when TakeOut(e.Args[0], name) is { } left && TakeOut(e.Args[1], name) is { } right:
                return e.Op == Op.Add ? (left.Q + right.Q, left.B + right.B) : (left.Q - right.Q, left.B - right.B);
            case Op.Multiply when TakeOut(e.Args[0], name) is { } left && TakeOut(e.Args[1], name) is { } right:
                return ((left.Q * e.Args[1]) + (left.B * right.Q), left.B * right.B);
            case Op.Divide when !e.Args[1].Names().Contains(name) && TakeOut(e.Args[0], name) is { } of:
                return (of.Q / e.Args[1], of.B / e.Args[1]);
            case Op.Power when e.Args[1].IsNumber && e.Args[1].Value is 2 or 3 or 4:
                Expr rest = e.Args[1].Value.Equals(2) ? e.Args[0] : new Expr(Op.Power, [e.Args[0], Expr.Number(e.Args[1].Value - 1)], 0, 0);
                return TakeOut(new Expr(Op.Multiply, [e.Args[0], rest], 0, 0), name);
            default:
                return null;
        }
    }
}
