// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// INJECT request: base time (int64, µs of network time; −1 for now), count (uint8), then per spike the neuron (uint16) and its
    /// distance from the base time in µs (uint32). The answer says how many of them found a place (uint8); the first ones did.
    /// </summary>
    public sealed class InjectList
    {
        /// <summary>Most spikes in one message.</summary>
        public const int MaxSpikes = (WireFormat.MaxSealedBody - 9) / 6;

        /// <summary>Base time that stands for the moment at which the device reads the request.</summary>
        public const long Now = -1;

        /// <summary>Base time in µs.</summary>
        public long Base;

        /// <summary>Number of spikes.</summary>
        public int Count;

        /// <summary>Neurons (global indices).</summary>
        public readonly int[] Neurons = new int[MaxSpikes];

        /// <summary>Distances from the base time in µs.</summary>
        public readonly uint[] Offsets = new uint[MaxSpikes];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Base);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteInt16(Neurons[k]);
                writer.WriteUInt32(Offsets[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Base = reader.ReadInt64();
            Count = reader.ReadByte();
            if (Count > MaxSpikes)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Neurons[k] = reader.ReadUInt16();
                Offsets[k] = reader.ReadUInt32();
            }

            return reader.Complete;
        }
    }
}
