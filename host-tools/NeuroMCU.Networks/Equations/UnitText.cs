// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Equations;

/// <summary>A unit of the language of models: its factor to SI and what it measures.</summary>
/// <param name="Scale">SI units per unit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitText(double Scale, PhysicalDimension Dimension)
{
    private static readonly (string Symbol, double Scale, PhysicalDimension Dimension)[] s_base =
    [
        ("V", 1, new(1, 0, 0, 0, 0)),
        ("A", 1, new(0, 1, 0, 0, 0)),
        ("s", 1, new(0, 0, 1, 0, 0)),
        ("m", 1, new(0, 0, 0, 1, 0)),
        ("S", 1, new(-1, 1, 0, 0, 0)),
        ("Ohm", 1, new(1, -1, 0, 0, 0)),
        ("ohm", 1, new(1, -1, 0, 0, 0)),
        ("F", 1, new(-1, 1, 1, 0, 0)),
        ("C", 1, new(0, 1, 1, 0, 0)),
        ("Hz", 1, new(0, 0, -1, 0, 0)),
        ("mol", 1, new(0, 0, 0, 0, 1)),
        ("M", 1000, new(0, 0, 0, -3, 1)),
    ];

    private static readonly (string Prefix, double Scale)[] s_prefixes =
    [
        (string.Empty, 1), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("\u00b5", 1e-6), ("\u03bc", 1e-6),
            ("n", 1e-9), ("p", 1e-12), ("f", 1e-15),
    ];

    private static readonly Dictionary<string, UnitText> s_all = All();

    /// <summary>Symbols of all units, with prefixes.</summary>
    public static IEnumerable<string> Symbols => s_all.Keys;

    /// <summary>Looks a single unit up.</summary>
    /// <param name="symbol">Such as <c>mV</c>.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string symbol, out UnitText unit) => s_all.TryGetValue(symbol, out unit);

    /// <summary>Reads a unit with products, quotients and powers: <c>mS/cm^2</c>, <c>1/(mV ms)</c>.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out UnitText unit)
    {
        int at = 0;
        bool right = Product(text, ref at, out unit);
        Skip(text, ref at);
        return right && at == text.Length;
    }

    /// <summary>Reads the <c>1/s</c> or <c>1/(mV ms)</c> that a text has at a place.</summary>
    /// <param name="at">The place; behind it afterwards.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>Whether one stands there; else the place is as it was.</returns>
    public static bool TryReadReciprocal(string text, ref int at, out UnitText unit)
    {
        unit = default;
        int end = at + 2;
        if (string.CompareOrdinal(text, at, "1/", 0, 2) != 0 || !Factor(text, ref end, out UnitText below))
        {
            return false;
        }

        (at, unit) = (end, below.Power(-1));
        return true;
    }

    /// <summary>Power of a unit.</summary>
    /// <returns>The power.</returns>
    public UnitText Power(double exponent) => new(Math.Pow(Scale, exponent), Dimension.Power(exponent));

    /// <summary>Product of two units.</summary>
    /// <returns>The product.</returns>
    public UnitText Times(UnitText other) => new(Scale * other.Scale, Dimension * other.Dimension);

    private static Dictionary<string, UnitText> All()
    {
        Dictionary<string, UnitText> all = new(StringComparer.Ordinal);
        foreach ((string symbol, double scale, PhysicalDimension dimension) in s_base)
        {
            foreach ((string prefix, double factor) in s_prefixes)
            {
                // A mere "M" is a concentration and "cm" a length; the other hundredths of units are not in use.
                if (prefix is not "c" || symbol is "m")
                {
                    all.TryAdd(prefix + symbol, new UnitText(factor * scale, dimension));
                }
            }
        }

        return all;
    }

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private static bool Product(string text, ref int at, out UnitText unit)
    {
        if (!Factor(text, ref at, out unit))
        {
            return false;
        }

        while (true)
        {
            Skip(text, ref at);
            if (at == text.Length || text[at] == ')')
            {
                return true;
            }

            bool over = text[at] == '/';
            if (over || text[at] == '*')
            {
                at++;
            }

            if (!Factor(text, ref at, out UnitText next))
            {
                return false;
            }

            unit = unit.Times(over ? next.Power(-1) : next);
        }
    }

    private static bool Factor(string text, ref int at, out UnitText unit)
    {
        unit = new UnitText(1, default);
        Skip(text, ref at);
        if (at == text.Length)
        {
            return false;
        }

        if (text[at] == '1')
        {
            at++;
            return true;
        }

        if (text[at] == '(')
        {
            at++;
            bool right = Product(text, ref at, out unit) && at < text.Length && text[at] == ')';
            at++;
            return right;
        }

        int start = at;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        if (!s_all.TryGetValue(text[start..at], out unit))
        {
            return false;
        }

        if (at < text.Length && text[at] == '^')
        {
            int from = ++at;
            at += at < text.Length && text[at] == '-' ? 1 : 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (!int.TryParse(text.AsSpan(from, at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent))
            {
                return false;
            }

            unit = unit.Power(exponent);
        }

        return true;
    }
}
