// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary>What is wrong with a fit, in words; a fit with nothing wrong has none.</summary>
internal static class FitProblem
{
    /// <summary>Looks at the points before they are fitted.</summary>
    /// <exception cref="CalibrationException">They cannot carry a fit.</exception>
    public static void CheckPoints(string file, IReadOnlyList<RatePoint> points)
    {
        int firing = CellFitter.FiringCurrents(points);
        if (firing < CellFitter.FewestPoints)
        {
            int distinct = points.Select(p => p.Current).Distinct().Count();
            throw new CalibrationException(
                CalibrationErrorKind.Data,
                $"{file}: distinct currents: {distinct}, and the neuron fires at {firing} of them; a fit needs {CellFitter.FewestPoints}",
                points.Count > distinct ? "a current that is measured again says nothing new about the curve" : null,
                "measure at more currents between onset and block");
        }
    }

    /// <summary>Says why a fit is none.</summary>
    /// <returns>The reason; null when the closed form explains the points.</returns>
    public static string? Of(IReadOnlyList<RatePoint> points, CellFit fit, IReadOnlyList<RateConflict> conflicts)
    {
        // No curve goes through both of two readings at one current, however small the part of them that a fit leaves unexplained.
        if (conflicts.Count > 0)
        {
            RateConflict first = conflicts[0];
            string more = conflicts.Count == 1 ? string.Empty : $", and likewise at {Figures.Count(conflicts.Count - 1, "more current")}";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the readings contradict each other: {first.Lowest:0.0} Hz and {first.Highest:0.0} Hz at {first.Current * 1e6:0.0###} "
                + $"uA{more}; the fit, off by {fit.Rmse:0.0} Hz (RMSE), lies between them");
        }

        if (fit.IsExplanation)
        {
            return null;
        }

        double highest = points.Max(p => p.Rate);
        double lowest = points.Min(p => p.Rate);
        string reason = (highest - lowest) < 0.05 * highest
            ? string.Create(CultureInfo.InvariantCulture, $"the rate is the same at every current ({lowest:0.###} to {highest:0.###} Hz)")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the closed form is off by {fit.Rmse:0.0} Hz (RMSE) where the rates reach {highest:0.0} Hz, and explains "
                + $"{Math.Max(0, fit.Explained) * 100:0} % of their variance");
        return "the fit failed: " + reason;
    }

    /// <summary>What to do about it.</summary>
    /// <returns>The advice.</returns>
    public static string Next(IReadOnlyList<RateConflict> conflicts) => conflicts.Count > 0
        ? "where the neuron has hysteresis, fit the rising and the falling sweep each by itself; else take out the readings that are wrong"
        : "check the units in the header, --capacitance and --load (the wrong one scales every rate), and the wiring of the counter";
}
