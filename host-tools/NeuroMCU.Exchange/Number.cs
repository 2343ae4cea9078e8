// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Exchange;

/// <summary>Numbers as texts of network files and messages.</summary>
internal static class Number
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Three digits, for people.</summary>
    public static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A time for people.</summary>
    public static string Time(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 1e-3 => (seconds * 1e6).ToString("G6", CultureInfo.InvariantCulture) + " us",
        < 1 => (seconds * 1e3).ToString("G6", CultureInfo.InvariantCulture) + " ms",
        _ => seconds.ToString("G6", CultureInfo.InvariantCulture) + " s",
    };
}
