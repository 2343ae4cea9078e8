// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>The voltage of a capacitor that obeys C dV/dt = a − b·V.</summary>
internal static class CapacitorLaw
{
    /// <summary>Gets the voltage after a time.</summary>
    public static double Value(double voltage, double a, double b, double capacitance, double elapsed)
    {
        if (elapsed <= 0)
        {
            return voltage;
        }

        if (b == 0)
        {
            return voltage + (a * elapsed / capacitance);
        }

        double rest = a / b;
        return rest + ((voltage - rest) * Math.Exp(-elapsed * b / capacitance));
    }

    /// <summary>Gets the time until a level is reached; infinity when it never is.</summary>
    public static double TimeTo(double voltage, double level, double a, double b, double capacitance)
    {
        if (b == 0)
        {
            double time = (level - voltage) * capacitance / a;
            return time > 0 ? time : double.PositiveInfinity;
        }

        double rest = a / b;
        double ratio = (voltage - rest) / (level - rest);
        return ratio > 1 && double.IsFinite(ratio) ? Math.Log(ratio) * capacitance / b : double.PositiveInfinity;
    }

    /// <summary>A segment with one law.</summary>
    /// <param name="Voltage">Voltage in V then.</param>
    /// <param name="A">Current in A at 0 V.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Segment(double Start, double Voltage, double A, double B, bool Conducting) : ISegment
    {
        /// <summary>Gets the voltage at a time.</summary>
        public double At(double time, double capacitance) => Value(Voltage, A, B, capacitance, time - Start);
    }
}
