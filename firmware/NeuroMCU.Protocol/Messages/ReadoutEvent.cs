// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    public sealed partial class ReadoutEvent
    {
        /// <summary>Gets a value indicating whether nothing speaks against the answer.</summary>
        public bool Valid => Answer == Sure;

        /// <summary>Gets what speaks most against the answer (wire.md lists the numbers); 0 when it is valid, or there is none.</summary>
        public int Doubt => Answer > Sure ? Answer - Sure : 0;
    }
}
