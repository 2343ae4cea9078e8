// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Reference
{
    /// <summary>Event-driven leaky integrate-and-fire neurons: closed form between events.</summary>
    internal sealed class EventLifTwin : LifTwin
    {
        // Time from which the membrane relaxes from its stored value; the end of the refractory period after a spike.
        private readonly long[] _since;
        private readonly long[] _lastSpike;

        // Number of changes so far; a computed crossing of an older number is void.
        private readonly int[] _version;

        // Neurons at which something has arrived in this microsecond and that are called after the last of its arrivals.
        private readonly bool[] _open;
        private readonly PlainSum[] _arrived;

        /// <summary>Sets up a population.</summary>
        /// <param name="population">The population.</param>
        /// <param name="clock">The simulator.</param>
        public EventLifTwin(Population population, IReferenceClock clock)
            : base(population, clock)
        {
            _since = new long[population.Size];
            _version = new int[population.Size];
            _open = new bool[population.Size];
            _arrived = new PlainSum[population.Size];
            _lastSpike = new long[population.Size];
            Array.Fill(_lastSpike, -1);
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
            if (time < _since[neuron])
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
        }

        /// <inheritdoc />
        public override void ChangeDrive(int neuron, double change, long time)
        {
            BringForward(neuron, time);
            Equilibrium[neuron] += change;
            ScheduleCrossing(neuron, time);
        }

        /// <inheritdoc />
        public override double Sample(int neuron, TraceQuantity quantity, long time)
        {
            return Population.Rest + At(neuron, time);
        }

        private void FireNow(int neuron, long time)
        {
            ApplyReset(neuron);
            _lastSpike[neuron] = time;
            _since[neuron] = time + Refractory[neuron];
            ScheduleCrossing(neuron, time);
            Fire(neuron, time);
        }

        private void ScheduleCrossing(int neuron, long now)
        {
            int version = ++_version[neuron];
            long crossing = NextCrossing(neuron, now);
            if (crossing == long.MaxValue)
            {
                return;
            }

            Clock.AtCrossing(
                crossing,
                Population.FirstNeuron + neuron,
                t =>
                {
                    if (_version[neuron] == version)
                    {
                        BringForward(neuron, t);
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

        private double At(int neuron, long time)
        {
            if (time <= _since[neuron])
            {
                return Membrane[neuron];
            }

            double e = Equilibrium[neuron];
            return Math.Max(e + ((Membrane[neuron] - e) * Math.Exp(-(time - _since[neuron]) / Tau[neuron])), Floor[neuron]);
        }

        // When the threshold is reached without further input; long.MaxValue when it never is.
        private long NextCrossing(int neuron, long now)
        {
            double u = Membrane[neuron];
            double theta = Threshold[neuron];
            double e = Equilibrium[neuron];
            if (u >= theta)
            {
                return Math.Max(Math.Max(now, _since[neuron]), _lastSpike[neuron] + 1);
            }

            if (e <= theta)
            {
                return long.MaxValue;
            }

            double wait = Tau[neuron] * Math.Log((e - u) / (e - theta));
            return wait > 1e15 ? long.MaxValue : Math.Max(now + 1, _since[neuron] + (long)Math.Ceiling(wait));
        }
    }
}
