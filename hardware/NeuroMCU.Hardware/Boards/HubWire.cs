// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>What a board speaks with a hub.</summary>
    public static class HubWire
    {
        /// <summary>The experiment's packets, as partner 1: nobody proves anything.</summary>
        public const int FirstPartner = 1;

        /// <summary>The experiment's packets, as partner 2.</summary>
        public const int SecondPartner = 2;

        /// <summary>Sealed packets.</summary>
        public const int Keyed = 3;
    }
}
