// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The hub that a board joins by itself over Wi-Fi, and which of its neurons take part.</summary>
    public sealed class BoardHub
    {
        /// <summary>Most neurons whose spikes go to the hub, and most for which spikes come.</summary>
        public const int MostNeurons = 16;

        /// <summary>One of <see cref="HubWire" />.</summary>
        public int Wire;

        /// <summary>IPv4 address of the hub as text, such as '192.168.1.10'.</summary>
        public string Address;

        /// <summary>UDP port of the hub.</summary>
        public int Port;

        /// <summary>UDP port of the board; 0 for any free one.</summary>
        public int LocalPort;

        /// <summary>Name of the site in the hub's file (sealed packets).</summary>
        public string Name;

        /// <summary>Key of the site, 32 bytes (sealed packets).</summary>
        public byte[] Key;

        /// <summary>Neurons whose spikes go to the hub: number on the wire, neuron of the network, kind (1 stimulated,
        /// 2 spontaneous).</summary>
        public int[][] Spikes = new int[0][];

        /// <summary>Neurons for which spikes come: number on the wire, first source of the network, 1 when eight sources stand for the
        /// bits of the weight, 1 when each is reported as a potential.</summary>
        public int[][] Arrivals = new int[0][];
    }
}
