// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Whether a new calibration of a board is worse than the one that is kept: fewer channels, a worse fit, or less of their
/// range.</summary>
public static class CalibrationComparison
{
    /// <summary>Part of its former range of rates that a channel must still cover.</summary>
    public const double LeastRange = 0.9;

    /// <summary>Growth of a channel's fit error that counts, as a part of its highest rate.</summary>
    public const double MostError = 0.02;

    /// <summary>Says what became worse.</summary>
    /// <param name="former">The calibration that is kept.</param>
    /// <param name="made">The new one, of the same board.</param>
    /// <returns>A sentence for each reason, without full stop; none when it is as good.</returns>
    public static IReadOnlyList<string> Worse(BoardCalibration former, BoardCalibration made)
    {
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(made);
        string[] lost = [.. former.Good().Select(c => c.Name).Except(made.Good().Select(c => c.Name), StringComparer.Ordinal)];
        List<string> reasons = lost.Length == 0 ? [] : [$"{string.Join(", ", lost)} failed, and was good"];

        // Another component set asks for other rates: ranges and errors say nothing about each other.
        if (!string.Equals(former.Reference, made.Reference, StringComparison.Ordinal))
        {
            return reasons;
        }

        foreach (ChannelCalibration then in former.Good())
        {
            if (made.Good().FirstOrDefault(c => string.Equals(c.Name, then.Name, StringComparison.Ordinal)) is not { } now)
            {
                continue;
            }

            if (now.HighestRate - now.LowestRate < LeastRange * (then.HighestRate - then.LowestRate))
            {
                reasons.Add(
                    Text($"{now.Name} can be set from {now.LowestRate:0} to {now.HighestRate:0} Hz only, and could from {then.LowestRate:0} to {then.HighestRate:0} Hz"));
            }

            if (now.Fit is { } fit && then.Fit is { } before && fit.Rmse - before.Rmse > MostError * then.HighestRate)
            {
                reasons.Add(Text($"the closed form is off by {fit.Rmse:0.0} Hz for {now.Name}, and was by {before.Rmse:0.0} Hz"));
            }
        }

        return reasons;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
