// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;
using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// The bursting neuron: a thyristor neuron whose load is a soma of resistor and capacitor. With V_M = V − V_s across the thyristor:
/// <code>
/// C dV/dt = I − I_M,   C_s dV_s/dt = I_M − V_s/R_s
/// off: I_M = g·max(0, V_M − V_knee)     on: I_M = (V_M − V_on)/r_on
/// </code>
/// It fires when V_M ≥ θ and opens when I_M has been below the hold current for the release time. θ is the threshold less what the
/// gate remembers: right after the thyristor opens it is lower by `threshold_drop`, which fades with `threshold_recovery`.
/// Source: Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), equations 3 to 5; the threshold memory is added, without it the
/// equations do not burst. The mode IB2 of the paper needs more and is not reproduced.
/// </summary>
public sealed class BurstingModel : CircuitModel
{
    private const double ShareOne = 1L << Bursting.ShareBits;

    // What relaxes faster than this, in 0.1 us, does so at once; what is slower than the least rate, hundreds of hours, not at all.
    private const long MostRate = 1L << 44;

    private static readonly CircuitParameter[] s_parameters =
    [
        new("capacitance", Dimension.Capacitance, 2.2e-3, 2e3, "membrane capacitance C of the dendrite"),
        new("soma_resistance", Dimension.Resistance, 1e-3, 100, "resistor R_s of the soma"),
        new("soma_capacitance", Dimension.Capacitance, 1e-4, 1e3, "capacitor C_s of the soma"),
        new("threshold", Dimension.Voltage, 50, 30000, "the thyristor fires when the voltage across it gets here (V_th)"),
        new("onset", Dimension.Current, 0.01, 500, "leak at the threshold (I_min)"),
        new("knee", Dimension.Voltage, 0, 30000, "below this voltage across it the thyristor does not leak (V_knee)"),
        new("hold", Dimension.Current, 0.01, 500, "current below which the thyristor opens (I_hold)"),
        new("on_voltage", Dimension.Voltage, 0, 5000, "voltage drop of the conducting thyristor (V_on)"),
        new("on_resistance", Dimension.Resistance, 1e-3, 10, "resistance of the conducting thyristor (r_on)"),
        new("release", Dimension.Time, 0, 1e6, "how long stored charge keeps it on after its current has fallen below `hold`"),
        new("threshold_drop", Dimension.Voltage, 0, 1000, "how much lower the threshold is right after the thyristor opens (dV)"),
        new("threshold_recovery", Dimension.Time, 10, 1e6, "time constant with which the threshold recovers (tau_q)"),
        new("bias", Dimension.Current, -260, 260, "constant current into the dendrite (I_0)"),
        new("initial", Dimension.Voltage, 0, 30000, "voltage of the dendrite at the start; the soma starts at 0"),
    ];

    /// <inheritdoc />
    public override string Name => "bursting";

    /// <inheritdoc />
    public override Model Device => new Bursting();

    /// <inheritdoc />
    public override IReadOnlyList<CircuitParameter> Parameters => s_parameters;

    /// <inheritdoc />
    public override IReadOnlyList<string> Presets => ["w23"];

    /// <inheritdoc />
    public override double TypicalCurrent(string preset) => 60;

    /// <inheritdoc />
    internal override long[] Encode(ICellEncoder cell)
    {
        BurstingCell part = CellOf(cell.Value);
        long[] values = new long[Bursting.ParameterCount];
        values[Bursting.Threshold] = cell.Volts("threshold", part.Part.Threshold);
        values[Bursting.Knee] = cell.Volts("knee", part.Part.Knee);
        values[Bursting.OnVoltage] = cell.Volts("on_voltage", part.Part.OnVoltage);
        values[Bursting.HoldVoltage] = cell.Volts("voltage at the hold current", part.Part.HoldVoltage);
        values[Bursting.Release] = DeviceFormats.Time(part.Part.Release);
        values[Bursting.Memory] = cell.Volts("threshold_drop", part.ThresholdDrop);
        values[Bursting.MemoryRate] = Rate(1 / part.ThresholdRecovery);
        values[Bursting.Ramp] = DeviceFormats.Ramp(part.Part.Capacitance);
        values[Bursting.SomaGain] = cell.Gain("soma_resistance", part.SomaResistance, "soma_resistance");
        values[Bursting.SomaRate] = Rate(1 / (part.SomaResistance * part.SomaCapacitance));
        values[Bursting.Bias] = cell.Current("bias", cell.Value("bias") * 1e-6);
        values[Bursting.Initial] = cell.Volts("initial", cell.Value("initial") * 1e-3);
        Conduct(cell, values, Bursting.Leaking, ("resistance of the leak", "onset"), part, part.Part.Leak);
        Conduct(cell, values, Bursting.Conducting, ("on_resistance", "on_resistance"), part, 1 / part.Part.OnResistance);
        return values;
    }

