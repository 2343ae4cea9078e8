// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Image;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Thyristors;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Bursting neurons for the device: the ramp, and how both voltages relax while the thyristor leaks or is on.</summary>
internal sealed class BurstingEncoder : ICircuitEncoder
{
    private const double ShareOne = 1L << BurstingLayout.ShareBits;

    // What relaxes faster than this, in 0.1 us, does so at once; what is slower than the least rate, hundreds of hours, not at all.
    private const long MostRate = 1L << 44;

    /// <inheritdoc />
    public int Count => BurstingLayout.Count;

    /// <inheritdoc />
    public long[] Encode(CircuitNeuron cell)
    {
        BurstingCell part = cell.Population.BurstingCellOf(cell.Index);
        long[] values = new long[BurstingLayout.Count];
        values[BurstingLayout.Threshold] = cell.Volts("threshold", part.Part.Threshold);
        values[BurstingLayout.Knee] = cell.Volts("knee", part.Part.Knee);
        values[BurstingLayout.OnVoltage] = cell.Volts("on_voltage", part.Part.OnVoltage);
        values[BurstingLayout.HoldVoltage] = cell.Volts("voltage at the hold current", part.Part.HoldVoltage);
        values[BurstingLayout.Release] = CircuitFormats.Time(part.Part.Release);
        values[BurstingLayout.Memory] = cell.Volts("threshold_drop", part.ThresholdDrop);
        values[BurstingLayout.MemoryRate] = Rate(1 / part.ThresholdRecovery);
        values[BurstingLayout.Ramp] = CircuitFormats.Ramp(part.Part.Capacitance);
        values[BurstingLayout.SomaGain] = cell.Gain("soma_resistance", part.SomaResistance, "soma_resistance");
        values[BurstingLayout.SomaRate] = Rate(1 / (part.SomaResistance * part.SomaCapacitance));
        values[BurstingLayout.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
        values[BurstingLayout.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
        Conduct(cell, values, BurstingLayout.Leaking, ("resistance of the leak", "onset"), part, part.Part.Leak);
        Conduct(cell, values, BurstingLayout.Conducting, ("on_resistance", "on_resistance"), part, 1 / part.Part.OnResistance);
        return values;
    }

    private static void Conduct(CircuitNeuron cell, long[] values, int place, (string Name, string Parameter) resistance, BurstingCell part, double conductance)
    {
        BurstingRelaxation relaxation = part.Relaxation(conductance);
        values[place + BurstingLayout.Gain] = cell.Gain(resistance.Name, 1 / conductance, resistance.Parameter);
        values[place + BurstingLayout.FastRate] = Rate(relaxation.Fast);
        values[place + BurstingLayout.SlowRate] = Rate(relaxation.Slow);
        values[place + BurstingLayout.Shares] = Share(relaxation.DendriteOfDendrite);
        values[place + BurstingLayout.Shares + 1] = Share(relaxation.DendriteOfSoma);
        values[place + BurstingLayout.Shares + 2] = Share(relaxation.SomaOfDendrite);
        values[place + BurstingLayout.Shares + 3] = Share(relaxation.SomaOfSoma);
    }

    private static long Share(double value) => CircuitFormats.Round(Math.Max(0, value) * ShareOne);

    private static long Rate(double perSecond) => Math.Clamp(FixedPoint.LeakRate(1e6 / perSecond), 1, MostRate);
}
