// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;
using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// The thyristor neuron. Equations and source stand at <see cref="ThyristorCell" />; the input is the current
/// I = bias + drive + sum of the receptors, and a synapse without receptor lifts the membrane by Q/C.
/// </summary>
public sealed class ThyristorModel : CircuitModel
{
    private static readonly CircuitParameter[] s_parameters =
    [
        new("capacitance", Dimension.Capacitance, 2.2e-3, 1e3, "membrane capacitance C"),
        new("load", Dimension.Resistance, 1e-3, 100, "resistor R_load from cathode to ground; the spike is the voltage on it"),
        new("threshold", Dimension.Voltage, 50, 30000, "the thyristor fires when the membrane gets here (V_th)"),
        new("onset", Dimension.Current, 0.01, 500, "least current that fires (I_min): the leak at the threshold"),
        new("knee", Dimension.Voltage, 0, 30000, "below this voltage there is no leak; 0 for a leak proportional to the voltage (V_knee)"),
        new("hold", Dimension.Current, 0.01, 500, "current below which the thyristor opens (I_hold); a drive above it blocks the neuron"),
        new("on_voltage", Dimension.Voltage, 0, 5000, "voltage drop of the conducting thyristor (V_on)"),
        new("on_resistance", Dimension.Resistance, 0, 10, "resistance of the conducting thyristor (r_on)"),
        new("release", Dimension.Time, 0, 1e6, "how long stored charge keeps it on after its current has fallen below `hold`"),
        new("memory", Dimension.Voltage, 0, 5000,
            "how far the threshold lies lower after the thyristor has turned off (stored gate charge)"),
        new("memory_time", Dimension.Time, 0, 1e6, "how long it does so"),
        new("bias", Dimension.Current, -260, 260, "constant current into the membrane (I_0)"),
        new("initial", Dimension.Voltage, 0, 30000, "membrane at the start"),
    ];

    private static readonly string[] s_presets = ThyristorPresets.Names.OrderBy(n => !string.Equals(n, ThyristorPresets.Default,
        StringComparison.Ordinal)).ToArray();

    /// <inheritdoc />
    public override string Name => "thyristor";

    /// <inheritdoc />
    public override Model Device => new Thyristor();

    /// <inheritdoc />
    public override IReadOnlyList<CircuitParameter> Parameters => s_parameters;

    /// <inheritdoc />
    public override IReadOnlyList<string> Presets => s_presets;

    /// <inheritdoc />
    public override bool TakesChannels => true;

    /// <inheritdoc />
    public override double TypicalCurrent(string preset)
    {
        IReadOnlyDictionary<string, double> values = ValuesOf(preset);
        return Math.Sqrt(values["onset"] * values["hold"]);
    }

