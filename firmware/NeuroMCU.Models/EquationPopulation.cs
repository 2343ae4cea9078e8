// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Neurons whose equations the image brings as a program. Within a step: what arrived is added, saturating; the program runs; the
    /// neurons that it finds at their threshold fire.
    /// </summary>
    internal sealed class EquationPopulation : Population
    {
        // IL instructions of a work item, as a shift: those of a neuron with four instructions.
        private const int ItemShift = 7;

        private readonly VectorProgram _program;
        private readonly PopulationMachine _machine;
        private readonly DriveTable[] _drives;
        private readonly EngineCounters _counters;
        private readonly long[][] _arrived;
        private readonly bool[] _waiting;
        private readonly int _work;

        /// <summary>Initializes a new instance of the <see cref="EquationPopulation" /> class.</summary>
        internal EquationPopulation(PopulationSite site)
            : base(site.Table, site.First)
        {
            PopulationTable table = site.Table;
            _program = table.Program;
            _machine = new PopulationMachine(this, _program, site.Queue);
            _drives = site.Drives;
            _counters = site.Counters;
            _work = VectorMachine.WorkOf(_program, table.Size);
            _waiting = new bool[_program.Inlets.Length / 3];
            _arrived = new long[_waiting.Length][];
            for (int i = 0; i < _arrived.Length; i++)
            {
                _arrived[i] = new long[table.Size];
            }

            // The queue looks a time up before it sees that there is no fast lane here: any array of the right length will do.
            Last = _machine.Register(0);
        }

        /// <inheritdoc />
        internal override int StepWork => _work >> ItemShift > Size ? _work >> ItemShift : Size;

        /// <inheritdoc />
        internal override void Reset()
        {
            _machine.Restart();
            for (int i = 0; i < _arrived.Length; i++)
            {
                System.Array.Clear(_arrived[i], 0, Size);
                _waiting[i] = false;
            }
        }

        /// <inheritdoc />
        internal override void Receive(Axon axon, int from, int to, int time)
        {
            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            long[] arrived = _arrived[axon.Receptor];
            for (int k = from; k < to; k++)
            {
                arrived[synapses[k] & Formats.TargetMask] += (long)weights[k] * scale;
            }

            _waiting[axon.Receptor] = true;
        }

        /// <inheritdoc />
        internal override void Step(int time)
        {
            for (int i = 0; i < _waiting.Length; i++)
            {
                if (_waiting[i])
                {
                    Take(i);
                }
            }

            Saturations += _machine.Run(time);
            _counters.CountedUpdates += Size;
            _counters.LawOperations += _work;
        }

        /// <inheritdoc />
        internal override void Drive(int first, int count, int time, long absolute)
        {
            if (_program.Drive < 0)
            {
                return;
            }

            int[] register = _machine.Register(_program.Drive);
            int[] start = _program.Start[_program.Drive];
            for (int i = first; i < first + count; i++)
            {
                register[i] = Driven(start[start.Length == 1 ? 0 : i], _drives, i, absolute, _program.DriveLeast, _program.DriveMost);
            }
        }

        /// <inheritdoc />
        internal override int ReadMembrane(int neuron, int time) => ReadVariable(neuron, TraceQuantity.Membrane);

        /// <inheritdoc />
        internal override int ReadCurrent(int neuron) => ReadVariable(neuron, TraceQuantity.Current);

        /// <inheritdoc />
        internal override int ReadVariable(int neuron, int quantity)
        {
            int[] visible = _program.Visible;
            return quantity < visible.Length ? _machine.Register(visible[quantity])[neuron] : 0;
        }

        private void Take(int inlet)
        {
            int[] inlets = _program.Inlets;
            int[] register = _machine.Register(inlets[3 * inlet]);
            int least = inlets[(3 * inlet) + 1];
            int most = inlets[(3 * inlet) + 2];
            long[] arrived = _arrived[inlet];
            for (int i = 0; i < arrived.Length; i++)
            {
                if (arrived[i] != 0)
                {
                    register[i] = Within(register[i] + arrived[i], least, most);
                    arrived[i] = 0;
                }
            }

            _waiting[inlet] = false;
        }

        /// <summary>The machine whose spikes are those of the population.</summary>
        private sealed class PopulationMachine : VectorMachine
        {
            private readonly EquationPopulation _population;
            private readonly SpikeQueue _queue;

            internal PopulationMachine(EquationPopulation population, VectorProgram program, SpikeQueue queue)
                : base(program, population.Size)
            {
                _population = population;
                _queue = queue;
            }

            /// <inheritdoc />
            protected override void Fire(int neuron, int time)
            {
                _queue.Fire(_population, neuron, time);
            }
        }
    }
}
