// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// BOARD_INFO answer: the neuron channels of the board, as many of them from the asked one on as the frame holds. Their names and
    /// physical units are in the board profile, which the host knows by the board id in HELLO.
    /// </summary>
    public sealed class BoardInfo
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = (WireFormat.MaxSealedBody - 7) / 7;

        /// <summary>Bit of <see cref="Parts" />: the channel can be driven.</summary>
        public const int HasDrive = 1;

        /// <summary>Bit of <see cref="Parts" />: the channel can be sensed.</summary>
        public const int HasSense = 2;

        /// <summary>Channels of the board, 0 when it has none.</summary>
        public int Channels;

        /// <summary>Stated resolution of spike times in µs.</summary>
        public int Resolution;

        /// <summary>First channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>What each channel has, bits.</summary>
        public readonly int[] Parts = new int[MaxChannels];

        /// <summary>Largest code that each channel may be driven with: the board profile's limit.</summary>
        public readonly int[] Limits = new int[MaxChannels];

        /// <summary>What each channel was last found to be, one of <see cref="ChannelCondition" />.</summary>
        public readonly int[] Conditions = new int[MaxChannels];

        /// <summary>Times that each channel was found latched since start of the device; 65535 stands for that and more.</summary>
        public readonly int[] Latches = new int[MaxChannels];

        /// <summary>Codes of the channel's sense converter are below 2 to this power; 0 without one.</summary>
        public readonly int[] SenseBits = new int[MaxChannels];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channels);
            writer.WriteInt32(Resolution);
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Parts[k]);
                writer.WriteInt16(Limits[k]);
                writer.WriteByte(SenseBits[k]);
                writer.WriteByte(Conditions[k]);
                writer.WriteInt16(Latches[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channels = reader.ReadByte();
            Resolution = reader.ReadInt32();
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxChannels)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Parts[k] = reader.ReadByte();
                Limits[k] = reader.ReadUInt16();
                SenseBits[k] = reader.ReadByte();
                Conditions[k] = reader.ReadByte();
                Latches[k] = reader.ReadUInt16();
            }

            return reader.Complete;
        }
    }
}
