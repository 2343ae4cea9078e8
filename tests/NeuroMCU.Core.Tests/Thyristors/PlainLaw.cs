// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>
/// The rules of docs/design/engine-semantics.md for one thyristor neuron, walked microsecond by microsecond in double precision. Nothing is
/// predicted: what happens within a microsecond is found by halving it, so that no closed form is shared with the engine but the decay.
/// </summary>
internal sealed class PlainLaw(Cell cell, double bias)
{
    private readonly double _leak = (cell.Threshold - cell.Knee) / cell.Onset;
    private readonly double _on = cell.OnResistance + cell.Load;
    private double _now;
    private double _v;
    private bool _conducts;
    private double _release = -1;
    private double _turnedOff = double.NegativeInfinity;

    /// <summary>Exact moments of the spikes in µs.</summary>
    internal List<double> Spikes { get; } = [];

    private double MemoryEnd => _turnedOff + (cell.MemoryTime * 1e6);

    private double Threshold => _now < MemoryEnd ? cell.Threshold - cell.Memory : cell.Threshold;

    /// <summary>Runs with changes of the current and charges, each at its microsecond, in order.</summary>
    internal void Run(long until, IReadOnlyList<(long Time, double Current)> currents, IReadOnlyList<(long Time, double Volts)> charges)
    {
        double current = bias;
        ILookup<long, double> newCurrents = currents.ToLookup(c => c.Time, c => c.Current);
        ILookup<long, double> newCharges = charges.ToLookup(c => c.Time, c => c.Volts);
        for (long time = 0; time <= until; time++)
        {
            while (_now < time)
            {
                Move(current, time);
            }

            current = newCurrents.Contains(time) ? newCurrents[time].Last() : current;
            if (newCharges.Contains(time))
            {
                _v = Math.Max(0, _v + newCharges[time].Sum());
                if (!_conducts && _v >= Threshold)
                {
                    Fire();
                }
            }
        }
    }

    private void Fire()
    {
        Spikes.Add(_now);
        _conducts = true;
        _release = -1;
    }

    // To the next switching, the end of the memory, or the end of the microsecond.
    private void Move(double current, double until)
    {
        if (_conducts && _release < 0 && _v <= cell.HoldVoltage)
        {
            _release = _now + (cell.Release * 1e6);
        }

        bool releasing = _conducts && _release >= 0;
        bool leaks = _v > cell.Knee || (_v.Equals(cell.Knee) && current >= 0);
        double end = Math.Min(until, releasing ? _release : !_conducts && MemoryEnd > _now ? MemoryEnd : until);
        double up = _conducts ? double.PositiveInfinity : leaks ? Threshold : cell.Knee;
        double down = _conducts ? (releasing ? double.NegativeInfinity : cell.HoldVoltage) : leaks ? cell.Knee : double.NegativeInfinity;
        double after = After(end - _now, current, leaks);
        double low = 0;
        double high = end - _now;
        if (after >= up || after < down)
        {
            for (int i = 0; i < 60; i++)
            {
                double middle = (low + high) / 2;
                double there = After(middle, current, leaks);
                (low, high) = there >= up || there < down ? (low, middle) : (middle, high);
            }

            _v = after >= up ? up : _conducts ? down : Math.BitDecrement(down);
        }
        else
        {
            _v = after;
        }

        _now = high.Equals(end - _now) ? end : _now + high;
        if (after >= up && leaks)
        {
            Fire();
        }
        else if (releasing && _now >= _release)
        {
            _conducts = false;
            _turnedOff = _now;
        }
    }

    private double After(double time, double current, bool leaks) =>
        _conducts ? Relax(cell.OnVoltage + (current * _on), _on, time)
        : leaks ? Relax(cell.Knee + (current * _leak), _leak, time)
        : Math.Max(0, _v + (current * time * 1e-6 / cell.Capacitance));

    private double Relax(double end, double resistance, double time)
        => end + ((_v - end) * Math.Exp(-time * 1e-6 / (resistance * cell.Capacitance)));
}
