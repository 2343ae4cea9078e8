// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>BOARD_INTERVALS answer: the intervals between the spikes of the last measurement, channels in the order of the request, from a first one on.</summary>
    public sealed class MeasureIntervals
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = (WireFormat.MaxSealedBody - 3) / 13;

        /// <summary>Number of the measurement.</summary>
        public int Number;

        /// <summary>Place in the measurement of the first channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>Numbers of the channels.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>Shortest interval between two spikes in µs; 0 with fewer than two.</summary>
        public readonly int[] Shortest = new int[MaxChannels];

        /// <summary>Longest interval between two spikes in µs; 0 with fewer than two.</summary>
        public readonly int[] Longest = new int[MaxChannels];

        /// <summary>Longest time in µs for which an analog spike input stayed up after a spike; 0 for other inputs.</summary>
        public readonly int[] Plateaus = new int[MaxChannels];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Number);
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Channels[k]);
                writer.WriteInt32(Shortest[k]);
                writer.WriteInt32(Longest[k]);
                writer.WriteInt32(Plateaus[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Number = reader.ReadByte();
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxChannels)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Channels[k] = reader.ReadByte();
                Shortest[k] = reader.ReadInt32();
                Longest[k] = reader.ReadInt32();
                Plateaus[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }
}
