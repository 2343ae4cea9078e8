// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Host.Networks;
using NeuroMCU.Host.Networks.Models;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Reference
{
    /// <summary>
    /// Bursting neurons: the two voltages take exact steps of the network's step, the thyristor switches at the ends of steps.
    /// </summary>
    internal sealed class BurstingTwin : ReferenceModel
    {
        private const double Microsecond = 1e-6;
        private const double Microampere = 1e-6;
        private const double Nanocoulomb = 1e-9;

        private readonly Neuron[] _neurons;
        private readonly SynapseBlock _block;

        /// <summary>Sets up a population.</summary>
        /// <param name="population">The population.</param>
        /// <param name="clock">The simulator.</param>
        public BurstingTwin(Population population, IReferenceClock clock)
            : base(population, clock)
        {
            _block = new SynapseBlock(population, clock.Step);
            _neurons = new Neuron[population.Size];
            double step = clock.Step * Microsecond;
            for (int i = 0; i < population.Size; i++)
            {
                BurstingCell cell = BurstingModel.CellOf(population, i);
                double bias = population.Value("bias", i) * Microampere;
                _neurons[i] = new Neuron
                {
                    Cell = cell,
                    Rest = cell.Propagator(0, step),
                    Leak = cell.Propagator(cell.Part.Leak, step),
                    Discharge = cell.Propagator(1 / cell.Part.OnResistance, step),
                    Recovery = Math.Exp(-step / cell.ThresholdRecovery),
                    ReleaseSteps = (int)Math.Ceiling((cell.Part.Release / step) - 1e-9),
                    Dendrite = population.Value("initial", i) * 1e-3,
                    Constant = bias,
                    Current = bias,
                };
            }
        }

        /// <inheritdoc />
        public override bool Clocked => true;

        /// <inheritdoc />
        public override void Arrive(Projection projection, int neuron, double weight, long time)
        {
            if (projection.ReceptorIndex >= 0)
            {
                _block.Receive(projection.ReceptorIndex, neuron, weight * Nanocoulomb);
            }
            else
            {
                Neuron target = _neurons[neuron];
                target.Arrive(weight * Nanocoulomb / target.Cell.Part.Capacitance);
            }
        }

        /// <inheritdoc />
        public override void ChangeDrive(int neuron, double change, long time)
        {
            _neurons[neuron].Constant += change * Microampere;
            _neurons[neuron].Current += change * Microampere;
        }

        /// <inheritdoc />
        public override double Sample(int neuron, TraceQuantity quantity, long time)
        {
            return quantity == TraceQuantity.Current ? _neurons[neuron].Current / Microampere : _neurons[neuron].Soma;
        }

        /// <inheritdoc />
        public override void Step(long time)
        {
            for (int n = 0; n < _neurons.Length; n++)
            {
                Neuron neuron = _neurons[n];
                neuron.Advance();
                bool fired = neuron.Switch();
                neuron.Current = neuron.Constant + _block.Step(n);
                if (fired)
                {
                    Fire(n, time);
                }
            }
        }

        private sealed class Neuron
        {
            private PlainSum _arrived;

            public required BurstingCell Cell { get; init; }

            public required double[] Rest { get; init; }

            public required double[] Leak { get; init; }

            public required double[] Discharge { get; init; }

            public required double Recovery { get; init; }

            public required int ReleaseSteps { get; init; }

            public double Dendrite { get; set; }

            public double Constant { get; set; }

            public double Current { get; set; }

            public double Soma { get; private set; }

            private double Drop { get; set; }

            private bool Conducting { get; set; }

            private int ReleaseLeft { get; set; } = -1;

            public void Arrive(double volts)
            {
                _arrived.Add(volts);
            }

            public void Advance()
            {
                Dendrite = Math.Max(0, Dendrite + _arrived.Value);
                _arrived = default;
                double from = Conducting ? Cell.Part.OnVoltage : Cell.Part.Knee;
                double[] p = Conducting ? Discharge : (Dendrite - Soma >= Cell.Part.Knee ? Leak : Rest);
                double v = (p[0] * Dendrite) + (p[1] * Soma) + (p[4] * Current) + (p[6] * from);
                Soma = Math.Max(0, (p[2] * Dendrite) + (p[3] * Soma) + (p[5] * Current) + (p[7] * from));
                Dendrite = Math.Max(0, v);
                Drop *= Recovery;
            }

            public bool Switch()
            {
                double across = Dendrite - Soma;
                if (!Conducting)
                {
                    Conducting = across >= Cell.Part.Threshold - Drop;
                    ReleaseLeft = -1;
                    return Conducting;
                }

                bool weak = (across - Cell.Part.OnVoltage) / Cell.Part.OnResistance < Cell.Part.Hold;
                if (ReleaseLeft < 0 && weak)
                {
                    ReleaseLeft = ReleaseSteps;
                }

                if (ReleaseLeft == 0)
                {
                    Conducting = false;
                    Drop = Cell.ThresholdDrop;
                }

                ReleaseLeft = Math.Max(-1, ReleaseLeft - 1);
                return false;
            }
        }
    }
}