    /// <inheritdoc />
    internal override ICircuitState State(Func<string, double> value) => new BurstingState(CellOf(value), value("initial") * 1e-3);

    /// <inheritdoc />
    internal override CellEquations Equations(Func<string, double> value) => new BurstingEquations(CellOf(value), value("initial") * 1e-3);

    /// <summary>The next spike is computed after each spike and at each change.</summary>
    internal override double Work(double spikes, double changes, double steps, int step)
        => ((changes + spikes) * Bursting.PredictionWork) + (spikes * Bursting.CrossingWork);

    private static void Conduct(ICellEncoder cell, long[] values, int place, (string Name, string Parameter) resistance, BurstingCell part,
        double conductance)
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

    private static long Share(double value) => DeviceFormats.Round(Math.Max(0, value) * ShareOne);

    private static long Rate(double perSecond) => Math.Clamp(DeviceFormats.LeakRate(1e6 / perSecond), 1, MostRate);

    /// <summary>Component values in SI units.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>The cell.</returns>
    public static BurstingCell CellOf(Func<string, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new BurstingCell
        {
            Part = new ThyristorCell
            {
                Capacitance = value("capacitance") * 1e-6,
                Load = 0,
                Threshold = value("threshold") * 1e-3,
                Onset = value("onset") * 1e-6,
                Knee = value("knee") * 1e-3,
                Hold = value("hold") * 1e-6,
                OnVoltage = value("on_voltage") * 1e-3,
                OnResistance = value("on_resistance") * 1e3,
                Release = value("release") * 1e-6,
            },
            SomaResistance = value("soma_resistance") * 1e3,
            SomaCapacitance = value("soma_capacitance") * 1e-6,
            ThresholdDrop = value("threshold_drop") * 1e-3,
            ThresholdRecovery = value("threshold_recovery") * 1e-6,
        };
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> ValuesOf(string preset)
    {
        BurstingCell cell = BurstingPresets.W23;
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["capacitance"] = cell.Part.Capacitance * 1e6,
            ["soma_resistance"] = cell.SomaResistance / 1e3,
            ["soma_capacitance"] = cell.SomaCapacitance * 1e6,
            ["threshold"] = cell.Part.Threshold * 1e3,
            ["onset"] = cell.Part.Onset * 1e6,
            ["knee"] = cell.Part.Knee * 1e3,
            ["hold"] = cell.Part.Hold * 1e6,
            ["on_voltage"] = cell.Part.OnVoltage * 1e3,
            ["on_resistance"] = cell.Part.OnResistance / 1e3,
            ["release"] = cell.Part.Release * 1e6,
            ["threshold_drop"] = cell.ThresholdDrop * 1e3,
            ["threshold_recovery"] = cell.ThresholdRecovery * 1e6,
            ["bias"] = 0,
            ["initial"] = 0,
        };
    }

    /// <inheritdoc />
    public override IEnumerable<CircuitFault> Check(Func<string, double> value)
    {
        foreach (CircuitFault fault in ThyristorRules.Check(value, 0, loadName: null))
        {
            yield return fault;
        }

        double least = Math.Max(value("knee"), value("on_voltage"));
        if (value("threshold") - value("threshold_drop") <= least)
        {
            yield return new CircuitFault(
                "threshold_drop",
                "`threshold_drop` " + Quantity.Text(value("threshold_drop"), Dimension.Voltage) + " brings the threshold down to "
                + Quantity.Text(least, Dimension.Voltage)
                    + " or less, where the thyristor does not conduct",
                "lower `threshold_drop`");
        }
    }
}
