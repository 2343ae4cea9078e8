// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
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
        new("capacitance", Dimension.Capacitance, 1e-9, 2e3, "membrane capacitance C of the dendrite"),
        new("soma_resistance", Dimension.Resistance, 1e-3, 1e9, "resistor R_s of the soma"),
        new("soma_capacitance", Dimension.Capacitance, 1e-9, 1e3, "capacitor C_s of the soma"),
        new("threshold", Dimension.Voltage, 50, 30000, "the thyristor fires when the voltage across it gets here (V_th)"),
        new("onset", Dimension.Current, 1e-6, 500, "leak at the threshold (I_min)"),
        new("knee", Dimension.Voltage, 0, 30000, "below this voltage across it the thyristor does not leak (V_knee)"),
        new("hold", Dimension.Current, 1e-6, 500, "current below which the thyristor opens (I_hold)"),
        new("on_voltage", Dimension.Voltage, 0, 5000, "voltage drop of the conducting thyristor (V_on)"),
        new("on_resistance", Dimension.Resistance, 1e-3, 1e9, "resistance of the conducting thyristor (r_on)"),
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
        values[Bursting.Ramp] = cell.Ramp("capacitance", part.Part.Capacitance);
        values[Bursting.SomaGain] = cell.Gain("soma_resistance", part.SomaResistance, "soma_resistance");
        values[Bursting.SomaRate] = Rate(1 / (part.SomaResistance * part.SomaCapacitance));
        values[Bursting.Bias] = cell.Current("bias", cell.Value("bias") * 1e-6);
        values[Bursting.Initial] = cell.Volts("initial", cell.Value("initial") * 1e-3);
        Conduct(cell, values, Bursting.Leaking, ("resistance of the leak", "onset"), part, part.Part.Leak);
        Conduct(cell, values, Bursting.Conducting, ("on_resistance", "on_resistance"), part, 1 / part.Part.OnResistance);
        return values;
    }

    /// <inheritdoc />
    internal override ICircuitState State(Func<string, double> value) => new Twin(CellOf(value), value("initial") * 1e-3);

    /// <inheritdoc />
    internal override CellEquations Equations(Func<string, double> value) => new Witness(CellOf(value), value("initial") * 1e-3);

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

    /// <inheritdoc />
    public override NeuronPart PartOf(Func<string, double> value)
        => new(NeuronKind.Bursting) { Bursting = CellOf(value) };

    // Component values in SI units.
    private static BurstingCell CellOf(Func<string, double> value) => new BurstingCell
    {
        Part = ThyristorPart.CellOf(value),
        SomaResistance = value("soma_resistance") * 1e3,
        SomaCapacitance = value("soma_capacitance") * 1e-6,
        ThresholdDrop = value("threshold_drop") * 1e-3,
        ThresholdRecovery = value("threshold_recovery") * 1e-6,
    };

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> ValuesOf(string preset)
    {
        BurstingCell cell = BurstingPresets.W23;
        return new Dictionary<string, double>(ThyristorPart.ValuesOf(cell.Part), StringComparer.Ordinal)
        {
            ["soma_resistance"] = cell.SomaResistance / 1e3,
            ["soma_capacitance"] = cell.SomaCapacitance * 1e6,
            ["threshold_drop"] = cell.ThresholdDrop * 1e3,
            ["threshold_recovery"] = cell.ThresholdRecovery * 1e6,
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

    /// <summary>The two voltages and the switch of one bursting neuron.</summary>
    private sealed class Twin : ICircuitState
    {
        private const double Microsecond = 1e-6;

        // What a boundary is passed by, in V, so that the other side's law goes on from there.
        private const double Beyond = 1e-13;

        private readonly BurstingCell _cell;
        private readonly BurstingRelaxation _leak;
        private readonly BurstingRelaxation _discharge;
        private readonly double _hold;
        private double _dendrite;
        private double _soma;
        private double _lowered;
        private double _releaseLeft;
        private bool _on;
        private bool _releasing;

        /// <summary>Sets up a neuron that is off, its soma empty.</summary>
        /// <param name="initial">Voltage of the dendrite in V.</param>
        public Twin(BurstingCell cell, double initial)
        {
            _cell = cell;
            _leak = cell.Relaxation(cell.Part.Leak);
            _discharge = cell.Relaxation(1 / cell.Part.OnResistance);
            _hold = cell.HoldVoltage;
            _dendrite = initial;
        }

        /// <inheritdoc />
        public double Output => _soma;

        /// <inheritdoc />
        public bool AtThreshold => !_on && Across >= _cell.Part.Threshold - _lowered;

        private double Across => _dendrite - _soma;

        private double Boundary => _on ? _cell.Part.OnVoltage : _cell.Part.Knee;

        /// <inheritdoc />
        public ICircuitState Copy() => (Twin)MemberwiseClone();

        /// <inheritdoc />
        public void Add(double charge)
        {
            _dendrite = Math.Max(0, _dendrite + (charge / _cell.Part.Capacitance));
        }

        /// <inheritdoc />
        public void Fire()
        {
            _on = true;
            _releasing = false;
        }

        /// <inheritdoc />
        public void GoToThreshold()
        {
            _dendrite = _soma + _cell.Part.Threshold - _lowered;
        }

        /// <inheritdoc />
        public void Advance(double current, double duration)
        {
            for (double left = duration; left > 0;)
            {
                left -= Segment(current, left, toSpike: false, out _);
            }
        }

        /// <inheritdoc />
        public double TimeToThreshold(double current)
        {
            const double Farthest = 1e12;
            Twin ahead = (Twin)Copy();
            double time = 0;
            while (time < Farthest)
            {
                time += ahead.Segment(current, Farthest, toSpike: true, out bool fires);
                if (fires)
                {
                    return time;
                }
            }

            return double.PositiveInfinity;
        }

        // Goes to the next switching, or as far as it may; returns the time that it took.
        private double Segment(double current, double left, bool toSpike, out bool fires)
        {
            bool conducts = Across >= Boundary;
            (ExponentialCourse dendrite, ExponentialCourse soma) = conducts ? Conducting(current) : Charging(current);
            ExponentialCourse across = Minus(dendrite, soma);
            double end = _releasing ? Math.Min(left, _releaseLeft) : left;
            double boundary = conducts
                ? (current < 0 ? Down(across, Boundary, end) : double.PositiveInfinity)
                : Up(across, Boundary, end, 0);
            double empty = dendrite.Ramp < 0 ? -_dendrite / dendrite.Ramp : double.PositiveInfinity;
            end = Math.Min(end, Math.Min(boundary, empty));
            double switching = _on
                ? (_releasing ? double.PositiveInfinity : Down(across, _hold, end))
                : (toSpike && conducts ? Up(across, _cell.Part.Threshold, end, _lowered) : double.PositiveInfinity);
            double time = Math.Min(end, switching);
            Go(dendrite, soma, time);
            fires = !_on && switching <= end;
            if (_on && switching <= end)
            {
                _releasing = true;
                _releaseLeft = _cell.Part.Release / Microsecond;
            }
            else if (time.Equals(boundary))
            {
                _dendrite = _soma + Boundary + (conducts ? -Beyond : Beyond);
            }
            else if (time.Equals(empty))
            {
                _dendrite = 0;
            }

            return time;
        }

        private void Go(ExponentialCourse dendrite, ExponentialCourse soma, double time)
        {
            _dendrite = Math.Max(0, dendrite.At(time));
            _soma = Math.Max(0, soma.At(time));
            _lowered *= Math.Exp(-time * Microsecond / _cell.ThresholdRecovery);
            if (_releasing)
            {
                _releaseLeft -= time;
                if (_releaseLeft <= 0)
                {
                    _on = false;
                    _releasing = false;
                    _lowered = _cell.ThresholdDrop;
                }
            }
        }

        // No current leaves an empty capacitor.
        private (ExponentialCourse Dendrite, ExponentialCourse Soma) Charging(double current)
        {
            double ramp = _dendrite <= 0 && current < 0 ? 0 : current * Microsecond / _cell.Part.Capacitance;
            double rate = Microsecond / (_cell.SomaResistance * _cell.SomaCapacitance);
            return (new ExponentialCourse(_dendrite, ramp), new ExponentialCourse(0, 0, (_soma, rate)));
        }

        private (ExponentialCourse Dendrite, ExponentialCourse Soma) Conducting(double current)
        {
            BurstingRelaxation p = _on ? _discharge : _leak;
            double resistance = _on ? _cell.Part.OnResistance : 1 / _cell.Part.Leak;
            double restSoma = current * _cell.SomaResistance;
            double rest = restSoma + Boundary + (current * resistance);
            double dv = _dendrite - rest;
            double ds = _soma - restSoma;
            double slowV = (p.DendriteOfDendrite * dv) + (p.DendriteOfSoma * ds);
            double slowS = (p.SomaOfDendrite * dv) + (p.SomaOfSoma * ds);
            double fast = p.Fast * Microsecond;
            double slow = p.Slow * Microsecond;
            return (new ExponentialCourse(rest, 0, (dv - slowV, fast), (slowV, slow)),
                new ExponentialCourse(restSoma, 0, (ds - slowS, fast), (slowS, slow)));
        }

        private static ExponentialCourse Minus(ExponentialCourse first, ExponentialCourse second)
        {
            return new ExponentialCourse(
                first.Constant - second.Constant,
                first.Ramp,
                [.. first.Terms, .. Array.ConvertAll(second.Terms, t => (-t.Amplitude, t.Rate))]);
        }

        private double Up(ExponentialCourse across, double level, double limit, double lowered)
        {
            (double Amplitude, double Rate) memory = (lowered, Microsecond / _cell.ThresholdRecovery);
            return new ExponentialCourse(across.Constant - level, across.Ramp, [.. across.Terms, memory]).FirstZero(limit);
        }

        private static double Down(ExponentialCourse across, double level, double limit)
        {
            return new ExponentialCourse(level - across.Constant, -across.Ramp,
                Array.ConvertAll(across.Terms, t => (-t.Amplitude, t.Rate))).FirstZero(limit);
        }
    }

    /// <summary>C dV/dt = I − I_M, C_s dV_s/dt = I_M − V_s/R_s, with the thyristor between them off or on.</summary>
    /// <param name="initial">Voltage of the dendrite at the start in V.</param>
    private sealed class Witness(BurstingCell cell, double initial) : CellEquations
    {
        private bool _on;
        private double _releasedAt = double.PositiveInfinity;
        private double _openedAt = double.NegativeInfinity;

        /// <inheritdoc />
        public override double[] Start() => [initial, 0];

        /// <inheritdoc />
        public override void Slope(double time, double[] state, double amperes, double[] slope)
        {
            double through = Through(state[0] - state[1]);
            slope[0] = (amperes - through) / cell.Part.Capacitance;
            slope[1] = (through - (state[1] / cell.SomaResistance)) / cell.SomaCapacitance;
        }

        /// <inheritdoc />
        public override double Switching(double time, double[] state)
        {
            double across = state[0] - state[1];
            if (!_on)
            {
                return across - cell.Part.Threshold + (cell.ThresholdDrop * Math.Exp((_openedAt - time) / cell.ThresholdRecovery));
            }

            return double.IsPositiveInfinity(_releasedAt) ? cell.Part.OnVoltage + (cell.Part.Hold * cell.Part.OnResistance) - across
                : time - _releasedAt;
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
                _releasedAt = time + cell.Part.Release;
                return false;
            }

            _on = false;
            _releasedAt = double.PositiveInfinity;
            _openedAt = time;
            return false;
        }

        private double Through(double across) => _on
            ? Math.Max(0, across - cell.Part.OnVoltage) / cell.Part.OnResistance
            : cell.Part.Leak * Math.Max(0, across - cell.Part.Knee);
    }
}
