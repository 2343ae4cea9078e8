// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Reference;

/// <summary>
/// Neurons of hand-written models that are driven by currents. A law in closed form goes from change to change of the current: steps of
/// drive and, where there are receptors, the steps of the network; a spike is recorded at the nearest whole microsecond, and the
/// circuit goes on from the exact moment. A law in steps is brought forward and fires at the steps of the network.
/// </summary>
internal sealed class CircuitTwin : ReferenceModel
{
    private const double Microampere = 1e-6;
    private const double Nanocoulomb = 1e-9;

    private readonly ICircuitState[] _state;
    private readonly double[] _constant;
    private readonly double[] _current;

    // Exact moments in µs: of the state, and of the next spike.
    private readonly double[] _since;
    private readonly double[] _due;
    private readonly int[] _version;
    private readonly PlainSum[] _arrived;
    private readonly bool[] _open;
    private readonly SynapseBlock _block;

    /// <summary>Sets up a population.</summary>
    public CircuitTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        _state = new ICircuitState[population.Size];
        _constant = new double[population.Size];
        _since = new double[population.Size];
        _due = new double[population.Size];
        _version = new int[population.Size];
        _arrived = new PlainSum[population.Size];
        _open = new bool[population.Size];
        _block = new SynapseBlock(population, clock.Step);
        for (int i = 0; i < population.Size; i++)
        {
            int neuron = i;
            _state[i] = population.Circuit!.State(name => population.Value(name, neuron));
            _constant[i] = population.Value("bias", i) * Microampere;
        }

        _current = (double[])_constant.Clone();
    }

    /// <inheritdoc />
    public override bool Clocked => !_block.IsEmpty || Population.Circuit!.IsStepped;

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
        if (projection.ReceptorIndex >= 0)
        {
            _block.Receive(projection.ReceptorIndex, neuron, weight * Nanocoulomb);
            return;
        }

        _arrived[neuron].Add(weight * Nanocoulomb);
        if (!_open[neuron])
        {
            _open[neuron] = true;
            _version[neuron]++;
            Clock.AfterArrivals(Population.FirstNeuron + neuron, t => Settle(neuron, t));
        }
    }

    // All arrivals of the microsecond are in: the membrane takes their sum.
    private void Settle(int neuron, long time)
    {
        BringForward(neuron, time);
        _state[neuron].Add(_arrived[neuron].Value);
        _arrived[neuron] = default;
        _open[neuron] = false;
        if (Population.Circuit!.IsStepped)
        {
            return;
        }

        if (_state[neuron].AtThreshold)
        {
            FireNow(neuron, time);
        }
        else
        {
            ScheduleCrossing(neuron, time);
        }
    }

    /// <inheritdoc />
    public override void ChangeDrive(int neuron, double change, long time)
    {
        BringForward(neuron, time);
        _constant[neuron] += change * Microampere;
        _current[neuron] += change * Microampere;
        ScheduleCrossing(neuron, time);
    }

    /// <inheritdoc />
    public override void Step(long time)
    {
        for (int n = 0; n < Population.Size; n++)
        {
            double current = _constant[n] + _block.Step(n);
            if (Population.Circuit!.IsStepped)
            {
                StepOne(n, current, time);
            }
            else if (!current.Equals(_current[n]))
            {
                BringForward(n, time);
                _current[n] = current;
                ScheduleCrossing(n, time);
            }
        }
    }

    // The step is made with the current that it brings.
    private void StepOne(int neuron, double current, long time)
    {
        _current[neuron] = current;
        _state[neuron].Advance(current, time - _since[neuron]);
        _since[neuron] = time;
        if (_state[neuron].AtThreshold)
        {
            _state[neuron].Fire();
            Fire(neuron, time);
        }
    }

    /// <inheritdoc />
    public override double Sample(int neuron, TraceQuantity quantity, long time)
    {
        if (quantity == TraceQuantity.Current)
        {
            return _current[neuron] / Microampere;
        }

        if (Population.Circuit!.IsStepped)
        {
            return _state[neuron].Output;
        }

        ICircuitState ahead = _state[neuron].Copy();
        ahead.Advance(_current[neuron], Math.Min(time, _due[neuron]) - _since[neuron]);
        return ahead.Output;
    }

    // A spike that is due in this very microsecond comes before what happens now.
    private void BringForward(int neuron, long time)
    {
        if (Population.Circuit!.IsStepped)
        {
            return;
        }

        double to = Math.Min(time, _due[neuron]);
        if (to > _since[neuron])
        {
            _state[neuron].Advance(_current[neuron], to - _since[neuron]);
            _since[neuron] = to;
        }

        if (_due[neuron] <= time)
        {
            _state[neuron].GoToThreshold();
        }
    }

    private void FireNow(int neuron, long time)
    {
        _state[neuron].Fire();
        ScheduleCrossing(neuron, time);
        Fire(neuron, time);
    }

    private void ScheduleCrossing(int neuron, long now)
    {
        if (Population.Circuit!.IsStepped)
        {
            _due[neuron] = double.PositiveInfinity;
            return;
        }

        int version = ++_version[neuron];
        _due[neuron] = _since[neuron] + _state[neuron].TimeToThreshold(_current[neuron]);
        if (_due[neuron] > 1e15)
        {
            return;
        }

        Clock.AtCrossing(
            Math.Max(now, (long)Math.Floor(_due[neuron] + 0.5)),
            Population.FirstNeuron + neuron,
            t =>
            {
                if (_version[neuron] == version)
                {
                    BringForward(neuron, long.MaxValue);
                    FireNow(neuron, t);
                }
            });
    }
}
