// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.AfterRun;

/// <summary>The rate that a calibration measured at a code, in between by a straight line.</summary>
internal sealed class MeasuredRate
{
    // Codes on either side that count as the same, as a part of the largest: just above the onset the rate changes fast.
    private const double SameCode = 0.01;

    private readonly (double Code, double Rate)[] _points;

    public MeasuredRate(ChannelCalibration channel) => _points =
    [
        .. channel.Readings.Where(r => r.Rate > 0).GroupBy(r => r.Code).OrderBy(g => g.Key)
            .Select(g => ((double)g.Key, g.Average(r => r.Rate))),
    ];

    /// <summary>Gets the rate at a code that is nearest to one that was seen.</summary>
    /// <param name="seen">Rate in Hz that was seen at it.</param>
    /// <returns>Hz; null where the channel was not measured.</returns>
    public double? Nearest(double code, double seen)
    {
        double margin = SameCode * _points[^1].Code;
        if (code > _points[^1].Code || code < _points[0].Code - margin)
        {
            return null;
        }

        // At its onset it may be as slow as it likes.
        double least = code - margin < _points[0].Code ? 0 : Math.Min(At(code - margin), At(code + margin));
        return Math.Clamp(seen, least, Math.Max(At(code - margin), At(code + margin)));
    }

    private double At(double code)
    {
        int above = Array.FindIndex(_points, p => p.Code >= code);
        if (above <= 0)
        {
            return above == 0 ? _points[0].Rate : _points[^1].Rate;
        }

        ((double lower, double slow), (double upper, double fast)) = (_points[above - 1], _points[above]);
        return slow + ((code - lower) / (upper - lower) * (fast - slow));
    }
}
