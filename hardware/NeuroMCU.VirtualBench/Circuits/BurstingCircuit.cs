// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// The memristive bursting neuron: the load of a thyristor neuron is a soma of R_s parallel to C_s, so that the spikes of the dendrite
/// (C_m and thyristor) pull up the voltage that they start from. Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5:
/// <code>
/// C_m dV/dt = I − I_M      C_s dV_s/dt = I_M − V_s/R_s      output V_s
/// off: I_M = g·max(0, V − V_s − V_knee)      on: I_M = max(0, (V − V_s − V_on)/r_on)
/// </code>
/// It fires when V − V_s reaches the threshold and opens when I_M falls below I_hold. For a time after opening the threshold is lower
/// (stored gate charge): V_th − drop·e^(−t/recovery). That makes the bursts near onset (IB1); those near the block (IB2) need more
/// than this circuit has.
/// </summary>
/// <remarks>
/// Within a segment both voltages are sums of two exponentials; events are found on these exactly. Only while the threshold recovers is
/// the crossing bracketed first, in steps of a sixteenth of its time constant. The part's load is not used: the soma takes its place.
/// </remarks>
public sealed class BurstingCircuit : SwitchingCircuit
{
    // After so many time constants the threshold is back to within a part in 10^5 of its drop.
    private const double MemorySpan = 12;

    private readonly History<Segment> _log = new();
    private ExponentialPair _membrane;
    private ExponentialPair _soma;
    private BurstingCell _bursting;
    private double _v;
    private double _s;

    /// <summary>Initializes a new instance of the <see cref="BurstingCircuit" /> class, empty and without drive, at time 0.</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="detectLevel">Output voltage in V of the spike detector.</param>
    /// <exception cref="ArgumentException">A component value is out of range.</exception>
    public BurstingCircuit(BurstingCell cell, double detectLevel = DetectLevels.Soma)
        : base(Checked(cell).Part, detectLevel)
    {
        _bursting = cell;
        Begin();
    }

