// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Models
{
    /// <summary>Leaky integrate-and-fire neurons with delta synapses, at their events (<see cref="EventLif" />) or at steps
    /// (<see cref="ClockedLif" />).</summary>
    public sealed class Lif : LeakyModel
    {
        /// <summary>At events: leak rate log2(e)/τ in 1/µs, Q.40. 0 at steps.</summary>
        public const int LeakRate = Shared;

        /// <summary>At steps: exp(−step/τ), Q0.31. 0 at events.</summary>
        public const int Decay = Shared + 1;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = Shared + 2;

        private static readonly long[] s_least = LeastOf(new long[] { 0, 0 });
        private static readonly long[] s_most = MostOf(new long[] { ImageLayout.MaxLeakRate, int.MaxValue });

        /// <inheritdoc />
        public override int Number => 1;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table) => true;

        /// <summary>The leak of a population at events must be one that its tables can hold.</summary>
        internal override int FirstUnsound(PopulationTable table)
        {
            long[] rates = table.Parameters[LeakRate];
            for (int i = 0; table.Update == UpdateKind.Event && i < rates.Length; i++)
            {
                if (rates[i] < ImageLayout.MinLeakRate)
                {
                    return LeakRate;
                }
            }

            return base.FirstUnsound(table);
        }

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor) => receptor == 0;

        /// <inheritdoc />
        internal override bool ComputesCrossings(PopulationTable table, DriveTable[] drives)
            => table.Update == UpdateKind.Event && EventLif.NeedsCrossings(table, drives);

        /// <inheritdoc />
        internal override bool NotesArrivals(PopulationTable table) => table.Update == UpdateKind.Event;

        /// <inheritdoc />
        internal override long SharedDecay(PopulationTable table)
            => table.Update == UpdateKind.Event && table.Parameters[LeakRate].Length == 1 ? table.Parameters[LeakRate][0] : 0;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives)
        {
            int size = table.Size;
            int bytes = MembraneBytes(table, drives);
            if (table.Update == UpdateKind.Clocked)
            {
                return bytes + DeviceMemory.ArrayBytes(size, 8) + RestingBytes(table);
            }

            // Times, the place among the noted; and what a computed crossing takes.
            int crossing = ComputesCrossings(table, drives) ? size : 0;
            return bytes + DeviceMemory.ArrayBytes(size, 4) + (size * 2) + (2 * DeviceMemory.ArrayBytes(crossing, 4))
                + (crossing * (8 + 2 + 2 + 2));
        }

        /// <inheritdoc />
        internal override Population Create(PopulationSite site)
            => site.Table.Update == UpdateKind.Event ? (Population)new EventLif(site) : new ClockedLif(site);
    }
}
