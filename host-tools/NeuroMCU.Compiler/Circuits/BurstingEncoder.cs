// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Thyristors;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Bursting neurons for the device: the ramp, and how both voltages relax while the thyristor leaks or is on.</summary>
internal sealed class BurstingEncoder : ICircuitEncoder
{
    private const double ShareOne = 1L << Bursting.ShareBits;

    // What relaxes faster than this, in 0.1 us, does so at once; what is slower than the least rate, hundreds of hours, not at all.
    private const long MostRate = 1L << 44;

    /// <inheritdoc />
    public int Count => Bursting.ParameterCount;

    /// <inheritdoc />
    public long[] Encode(CircuitNeuron cell)
    {
        BurstingCell part = cell.Population.BurstingCellOf(cell.Index);
        long[] values = new long[Bursting.ParameterCount];
        values[Bursting.Threshold] = cell.Volts("threshold", part.Part.Threshold);
        values[Bursting.Knee] = cell.Volts("knee", part.Part.Knee);
        values[Bursting.OnVoltage] = cell.Volts("on_voltage", part.Part.OnVoltage);
        values[Bursting.HoldVoltage] = cell.Volts("voltage at the hold current", part.Part.HoldVoltage);
        values[Bursting.Release] = CircuitFormats.Time(part.Part.Release);
        values[Bursting.Memory] = cell.Volts("threshold_drop", part.ThresholdDrop);
        values[Bursting.MemoryRate] = Rate(1 / part.ThresholdRecovery);
        values[Bursting.Ramp] = CircuitFormats.Ramp(part.Part.Capacitance);
        values[Bursting.SomaGain] = cell.Gain("soma_resistance", part.SomaResistance, "soma_resistance");
        values[Bursting.SomaRate] = Rate(1 / (part.SomaResistance * part.SomaCapacitance));
        values[Bursting.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
        values[Bursting.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
        Conduct(cell, values, Bursting.Leaking, ("resistance of the leak", "onset"), part, part.Part.Leak);
        Conduct(cell, values, Bursting.Conducting, ("on_resistance", "on_resistance"), part, 1 / part.Part.OnResistance);
        return values;
    }

    private static void Conduct(CircuitNeuron cell, long[] values, int place, (string Name, string Parameter) resistance, BurstingCell part, double conductance)
    {
        BurstingRelaxation relaxation = part.Relaxation(conductance);
        values[place + Bursting.Gain] = cell.Gain(resistance.Name, 1 / conductance, resistance.Parameter);
        values[place + Bursting.FastRate] = Rate(relaxation.Fast);
        values[place + Bursting.SlowRate] = Rate(relaxation.Slow);
        values[place + Bursting.Shares] = Share(relaxation.DendriteOfDendrite);
        values[place + Bursting.Shares + 1] = Share(relaxation.DendriteOfSoma);
        values[place + Bursting.Shares + 2] = Share(relaxation.SomaOfDendrite);
        values[place + Bursting.Shares + 3] = Share(relaxation.SomaOfSoma);
    }

    private static long Share(double value) => CircuitFormats.Round(Math.Max(0, value) * ShareOne);

    private static long Rate(double perSecond) => Math.Clamp(FixedPoint.LeakRate(1e6 / perSecond), 1, MostRate);
}
