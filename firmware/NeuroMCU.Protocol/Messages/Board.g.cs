// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// BOARD_INTERVALS answer: the intervals between the spikes of the last measurement, channels in the order of the request, from a first
    /// one on.
    /// </summary>
    public sealed class MeasureIntervals
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = 17;

        /// <summary>Number of the measurement.</summary>
        public int Number;

        /// <summary>Place in the measurement of the first channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>Number of the channel.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>Shortest interval between two spikes of the window; 0 with fewer than two. In µs.</summary>
        public readonly int[] Shortest = new int[MaxChannels];

        /// <summary>Longest interval between two spikes of the window; 0 with fewer than two. In µs.</summary>
        public readonly int[] Longest = new int[MaxChannels];

        /// <summary>
        /// Longest time for which an analog spike input stayed above its threshold less its hysteresis after a spike; 0 for other inputs.
        /// In µs.
        /// </summary>
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

    /// <summary>BOARD_OUTPUT request: sets an output of the board, such as a potentiometer, until something else is said.</summary>
    public sealed class OutputRequest
    {
        /// <summary>The high end of the range. A value of <see cref="Level" />.</summary>
        public const int Full = 65536;

        /// <summary>Number of the output.</summary>
        public int Output;

        /// <summary>Level: 0 is the low end of the output's range in the board profile. 0 to 65536.</summary>
        public int Level;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Output);
            writer.WriteInt32(Level);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Output = reader.ReadByte();
            Level = reader.ReadInt32();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Level < 0 || Level > 65536)
            {
                bad = Level;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>Request that concerns one neuron channel.</summary>
    public sealed class ChannelNumber
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            return reader.Complete;
        }
    }

    /// <summary>BOARD_TALLY answer: how fast a channel fired at which drive in the last run.</summary>
    public sealed class BoardTally
    {
        /// <summary>Parts of the range of codes.</summary>
        public const int Bins = 16;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Intervals between two spikes.</summary>
        public readonly int[] Intervals = new int[Bins];

        /// <summary>Time of these intervals together. In ms.</summary>
        public readonly int[] Times = new int[Bins];

        /// <summary>Mean code over that time; 0 without an interval. In 1/256.</summary>
        public readonly int[] Codes = new int[Bins];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            for (int k = 0; k < Bins; k++)
            {
                writer.WriteInt32(Intervals[k]);
                writer.WriteInt32(Times[k]);
                writer.WriteInt32(Codes[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            for (int k = 0; k < Bins; k++)
            {
                Intervals[k] = reader.ReadInt32();
                Times[k] = reader.ReadInt32();
                Codes[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>
    /// BOARD_INFO answer: the neuron channels of the board, as many of them from the asked one on as the frame holds. Their names and
    /// physical units are in the board profile, which the host knows by the board id in HELLO.
    /// </summary>
    public sealed class BoardInfo
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = 31;

        /// <summary>The channel can be driven. A value of <see cref="Parts" />.</summary>
        public const int HasDrive = 1;

        /// <summary>The channel can be sensed. A value of <see cref="Parts" />.</summary>
        public const int HasSense = 2;

        /// <summary>Channels of the board, 0 when it has none.</summary>
        public int Channels;

        /// <summary>Stated resolution of spike times. In µs.</summary>
        public int Resolution;

        /// <summary>First channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>What the channel has, bits.</summary>
        public readonly int[] Parts = new int[MaxChannels];

        /// <summary>Largest code that the channel may be driven with: the board profile's limit.</summary>
        public readonly int[] Limits = new int[MaxChannels];

        /// <summary>Codes of the channel's sense converter are below 2 to this power; 0 without one.</summary>
        public readonly int[] SenseBits = new int[MaxChannels];

        /// <summary>What the channel was last found to be. One of <see cref="ChannelCondition" />.</summary>
        public readonly int[] Conditions = new int[MaxChannels];

        /// <summary>Times that the channel was found latched since start of the device; 65535 stands for that and more.</summary>
        public readonly int[] Latches = new int[MaxChannels];

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

    /// <summary>BOARD_DRIVE request: drives a channel until something else is said.</summary>
    public sealed class BoardDrive
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Code of its converter, 0 to the limit in BOARD_INFO.</summary>
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

    /// <summary>BOARD_SENSE request: reads what a channel senses, several times in a row.</summary>
    public sealed class BoardSense
    {
        /// <summary>At 250 µs each these are a tenth of a second. A value of <see cref="Samples" />.</summary>
        public const int MaxSamples = 400;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Number of readings. 1 to 400.</summary>
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

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Samples < 1 || Samples > 400)
            {
                bad = Samples;
                return false;
            }

            bad = 0;
            return true;
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

        /// <summary>Time of the readings. In µs.</summary>
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

    /// <summary>BOARD_RESET request: empties the membrane of a channel for a time.</summary>
    public sealed class BoardReset
    {
        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>How long the reset is pressed. In ms, from 1.</summary>
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

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Milliseconds < 1)
            {
                bad = Milliseconds;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>
    /// BOARD_MEASURE request: drives channels, waits until they have settled, and counts their spikes over a window, all at the same time.
    /// </summary>
    public sealed class BoardMeasure
    {
        /// <summary>Most channels in one measurement.</summary>
        public const int MaxChannels = 64;

        /// <summary>The channels stay driven after the end; otherwise they go to code 0. A value of <see cref="Flags" />.</summary>
        public const int Keep = 1;

        /// <summary>
        /// An analog spike input lays its threshold two hysteresis above the middle of what it senses in the second half of its settling,
        /// if that is above the profile's: a trace that never comes back to 0 between two spikes has no threshold that fits every drive.
        /// Protocol 1.1 ignores it. A value of <see cref="Flags" />.
        /// </summary>
        public const int Follow = 2;

        /// <summary>Bits that say how.</summary>
        public int Flags;

        /// <summary>Time after driving that is not looked at. In ms.</summary>
        public int Settle;

        /// <summary>Time over which spikes are counted. In ms, from 1.</summary>
        public int Window;

        /// <summary>Number of channels. 1 to 64.</summary>
        public int Count;

        /// <summary>Number of the channel, each once.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>Code of the channel, 0 to its limit.</summary>
        public readonly int[] Codes = new int[MaxChannels];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Flags);
            writer.WriteInt16(Settle);
            writer.WriteInt16(Window);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Channels[k]);
                writer.WriteInt16(Codes[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Flags = reader.ReadByte();
            Settle = reader.ReadUInt16();
            Window = reader.ReadUInt16();
            Count = reader.ReadByte();
            if (Count > MaxChannels)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Channels[k] = reader.ReadByte();
                Codes[k] = reader.ReadUInt16();
            }

            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Window < 1)
            {
                bad = Window;
                return false;
            }

            if (Count < 1)
            {
                bad = Count;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>BOARD_MEASURE and BOARD_PROGRESS answer.</summary>
    public sealed class MeasureProgress
    {
        /// <summary>Number of the measurement, 1 to 255; 0 before the first.</summary>
        public int Number;

        /// <summary>How far it is. One of <see cref="MeasureState" />.</summary>
        public int State;

        /// <summary>Time until the results are there; 0 when they are. In ms.</summary>
        public int Left;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Number);
            writer.WriteByte(State);
            writer.WriteInt32(Left);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Number = reader.ReadByte();
            State = reader.ReadByte();
            Left = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>
    /// BOARD_RESULT answer: what the channels of the last measurement did, in the order of the request, from a first one on.
    /// </summary>
    public sealed class MeasureResults
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = 8;

        /// <summary>Number of the measurement.</summary>
        public int Number;

        /// <summary>Place in the measurement of the first channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>Number of the channel.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>What the channel was found to be. One of <see cref="ChannelCondition" />.</summary>
        public readonly int[] Conditions = new int[MaxChannels];

        /// <summary>Spikes of the channel in the window.</summary>
        public readonly int[] Spikes = new int[MaxChannels];

        /// <summary>Time of the first spike since the beginning of the window; 0 without one. In µs.</summary>
        public readonly int[] FirstTimes = new int[MaxChannels];

        /// <summary>Time of the last spike since the beginning of the window; 0 without one. In µs.</summary>
        public readonly int[] LastTimes = new int[MaxChannels];

        /// <summary>Readings of the sense converter in the window; 0 when the channel senses nothing. At most 65535.</summary>
        public readonly int[] Samples = new int[MaxChannels];

        /// <summary>Mean code of the readings. In 1/256.</summary>
        public readonly int[] Means = new int[MaxChannels];

        /// <summary>Smallest code.</summary>
        public readonly int[] Lowest = new int[MaxChannels];

        /// <summary>Largest code.</summary>
        public readonly int[] Highest = new int[MaxChannels];

        /// <summary>
        /// Spikes of all channels together that found the queue of the board full meanwhile: the counts are then too small.
        /// </summary>
        public readonly int[] Missed = new int[MaxChannels];

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
                writer.WriteByte(Conditions[k]);
                writer.WriteInt32(Spikes[k]);
                writer.WriteInt32(FirstTimes[k]);
                writer.WriteInt32(LastTimes[k]);
                writer.WriteInt16(Samples[k]);
                writer.WriteInt32(Means[k]);
                writer.WriteInt16(Lowest[k]);
                writer.WriteInt16(Highest[k]);
                writer.WriteInt16(Missed[k]);
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
                Conditions[k] = reader.ReadByte();
                Spikes[k] = reader.ReadInt32();
                FirstTimes[k] = reader.ReadInt32();
                LastTimes[k] = reader.ReadInt32();
                Samples[k] = reader.ReadUInt16();
                Means[k] = reader.ReadInt32();
                Lowest[k] = reader.ReadUInt16();
                Highest[k] = reader.ReadUInt16();
                Missed[k] = reader.ReadUInt16();
            }

            return reader.Complete;
        }
    }

    /// <summary>How far a measurement is.</summary>
    public static class MeasureState
    {
        /// <summary>There was none since the device started.</summary>
        public const int None = 0;

        /// <summary>Driven, and not looked at yet.</summary>
        public const int Settling = 1;

        /// <summary>Spikes are counted.</summary>
        public const int Counting = 2;

        /// <summary>The results can be fetched.</summary>
        public const int Done = 3;

        /// <summary>Ended before its time: made safe by a host, a fault, or the silence of the host.</summary>
        public const int Aborted = 4;
    }
}
