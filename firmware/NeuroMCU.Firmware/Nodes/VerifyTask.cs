// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Compares a node with its target; nothing is pulsed.</summary>
    internal sealed class VerifyTask : NodeTask
    {
        internal VerifyTask(NodeBank bank, StepRing steps)
            : base(bank, steps)
        {
        }

        /// <inheritdoc />
        internal override int Proceed(long now)
            => Size(Measure(now) - Node.Target) <= Request.Tolerance ? NodeOutcome.Reached : NodeOutcome.Drifted;

        /// <inheritdoc />
        protected override void OnBegin()
        {
            // A reading needs nothing.
        }
    }
}
