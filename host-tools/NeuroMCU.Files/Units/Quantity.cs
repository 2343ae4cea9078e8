// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Files.Units;

/// <summary>A number with the unit it was written in.</summary>
/// <param name="Number">The number as written.</param>
/// <param name="Unit">Its unit, or null for a pure number.</param>
public readonly record struct Quantity(double Number, Unit? Unit)
{
    // Times are printed with a finite number of digits, and computed with: what is nearer than a nanosecond is meant.
    private const double OnGrid = 1e-3;

    /// <summary>What it measures.</summary>
    public Dimension Dimension => Unit?.Dimension ?? Dimension.None;

    /// <summary>The value in the base unit of its dimension (µs, Hz, mV, µA, kΩ, mS, µF, nC, deg, mm).</summary>
    public double Value => Number * (Unit?.Scale ?? 1);

    /// <summary>Whether a time is one of whole microseconds, which the device counts.</summary>
    /// <param name="microseconds">The time in µs.</param>
    public static bool IsWhole(double microseconds) => Math.Abs(Math.Round(microseconds) - microseconds) <= OnGrid;

    /// <summary>Splits text into number and unit symbol, without looking the unit up.</summary>
    /// <param name="text">Text such as <c>20 ms</c> or <c>-0.8</c>.</param>
    /// <param name="number">The number.</param>
    /// <param name="symbol">What follows it, trimmed; empty when nothing does.</param>
    /// <returns>True when the text begins with a finite number.</returns>
    public static bool TrySplit(string text, out double number, out string symbol)
    {
        string trimmed = text.Trim();
        int length = NumberLength(trimmed);
        symbol = trimmed[length..].Trim();
        return double.TryParse(trimmed.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>A value as it would be written in a file, with the unit that leaves the fewest digits before the point.</summary>
    /// <param name="value">Value in the base unit of the dimension.</param>
    /// <param name="dimension">What it measures.</param>
    /// <returns>Up to five digits and a unit, such as <c>44.7 uA</c>.</returns>
    public static string Text(double value, Dimension dimension)
    {
        string[] symbols = dimension switch
        {
            Dimension.Time => ["s", "ms", "us"],
            Dimension.Frequency => ["Hz"],
            Dimension.Voltage => ["V", "mV", "uV"],
            Dimension.Current => ["mA", "uA", "nA"],
            Dimension.Charge => ["uC", "nC", "pC"],
            Dimension.Capacitance => ["uF", "nF", "pF"],
            Dimension.Resistance => ["MOhm", "kOhm", "Ohm"],
            Dimension.Angle => ["deg"],
            Dimension.Conductance => ["mS", "uS", "nS"],
            Dimension.Length => ["m", "mm", "um"],
            _ => [],
        };
        Unit[] units = Array.ConvertAll(symbols, s => Units.Unit.Find(s)!);
        Unit? unit = Array.Find(units, u => Math.Abs(value) >= u.Scale * 0.99999)
            ?? (value.Equals(0) ? Array.Find(units, u => u.Scale.Equals(1)) : null) ?? (units.Length == 0 ? null : units[^1]);
        return unit == null
            ? value.ToString("G5", CultureInfo.InvariantCulture)
            : (value / unit.Scale).ToString("G5", CultureInfo.InvariantCulture) + " " + unit.Symbol;
    }

    // Length of the decimal number that the text begins with: sign, digits, point, digits, exponent. An e without digits behind it is
    // no exponent.
    private static int NumberLength(string text)
    {
        int i = text.Length > 0 && (text[0] is '+' or '-') ? 1 : 0;
        int digits = Digits(text, i);
        int end = i + digits;
        if (end < text.Length && text[end] == '.')
        {
            int fraction = Digits(text, end + 1);
            digits += fraction;
            end += 1 + fraction;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (end < text.Length && (text[end] is 'e' or 'E'))
        {
            int exponent = end + 1 < text.Length && (text[end + 1] is '+' or '-') ? end + 2 : end + 1;
            int exponentDigits = Digits(text, exponent);
            if (exponentDigits > 0)
            {
                end = exponent + exponentDigits;
            }
        }

        return end;
    }

    private static int Digits(string text, int start)
    {
        int i = start;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        return Math.Max(0, i - start);
    }
}
