// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Image;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Thyristors;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Thyristor neurons for the device: slopes, resistances and rates of the four segments.</summary>
internal sealed class ThyristorEncoder : ICircuitEncoder
{
    /// <inheritdoc />
    public int Count => ThyristorLayout.Count;

    /// <inheritdoc />
    public long[] Encode(CircuitNeuron cell)
    {
        ThyristorCell part = cell.Population.ThyristorCellOf(cell.Index);
        double leakResistance = 1 / part.Leak;
        long[] values = new long[ThyristorLayout.Count];
        values[ThyristorLayout.Ramp] = CircuitFormats.Ramp(part.Capacitance);
        values[ThyristorLayout.Threshold] = cell.Volts("threshold", part.Threshold);
        values[ThyristorLayout.Knee] = cell.Volts("knee", part.Knee);
        values[ThyristorLayout.LeakGain] = cell.Gain("resistance of the leak", leakResistance, "onset");
        values[ThyristorLayout.LeakRate] = cell.Rate("time constant of the leak", leakResistance * part.Capacitance, "capacitance");
        values[ThyristorLayout.OnVoltage] = cell.Volts("on_voltage", part.OnVoltage);
        values[ThyristorLayout.OnGain] = cell.Gain("on_resistance + load", part.ConductingResistance, "load");
        values[ThyristorLayout.OnRate] = cell.Rate("time constant of the discharge", part.DischargeTime, "capacitance");
        values[ThyristorLayout.HoldVoltage] = cell.Volts("voltage at the hold current", part.HoldVoltage);
        values[ThyristorLayout.Release] = CircuitFormats.Time(part.Release);
        values[ThyristorLayout.Memory] = cell.Volts("memory", part.Memory);
        values[ThyristorLayout.MemoryTime] = CircuitFormats.Time(part.MemoryTime);
        values[ThyristorLayout.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
        values[ThyristorLayout.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
        values[ThyristorLayout.Onset] = FineCurrent(part.Onset);
        values[ThyristorLayout.Hold] = FineCurrent(part.Hold);
        return values;
    }

    private static long FineCurrent(double amperes)
    {
        return CircuitFormats.Round(amperes / CircuitFormats.CurrentUnit * (1 << ThyristorLayout.FineCurrentBits));
    }
}
