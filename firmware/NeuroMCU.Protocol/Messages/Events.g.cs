// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>READOUT event: what a population says.</summary>
    public sealed partial class ReadoutEvent
    {
        /// <summary>The answer is valid. A value of <see cref="Answer" />.</summary>
        public const int Sure = 1;

        /// <summary>0 without an answer, 1 for one that is valid, else 1 + the doubt that speaks most against it.</summary>
        public int Answer;

        /// <summary>Index of the read-out in the image.</summary>
        public int Index;

        /// <summary>Network time: end of the window; start of the sound where the network listens. In µs.</summary>
        public long Time;

        /// <summary>Value in hundredths of the read-out's unit; a guess when not valid.</summary>
        public int Value;

        /// <summary>Share of the spikes that agree with the value, per mille. 0 to 1000.</summary>
        public int Confidence;

        /// <summary>Spikes that entered.</summary>
        public int Spikes;

        /// <summary>
        /// How long the sound was, from the time on, that the answer is about; 0 for one that is not about a sound. In µs.
        /// </summary>
        public int Span;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Answer);
            writer.WriteByte(Index);
            writer.WriteInt64(Time);
            writer.WriteInt32(Value);
            writer.WriteInt16(Confidence);
            writer.WriteInt32(Spikes);
            writer.WriteInt32(Span);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Answer = reader.ReadByte();
            Index = reader.ReadByte();
            Time = reader.ReadInt64();
            Value = reader.ReadInt32();
            Confidence = reader.ReadUInt16();
            Spikes = reader.ReadInt32();
            Span = reader.ReadInt32();
            return !reader.Failed;
        }
    }

    /// <summary>FAULT event: the device has gone into the fault or safe state.</summary>
    public sealed class FaultEvent
    {
        /// <summary>Why. One of <see cref="ErrorCode" />.</summary>
        public int Code;

        /// <summary>Number that belongs to the code.</summary>
        public int Detail;

        /// <summary>Network time. In µs.</summary>
        public long Time;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt16(Code);
            writer.WriteInt32(Detail);
            writer.WriteInt64(Time);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Code = reader.ReadUInt16();
            Detail = reader.ReadInt32();
            Time = reader.ReadInt64();
            return !reader.Failed;
        }
    }

    /// <summary>CHANNEL event: something is wrong with a neuron channel, or is right again.</summary>
    public sealed class ChannelEvent
    {
        /// <summary>Stands for the board as a whole. A value of <see cref="Channel" />.</summary>
        public const int WholeBoard = 255;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>What it was found to be. One of <see cref="ChannelCondition" />.</summary>
        public int Condition;

        /// <summary>What the device does about it. One of <see cref="ChannelAction" />.</summary>
        public int Action;

        /// <summary>Code that it was driven with.</summary>
        public int Code;

        /// <summary>Number that belongs to the condition.</summary>
        public int Detail;

        /// <summary>Network time. In µs.</summary>
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

    /// <summary>What a neuron channel of the board was found to be. Sensed codes are counted from the reading without drive.</summary>
    public static class ChannelCondition
    {
        /// <summary>Nothing is wrong with it.</summary>
        public const int Good = 0;

        /// <summary>
        /// Its thyristor stays on: the drive exceeds the holding current, or the part does not let go. Detail: times within 10 s.
        /// </summary>
        public const int Latched = 1;

        /// <summary>
        /// Driven far above its onset, it neither fires nor conducts: no current enters its membrane, or none leaves it through the load.
        /// Detail: sensed code.
        /// </summary>
        public const int NoCurrent = 2;

        /// <summary>It conducts at once and never fires: the thyristor is shorted. Detail: sensed code.</summary>
        public const int Shorted = 3;

        /// <summary>Its spike input fires without pause, as no neuron can: detector or wire.</summary>
        public const int Stuck = 4;

        /// <summary>It latched again and again, or stayed so: driven with 0 until the next run. Detail: times.</summary>
        public const int Disabled = 5;

        /// <summary>Its drive could not be written.</summary>
        public const int DriveFailed = 6;

        /// <summary>What it senses could not be read. Detail: −1.</summary>
        public const int SenseFailed = 7;

        /// <summary>What it senses is far above anything that a neuron gives: the sense's wire is open. Detail: sensed code.</summary>
        public const int SenseOpen = 8;

        /// <summary>What it senses falls without a spike, again and again: noise. Detail: sensed code.</summary>
        public const int SenseNoisy = 9;

        /// <summary>Its sense shows spikes that its spike input does not see: detector or wire. Detail: sensed code.</summary>
        public const int SpikesUnseen = 10;

        /// <summary>Every channel fell silent at once without a current: the board has no supply.</summary>
        public const int NoSupply = 11;

        /// <summary>It fires although nothing drives it: its converter does not follow. Detail: sensed code.</summary>
        public const int Undriven = 12;

        /// <summary>Driving it makes another channel fire: its cable is swapped. Detail: the other channel.</summary>
        public const int Swapped = 13;

        /// <summary>
        /// It is silent at a drive at which it should fire, and what it senses does not say why, or says that all of its drive leaks away.
        /// Detail: sensed code; −1 without.
        /// </summary>
        public const int Silent = 14;
    }

    /// <summary>What the device does about the condition of a channel.</summary>
    public static class ChannelAction
    {
        /// <summary>Nothing but this report.</summary>
        public const int Reported = 0;

        /// <summary>Removed the drive for a moment, and drives the channel again.</summary>
        public const int Release = 1;

        /// <summary>Drives the channel with 0 until the end of the run; the others go on.</summary>
        public const int Disable = 3;
    }
}
