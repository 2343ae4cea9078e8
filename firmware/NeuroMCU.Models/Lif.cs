// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>Leaky integrate-and-fire neurons: delta synapses at events or at steps, or exponential synapses at steps.</summary>
    public sealed class Lif : Model
    {
        private static readonly long[] s_none = new long[0];

        /// <inheritdoc />
        public override int Number => 1;

        /// <inheritdoc />
        public override long[] Least => s_none;

        /// <inheritdoc />
        public override long[] Most => s_none;

        /// <inheritdoc />
        public override int Quantities(PopulationTable table)
        {
            return TraceQuantity.Membrane + 1;
        }

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table)
        {
            return table.Update == UpdateKind.Clocked || table.Synapse == SynapseKind.Delta;
        }

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor)
        {
            return receptor >= 0 && receptor <= (table.Synapse == SynapseKind.Exponential ? 1 : 0);
        }

        /// <inheritdoc />
        internal override bool ComputesCrossings(PopulationTable table, DriveTable[] drives)
        {
            return table.Update == UpdateKind.Event && EventLif.NeedsCrossings(table, drives);
        }

        /// <inheritdoc />
        internal override bool NotesArrivals(PopulationTable table)
        {
            return table.Update == UpdateKind.Event;
        }

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives)
        {
            int size = table.Size;
            int bytes = Parameter(table.Threshold) + Parameter(table.ResetValue) + Parameter(table.Equilibrium) + Parameter(table.Floor);
            bytes += Parameter(table.Initial) + Parameter(table.Refractory) + Parameter(table.MembraneDecay);
            bytes += Parameter(table.ExcitatoryCoupling) + Parameter(table.InhibitoryCoupling);
            bytes += table.LeakRate == null ? 0 : DeviceMemory.ArrayBytes(table.LeakRate.Length, 8);
            bytes += 3 * DeviceMemory.ArrayBytes(LeakyPopulation.IsUniform(table, drives) ? 1 : size, 4);
            if (table.Update == UpdateKind.Event)
            {
                bytes += (2 * DeviceMemory.ArrayBytes(size, 4)) + (size * 2);
                int crossing = EventLif.NeedsCrossings(table, drives) ? size : 0;
                return bytes + (2 * DeviceMemory.ArrayBytes(crossing, 4)) + (crossing * (8 + 2 + 2 + 2));
            }

            bytes += table.Synapse == SynapseKind.Exponential
                ? (3 * DeviceMemory.ArrayBytes(size, 4)) + (2 * DeviceMemory.ArrayBytes(size, 8))
                : DeviceMemory.ArrayBytes(size, 4) + DeviceMemory.ArrayBytes(size, 8);
            int resting = ClockedPopulation.HasRefractory(table) ? size : 0;
            return bytes + (2 * DeviceMemory.ArrayBytes(resting, 4)) + DeviceMemory.ArrayBytes(resting, 2);
        }

        /// <inheritdoc />
        internal override Population Create(PopulationSite site)
        {
            if (site.Table.Update == UpdateKind.Event)
            {
                return new EventLif(site);
            }

            return site.Table.Synapse == SynapseKind.Exponential ? (Population)new ClockedExponentialLif(site) : new ClockedLif(site);
        }

        private static int Parameter(int[] values)
        {
            return values == null ? 0 : DeviceMemory.ArrayBytes(values.Length, 4);
        }
    }
}
