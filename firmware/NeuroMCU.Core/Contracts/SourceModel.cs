// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>Spike sources: neurons without a membrane, which fire when an input makes them (stored spikes, Poisson trains,
    /// injection, a front end).</summary>
    public sealed class SourceModel : Model
    {
        private static readonly long[] s_none = new long[0];

        /// <inheritdoc />
        public override int Number => 0;

        /// <inheritdoc />
        public override long[] Least => s_none;

        /// <inheritdoc />
        public override long[] Most => s_none;

        /// <inheritdoc />
        public override bool IsSource => true;

        /// <inheritdoc />
        public override int Quantities(PopulationTable table) => 0;

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table) => table.Update == UpdateKind.Event;

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor) => false;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives) => 0;

        /// <inheritdoc />
        internal override Population Create(PopulationSite site) => new Sources(site);

        private sealed class Sources : Population
        {
            internal Sources(PopulationSite site)
                : base(site.Table, site.First)
            {
            }
        }
    }
}
