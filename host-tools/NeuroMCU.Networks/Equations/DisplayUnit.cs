// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks.Equations;

/// <summary>The unit in which a variable of a model is shown.</summary>
/// <param name="Symbol">How it is written; 1 for pure numbers.</param>
/// <param name="Scale">SI units per unit.</param>
public sealed record DisplayUnit(string Symbol, double Scale)
{
    /// <summary>Base unit of a dimension of network files in SI units.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <returns>SI units per base unit.</returns>
    public static double BaseOf(Dimension dimension)
    {
        return dimension switch
        {
            Dimension.Time => 1e-6,
            Dimension.Voltage => 1e-3,
            Dimension.Current => 1e-6,
            Dimension.Resistance => 1e3,
            Dimension.Capacitance => 1e-6,
            Dimension.Charge => 1e-9,
            Dimension.Conductance => 1e-3,
            Dimension.Length => 1e-3,
            _ => 1,
        };
    }

    /// <summary>A value with the unit.</summary>
    /// <param name="si">The value in SI units.</param>
    /// <returns>Text such as <c>-70 mV</c>.</returns>
    public string Text(double si)
    {
        string number = (si / Scale).ToString("G5", CultureInfo.InvariantCulture);
        return Symbol is "1" ? number : number + " " + Symbol;
    }
}
