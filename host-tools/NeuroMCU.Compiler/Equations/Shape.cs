// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Questions about the shape of expressions.</summary>
internal static class Shape
{
    /// <summary>Stands for the variable of a table in its function.</summary>
    public const string Variable = "$x";

    /// <summary>Finds what an expression is a smooth function of: the smallest part through which all its variables enter.</summary>
    /// <returns>The part; null when there is none but the expression itself.</returns>
    public static Expr? FunctionOf(Expr e)
    {
        foreach (Expr part in Parts(e).OrderBy(Size))
        {
            if (!string.Equals(part.Key, e.Key, StringComparison.Ordinal))
            {
                Expr rest = Substitute(e, part.Key, Expr.OfName(Variable));
                if (rest.Names() is { Count: 1 } names && names.Contains(Variable) && IsSmooth(rest))
                {
                    return part;
                }
            }
        }

        return null;
    }

    /// <summary>Puts something in the place of a part.</summary>
    /// <returns>The expression.</returns>
    public static Expr Substitute(Expr e, string key, Expr by)
        => string.Equals(e.Key, key, StringComparison.Ordinal) ? by : e.With([.. e.Args.Select(a => Substitute(a, key, by))]);

    /// <summary>Name and degree of a power of one name.</summary>
    /// <returns>The name; null for any other product.</returns>
    public static string? PowerOf(IReadOnlyList<Expr> factors)
    {
        return factors.All(f => f.Op == Op.Name && string.Equals(f.Name, factors[0].Name, StringComparison.Ordinal))
            ? factors[0].Name : null;
    }

    /// <summary>True without jumps and corners.</summary>
    /// <returns>Whether a table of straight lines fits it everywhere.</returns>
    public static bool IsSmooth(Expr e)
    {
        // |x|**3 and higher powers have no corner at 0.
        if (e.Op == Op.Power && e.Args[1].IsNumber && e.Args[1].Value >= 3)
        {
            Expr of = e.Args[0];
            while (of.Op is Op.Multiply or Op.Divide && of.Args[1].IsNumber)
            {
                of = of.Args[0];
            }

            return of.Op == Op.Abs ? IsSmooth(of.Args[0]) : IsSmooth(e.Args[0]);
        }

        return !IsChoice(e) && e.Args.All(IsSmooth);
    }

    /// <summary>True where a part is neither a sum nor a product nor a choice of such.</summary>
    /// <returns>Whether it takes a table to compute it.</returns>
    public static bool IsCurved(Expr e)
        => e.Op is Op.Exp or Op.Log or Op.Sqrt or Op.Tanh or Op.Sinh or Op.Cosh or Op.Sin or Op.Cos or Op.Exprel
            || (e.Op == Op.Power && !(e.Args[1].IsNumber && e.Args[1].Value is 2 or 3 or 4))
            || (e.Op == Op.Divide && !e.Args[1].IsNumber)
            || e.Args.Any(IsCurved);

    /// <summary>True for a node that has a jump or a corner itself.</summary>
    /// <returns>Whether it is a comparison or what chooses by one.</returns>
    public static bool IsChoice(Expr e)
    {
        return e.Op is Op.Min or Op.Max or Op.Abs or Op.Floor or Op.Ceil or Op.Lookup or Op.If or Op.AtLeast or Op.Above or Op.And or Op.Or
            or Op.Not;
    }

    /// <summary>The expression as it would be written.</summary>
    /// <returns>The text.</returns>
    public static string Text(Expr e)
    {
        string arg(int i) => e.Args[i].Op is Op.Number or Op.Name || e.Args[i].Op > Op.Negate ? Text(e.Args[i])
            : "(" + Text(e.Args[i]) + ")";
        return e.Op switch
        {
            Op.Number => e.Value.ToString("G4", CultureInfo.InvariantCulture),
            Op.Name => e.Name,
            Op.Add => arg(0) + " + " + arg(1),
            Op.Subtract => arg(0) + " - " + arg(1),
            Op.Multiply => arg(0) + "*" + arg(1),
            Op.Divide => arg(0) + "/" + arg(1),
            Op.Power => arg(0) + "**" + arg(1),
            Op.Negate => "-" + arg(0),
            Op.AtLeast => arg(0) + " >= " + arg(1),
            Op.Above => arg(0) + " > " + arg(1),
            Op.And => arg(0) + " and " + arg(1),
            Op.Or => arg(0) + " or " + arg(1),
            Op.Not => "not " + arg(0),
            Op.Lookup => e.Name + "(" + Text(e.Args[0]) + ")",
            _ => e.Op.ToString().ToLowerInvariant() + "(" + string.Join(", ", e.Args.Select(Text)) + ")",
        };
    }

    private static Dictionary<string, Expr>.ValueCollection Parts(Expr e)
    {
        Dictionary<string, Expr> parts = new(StringComparer.Ordinal);
        void collect(Expr part)
        {
            if (part.Names().Count > 0 && parts.TryAdd(part.Key, part))
            {
                foreach (Expr arg in part.Args)
                {
                    collect(arg);
                }
            }
        }

        collect(e);
        return parts.Values;
    }

    private static int Size(Expr e) => 1 + e.Args.Sum(Size);
}
