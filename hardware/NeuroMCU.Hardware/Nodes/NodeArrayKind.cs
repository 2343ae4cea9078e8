// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>What an array of nodes is made of.</summary>
    public static class NodeArrayKind
    {
        /// <summary>There is none.</summary>
        public const int None = 0;

        /// <summary>An array that exists on the virtual bench only.</summary>
        public const int Virtual = 1;
    }
}
