// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>The course c + r·t + Σ aᵢ·exp(−kᵢ t) of a voltage, and the first moment at which it rises through 0.</summary>
/// <param name="Constant">c in V.</param>
/// <param name="Ramp">r in V/µs.</param>
/// <param name="Terms">Amplitude in V and rate in 1/µs of each exponential.</param>
internal sealed record ExponentialCourse(double Constant, double Ramp, params (double Amplitude, double Rate)[] Terms)
{
    private const double Resolution = 1e-9;

    /// <summary>Value at a time.</summary>
    /// <param name="time">Time in µs.</param>
    /// <returns>Voltage in V.</returns>
    public double At(double time)
    {
        double sum = Constant + (Ramp * time);
        foreach ((double amplitude, double rate) in Terms)
        {
            sum += amplitude * Math.Exp(-rate * time);
        }

        return sum;
    }

    /// <summary>
    /// The first time from 0 on at which the value is not below 0. Each step goes to where the tangent and the curvature of the falling
    /// parts, which only get flatter, would bring it at the earliest, so that no crossing is passed.
    /// </summary>
    /// <param name="limit">Time in µs up to which it is looked for.</param>
    /// <returns>Time in µs; infinity when there is none.</returns>
    public double FirstZero(double limit)
    {
        double time = 0;
        while (time <= limit)
        {
            double value = Constant + (Ramp * time);
            double slope = Ramp;
            double bend = 0;
            double room = Ramp > 0 ? double.PositiveInfinity : 0;
            foreach ((double amplitude, double rate) in Terms)
            {
                double part = amplitude * Math.Exp(-rate * time);
                value += part;
                slope -= rate * part;
                bend += part > 0 ? rate * rate * part : 0;
                room += part < 0 ? -part : 0;
            }

            if (value >= 0)
            {
                return time;
            }

            if (value + room <= 0)
            {
                return double.PositiveInfinity;
            }

            // The positive root of value + slope·h + bend·h²/2.
            double root = Math.Sqrt((slope * slope) - (2 * bend * value));
            double step = slope > 0 ? -2 * value / (slope + root) : (root - slope) / bend;
            if (step < Resolution && slope > 0)
            {
                return time + step;
            }

            time += double.IsNaN(step) ? double.PositiveInfinity : Math.Max(step, Resolution);
        }

        return double.PositiveInfinity;
    }
}
