// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Host.Networks;
using NeuroMCU.Host.Networks.Models;

namespace NeuroMCU.Host.Reference
{
    /// <summary>
    /// Thyristor neurons: closed form between changes of the current. Changes are steps of drive and, where there are receptors, the steps of
    /// the network.
    /// </summary>
    internal sealed class ThyristorTwin : ReferenceModel
    {
        private const double Microampere = 1e-6;
        private const double Nanocoulomb = 1e-9;

        private readonly ThyristorState[] _state;
        private readonly double[] _constant;
        private readonly double[] _current;
        private readonly long[] _since;
        private readonly int[] _version;
        private readonly PlainSum[] _arrived;
        private readonly bool[] _open;
        private readonly SynapseBlock _block;

        /// <summary>Sets up a population.</summary>
        /// <param name="population">The population.</param>
        /// <param name="clock">The simulator.</param>
        public ThyristorTwin(Population population, IReferenceClock clock)
            : base(population, clock)
        {
            _state = new ThyristorState[population.Size];
            _constant = new double[population.Size];
            _since = new long[population.Size];
            _version = new int[population.Size];
            _arrived = new PlainSum[population.Size];
            _open = new bool[population.Size];
            _block = new SynapseBlock(population, clock.Step);
            for (int i = 0; i < population.Size; i++)
            {
                _state[i] = new ThyristorState(ThyristorModel.CellOf(population, i), population.Value("initial", i) * 1e-3);
                _constant[i] = population.Value("bias", i) * Microampere;
            }

            _current = (double[])_constant.Clone();
        }

        /// <inheritdoc />
        public override bool Clocked => !_block.IsEmpty;

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
                if (!current.Equals(_current[n]))
                {
                    BringForward(n, time);
                    _current[n] = current;
                    ScheduleCrossing(n, time);
                }
            }
        }

        /// <inheritdoc />
        public override double Sample(int neuron, TraceQuantity quantity, long time)
        {
            if (quantity == TraceQuantity.Current)
            {
                return _current[neuron] / Microampere;
            }

            ThyristorState ahead = _state[neuron].Copy();
            ahead.Advance(_current[neuron], time - _since[neuron]);
            return ahead.Membrane;
        }

        private void BringForward(int neuron, long time)
        {
            _state[neuron].Advance(_current[neuron], time - _since[neuron]);
            _since[neuron] = time;
        }

        private void FireNow(int neuron, long time)
        {
            _state[neuron].Fire();
            ScheduleCrossing(neuron, time);
            Fire(neuron, time);
        }

        private void ScheduleCrossing(int neuron, long now)
        {
            int version = ++_version[neuron];
            long wait = _state[neuron].TimeToThreshold(_current[neuron]);
            if (wait == long.MaxValue)
            {
                return;
            }

            Clock.AtCrossing(
                now + wait,
                Population.FirstNeuron + neuron,
                t =>
                {
                    if (_version[neuron] == version)
                    {
                        BringForward(neuron, t);
                        if (wait > 0)
                        {
                            _state[neuron].GoToThreshold();
                        }

                        FireNow(neuron, t);
                    }
                });
        }
    }
}
