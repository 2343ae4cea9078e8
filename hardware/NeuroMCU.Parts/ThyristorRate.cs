// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Parts;

/// <summary>The four parts of one period at constant current, in s.</summary>
/// <param name="On">From the threshold until the current has fallen to the hold current.</param>
/// <param name="Release">Until the stored charge is gone.</param>
/// <param name="Ramp">Until the membrane has risen to the knee of the leak.</param>
/// <param name="Leak">From the knee to the threshold.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ThyristorCycle(double On, double Release, double Ramp, double Leak)
{
    /// <summary>The whole period in s.</summary>
    public double Period => On + Release + Ramp + Leak;
}

/// <summary>
/// Rate, spike and limits of a thyristor neuron at constant current in closed form. For a leak without knee and no release time the
/// period is that of the two-state law, T = C R_h ln[(I R_h − V_hold)/(I R_h − V_th)] + C R_c ln[(V_th − E)/(V_hold − E)] with
/// E = V_on + I R_c (Wu et al., Phys. Rev. Applied 23, 034030 (2025)). A neuron whose threshold memory outlasts its charging fires at the
/// lowered threshold.
/// </summary>
public static class ThyristorRate
{
    /// <summary>The period and its parts.</summary>
    /// <param name="cell">Component values; the threshold lies above the knee and above the hold voltage.</param>
    /// <param name="current">Constant current in A.</param>
    /// <returns>The parts in s; null when the neuron is silent at this current.</returns>
    public static ThyristorCycle? Cycle(ThyristorCell cell, double current)
    {
        if (!(current > cell.Onset) || current >= cell.Hold)
        {
            return null;
        }

        double equilibrium = cell.OnVoltage + (current * cell.ConductingResistance);
        double open = cell.HoldVoltage;
        double from = equilibrium + ((Math.Min(cell.Threshold, open) - equilibrium) * Math.Exp(-cell.Release / cell.DischargeTime));
        double ramp = Math.Max(0, cell.Capacitance * (cell.Knee - from) / current);
        double threshold = cell.Threshold - cell.Memory;
        double leak = LeakTime(cell, current, from, threshold);
        if (ramp + leak >= cell.MemoryTime)
        {
            threshold = cell.Threshold;
            leak = LeakTime(cell, current, from, threshold);
        }

        double on = threshold > open ? cell.DischargeTime * Math.Log((threshold - equilibrium) / (open - equilibrium)) : 0;
        return new ThyristorCycle(on, cell.Release, ramp, leak);
    }

    /// <summary>Spike rate.</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="current">Constant current in A.</param>
    /// <returns>Rate in Hz; 0 below the onset and above the block.</returns>
    public static double Of(ThyristorCell cell, double current)
        => Cycle(cell, current) is { } cycle ? 1 / cycle.Period : 0;

    /// <summary>Current at which the rate is largest, between onset and block.</summary>
    /// <param name="cell">Component values.</param>
    /// <returns>Current in A, to 1e-4 of the range; the onset when the neuron cannot fire.</returns>
    public static double CurrentOfMostRate(ThyristorCell cell)
    {
        const double Golden = 0.6180339887498949;
        double low = cell.Onset;
        double high = cell.Hold;
        double span = 1e-4 * (high - low);
        while (high - low > span && cell.CanFire)
        {
            double left = high - (Golden * (high - low));
            double right = low + (Golden * (high - low));
            if (Of(cell, left) < Of(cell, right))
            {
                low = left;
            }
            else
            {
                high = right;
            }
        }

        return cell.CanFire ? (low + high) / 2 : cell.Onset;
    }

    /// <summary>Current that gives a rate, on the rising side of f(I).</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="rate">Wanted rate in Hz, above 0.</param>
    /// <returns>Current in A; null when the neuron does not get so fast.</returns>
    public static double? CurrentFor(ThyristorCell cell, double rate)
    {
        double low = cell.Onset;
        double high = CurrentOfMostRate(cell);
        if (!cell.CanFire || rate > Of(cell, high))
        {
            return null;
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Of(cell, middle) < rate)
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

    /// <summary>Voltage on the load at the peak of a spike, (V_th − V_on)·R_load/R_c.</summary>
    /// <param name="cell">Component values.</param>
    /// <returns>Height in V.</returns>
    public static double SpikeHeight(ThyristorCell cell) => Math.Max(0, cell.LoadVoltage(cell.Threshold));

    /// <summary>Time for which the voltage on the load stays above half of the spike's height.</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="current">Constant current in A.</param>
    /// <returns>Full width at half maximum in s; 0 when the neuron is silent at this current.</returns>
    public static double SpikeWidth(ThyristorCell cell, double current)
    {
        if (Cycle(cell, current) is not { } cycle)
        {
            return 0;
        }

        double equilibrium = cell.OnVoltage + (current * cell.ConductingResistance);
        double half = (cell.Threshold + cell.OnVoltage) / 2;
        double conducting = cycle.On + cycle.Release;
        return half > equilibrium
            ? Math.Min(conducting, cell.DischargeTime * Math.Log((cell.Threshold - equilibrium) / (half - equilibrium)))
            : conducting;
    }

    // From the knee, or from where the membrane stands above it, to a threshold.
    private static double LeakTime(ThyristorCell cell, double current, double from, double threshold)
    {
        double relaxed = cell.Knee + (current / cell.Leak);
        return Math.Max(0, cell.Capacitance / cell.Leak * Math.Log((relaxed - Math.Max(from, cell.Knee)) / (relaxed - threshold)));
    }
}
