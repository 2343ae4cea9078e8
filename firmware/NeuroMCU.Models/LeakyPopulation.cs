// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// What the leaky integrate-and-fire models share: parameters, reset rule, drive. State is kept relative to the equilibrium,
    /// w = u − e, so that the leak is one product; threshold and floor are kept relative to it as well, and move when drive moves e.
    /// </summary>
    internal abstract class LeakyPopulation : Population
    {
        /// <summary>Where spikes go.</summary>
        protected readonly SpikeQueue Queue;

        /// <summary>Threshold relative to the equilibrium: one value, or one per neuron.</summary>
        protected readonly int[] Threshold;

        /// <summary>Floor relative to the equilibrium: one value, or one per neuron.</summary>
        protected readonly int[] Floor;

        /// <summary>Equilibrium with the drive of the moment: one value, or one per neuron.</summary>
        protected readonly int[] Equilibrium;

        private readonly DriveTable[] _drives;
        private readonly long[] _threshold;
        private readonly long[] _resetValue;
        private readonly long[] _equilibrium;
        private readonly long[] _floor;
        private readonly long[] _initial;
        private readonly long[] _refractory;
        private readonly bool _subtracts;

        /// <summary>Initializes a new instance of the <see cref="LeakyPopulation" /> class.</summary>
        protected LeakyPopulation(PopulationSite site)
            : base(site.Table, site.First)
        {
            PopulationTable table = site.Table;
            DriveTable[] drives = site.Drives;
            _threshold = table.Parameters[LeakyModel.Threshold];
            _resetValue = table.Parameters[LeakyModel.ResetValue];
            _equilibrium = table.Parameters[LeakyModel.Equilibrium];
            _floor = table.Parameters[LeakyModel.Floor];
            _initial = table.Parameters[LeakyModel.Initial];
            _refractory = table.Parameters[LeakyModel.Refractory];
            _subtracts = table.Parameters[LeakyModel.Reset][0] == ResetKind.Subtract;
            Queue = site.Queue;
            _drives = drives;
            int values = IsUniform(table, drives) ? 1 : table.Size;
            Threshold = new int[values];
            Floor = new int[values];
            Equilibrium = new int[values];
            Membrane = new int[table.Size];
        }

        /// <summary>Tells whether one value of each relative parameter does for all neurons.</summary>
        internal static bool IsUniform(PopulationTable table, DriveTable[] drives)
        {
            for (int i = 0; i < drives.Length; i++)
            {
                if (drives[i].Count != table.Size)
                {
                    return false;
                }
            }

            return table.Parameters[LeakyModel.Threshold].Length == 1
                && table.Parameters[LeakyModel.Floor].Length == 1
                && table.Parameters[LeakyModel.Equilibrium].Length == 1;
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            for (int i = 0; i < Equilibrium.Length; i++)
            {
                SetEquilibrium(i, (int)Value(_equilibrium, i));
            }

            for (int i = 0; i < Membrane.Length; i++)
            {
                Membrane[i] = Saturation.ToInt(Value(_initial, i) - Value(Equilibrium, i));
            }
        }

        /// <inheritdoc />
        internal override void Drive(int first, int count, int time, long absolute)
        {
            for (int i = first; i < first + count; i++)
            {
                BringForward(i, time);
            }

            // A population with one equilibrium for all is only ever driven as a whole.
            int values = Equilibrium.Length == 1 ? 1 : count;
            for (int k = 0; k < values; k++)
            {
                int at = Equilibrium.Length == 1 ? 0 : first + k;
                int before = Equilibrium[at];
                SetEquilibrium(at,
                    Driven(Value(_equilibrium, at), _drives, at, absolute, -ImageLayout.MaxMembrane, ImageLayout.MaxMembrane));
                long change = (long)Equilibrium[at] - before;
                int from = Equilibrium.Length == 1 ? first : at;
                int to = Equilibrium.Length == 1 ? first + count : at + 1;
                for (int i = from; i < to; i++)
                {
                    Membrane[i] = Narrow(Membrane[i] - change);
                }
            }

            for (int i = first; i < first + count; i++)
            {
                Moved(i, time);
            }
        }

        /// <inheritdoc />
        internal override int ReadMembrane(int neuron, int time)
            => Saturation.ToInt((long)Peek(neuron, time) + Value(Equilibrium, neuron));

        /// <summary>Picks the value of a neuron from an array that holds one value or one per neuron.</summary>
        protected static int Value(int[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

        /// <summary>Picks the value of a neuron from a parameter.</summary>
        protected static long Value(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

        /// <summary>Refractory period of a neuron in µs.</summary>
        protected int RefractoryOf(int neuron) => (int)Value(_refractory, neuron);

        /// <summary>Computes what a membrane becomes after a spike: the value of the reset, or less by the distance from it to the
        /// threshold.</summary>
        protected int AfterSpike(int neuron, long membrane)
        {
            long reset = Value(_resetValue, neuron);
            if (!_subtracts)
            {
                return Narrow(reset - Value(Equilibrium, neuron));
            }

            return Narrow(membrane - (Value(_threshold, neuron) - reset));
        }

        /// <summary>Gives the floor to a membrane that fell below it; where the network has none it is the end of the range, which
        /// counts as a saturation.</summary>
        protected int AtFloor(int neuron)
        {
            if (Value(_floor, neuron) == int.MinValue)
            {
                Saturations++;
            }

            return Value(Floor, neuron);
        }

        /// <summary>Computes the membrane at a time without changing it.</summary>
        protected abstract int Peek(int neuron, int time);

        /// <summary>Brings a membrane to a time.</summary>
        protected abstract void BringForward(int neuron, int time);

        /// <summary>A neuron's equilibrium has moved.</summary>
        protected abstract void Moved(int neuron, int time);

        /// <summary>Takes a new equilibrium over into the relative values.</summary>
        protected virtual void SetEquilibrium(int at, int value)
        {
            Equilibrium[at] = value;
            Threshold[at] = Saturation.ToInt(Value(_threshold, at) - value);
            long floor = Value(_floor, at);
            Floor[at] = floor == int.MinValue ? int.MinValue : Saturation.ToInt(floor - value);
        }
    }
}
