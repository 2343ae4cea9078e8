// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Models
{
    /// <summary>What the leaky integrate-and-fire models share: membrane parameters by their place, and how they must fit each
    /// other.</summary>
    public abstract class LeakyModel : Model
    {
        /// <summary>Threshold θ above rest, Q8.24; a neuron fires when u ≥ θ.</summary>
        public const int Threshold = 0;

        /// <summary>Value after a spike, Q8.24; the rule of subtraction takes θ − this value off instead.</summary>
        public const int ResetValue = 1;

        /// <summary>Equilibrium under the constant bias, Q8.24: what u tends to without input.</summary>
        public const int Equilibrium = 2;

        /// <summary>Lower bound of u, Q8.24; int.MinValue for none.</summary>
        public const int Floor = 3;

        /// <summary>Value at start and after reset, Q8.24.</summary>
        public const int Initial = 4;

        /// <summary>Refractory period in µs: inputs are ignored and u is held from the spike until its end.</summary>
        public const int Refractory = 5;

        /// <summary>What a neuron does after its spike, one of <see cref="ResetKind" />; one value for the population.</summary>
        public const int Reset = 6;

        /// <summary>Number of parameters that the models share.</summary>
        private protected const int Shared = 7;

        private const long Max = ImageLayout.MaxMembrane;

        /// <inheritdoc />
        public override int Quantities(PopulationTable table) => TraceQuantity.Membrane + 1;

        /// <summary>Gets the least value of each parameter: those that all models share, then a model's own.</summary>
        private protected static long[] LeastOf(long[] own)
            => Join(new long[] { 1 - Max, -Max, -Max, int.MinValue, -Max, 0, ResetKind.Value }, own);

        /// <summary>Gets the largest value of each parameter: those that all models share, then a model's own.</summary>
        private protected static long[] MostOf(long[] own)
            => Join(new long[] { Max, Max, Max, Max, Max, ImageLayout.MaxRefractory, ResetKind.Subtract }, own);

        /// <summary>Reset value, floor and initial value must lie below the threshold; the rule of the reset is one for all.</summary>
        internal override int FirstUnsound(PopulationTable table)
        {
            long[] threshold = table.Parameters[Threshold];
            for (int i = 0; i < table.Size; i++)
            {
                long limit = At(threshold, i);
                if (At(table.Parameters[ResetValue], i) >= limit)
                {
                    return ResetValue;
                }

                if (At(table.Parameters[Floor], i) >= limit)
                {
                    return Floor;
                }

                if (At(table.Parameters[Initial], i) >= limit)
                {
                    return Initial;
                }
            }

            return table.Parameters[Reset].Length == 1 ? -1 : Reset;
        }

        /// <summary>The bias; of a stepped population also what it compares its membranes with at each step.</summary>
        internal override bool TakesChange(PopulationTable table, int parameter)
        {
            return parameter == Equilibrium
                || (table.Update == UpdateKind.Clocked && (parameter == Threshold || parameter == ResetValue || parameter == Floor));
        }

        /// <summary>Bytes of the values relative to the equilibrium and of the membranes.</summary>
        private protected static int MembraneBytes(PopulationTable table, DriveTable[] drives)
        {
            return (3 * DeviceMemory.ArrayBytes(LeakyPopulation.IsUniform(table, drives) ? 1 : table.Size, 4))
                + DeviceMemory.ArrayBytes(table.Size, 4);
        }

        /// <summary>Bytes of what a clocked population keeps of its refractory neurons.</summary>
        private protected static int RestingBytes(PopulationTable table)
        {
            int resting = ClockedPopulation.HasRefractory(table) ? table.Size : 0;
            return (2 * DeviceMemory.ArrayBytes(resting, 4)) + DeviceMemory.ArrayBytes(resting, 2);
        }

        private protected static long At(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

        private static long[] Join(long[] shared, long[] own)
        {
            long[] all = new long[shared.Length + own.Length];
            System.Array.Copy(shared, all, shared.Length);
            System.Array.Copy(own, 0, all, shared.Length, own.Length);
            return all;
        }
    }
}
