// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Units;

/// <summary>A unit that a network file or a board profile may use.</summary>
/// <param name="Symbol">How it is written.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Scale">Base units of the dimension per unit.</param>
public sealed record Unit(string Symbol, Dimension Dimension, double Scale)
{
    private static readonly Unit[] s_all =
    [
        new("s", Dimension.Time, 1e6),
        new("ms", Dimension.Time, 1e3),
        new("us", Dimension.Time, 1),
        new("µs", Dimension.Time, 1),
        new("Hz", Dimension.Frequency, 1),
        new("kHz", Dimension.Frequency, 1e3),
        new("V", Dimension.Voltage, 1e3),
        new("mV", Dimension.Voltage, 1),
        new("uV", Dimension.Voltage, 1e-3),
        new("µV", Dimension.Voltage, 1e-3),
        new("A", Dimension.Current, 1e6),
        new("mA", Dimension.Current, 1e3),
        new("uA", Dimension.Current, 1),
        new("µA", Dimension.Current, 1),
        new("nA", Dimension.Current, 1e-3),
        new("pA", Dimension.Current, 1e-6),
        new("Ohm", Dimension.Resistance, 1e-3),
        new("ohm", Dimension.Resistance, 1e-3),
        new("Ω", Dimension.Resistance, 1e-3),
        new("kOhm", Dimension.Resistance, 1),
        new("kohm", Dimension.Resistance, 1),
        new("kΩ", Dimension.Resistance, 1),
        new("MOhm", Dimension.Resistance, 1e3),
        new("Mohm", Dimension.Resistance, 1e3),
        new("MΩ", Dimension.Resistance, 1e3),
        new("S", Dimension.Conductance, 1e3),
        new("mS", Dimension.Conductance, 1),
        new("uS", Dimension.Conductance, 1e-3),
        new("µS", Dimension.Conductance, 1e-3),
        new("nS", Dimension.Conductance, 1e-6),
        new("pS", Dimension.Conductance, 1e-9),
        new("F", Dimension.Capacitance, 1e6),
        new("mF", Dimension.Capacitance, 1e3),
        new("uF", Dimension.Capacitance, 1),
        new("µF", Dimension.Capacitance, 1),
        new("nF", Dimension.Capacitance, 1e-3),
        new("pF", Dimension.Capacitance, 1e-6),
        new("uC", Dimension.Charge, 1e3),
        new("µC", Dimension.Charge, 1e3),
        new("nC", Dimension.Charge, 1),
        new("pC", Dimension.Charge, 1e-3),
        new("deg", Dimension.Angle, 1),
        new("rad", Dimension.Angle, 180 / Math.PI),
        new("m", Dimension.Length, 1e3),
        new("cm", Dimension.Length, 10),
        new("mm", Dimension.Length, 1),
        new("um", Dimension.Length, 1e-3),
        new("µm", Dimension.Length, 1e-3),
    ];

    /// <summary>Every unit, in the order of the reference page.</summary>
    public static IReadOnlyList<Unit> All => s_all;

    /// <summary>Looks a unit up; both code points of the micro sign and of the ohm sign are understood.</summary>
    /// <param name="symbol">How it is written; case matters (<c>mV</c>, not <c>MV</c>).</param>
    /// <returns>The unit, or null when there is none.</returns>
    public static Unit? Find(string symbol)
    {
        string written = symbol.Replace('\u03bc', '\u00b5').Replace('\u2126', '\u03a9');
        return Array.Find(s_all, u => string.Equals(u.Symbol, written, StringComparison.Ordinal));
    }

    /// <summary>The symbols of a dimension's units.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <returns>Symbols in plain ASCII first.</returns>
    public static IReadOnlyList<string> SymbolsOf(Dimension dimension)
        => s_all.Where(u => u.Dimension == dimension).Select(u => u.Symbol).ToArray();
}