    /// <summary>Changes the resistor of the soma, as a digital potentiometer does.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="resistance">R_s in Ω, above 0.</param>
    public void SetSoma(double time, double resistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resistance);
        MoveTo(time);
        _bursting = _bursting with { SomaResistance = resistance };
        Begin();
    }

    /// <inheritdoc />
    public override double Membrane(double time) => At(time, out double elapsed).Membrane.At(elapsed);

    /// <inheritdoc />
    public override double Output(double time) => At(time, out double elapsed).Soma.At(elapsed);

    /// <inheritdoc />
    private protected override void End(double time, double target)
    {
        _log.Add(new Segment(Start, _membrane, _soma));
        double v = _membrane.At(time - Start);
        _s = _soma.At(time - Start);
        _v = v;
    }

    /// <inheritdoc />
    private protected override void Solve()
    {
        double bias = Phase == State.Off ? Cell.Knee : Cell.OnVoltage;
        double slope = Phase == State.Off ? Cell.Leak : 1 / Cell.OnResistance;
        double across = _v - _s;
        bool conducts = across > bias + 1e-12 || (across > bias - 1e-12 && Rises());
        Relax(conducts ? slope : 0, bias);
        ExponentialPair difference = _membrane.Minus(_soma);
        if (Phase == State.Off)
        {
            At(Start + FiringTime(difference), Event.Fire);
        }
        else
        {
            BeginOn(difference);
        }

        At(Start + difference.TimeTo(bias), Event.Boundary);
        At(Start + _soma.TimeTo(DetectLevel), Event.Detect);
    }

    private void BeginOn(in ExponentialPair difference)
    {
        if (Phase == State.Releasing)
        {
            AtRelease();
            return;
        }

        double hold = _bursting.HoldVoltage;
        At(_v - _s <= hold ? Start : Start + difference.TimeTo(hold), Event.Hold);
    }

    // Without conduction both voltages are known: does their difference grow?
    private bool Rises() => ResetConductance > 0
        ? _s / _bursting.SomaResistance / _bursting.SomaCapacitance > _v / ResetResistance / Cell.Capacitance
        : (Current / Cell.Capacitance) + (_s / _bursting.SomaResistance / _bursting.SomaCapacitance) > 0;

    private void Relax(double g, double bias)
    {
        double cm = Cell.Capacitance;
        double cs = _bursting.SomaCapacitance;
        double rs = 1 / _bursting.SomaResistance;
        double shunt = ResetConductance;
        if (g == 0 && shunt == 0)
        {
            _membrane = new ExponentialPair(_v, Current / cm, 0, -rs / cs, 0, 0);
            _soma = new ExponentialPair(0, 0, _s, -rs / cs, 0, 0);
            return;
        }

        if (g == 0)
        {
            double end = Current / shunt;
            _membrane = new ExponentialPair(end, 0, 0, -rs / cs, _v - end, -shunt / cm);
            _soma = new ExponentialPair(0, 0, _s, -rs / cs, 0, -shunt / cm);
            return;
        }

        // dV/dt = m11 V + m12 V_s + ..., dV_s/dt = m21 V + m22 V_s + ...; m12 m21 > 0, so that both rates are real and differ.
        double m11 = -(g + shunt) / cm;
        double m12 = g / cm;
        double m21 = g / cs;
        double m22 = -(g + rs) / cs;
        double half = (m11 + m22) / 2;
        double root = Math.Sqrt((((m11 - m22) / 2) * ((m11 - m22) / 2)) + (m12 * m21));
        double fast = half - root;
        double slow = ((m11 * m22) - (m12 * m21)) / fast;
        double determinant = (m11 * m22) - (m12 * m21);
        double ev = (Current + (g * bias)) / cm;
        double es = -(g * bias) / cs;
        double restV = ((m12 * es) - (m22 * ev)) / determinant;
        double restS = ((m21 * ev) - (m11 * es)) / determinant;
        double dv = _v - restV;
        double ds = _s - restS;

        // Components along the eigenvectors (m12, λ − m11).
        double alongSlow = ((ds * m12) - (dv * (fast - m11))) / (m12 * (slow - fast));
        double alongFast = (dv / m12) - alongSlow;
        _membrane = new ExponentialPair(restV, 0, alongFast * m12, fast, alongSlow * m12, slow);
        _soma = new ExponentialPair(restS, 0, alongFast * (fast - m11), fast, alongSlow * (slow - m11), slow);
    }

    private static BurstingCell Checked(BurstingCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Checked();
    }

    private double FiringTime(in ExponentialPair difference)
    {
        double since = Start - OpenedAt;
        double span = (MemorySpan * _bursting.ThresholdRecovery) - since;
        if (_bursting.ThresholdDrop == 0 || !(span > 0))
        {
            return difference.At(0) >= Cell.Threshold ? 0 : difference.TimeTo(Cell.Threshold);
        }

        if (difference.At(0) >= Threshold(since))
        {
            return 0;
        }

        double step = _bursting.ThresholdRecovery / 16;
        for (double t = 0; t < span; t += step)
        {
            if (difference.At(t + step) >= Threshold(since + t + step))
            {
                return Bracketed(difference, since, t, t + step);
            }
        }

        return difference.TimeTo(Cell.Threshold);
    }

    private double Threshold(double since) => Cell.Threshold - (_bursting.ThresholdDrop * Math.Exp(-since / _bursting.ThresholdRecovery));

    private double Bracketed(in ExponentialPair difference, double since, double low, double high)
    {
        while (high - low > 1e-10)
        {
            double middle = (low + high) / 2;
            if (difference.At(middle) >= Threshold(since + middle))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private Segment At(double time, out double elapsed)
    {
        Advance(time);
        Segment segment = time < Start && _log.Find(time, out Segment past) ? past : new Segment(Start, _membrane, _soma);
        elapsed = Math.Max(0, time - segment.Start);
        return segment;
    }

    /// <summary>A segment with one law for both voltages.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Segment(double Start, ExponentialPair Membrane, ExponentialPair Soma) : ISegment;
}
