// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>An expression of one variable as a function of it: for the many evaluations that ranges and tables take.</summary>
internal static class Curve
{
    /// <summary>Makes the function.</summary>
    /// <param name="e">The expression; every name in it stands for the variable.</param>
    /// <returns>The function, the same as <see cref="Symbolic.Evaluate" /> to the last bit.</returns>
    public static Func<double, double> Of(Expr e)
    {
        if (e.IsNumber)
        {
            double value = e.Value;
            return _ => value;
        }

        if (e.Op == Op.Name)
        {
            return x => x;
        }

        Func<double, double> a = Of(e.Args[0]);
        return e.Args.Count switch
        {
            1 => OfOne(e, a),
            2 => OfTwo(e.Op, a, Of(e.Args[1])),
            _ => OfThree(a, Of(e.Args[1]), Of(e.Args[2])),
        };
    }

    private static Func<double, double> OfOne(Expr e, Func<double, double> a)
    {
        PointTable? table = e.Table;
        return e.Op switch
        {
            Op.Negate => x => -a(x),
            Op.Exp => x => Math.Exp(a(x)),
            Op.Exprel => x => Symbolic.Exprel(a(x)),
            Op.Abs => x => Math.Abs(a(x)),
            Op.Lookup => x => table!.At(a(x)),
            _ => x => Symbolic.Value(e.Op, [a(x)]),
        };
    }

    private static Func<double, double> OfTwo(Op op, Func<double, double> a, Func<double, double> b)
    {
        return op switch
        {
            Op.Add => x => a(x) + b(x),
            Op.Subtract => x => a(x) - b(x),
            Op.Multiply => x => a(x) * b(x),
            Op.Divide => x => a(x) / b(x),
            Op.Power => x => Math.Pow(a(x), b(x)),
            _ => x => Symbolic.Value(op, [a(x), b(x)]),
        };
    }

    private static Func<double, double> OfThree(Func<double, double> condition, Func<double, double> a, Func<double, double> b)
        => x => condition(x) != 0 ? a(x) : b(x);
}
