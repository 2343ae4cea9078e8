// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks.Equations;

/// <summary>What a value in an equation measures, as powers of volt, ampere, second, metre and mole.</summary>
/// <param name="Volt">Power of the volt.</param>
/// <param name="Ampere">Power of the ampere.</param>
/// <param name="Second">Power of the second.</param>
/// <param name="Metre">Power of the metre.</param>
/// <param name="Mole">Power of the mole.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PhysicalDimension(double Volt, double Ampere, double Second, double Metre, double Mole)
{
    private static readonly (PhysicalDimension Dimension, string Name, string Unit, Dimension Kind)[] s_named =
    [
        (default, "a pure number", "1", Dimension.None),
        (new(0, 0, 1, 0, 0), "a time", "s", Dimension.Time),
        (new(0, 0, -1, 0, 0), "a rate", "1/s", Dimension.Frequency),
        (new(1, 0, 0, 0, 0), "a voltage", "V", Dimension.Voltage),
        (new(0, 1, 0, 0, 0), "a current", "A", Dimension.Current),
        (new(1, -1, 0, 0, 0), "a resistance", "Ohm", Dimension.Resistance),
        (new(-1, 1, 0, 0, 0), "a conductance", "S", Dimension.Conductance),
        (new(-1, 1, 1, 0, 0), "a capacitance", "F", Dimension.Capacitance),
        (new(0, 1, 1, 0, 0), "a charge", "C", Dimension.Charge),
        (new(0, 0, 0, 1, 0), "a length", "m", Dimension.Length),
    ];

    /// <summary>True for a pure number.</summary>
    public bool IsNone => Equals(default);

    /// <summary>What network files call it; null where they know no such quantity.</summary>
    public Dimension? Kind
    {
        get
        {
            PhysicalDimension own = this;
            int at = Array.FindIndex(s_named, n => n.Dimension == own);
            return at < 0 ? null : s_named[at].Kind;
        }
    }

    /// <summary>Product of two.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    public static PhysicalDimension operator *(PhysicalDimension left, PhysicalDimension right)
    {
        return new(left.Volt + right.Volt, left.Ampere + right.Ampere, left.Second + right.Second, left.Metre + right.Metre,
            left.Mole + right.Mole);
    }

    /// <summary>Quotient of two.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    public static PhysicalDimension operator /(PhysicalDimension left, PhysicalDimension right) => left * right.Power(-1);

    /// <summary>A power.</summary>
    /// <param name="exponent">The exponent.</param>
    /// <returns>The dimension of the power.</returns>
    public PhysicalDimension Power(double exponent)
    {
        // 0 · −1 would be a −0 that equals 0 but prints otherwise.
        return new((Volt * exponent) + 0.0, (Ampere * exponent) + 0.0, (Second * exponent) + 0.0, (Metre * exponent) + 0.0,
            (Mole * exponent) + 0.0);
    }

    /// <summary>The dimension in words with its unit, such as <c>a current (A)</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString()
    {
        PhysicalDimension own = this;
        int at = Array.FindIndex(s_named, n => n.Dimension == own);
        if (at == 0)
        {
            return s_named[0].Name;
        }

        if (at > 0)
        {
            return s_named[at].Name + " (" + s_named[at].Unit + ")";
        }

        (double Power, string Unit)[] powers = [(Volt, "V"), (Ampere, "A"), (Second, "s"), (Metre, "m"), (Mole, "mol")];
        return string.Join(' ', powers.Where(p => p.Power != 0).Select(p =>
            p.Power.Equals(1) ? p.Unit : p.Unit + "^" + p.Power.ToString("0.###", CultureInfo.InvariantCulture)));
    }
}
