// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Nodes;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>The array as one who learns sees it: every pulse goes through the bank, and a masked node gets none.</summary>
    internal sealed class GuardedNodes : INodeArray
    {
        private readonly NodeBank _bank;

        internal GuardedNodes(NodeBank bank)
        {
            _bank = bank;
        }

        /// <inheritdoc />
        public int Rows => _bank.Limits.Rows;

        /// <inheritdoc />
        public int Columns => _bank.Limits.Columns;

        /// <inheritdoc />
        public bool SetsDirectly => _bank.SetsDirectly;

        /// <inheritdoc />
        public int Chip => 0;

        /// <inheritdoc />
        public int Read(int node) => _bank.Read(node, 1);

        /// <inheritdoc />
        public void Pulse(int node, int millivolts, int microseconds, int microamperes)
        {
            if (!_bank.Nodes[node].Masked)
            {
                _bank.Pulse(node, millivolts, microseconds, microamperes, 1);
            }
        }

        /// <inheritdoc />
        public void Bias(int node, int millivolts, int microamperes)
        {
            // Who learns gives short pulses only.
        }

        /// <inheritdoc />
        public void Set(int node, int value)
        {
            // Who learns moves nodes by pulses only.
        }

        /// <inheritdoc />
        public void Keep()
        {
            // The store does it, at checkpoints.
        }

        /// <inheritdoc />
        public void Release()
        {
            // The bank does it.
        }
    }
}
