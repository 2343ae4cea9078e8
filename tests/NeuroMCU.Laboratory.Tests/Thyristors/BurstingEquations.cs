// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Tests.Thyristors;

/// <summary>
/// The equations of the bursting neuron (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5, with the threshold memory of
/// docs/models/bursting.md), integrated by Runge and Kutta's fourth order in small steps; a switching within a step is found by halving it.
/// Component values stand here once more, so that nothing is shared with the programs under test. SI units.
/// </summary>
internal sealed class BurstingEquations(double current, double somaResistance, double initial)
{
    private const double Capacitance = 10e-6;
    private const double SomaCapacitance = 0.1e-6;
    private const double Threshold = 0.92;
    private const double Onset = 32.3e-6;
    private const double Knee = 0.785;
    private const double Hold = 119e-6;
    private const double OnVoltage = 0.74;
    private const double OnResistance = 36;
    private const double Release = 0.19e-3;
    private const double ThresholdDrop = 4.7e-3;
    private const double ThresholdRecovery = 3.5e-3;
    private double _v = initial;
    private double _s;
    private double _lowered;
    private double _releaseEnd = double.PositiveInfinity;
    private bool _on;

    /// <summary>Moments in s of the spikes up to a time.</summary>
    internal List<double> Spikes(double until)
    {
        List<double> spikes = [];
        for (double time = 0; time < until;)
        {
            double step = Math.Min(_on ? 0.3e-6 : 4e-6, _releaseEnd - time);
            (double V, double S, double Lowered) next = After(step);
            bool ends = time + step >= _releaseEnd;
            if (Switches(next))
            {
                double low = 0;
                for (int i = 0; i < 50; i++)
                {
                    double middle = (low + step) / 2;
                    (low, step) = Switches(After(middle)) ? (low, middle) : (middle, step);
                }

                next = After(step);
                if (_on)
                {
                    _releaseEnd = time + step + Release;
                }
                else
                {
                    spikes.Add(time + step);
                    _on = true;
                }
            }
            else if (ends)
            {
                _on = false;
                _releaseEnd = double.PositiveInfinity;
                next.Lowered = ThresholdDrop;
            }

            (_v, _s, _lowered) = next;
            time += step;
        }

        return spikes;
    }

    private bool Switches((double V, double S, double Lowered) state) => _on
        ? double.IsPositiveInfinity(_releaseEnd) && Flow(state.V - state.S) < Hold
        : state.V - state.S >= Threshold - state.Lowered;

    private double Flow(double across) => _on ? Math.Max(0, (across - OnVoltage) / OnResistance)
        : Onset * Math.Max(0, across - Knee) / (Threshold - Knee);

    private (double V, double S, double Lowered) After(double step)
    {
        (double V, double S, double Lowered) Slope(double v, double s, double lowered)
        {
            double flow = Flow(v - s);
            return ((current - flow) / Capacitance, (flow - (s / somaResistance)) / SomaCapacitance, -lowered / ThresholdRecovery);
        }

        (double V, double S, double Lowered) a = Slope(_v, _s, _lowered);
        (double V, double S, double Lowered) b = Slope(_v + (step / 2 * a.V), _s + (step / 2 * a.S), _lowered + (step / 2 * a.Lowered));
        (double V, double S, double Lowered) c = Slope(_v + (step / 2 * b.V), _s + (step / 2 * b.S), _lowered + (step / 2 * b.Lowered));
        (double V, double S, double Lowered) d = Slope(_v + (step * c.V), _s + (step * c.S), _lowered + (step * c.Lowered));
        return (
            _v + (step / 6 * (a.V + (2 * b.V) + (2 * c.V) + d.V)),
            _s + (step / 6 * (a.S + (2 * b.S) + (2 * c.S) + d.S)),
            _lowered + (step / 6 * (a.Lowered + (2 * b.Lowered) + (2 * c.Lowered) + d.Lowered)));
    }
}
