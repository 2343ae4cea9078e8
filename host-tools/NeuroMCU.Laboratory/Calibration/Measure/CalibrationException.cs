// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>A calibration, or data for one, that cannot be used.</summary>
public sealed class CalibrationException : ExplainedException
{
    /// <summary>Initializes a new instance of the <see cref="CalibrationException" /> class.</summary>
    /// <param name="kind">What kind of problem it is.</param>
    /// <param name="what">What is wrong, with file, line and value.</param>
    /// <param name="why">Why that is a problem; may be null.</param>
    /// <param name="next">What to do.</param>
    /// <param name="inner">What it came from.</param>
    public CalibrationException(CalibrationErrorKind kind, string what, string? why, string next, Exception? inner = null)
        : base(what, why, next, inner)
    {
        Kind = kind;
    }

    /// <summary>Gets the kind of problem.</summary>
    public CalibrationErrorKind Kind { get; }
}
