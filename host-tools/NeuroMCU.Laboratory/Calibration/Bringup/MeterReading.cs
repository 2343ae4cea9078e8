// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>A voltage that the user measures with a multimeter, since no instrument of the board sees it.</summary>
/// <param name="What">What is measured, for people: <c>5 V supply</c>.</param>
/// <param name="From">Smallest voltage in V that is as it should be.</param>
/// <param name="To">Largest voltage in V that is as it should be.</param>
/// <param name="Advice">What to check when it is not.</param>
public sealed record MeterReading(string What, double From, double To, string Advice)
{
    /// <summary>Gets the voltages that are as they should be, for people.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"{From:0.00} to {To:0.00} V");

    /// <summary>A voltage within a tolerance.</summary>
    /// <param name="what">What is measured.</param>
    /// <param name="volts">Its nominal voltage in V.</param>
    /// <param name="tolerance">Part of it that it may deviate by.</param>
    /// <param name="advice">What to check when it deviates more.</param>
    /// <returns>The reading.</returns>
    public static MeterReading Around(string what, double volts, double tolerance, string advice)
        => new(what, volts * (1 - tolerance), volts * (1 + tolerance), advice);

    /// <summary>Judges what was typed.</summary>
    /// <param name="volts">Voltage in V; null when it was not measured, which is no failure but stands in the report.</param>
    /// <returns>The finding.</returns>
    public BringupFinding Judge(double? volts)
    {
        if (volts is not { } value)
        {
            return new BringupFinding(BringupFinding.Multimeter, What, true, $"not measured ({Range} expected)",
                string.Empty)
            { Measured = false };
        }

        bool within = value >= From && value <= To;
        return new BringupFinding(BringupFinding.Multimeter, What, within,
            string.Create(CultureInfo.InvariantCulture, $"{value:0.###} V ({Range} expected)"), within ? string.Empty : Advice);
    }

    /// <summary>Reads a typed voltage; a decimal comma and the unit are fine.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="volts">Voltage in V; null when nothing was typed.</param>
    /// <returns>False when it is no voltage.</returns>
    public static bool TryRead(string typed, out double? volts)
    {
        ArgumentNullException.ThrowIfNull(typed);
        string number = typed.Trim().TrimEnd('V', 'v').Trim().Replace(',', '.');
        volts = null;
        if (number.Length == 0)
        {
            return typed.Trim().Length == 0;
        }

        bool read = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        volts = read ? value : null;
        return read;
    }
}
