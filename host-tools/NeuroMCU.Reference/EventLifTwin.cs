// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>Event-driven leaky integrate-and-fire neurons: closed form between events.</summary>
internal sealed class EventLifTwin : LifTwin
{
    // Exact moment from which the membrane relaxes from its stored value, and the microsecond from which input counts.
    private readonly double[] _since;
    private readonly long[] _free;

    // Number of changes so far; a computed crossing of an older number is void.
    private readonly int[] _version;

    // Neurons at which something has arrived in this microsecond and that are called after the last of its arrivals.
    private readonly bool[] _open;
    private readonly PlainSum[] _arrived;

    /// <summary>Sets up a population.</summary>
    public EventLifTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        _since = new double[population.Size];
        _free = new long[population.Size];
        _version = new int[population.Size];
        _open = new bool[population.Size];
        _arrived = new PlainSum[population.Size];
    }

    /// <inheritdoc />
    public override void Start()
    {
        for (int n = 0; n < Population.Size; n++)
        {
            ScheduleCrossing(n, 0);
        }
    }

    /// <inheritdoc />
    public override void Arrive(Projection projection, int neuron, double weight, long time)
    {
        if (time < _free[neuron])
        {
            // Refractory: input is ignored.
            return;
        }

        if (!_open[neuron])
        {
            _open[neuron] = true;
            _version[neuron]++;
            Clock.AfterArrivals(Population.FirstNeuron + neuron, t => Settle(neuron, t));
        }

        _arrived[neuron].Add(weight);
    }

    // All arrivals of the microsecond are in: floor and threshold see their sum.
    private void Settle(int neuron, long time)
    {
        BringForward(neuron, time);
        Membrane[neuron] = Math.Max(Membrane[neuron] + _arrived[neuron].Value, Floor[neuron]);
        _arrived[neuron] = default;
        _open[neuron] = false;
        if (Membrane[neuron] >= Threshold[neuron])
        {
            FireNow(neuron, time);
        }
        else
        {
            ScheduleCrossing(neuron, time);
        }

        Note(Membrane[neuron] - Equilibrium[neuron], 0);
    }

    /// <inheritdoc />
    public override void ChangeDrive(int neuron, double change, long time)
    {
        BringForward(neuron, time);
        Equilibrium[neuron] += change;
        Note(Membrane[neuron] - Equilibrium[neuron], 0);
        ScheduleCrossing(neuron, time);
    }

    /// <inheritdoc />
    public override double Sample(int neuron, TraceQuantity quantity, long time) => Population.Lif!.Rest + At(neuron, time);

    private void FireNow(int neuron, long time)
    {
        ApplyReset(neuron);

        // What a reset by subtraction leaves above the threshold makes the next spike, in another microsecond.
        double soonest = _since[neuron] + Math.Max(1, Refractory[neuron]);
        _since[neuron] += Refractory[neuron];
        _free[neuron] = time + Refractory[neuron];
        ScheduleCrossing(neuron, time + 1, soonest);
        Fire(neuron, time);
    }

    private void ScheduleCrossing(int neuron, long now)
    {
        ScheduleCrossing(neuron, now, _since[neuron]);
    }

    // A spike is recorded at the nearest whole microsecond; the membrane goes on from the exact moment.
    private void ScheduleCrossing(int neuron, long earliest, double soonest)
    {
        int version = ++_version[neuron];
        double crossing = Membrane[neuron] >= Threshold[neuron] ? soonest : Crossing(neuron);
        if (crossing > 1e15)
        {
            return;
        }

        long time = (long)Math.Floor(crossing + 0.5);
        if (time < earliest)
        {
            time = earliest;
            crossing = earliest - 0.5;
        }

        Clock.AtCrossing(
            time,
            Population.FirstNeuron + neuron,
            t =>
            {
                if (_version[neuron] == version)
                {
                    Membrane[neuron] = Membrane[neuron] < Threshold[neuron] ? Threshold[neuron]
                        : Math.Max(At(neuron, crossing), Threshold[neuron]);
                    _since[neuron] = crossing;
                    FireNow(neuron, t);
                }
            });
    }

    // u ← e + (u − e)·exp(−Δt/τ); times before the stored one change nothing.
    private void BringForward(int neuron, long time)
    {
        if (time > _since[neuron])
        {
            Membrane[neuron] = At(neuron, time);
            _since[neuron] = time;
        }
    }

    private double At(int neuron, double time)
    {
        if (time <= _since[neuron])
        {
            return Membrane[neuron];
        }

        double e = Equilibrium[neuron];
        return Math.Max(e + ((Membrane[neuron] - e) * Math.Exp(-(time - _since[neuron]) / Tau[neuron])), Floor[neuron]);
    }

    // When the threshold is reached from below without further input; infinity when it never is.
    private double Crossing(int neuron)
    {
        double theta = Threshold[neuron];
        double e = Equilibrium[neuron];
        return e <= theta ? double.PositiveInfinity : _since[neuron] + (Tau[neuron] * Math.Log((e - Membrane[neuron]) / (e - theta)));
    }
}
