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

        /// <summary>Driven far above its onset, it neither fires nor conducts: no current enters its membrane, or none leaves it through the load.</summary>
        public const int NoCurrent = 2;

        /// <summary>It conducts at once and never fires: the thyristor is shorted.</summary>
        public const int Shorted = 3;

        /// <summary>Its spike input fires without pause, as no neuron can: detector or wire.</summary>
        public const int Stuck = 4;

        /// <summary>It latched again and again, or stayed so: driven with 0 until the next run.</summary>
        public const int Disabled = 5;

        /// <summary>Its drive could not be written.</summary>
        public const int DriveFailed = 6;

        /// <summary>What it senses could not be read.</summary>
        public const int SenseFailed = 7;

        /// <summary>What it senses is far above anything that a neuron gives: the sense's wire is open.</summary>
        public const int SenseOpen = 8;

        /// <summary>What it senses falls without a spike, again and again: noise.</summary>
        public const int SenseNoisy = 9;

        /// <summary>Its sense shows spikes that its spike input does not see: detector or wire.</summary>
        public const int SpikesUnseen = 10;

        /// <summary>Every channel fell silent at once without a current: the board has no supply.</summary>
        public const int NoSupply = 11;

        /// <summary>It fires although nothing drives it: its converter does not follow.</summary>
        public const int Undriven = 12;

        /// <summary>Driving it makes another channel fire, whose number is the detail.</summary>
        public const int Swapped = 13;

        /// <summary>It is silent at a drive at which it should fire, and what it senses does not say why, or says that all of its drive leaks away.</summary>
        public const int Silent = 14;
    }

    /// <summary>What the device does about it.</summary>
    public static class ChannelAction
    {
        /// <summary>Nothing but to say so.</summary>
        public const int Told = 0;

        /// <summary>Took the drive away for a moment, and drives the channel again.</summary>
        public const int Release = 1;

        /// <summary>Drives the channel with 0 until the end of the run; the others go on.</summary>
        public const int Disable = 3;
    }

    /// <summary>CHANNEL event: something is wrong with a neuron channel, or is right again.</summary>
    public sealed class ChannelEvent
    {
        /// <summary>Stands in <see cref="Channel" /> for the board as a whole.</summary>
        public const int WholeBoard = 255;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>What it was found to be, one of <see cref="ChannelCondition" />.</summary>
        public int Condition;

        /// <summary>What the device does about it, one of <see cref="ChannelAction" />.</summary>
        public int Action;

        /// <summary>Code that it was driven with.</summary>
        public int Code;

        /// <summary>Code that it sensed, times that it latched, or the other channel of a swapped cable.</summary>
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
