// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Thyristors;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Thyristor neurons for the device: slopes, resistances and rates of the four segments.</summary>
internal sealed class ThyristorEncoder : ICircuitEncoder
{
    /// <inheritdoc />
    public int Count => Thyristor.ParameterCount;

    /// <inheritdoc />
    public long[] Encode(CircuitNeuron cell)
    {
        ThyristorCell part = cell.Population.ThyristorCellOf(cell.Index);
        double leakResistance = 1 / part.Leak;
        long[] values = new long[Thyristor.ParameterCount];
        values[Thyristor.Ramp] = CircuitFormats.Ramp(part.Capacitance);
        values[Thyristor.Threshold] = cell.Volts("threshold", part.Threshold);
        values[Thyristor.Knee] = cell.Volts("knee", part.Knee);
        values[Thyristor.LeakGain] = cell.Gain("resistance of the leak", leakResistance, "onset");
        values[Thyristor.LeakRate] = cell.Rate("time constant of the leak", leakResistance * part.Capacitance, "capacitance");
        values[Thyristor.OnVoltage] = cell.Volts("on_voltage", part.OnVoltage);
        values[Thyristor.OnGain] = cell.Gain("on_resistance + load", part.ConductingResistance, "load");
        values[Thyristor.OnRate] = cell.Rate("time constant of the discharge", part.DischargeTime, "capacitance");
        values[Thyristor.HoldVoltage] = cell.Volts("voltage at the hold current", part.HoldVoltage);
        values[Thyristor.Release] = CircuitFormats.Time(part.Release);
        values[Thyristor.Memory] = cell.Volts("memory", part.Memory);
        values[Thyristor.MemoryTime] = CircuitFormats.Time(part.MemoryTime);
        values[Thyristor.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
        values[Thyristor.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
        values[Thyristor.Onset] = FineCurrent(part.Onset);
        values[Thyristor.Hold] = FineCurrent(part.Hold);
        return values;
    }

    private static long FineCurrent(double amperes)
    {
        return CircuitFormats.Round(amperes / CircuitFormats.CurrentUnit * (1 << Thyristor.FineCurrentBits));
    }
}
