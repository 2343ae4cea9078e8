// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// BOARD_MEASURE request: drives channels, waits until they have settled, and counts their spikes over a window, all at the same time.
    /// The device answers at once; BOARD_PROGRESS says how far it is, BOARD_RESULT what came out.
    /// </summary>
    public sealed class BoardMeasure
    {
        /// <summary>Most channels in one measurement.</summary>
        public const int MaxChannels = 64;

        /// <summary>Bit of <see cref="Flags" />: the channels stay driven after the end; otherwise they go to code 0.</summary>
        public const int Keep = 1;

        /// <summary>
        /// Bit of <see cref="Flags" />: an analog spike input lays its threshold above the middle of what it senses in the second half of its settling, since a trace that
        /// never comes back to 0 between two spikes has no threshold that fits every drive.
        /// </summary>
        public const int Follow = 2;

        /// <summary>Bits that say how.</summary>
        public int Flags;

        /// <summary>Time after driving that is not looked at, in ms, 0 to 65535.</summary>
        public int Settle;

        /// <summary>Time over which spikes are counted, in ms, 1 to 65535.</summary>
        public int Window;

        /// <summary>Number of channels.</summary>
        public int Count;

        /// <summary>Numbers of the channels, each once.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>Code of each channel, 0 to its limit.</summary>
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

    /// <summary>BOARD_MEASURE and BOARD_PROGRESS answer.</summary>
    public sealed class MeasureProgress
    {
        /// <summary>Number of the measurement, 1 to 255; 0 before the first.</summary>
        public int Number;

        /// <summary>One of <see cref="MeasureState" />.</summary>
        public int State;

        /// <summary>ms until the results are there; 0 when they are.</summary>
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

    /// <summary>BOARD_RESULT answer: what the channels of the last measurement did, in the order of the request, from a first one on.</summary>
    public sealed class MeasureResults
    {
        /// <summary>Most channels in one message.</summary>
        public const int MaxChannels = (WireFormat.MaxSealedBody - 3) / 26;

        /// <summary>Number of the measurement.</summary>
        public int Number;

        /// <summary>Place in the measurement of the first channel of this message.</summary>
        public int First;

        /// <summary>Channels in this message.</summary>
        public int Count;

        /// <summary>Numbers of the channels.</summary>
        public readonly int[] Channels = new int[MaxChannels];

        /// <summary>What each channel was found to be, one of <see cref="ChannelCondition" />.</summary>
        public readonly int[] Conditions = new int[MaxChannels];

        /// <summary>Spikes of each channel in the window.</summary>
        public readonly int[] Spikes = new int[MaxChannels];

        /// <summary>Time of the first spike in µs since the beginning of the window; 0 without one.</summary>
        public readonly int[] FirstTimes = new int[MaxChannels];

        /// <summary>Time of the last spike in µs since the beginning of the window; 0 without one.</summary>
        public readonly int[] LastTimes = new int[MaxChannels];

        /// <summary>Readings of the sense converter in the window; 0 when the channel senses nothing. At most 65535.</summary>
        public readonly int[] Samples = new int[MaxChannels];

        /// <summary>Mean code of the readings in 1/256.</summary>
        public readonly int[] Means = new int[MaxChannels];

        /// <summary>Smallest code.</summary>
        public readonly int[] Lowest = new int[MaxChannels];

        /// <summary>Largest code.</summary>
        public readonly int[] Highest = new int[MaxChannels];

        /// <summary>Spikes of all channels together that found the queue of the board full meanwhile: the counts are then too small.</summary>
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
}
