// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>What both update schemes of the leaky integrate-and-fire neuron share; values are relative to rest, in the membrane unit of
/// the file.</summary>
internal abstract class LifTwin : ReferenceModel
{
    /// <summary>Sets up a population by the update scheme that its network has.</summary>
    /// <returns>The population at time 0.</returns>
    public static LifTwin Create(Population population, UpdateScheme scheme, IReferenceClock clock)
        => population.HasExponentialSynapses || scheme == UpdateScheme.Clocked ? new AtSteps(population, clock)
            : new AtEvents(population, clock);

    private LifTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        int n = population.Size;
        Membrane = new double[n];
        Threshold = new double[n];
        Floor = new double[n];
        Equilibrium = new double[n];
        Tau = new double[n];
        Refractory = new long[n];
        for (int i = 0; i < n; i++)
        {
            Membrane[i] = population.Lif!.Initial.At(i) - population.Lif!.Rest;
            Threshold[i] = population.Lif!.Threshold.At(i) - population.Lif!.Rest;
            Floor[i] = population.Lif!.Floor.At(i) - population.Lif!.Rest;
            Equilibrium[i] = population.Lif!.Bias.At(i);
            Tau[i] = population.Lif!.Tau.At(i);
            Refractory[i] = (long)population.Lif!.Refractory.At(i);
        }
    }

    /// <summary>Membrane u.</summary>
    protected double[] Membrane { get; }

    /// <summary>Threshold θ.</summary>
    protected double[] Threshold { get; }

    /// <summary>Lower bound; negative infinity for none.</summary>
    protected double[] Floor { get; }

    /// <summary>Equilibrium e, drive included.</summary>
    protected double[] Equilibrium { get; }

    /// <summary>Membrane time constant in µs.</summary>
    protected double[] Tau { get; }

    /// <summary>Refractory period in µs.</summary>
    protected long[] Refractory { get; }

    /// <summary>Applies the reset rule.</summary>
    protected void ApplyReset(int neuron)
    {
        double reset = Population.Lif!.Reset.At(neuron) - Population.Lif!.Rest;
        double after = Population.Lif!.ResetBy == ResetRule.Value ? reset : Membrane[neuron] - (Threshold[neuron] - reset);
        Membrane[neuron] = Math.Max(after, Floor[neuron]);
    }

    /// <summary>Event-driven leaky integrate-and-fire neurons: closed form between events.</summary>
    private sealed class AtEvents : LifTwin
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
        public AtEvents(Population population, IReferenceClock clock)
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

    /// <summary>Clocked leaky integrate-and-fire neurons with delta or exponential synapses: the exact solution for input that arrives at
    /// steps.</summary>
    private sealed class AtSteps : LifTwin
    {
        private readonly bool _exponential;
        private readonly double[] _excitation;
        private readonly double[] _inhibition;
        private readonly PlainSum[] _arrivedExcitation;
        private readonly PlainSum[] _arrivedInhibition;
        private readonly long[] _hold;
        private readonly double[] _decay;
        private readonly double[] _couplingExcitatory;
        private readonly double[] _couplingInhibitory;
        private readonly double _excitatoryDecay;
        private readonly double _inhibitoryDecay;

        /// <summary>Sets up a population.</summary>
        public AtSteps(Population population, IReferenceClock clock)
            : base(population, clock)
        {
            _exponential = population.HasExponentialSynapses;
            _excitation = new double[population.Size];
            _inhibition = new double[population.Size];
            _arrivedExcitation = new PlainSum[population.Size];
            _arrivedInhibition = new PlainSum[population.Size];
            _hold = new long[population.Size];
            double h = clock.Step;
            _decay = Array.ConvertAll(Tau, tau => Math.Exp(-h / tau));
            if (_exponential)
            {
                _excitatoryDecay = Math.Exp(-h / population.Lif!.TauExcitatory);
                _inhibitoryDecay = Math.Exp(-h / population.Lif!.TauInhibitory);
            }

            _couplingExcitatory = Array.ConvertAll(Tau, tau => _exponential ? Coupling(h, tau, population.Lif!.TauExcitatory) : 0);
            _couplingInhibitory = Array.ConvertAll(Tau, tau => _exponential ? Coupling(h, tau, population.Lif!.TauInhibitory) : 0);
        }

        /// <inheritdoc />
        public override bool Clocked => true;

        /// <inheritdoc />
        public override void Arrive(Projection projection, int neuron, double weight, long time)
        {
            bool inhibitory = projection.Receptor == Receptor.Inhibitory && _exponential;
            (inhibitory ? _arrivedInhibition : _arrivedExcitation)[neuron].Add(weight);
        }

        /// <inheritdoc />
        public override void ChangeDrive(int neuron, double change, long time)
        {
            Equilibrium[neuron] += change;
        }

        /// <inheritdoc />
        public override double Sample(int neuron, TraceQuantity quantity, long time) => Population.Lif!.Rest + Membrane[neuron];

        /// <inheritdoc />
        public override void Step(long time)
        {
            for (int n = 0; n < Population.Size; n++)
            {
                StepNeuron(n, time);
            }
        }

        private void StepNeuron(int n, long time)
        {
            bool held = _hold[n] > 0;
            if (held)
            {
                _hold[n]--;
            }
            else
            {
                double e = Equilibrium[n];
                double input = _exponential
                    ? (_couplingExcitatory[n] * _excitation[n]) + (_couplingInhibitory[n] * _inhibition[n])
                    : _arrivedExcitation[n].Value;
                Membrane[n] = Math.Max(e + ((Membrane[n] - e) * _decay[n]) + input, Floor[n]);
            }

            if (_exponential)
            {
                _excitation[n] = (_excitation[n] * _excitatoryDecay) + _arrivedExcitation[n].Value;
                _inhibition[n] = (_inhibition[n] * _inhibitoryDecay) + _arrivedInhibition[n].Value;
            }

            _arrivedExcitation[n] = default;
            _arrivedInhibition[n] = default;
            if (!held && Membrane[n] >= Threshold[n])
            {
                ApplyReset(n);
                _hold[n] = (Refractory[n] + Clock.Step - 1) / Clock.Step;
                Fire(n, time);
            }

            Note(Membrane[n] - Equilibrium[n], Math.Max(Math.Abs(_excitation[n]), Math.Abs(_inhibition[n])));
        }

        // P_x of the semantics page: the exact response of the membrane over one step to a unit of current that decays with τ_x.
        private static double Coupling(double step, double tau, double tauSynapse)
        {
            return Math.Abs(tauSynapse - tau) < 1e-6 * tau
                ? step / tau * Math.Exp(-step / tau)
                : tauSynapse / (tauSynapse - tau) * (Math.Exp(-step / tauSynapse) - Math.Exp(-step / tau));
        }
    }
}
