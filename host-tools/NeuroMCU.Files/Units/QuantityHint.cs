// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Files.Units;

/// <summary>How a quantity that people write in another way is written here.</summary>
public static class QuantityHint
{
    // Units of elsewhere: what they are worth, in a unit of this project.
    private static readonly (string Symbol, double Worth, string Unit)[] s_others =
    [
        ("ns", 1e-3, "us"), ("nsec", 1e-3, "us"), ("usec", 1, "us"), ("microseconds", 1, "us"), ("msec", 1, "ms"), ("msecs", 1, "ms"),
        ("milliseconds", 1, "ms"), ("sec", 1, "s"), ("secs", 1, "s"), ("second", 1, "s"), ("seconds", 1, "s"), ("min", 60, "s"),
            ("minutes", 60, "s"),
        ("h", 3600, "s"), ("hours", 3600, "s"), ("nV", 1e-3, "uV"), ("kV", 1e3, "V"), ("pA", 1e-3, "nA"), ("fC", 1e-3, "pC"),
            ("C", 1e6, "uC"),
        ("MHz", 1e3, "kHz"), ("mHz", 1e-3, "Hz"), ("degrees", 1, "deg"), ("°", 1, "deg"), ("nm", 1e-3, "um"),
        ("in", 25.4, "mm"), ("inch", 25.4, "mm"), ("inches", 25.4, "mm"), ("ft", 304.8, "mm"),
    ];

    /// <summary>Finds what was meant.</summary>
    /// <param name="text">What was written, which is no quantity.</param>
    /// <returns>How to write it; null when that is not known.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = text.Replace('\u2212', '-').Replace("_", string.Empty, StringComparison.Ordinal);
        if (text.Contains(',', StringComparison.Ordinal))
        {
            return "write a decimal point, and nothing between thousands: `" + plain.Replace(',', '.') + "`";
        }

        if (plain != text && Quantity.TrySplit(plain, out _, out string known) && (known.Length == 0 || Unit.Find(known) is not null))
        {
            return "write `" + plain + "`" + (text.Contains('\u2212', StringComparison.Ordinal)
                ? ": the minus sign is the hyphen of the keyboard" : ": nothing stands between digits");
        }

        if (Quantity.TrySplit(plain, out double number, out string symbol))
        {
            foreach ((string other, double worth, string unit) in s_others)
            {
                if (string.Equals(symbol, other, StringComparison.Ordinal))
                {
                    return "write `" + (number * worth).ToString("0.##########", CultureInfo.InvariantCulture) + " " + unit + "`";
                }
            }
        }

        return null;
    }
}
