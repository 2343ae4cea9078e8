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

        /// <summary>Digital potentiometers (MCP4461) between the outputs of an AD5328 and amplifiers that an MCP3208 reads.</summary>
        public const int Potentiometers = 2;

        /// <summary>Memory devices between eight row buffers and eight column amplifiers: an AD5328 makes the voltages, two ADG715 choose
        /// row and column, two ADS1115 read the columns.</summary>
        public const int Crossbar = 3;
    }
}
