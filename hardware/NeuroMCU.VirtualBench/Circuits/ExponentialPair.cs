// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// The course of a voltage in a circuit of two capacitors: rest + slope·t + a·e^(p t) + b·e^(q t) with p, q ≤ 0. It has at most one
/// extremum, so that the first crossing of a level is found without missing one.
/// </summary>
/// <param name="Rest">Constant part in V.</param>
/// <param name="Slope">Ramp in V/s; only where at most one exponential is there.</param>
/// <param name="A">First amplitude in V.</param>
/// <param name="P">First rate in 1/s.</param>
/// <param name="B">Second amplitude in V.</param>
/// <param name="Q">Second rate in 1/s.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExponentialPair(double Rest, double Slope, double A, double P, double B, double Q)
{
    private const int Halvings = 64;

    /// <summary>Gets the value at a time.</summary>
    public double At(double t) => Rest + (Slope * t) + (A * Math.Exp(P * t)) + (B * Math.Exp(Q * t));

    /// <summary>Gets the difference of two courses with the same rates.</summary>
    public ExponentialPair Minus(in ExponentialPair other) =>
        new(Rest - other.Rest, Slope - other.Slope, A - other.A, P, B - other.B, Q);

    /// <summary>Gets the first time after 0 at which a level is crossed.</summary>
    /// <param name="level">Level in V.</param>
    /// <returns>Time in s; infinity when it never is. A course that begins on the level crosses it only when it comes back.</returns>
    public double TimeTo(double level)
    {
        double extremum = Extremum();
        if (extremum > 0)
        {
            double first = InPiece(level, 0, extremum);
            return double.IsFinite(first) ? first : InPiece(level, extremum, double.PositiveInfinity);
        }

        return InPiece(level, 0, double.PositiveInfinity);
    }

    private double Extremum()
    {
        double ap = A * P;
        double bq = B * Q;
        double t = 0;
        if (Slope != 0 && bq == 0 && ap != 0)
        {
            t = Math.Log(-Slope / ap) / P;
        }
        else if (Slope == 0 && ap != 0 && bq != 0)
        {
            t = Math.Log(-bq / ap) / (P - Q);
        }

        return double.IsFinite(t) ? t : 0;
    }

    // The course is monotone between the two times.
    private double InPiece(double level, double low, double high)
    {
        double before = At(low) - level;
        double sign = Math.Sign(before);
        if (Math.Abs(before) < 1e-12)
        {
            // On the level: a monotone course leaves it and does not come back within this piece.
            return double.PositiveInfinity;
        }

        if (double.IsPositiveInfinity(high))
        {
            double limit = Slope != 0 ? Slope * double.PositiveInfinity : Rest - level;
            if (sign * limit >= 0)
            {
                return double.PositiveInfinity;
            }

            double step = 1e-7;
            while (sign * (At(low + step) - level) > 0)
            {
                step *= 2;
                if (step > 1e9)
                {
                    return double.PositiveInfinity;
                }
            }

            high = low + step;
        }
        else if (sign * (At(high) - level) > 0)
        {
            return double.PositiveInfinity;
        }

        for (int i = 0; i < Halvings && high - low > 1e-12; i++)
        {
            double middle = (low + high) / 2;
            if (sign * (At(middle) - level) > 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
