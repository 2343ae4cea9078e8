// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>A parameter that a fit may move, and how far.</summary>
internal sealed record CellParameter(string Name, double Low, double High, Func<ThyristorCell, double> Get, Func<ThyristorCell, double,
    ThyristorCell> Set)
{
    /// <summary>Measured thyristors lie between 0.85 V (100 kΩ gate resistor) and 3 V.</summary>
    public static CellParameter Threshold { get; } = new("threshold", 0.5, 5, c => c.Threshold, (c, v) => c with { Threshold = v });

    /// <summary>Resistance of the thyristor that is on; 53 Ω in the plain two-state fit.</summary>
    public static CellParameter OnResistance { get; } = new("on_resistance", 5, 500, c => c.OnResistance,
        (c, v) => c with { OnResistance = v });

    /// <summary>Voltage where the leak begins, as far as the threshold lets it.</summary>
    public static CellParameter Knee { get; } = new("knee", 0, 2, c => c.Knee, (c, v) => c with { Knee = Math.Min(v, 0.95 * c.Threshold) });

    /// <summary>Stored charge keeps the thyristor on for up to some milliseconds.</summary>
    public static CellParameter Release { get; } = new("release", 0, 5e-3, c => c.Release, (c, v) => c with { Release = v });

    /// <summary>The holding current lies between the highest firing and the lowest blocked current.</summary>
    public static CellParameter Hold(double low, double high) => new("hold", low, high, c => c.Hold, (c, v) => c with { Hold = v });

    /// <summary>The onset lies between the highest silent and the lowest firing current.</summary>
    public static CellParameter Onset(double low, double high) => new("onset", low, high, c => c.Onset, (c, v) => c with { Onset = v });
}