    /// <inheritdoc />
    public override double? TraceThreshold(long[][] parameters, int neuron)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        long[] thresholds = parameters[Thyristor.Threshold];
        return thresholds[thresholds.Length == 1 ? 0 : neuron] * 1e3 / (1L << Thyristor.VoltBits);
    }

    /// <inheritdoc />
    internal override long[] Encode(ICellEncoder cell)
    {
        ThyristorCell part = CellOf(cell.Value);
        double leakResistance = 1 / part.Leak;
        long[] values = new long[Thyristor.ParameterCount];
        values[Thyristor.Ramp] = DeviceFormats.Ramp(part.Capacitance);
        values[Thyristor.Threshold] = cell.Volts("threshold", part.Threshold);
        values[Thyristor.Knee] = cell.Volts("knee", part.Knee);
        values[Thyristor.LeakGain] = cell.Gain("resistance of the leak", leakResistance, "onset");
        values[Thyristor.LeakRate] = cell.Rate("time constant of the leak", leakResistance * part.Capacitance, "capacitance");
        values[Thyristor.OnVoltage] = cell.Volts("on_voltage", part.OnVoltage);
        values[Thyristor.OnGain] = cell.Gain("on_resistance + load", part.ConductingResistance, "load");
        values[Thyristor.OnRate] = cell.Rate("time constant of the discharge", part.DischargeTime, "capacitance");
        values[Thyristor.HoldVoltage] = cell.Volts("voltage at the hold current", part.HoldVoltage);
        values[Thyristor.Release] = DeviceFormats.Time(part.Release);
        values[Thyristor.Memory] = cell.Volts("memory", part.Memory);
        values[Thyristor.MemoryTime] = DeviceFormats.Time(part.MemoryTime);
        values[Thyristor.Bias] = cell.Current("bias", cell.Value("bias") * 1e-6);
        values[Thyristor.Initial] = cell.Volts("initial", cell.Value("initial") * 1e-3);
        values[Thyristor.Onset] = FineCurrent(part.Onset);
        values[Thyristor.Hold] = FineCurrent(part.Hold);
        return values;
    }

    /// <inheritdoc />
    internal override ICircuitState State(Func<string, double> value) => new ThyristorState(CellOf(value), value("initial") * 1e-3);

    /// <inheritdoc />
    internal override CellEquations Equations(Func<string, double> value) => new ThyristorEquations(CellOf(value), value("initial") * 1e-3);

    /// <summary>A neuron that keeps its rhythm costs little per spike; each change of its current or voltage computes the next one
    /// anew.</summary>
    internal override double Work(double spikes, double changes, double steps, int step)
        => (changes * Thyristor.PredictionWork) + (spikes * Thyristor.CrossingWork);

    private static long FineCurrent(double amperes)
        => DeviceFormats.Round(amperes / DeviceFormats.CurrentUnit * (1 << Thyristor.FineCurrentBits));

    /// <summary>Component values in SI units.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>The cell.</returns>
    public static ThyristorCell CellOf(Func<string, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ThyristorCell
        {
            Capacitance = value("capacitance") * 1e-6,
            Load = value("load") * 1e3,
            Threshold = value("threshold") * 1e-3,
            Onset = value("onset") * 1e-6,
            Knee = value("knee") * 1e-3,
            Hold = value("hold") * 1e-6,
            OnVoltage = value("on_voltage") * 1e-3,
            OnResistance = value("on_resistance") * 1e3,
            Release = value("release") * 1e-6,
            Memory = value("memory") * 1e-3,
            MemoryTime = value("memory_time") * 1e-6,
        };
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> ValuesOf(string preset)
    {
        ThyristorCell cell = ThyristorPresets.Get(preset);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["capacitance"] = cell.Capacitance * 1e6,
            ["load"] = cell.Load / 1e3,
            ["threshold"] = cell.Threshold * 1e3,
            ["onset"] = cell.Onset * 1e6,
            ["knee"] = cell.Knee * 1e3,
            ["hold"] = cell.Hold * 1e6,
            ["on_voltage"] = cell.OnVoltage * 1e3,
            ["on_resistance"] = cell.OnResistance / 1e3,
            ["release"] = cell.Release * 1e6,
            ["memory"] = cell.Memory * 1e3,
            ["memory_time"] = cell.MemoryTime * 1e6,
            ["bias"] = 0,
            ["initial"] = 0,
        };
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double>? DrawPart(Random random)
    {
        ThyristorCell part = PartSpread.Draw(ThyristorPresets.Get("bench"), random);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["threshold"] = part.Threshold * 1e3,
            ["onset"] = part.Onset * 1e6,
            ["hold"] = part.Hold * 1e6,
        };
    }

    /// <inheritdoc />
    public override IEnumerable<CircuitFault> Check(Func<string, double> value)
    {
        bool sound = true;
        foreach (CircuitFault fault in ThyristorRules.Check(value, value("load"), "load"))
        {
            sound = false;
            yield return fault;
        }

        double lowered = value("threshold") - value("memory");
        double open = value("on_voltage") + (value("hold") * (value("on_resistance") + value("load")));
        if (sound && lowered <= Math.Max(Math.Max(value("knee"), open), value("initial")))
        {
            yield return new CircuitFault(
                "memory",
                "`memory` is " + Quantity.Text(value("memory"), Dimension.Voltage) + ": the lowered threshold "
                + Quantity.Text(lowered, Dimension.Voltage)
                    + " is not above the knee, the voltage at which the thyristor opens and `initial`",
                "lower `memory`");
        }
    }
}
