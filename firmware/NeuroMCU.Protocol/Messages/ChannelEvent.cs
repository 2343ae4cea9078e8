// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>What a neuron channel of the board was found to be.</summary>
    public static class ChannelCondition
    {
        /// <summary>Nothing is wrong with it.</summary>
        public const int Good = 0;

        /// <summary>Its thyristor stays on: the drive exceeds the holding current, or the part does not let go.</summary>
        public const int Latched = 1;

        /// <summary>Driven far above its onset, it neither fires nor conducts: part or wire is open.</summary>
        public const int Open = 2;

        /// <summary>It conducts although it is hardly driven: the part is shorted.</summary>
        public const int Shorted = 3;

        /// <summary>Its spike input fires without pause or without drive, as no neuron can: detector or wire.</summary>
        public const int Stuck = 4;

        /// <summary>It latched again and again, or stayed so: driven with 0 until the next run.</summary>
        public const int Disabled = 5;

        /// <summary>Its drive could not be written.</summary>
        public const int DriveFailed = 6;

        /// <summary>What it senses could not be read.</summary>
        public const int SenseFailed = 7;
    }

    /// <summary>What the device does about it.</summary>
    public static class ChannelAction
    {
        /// <summary>Nothing but to say so.</summary>
        public const int Told = 0;

        /// <summary>Takes the drive away and presses the reset for a moment, then goes on.</summary>
        public const int Release = 1;

        /// <summary>The channel has been released and is driven again.</summary>
        public const int Resume = 2;

        /// <summary>Drives the channel with 0 until the end of the run; the others go on.</summary>
        public const int Disable = 3;
    }

    /// <summary>CHANNEL event: something is wrong with a neuron channel, or is right again.</summary>
    public sealed class ChannelEvent
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>What it was found to be, one of <see cref="ChannelCondition" />.</summary>
        public int Condition;

        /// <summary>What the device does about it, one of <see cref="ChannelAction" />.</summary>
        public int Action;

        /// <summary>Code that it was driven with.</summary>
        public int Code;

        /// <summary>Code that it sensed, or spikes counted where the condition is about those.</summary>
        public int Detail;

        /// <summary>Network time in µs.</summary>
        public long Time;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            writer.WriteByte(Condition);
            writer.WriteByte(Action);
            writer.WriteInt16(Code);
            writer.WriteInt32(Detail);
            writer.WriteInt64(Time);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            Condition = reader.ReadByte();
            Action = reader.ReadByte();
            Code = reader.ReadUInt16();
            Detail = reader.ReadInt32();
            Time = reader.ReadInt64();
            return !reader.Failed;
        }
    }
}
