// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Equations;

/// <summary>All values that something can have.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Interval(double Least, double Most)
{
    /// <summary>Largest magnitude.</summary>
    public double Magnitude => Math.Max(Math.Abs(Least), Math.Abs(Most));

    /// <summary>Distance between the ends.</summary>
    public double Width => Most - Least;

    /// <summary>Whether a value lies within.</summary>
    /// <returns>True where it does.</returns>
    public bool Contains(double value) => value >= Least && value <= Most;

    /// <summary>The values of an operation over all values of its arguments.</summary>
    /// <returns>The values; without bounds where it is undefined for some.</returns>
    public static Interval Of(Op op, Interval[] a)
    {
        return op switch
        {
            Op.Add => new(a[0].Least + a[1].Least, a[0].Most + a[1].Most),
            Op.Subtract => new(a[0].Least - a[1].Most, a[0].Most - a[1].Least),
            Op.Negate => new(-a[0].Most, -a[0].Least),
            Op.Multiply => Hull(a[0].Least * a[1].Least, a[0].Least * a[1].Most, a[0].Most * a[1].Least, a[0].Most * a[1].Most),
            Op.Divide when a[1].Least > 0 || a[1].Most < 0 => Of(Op.Multiply, [a[0], new(1 / a[1].Most, 1 / a[1].Least)]),
            Op.Divide => new(double.NegativeInfinity, double.PositiveInfinity),
            Op.Min => new(Math.Min(a[0].Least, a[1].Least), Math.Min(a[0].Most, a[1].Most)),
            Op.Max => new(Math.Max(a[0].Least, a[1].Least), Math.Max(a[0].Most, a[1].Most)),
            Op.If => IsTrue(a[0]) ? a[1] : IsFalse(a[0]) ? a[2] : Hull(a[1].Least, a[1].Most, a[2].Least, a[2].Most),
            Op.Abs => a[0].Least >= 0 ? a[0] : new(a[0].Most <= 0 ? -a[0].Most : 0, a[0].Magnitude),
            Op.AtLeast => Truth(a[0].Least >= a[1].Most, a[0].Most < a[1].Least),
            Op.Above => Truth(a[0].Least > a[1].Most, a[0].Most <= a[1].Least),
            Op.And => Truth(IsTrue(a[0]) && IsTrue(a[1]), IsFalse(a[0]) || IsFalse(a[1])),
            Op.Or => Truth(IsTrue(a[0]) || IsTrue(a[1]), IsFalse(a[0]) && IsFalse(a[1])),
            Op.Not => Truth(IsFalse(a[0]), IsTrue(a[0])),
            Op.Cosh => new(a[0].Least <= 0 && a[0].Most >= 0 ? 1 : Math.Min(Math.Cosh(a[0].Least), Math.Cosh(a[0].Most)),
                Math.Cosh(a[0].Magnitude)),
            Op.Sin => SineOf(a[0]),
            Op.Cos => SineOf(new(a[0].Least + (Math.PI / 2), a[0].Most + (Math.PI / 2))),
            Op.Power => PowerOf(a[0], a[1]),
            Op.Log when a[0].Least <= 0 => new(double.NegativeInfinity, double.PositiveInfinity),
            Op.Sqrt when a[0].Least < 0 => new(double.NegativeInfinity, double.PositiveInfinity),
            _ => new(Symbolic.Value(op, [a[0].Least]), Symbolic.Value(op, [a[0].Most])),
        };
    }

    private static bool IsTrue(Interval of) => of.Least > 0 || of.Most < 0;

    private static bool IsFalse(Interval of) => of is { Least: 0, Most: 0 };

    private static Interval Truth(bool always, bool never) => new(always ? 1 : 0, never ? 0 : 1);

    private static Interval Hull(params double[] values) => new(values.Min(), values.Max());

    // The ends, and 1 and -1 where a crest or a trough lies between them.
    private static Interval SineOf(Interval of)
    {
        bool reaches(double at) => Math.Floor((of.Most - at) / (2 * Math.PI)) >= Math.Ceiling((of.Least - at) / (2 * Math.PI));
        double low = Math.Sin(of.Least);
        double high = Math.Sin(of.Most);
        return new(reaches(-Math.PI / 2) ? -1 : Math.Min(low, high), reaches(Math.PI / 2) ? 1 : Math.Max(low, high));
    }

    private static Interval PowerOf(Interval of, Interval exponent)
    {
        if (exponent.Width == 0 && exponent.Least > 0 && Math.Floor(exponent.Least).Equals(exponent.Least))
        {
            bool even = exponent.Least % 2 == 0;
            double low = Math.Pow(of.Least, exponent.Least);
            double high = Math.Pow(of.Most, exponent.Least);
            return even && of.Least < 0 ? new(of.Most > 0 ? 0 : high, Math.Max(low, high)) : new(low, high);
        }

        if (of.Least < 0 || (of.Least == 0 && exponent.Least < 0))
        {
            return new(double.NegativeInfinity, double.PositiveInfinity);
        }

        return Hull(
            Math.Pow(of.Least, exponent.Least), Math.Pow(of.Least, exponent.Most), Math.Pow(of.Most, exponent.Least),
            Math.Pow(of.Most, exponent.Most));
    }
}
