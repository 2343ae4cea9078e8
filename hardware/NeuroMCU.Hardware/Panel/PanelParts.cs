// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Panel
{
    /// <summary>What a board has for people without a host.</summary>
    public sealed class PanelParts
    {
        /// <summary>The display, to which nothing was sent; null when there is none.</summary>
        public IDisplay Display;

        /// <summary>The button that changes the network; null when there is none.</summary>
        public PushButton Button;
    }
}
