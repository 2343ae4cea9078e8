// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// WEIGHTS_READ and MEMBRANE requests: a block of consecutive synapses or neurons. A single one is a block of one. The answers, and
    /// WEIGHTS_WRITE, carry the same first index and count followed by the values: 16 bits per weight, 32 bits (Q8.24) per membrane.
    /// </summary>
    public sealed class Block
    {
        /// <summary>Most weights in one message.</summary>
        public const int MaxWeights = (WireFormat.MaxSealedBody - 5) / 2;

        /// <summary>Most membrane values in one message.</summary>
        public const int MaxMembranes = (WireFormat.MaxSealedBody - 5) / 4;

        /// <summary>Index of the first synapse or neuron.</summary>
        public int First;

        /// <summary>Number of synapses or neurons.</summary>
        public int Count;

        /// <summary>Writes first index and count.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(First);
            writer.WriteByte(Count);
        }

        /// <summary>Reads first index and count; the values, if any, stay in the reader.</summary>
        /// <param name="reader">Where from.</param>
        /// <param name="valueSize">Bytes of each value that has to follow; 0 for none.</param>
        /// <returns>False when what follows is not exactly the values.</returns>
        public bool Read(BodyReader reader, int valueSize)
        {
            First = reader.ReadInt32();
            Count = reader.ReadByte();
            return !reader.Failed && reader.Left == Count * valueSize;
        }
    }
}
