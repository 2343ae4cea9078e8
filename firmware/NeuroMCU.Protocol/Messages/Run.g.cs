// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>START request.</summary>
    public sealed class StartRequest
    {
        /// <summary>How long in network time; 0 until STOP. In µs, from 0.</summary>
        public long Duration;

        /// <summary>How time passes. One of <see cref="RunMode" />. 0 to 1.</summary>
        public int Mode;

        /// <summary>
        /// Silence of this host after which the run ends and the outputs become safe; 0 never, 65535 as the board profile says. In ms.
        /// </summary>
        public int LinkTimeout;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Duration);
            writer.WriteByte(Mode);
            writer.WriteInt16(LinkTimeout);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Duration = reader.ReadInt64();
            Mode = reader.ReadByte();
            LinkTimeout = reader.ReadUInt16();
            return reader.Complete;
        }
    }

    /// <summary>STEP request: a run as fast as possible.</summary>
    public sealed class StepRequest
    {
        /// <summary>How long in network time. In µs, from 1.</summary>
        public long Duration;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Duration);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Duration = reader.ReadInt64();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Duration < 1)
            {
                bad = (int)Duration;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>START and STEP answer: where the streams of this run begin.</summary>
    public sealed class RunStarted
    {
        /// <summary>Number of the run, which its events carry. 1 to 255.</summary>
        public int Run;

        /// <summary>Network time. In µs.</summary>
        public long Time;

        /// <summary>Sequence number of the next spike.</summary>
        public uint FirstSpike;

        /// <summary>Spikes that the device had dropped before.</summary>
        public uint DroppedSpikes;

        /// <summary>Sequence number of the next trace sample.</summary>
        public uint FirstSample;

        /// <summary>Trace samples that the device had dropped before.</summary>
        public uint DroppedSamples;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Run);
            writer.WriteInt64(Time);
            writer.WriteUInt32(FirstSpike);
            writer.WriteUInt32(DroppedSpikes);
            writer.WriteUInt32(FirstSample);
            writer.WriteUInt32(DroppedSamples);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Run = reader.ReadByte();
            Time = reader.ReadInt64();
            FirstSpike = reader.ReadUInt32();
            DroppedSpikes = reader.ReadUInt32();
            FirstSample = reader.ReadUInt32();
            DroppedSamples = reader.ReadUInt32();
            return reader.Complete;
        }
    }

    /// <summary>STOP answer and RUN_ENDED event: the totals of the run.</summary>
    public sealed class RunTotals
    {
        /// <summary>Number of the run; 0 when there was none.</summary>
        public int Run;

        /// <summary>Why it ended. One of <see cref="EndReason" />.</summary>
        public int Reason;

        /// <summary>Network time. In µs.</summary>
        public long Time;

        /// <summary>Recorded spikes that were queued for the wire: the sequence number after the last one.</summary>
        public uint NextSpike;

        /// <summary>Recorded spikes that found the queue full, since the network was reset.</summary>
        public uint DroppedSpikes;

        /// <summary>Trace samples that were queued: the sequence number after the last one.</summary>
        public uint NextSample;

        /// <summary>Trace samples that found the queue full, since the network was reset.</summary>
        public uint DroppedSamples;

        /// <summary>Events served later than one step after their time.</summary>
        public uint LateEvents;

        /// <summary>Largest lateness. In µs.</summary>
        public uint MaxLateness;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Run);
            writer.WriteByte(Reason);
            writer.WriteInt64(Time);
            writer.WriteUInt32(NextSpike);
            writer.WriteUInt32(DroppedSpikes);
            writer.WriteUInt32(NextSample);
            writer.WriteUInt32(DroppedSamples);
            writer.WriteUInt32(LateEvents);
            writer.WriteUInt32(MaxLateness);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Run = reader.ReadByte();
            Reason = reader.ReadByte();
            Time = reader.ReadInt64();
            NextSpike = reader.ReadUInt32();
            DroppedSpikes = reader.ReadUInt32();
            NextSample = reader.ReadUInt32();
            DroppedSamples = reader.ReadUInt32();
            LateEvents = reader.ReadUInt32();
            MaxLateness = reader.ReadUInt32();
            return !reader.Failed;
        }
    }

    /// <summary>INJECT request.</summary>
    public sealed class InjectList
    {
        /// <summary>Most spikes in one message.</summary>
        public const int MaxSpikes = 36;

        /// <summary>Stands for the moment at which the device reads the request. A value of <see cref="Base" />.</summary>
        public const long Now = -1;

        /// <summary>Base time. In µs.</summary>
        public long Base;

        /// <summary>Number of spikes.</summary>
        public int Count;

        /// <summary>Neuron (global index).</summary>
        public readonly int[] Neurons = new int[MaxSpikes];

        /// <summary>Distance from the base time. In µs.</summary>
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

    /// <summary>INJECT answer.</summary>
    public sealed class InjectAnswer
    {
        /// <summary>Spikes that found a place.</summary>
        public int Accepted;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Accepted);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Accepted = reader.ReadByte();
            return reader.Complete;
        }
    }

    /// <summary>How network time follows the clock.</summary>
    public static class RunMode
    {
        /// <summary>Microsecond by microsecond with the device's clock; what comes late is counted.</summary>
        public const int RealTime = 0;

        /// <summary>As fast as the device can; never faster than the wire can carry the spikes.</summary>
        public const int Fast = 1;
    }

    /// <summary>Why a run ended.</summary>
    public static class EndReason
    {
        /// <summary>Not ended, or there was none.</summary>
        public const int None = 0;

        /// <summary>Its duration is over.</summary>
        public const int Duration = 1;

        /// <summary>STOP, or a request that implies it.</summary>
        public const int Stopped = 2;

        /// <summary>The host fell silent.</summary>
        public const int LinkLost = 3;

        /// <summary>A fault.</summary>
        public const int Fault = 4;
    }
}
