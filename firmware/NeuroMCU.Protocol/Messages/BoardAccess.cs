// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>BOARD_DRIVE request: drives a channel until something else is said.</summary>
    public sealed class BoardDrive
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Code of its converter, 0 to the limit that BOARD_INFO tells.</summary>
        public int Code;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            writer.WriteInt16(Code);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            Code = reader.ReadUInt16();
            return reader.Complete;
        }
    }

    /// <summary>BOARD_RESET request: empties the membrane of a channel for a time.</summary>
    public sealed class BoardReset
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>How long the reset is pressed, in ms, 1 to 65535.</summary>
        public int Milliseconds;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            writer.WriteInt16(Milliseconds);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            Milliseconds = reader.ReadUInt16();
            return reader.Complete;
        }
    }

    /// <summary>BOARD_SENSE request: reads what a channel senses, several times in a row.</summary>
    public sealed class BoardSense
    {
        /// <summary>Most readings in one request: at 250 µs each they take the device a tenth of a second.</summary>
        public const int MaxSamples = 400;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Number of readings, 1 to <see cref="MaxSamples" />.</summary>
        public int Samples;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            writer.WriteInt16(Samples);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            Samples = reader.ReadUInt16();
            return reader.Complete;
        }
    }

    /// <summary>BOARD_SENSE answer.</summary>
    public sealed class SenseAnswer
    {
        /// <summary>Number of readings.</summary>
        public int Samples;

        /// <summary>Sum of the codes.</summary>
        public uint Sum;

        /// <summary>Smallest code.</summary>
        public int Lowest;

        /// <summary>Largest code.</summary>
        public int Highest;

        /// <summary>µs that the readings took.</summary>
        public int Duration;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt16(Samples);
            writer.WriteUInt32(Sum);
            writer.WriteInt16(Lowest);
            writer.WriteInt16(Highest);
            writer.WriteInt32(Duration);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Samples = reader.ReadUInt16();
            Sum = reader.ReadUInt32();
            Lowest = reader.ReadUInt16();
            Highest = reader.ReadUInt16();
            Duration = reader.ReadInt32();
            return reader.Complete;
        }
    }
}
