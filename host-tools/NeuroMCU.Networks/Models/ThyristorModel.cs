// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
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
        new("capacitance", Dimension.Capacitance, 1e-9, 1e3, "membrane capacitance C"),
        new("load", Dimension.Resistance, 1e-3, 1e9, "resistor R_load from cathode to ground; the spike is the voltage on it"),
        new("threshold", Dimension.Voltage, 50, 30000, "the thyristor fires when the membrane gets here (V_th)"),
        new("onset", Dimension.Current, 1e-6, 500, "least current that fires (I_min): the leak at the threshold"),
        new("knee", Dimension.Voltage, 0, 30000, "below this voltage there is no leak; 0 for a leak proportional to the voltage (V_knee)"),
        new("hold", Dimension.Current, 1e-6, 500, "current below which the thyristor opens (I_hold); a drive above it blocks the neuron"),
        new("on_voltage", Dimension.Voltage, 0, 5000, "voltage drop of the conducting thyristor (V_on)"),
        new("on_resistance", Dimension.Resistance, 0, 1e9, "resistance of the conducting thyristor (r_on)"),
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
        values[Thyristor.Ramp] = cell.Ramp("capacitance", part.Capacitance);
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
        values[Thyristor.Onset] = cell.FineCurrent("onset", part.Onset, Thyristor.FineCurrentBits);
        values[Thyristor.Hold] = cell.FineCurrent("hold", part.Hold, Thyristor.FineCurrentBits);
        return values;
    }

    /// <inheritdoc />
    internal override ICircuitState State(Func<string, double> value) => new Twin(CellOf(value), value("initial") * 1e-3);

    /// <inheritdoc />
    internal override CellEquations Equations(Func<string, double> value) => new Witness(CellOf(value), value("initial") * 1e-3);

    /// <summary>A neuron that keeps its rhythm costs little per spike; each change of its current or voltage computes the next one
    /// anew.</summary>
    internal override double Work(double spikes, double changes, double steps, int step)
        => (changes * Thyristor.PredictionWork) + (spikes * Thyristor.CrossingWork);

    /// <inheritdoc />
    public override NeuronPart PartOf(Func<string, double> value)
        => new(NeuronKind.Thyristor) { Cell = CellOf(value) };

    private static ThyristorCell CellOf(Func<string, double> value) => ThyristorPart.CellOf(value) with
    {
        Load = value("load") * 1e3,
        Memory = value("memory") * 1e-3,
        MemoryTime = value("memory_time") * 1e-6,
    };

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> ValuesOf(string preset)
    {
        ThyristorCell cell = ThyristorPresets.Get(preset);
        return new Dictionary<string, double>(ThyristorPart.ValuesOf(cell), StringComparer.Ordinal)
        {
            ["load"] = cell.Load / 1e3,
            ["memory"] = cell.Memory * 1e3,
            ["memory_time"] = cell.MemoryTime * 1e6,
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

    /// <summary>
    /// Membrane and switch of one thyristor neuron. What happens on the way (the knee, the hold current, the threshold) falls on its
    /// exact moment.
    /// </summary>
    private sealed class Twin : ICircuitState
    {
        private const double Microsecond = 1e-6;

        private readonly ThyristorCell _cell;
        private Phase _phase = Phase.Off;
        private double _releaseLeft;
        private double _memoryLeft;

        /// <summary>Sets up a neuron that is off.</summary>
        /// <param name="initial">Membrane in V.</param>
        public Twin(ThyristorCell cell, double initial)
        {
            _cell = cell;
            Membrane = initial;
        }

        private enum Phase
        {
            Off,
            On,
            Releasing,
        }

        /// <inheritdoc />
        public double Output => Membrane;

        /// <summary>Membrane in V.</summary>
        public double Membrane { get; private set; }

        /// <inheritdoc />
        public bool AtThreshold => _phase == Phase.Off && Membrane >= Threshold;

        /// <inheritdoc />
        public ICircuitState Copy() => (Twin)MemberwiseClone();

        /// <inheritdoc />
        public void Add(double charge)
        {
            Membrane = Math.Max(0, Membrane + (charge / _cell.Capacitance));
        }

        /// <inheritdoc />
        public void Fire()
        {
            _phase = Phase.On;
        }

        /// <inheritdoc />
        public void GoToThreshold()
        {
            Membrane = Threshold;
        }

        /// <inheritdoc />
        public void Advance(double current, double duration)
        {
            double left = duration;
            while (left > 0)
            {
                left -= _phase switch
                {
                    Phase.On => AdvanceOn(current, left),
                    Phase.Releasing => AdvanceRelease(current, left),
                    _ => PassMemory(AdvanceOff(current, left)),
                };
            }
        }

        /// <inheritdoc />
        public double TimeToThreshold(double current)
        {
            Twin ahead = (Twin)Copy();
            double time = 0;
            while (ahead._phase != Phase.Off)
            {
                double wait = ahead._phase == Phase.On ? ahead.TimeToOpen(current) : ahead._releaseLeft;
                if (double.IsPositiveInfinity(wait))
                {
                    return wait;
                }

                time += wait;
                if (ahead._phase == Phase.On)
                {
                    ahead.AdvanceOn(current, wait);
                }
                else
                {
                    ahead.AdvanceRelease(current, wait);
                }
            }

            return time + ahead.TimeOff(current);
        }

        // In the window after turning off the threshold lies lower.
        private double Threshold => _memoryLeft > 0 ? _cell.Threshold - _cell.Memory : _cell.Threshold;

        // off, above the knee: V relaxes to V_knee + I/g with the time constant C/g; below it is a ramp.
        private double TimeOff(double current)
        {
            if (_memoryLeft > 0)
            {
                double early = TimeTo(_cell.Threshold - _cell.Memory, current);
                if (early < _memoryLeft)
                {
                    return early;
                }
            }

            return TimeTo(_cell.Threshold, current);
        }

        private double TimeTo(double threshold, double current)
        {
            if (Membrane >= threshold)
            {
                return 0;
            }

            double target = _cell.Knee + (current / _cell.Leak);
            if (target <= threshold)
            {
                return double.PositiveInfinity;
            }

            double ramp = Membrane < _cell.Knee ? _cell.Capacitance * (_cell.Knee - Membrane) / current : 0;
            double leak = _cell.Capacitance / _cell.Leak * Math.Log((target - Math.Max(Membrane, _cell.Knee)) / (target - threshold));
            return (ramp + leak) / Microsecond;
        }

        private double AdvanceOff(double current, double left)
        {
            double knee = _cell.Knee;
            double target = knee + (current / _cell.Leak);
            double tau = _cell.Capacitance / _cell.Leak;
            if (Membrane > knee || (Membrane.Equals(knee) && current >= 0))
            {
                double down = current < 0 ? tau / Microsecond * Math.Log((Membrane - target) / (knee - target)) : double.PositiveInfinity;
                if (down < left)
                {
                    // Just below the knee, so that the ramp goes on from there.
                    Membrane = Math.BitDecrement(knee);
                    return down;
                }

                Membrane = target + ((Membrane - target) * Math.Exp(-left * Microsecond / tau));
                return left;
            }

            double up = current > 0 ? _cell.Capacitance * (knee - Membrane) / current / Microsecond : double.PositiveInfinity;
            if (up <= left)
            {
                Membrane = knee;
                return up;
            }

            Membrane = Math.Max(0, Membrane + (current * left * Microsecond / _cell.Capacitance));
            return left;
        }

        private double PassMemory(double passed)
        {
            _memoryLeft = Math.Max(0, _memoryLeft - passed);
            return passed;
        }

        // on: V relaxes to E = V_on + I·R_c with the time constant C·R_c, and opens on its way through V_hold.
        private double TimeToOpen(double current)
        {
            double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
            double open = _cell.HoldVoltage;
            if (Membrane < open)
            {
                return 0;
            }

            return equilibrium >= open ? double.PositiveInfinity
                : _cell.DischargeTime / Microsecond * Math.Log((Membrane - equilibrium) / (open - equilibrium));
        }

        private double AdvanceOn(double current, double left)
        {
            double open = TimeToOpen(current);
            if (open > left)
            {
                Discharge(current, left);
                return left;
            }

            Membrane = Math.Min(Membrane, _cell.HoldVoltage);
            _phase = Phase.Releasing;
            _releaseLeft = _cell.Release / Microsecond;
            return open;
        }

        private double AdvanceRelease(double current, double left)
        {
            double passed = Math.Min(left, _releaseLeft);
            Discharge(current, passed);
            _releaseLeft -= passed;
            if (_releaseLeft == 0)
            {
                _phase = Phase.Off;
                _memoryLeft = _cell.MemoryTime / Microsecond;
            }

            return passed;
        }

        private void Discharge(double current, double time)
        {
            double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
            Membrane = equilibrium + ((Membrane - equilibrium) * Math.Exp(-time * Microsecond / _cell.DischargeTime));
        }
    }

    /// <summary>C dV/dt = I − g·max(0, V − V_knee) while the thyristor is off, I − (V − V_on)/R_c while it is on.</summary>
    /// <param name="initial">Membrane at the start in V.</param>
    private sealed class Witness(ThyristorCell cell, double initial) : CellEquations
    {
        private bool _on;
        private double _releasedAt = double.PositiveInfinity;
        private double _lowUntil = double.NegativeInfinity;

        /// <inheritdoc />
        public override double[] Start() => [initial];

        /// <inheritdoc />
        public override void Slope(double time, double[] state, double amperes, double[] slope)
        {
            double through = _on ? (state[0] - cell.OnVoltage) / cell.ConductingResistance : cell.Leak * Math.Max(0, state[0] - cell.Knee);
            slope[0] = (amperes - through) / cell.Capacitance;
        }

        /// <inheritdoc />
        public override double Switching(double time, double[] state)
        {
            if (!_on)
            {
                return state[0] - (time < _lowUntil ? cell.Threshold - cell.Memory : cell.Threshold);
            }

            return double.IsPositiveInfinity(_releasedAt) ? cell.HoldVoltage - state[0] : time - _releasedAt;
        }

        /// <inheritdoc />
        public override bool Switch(double time, double[] state)
        {
            if (!_on)
            {
                _on = true;
                return true;
            }

            if (double.IsPositiveInfinity(_releasedAt))
            {
                _releasedAt = time + cell.Release;
                return false;
            }

            _on = false;
            _releasedAt = double.PositiveInfinity;
            _lowUntil = time + cell.MemoryTime;
            return false;
        }
    }
}
