// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>START request.</summary>
    public sealed class StartRequest
    {
        /// <summary>How long in µs of network time; 0 until STOP.</summary>
        public long Duration;

        /// <summary>How time passes, one of <see cref="RunMode" />.</summary>
        public int Mode;

        /// <summary>Milliseconds of silence from the host after which the run ends and the outputs become safe; 0 runs without a host.</summary>
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
        /// <summary>How long in µs of network time, at least 1.</summary>
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
    }

    /// <summary>START and STEP answer: where the streams of this run begin.</summary>
    public sealed class RunStarted
    {
        /// <summary>Number of the run, 1 to 255, which its events carry.</summary>
        public int Run;

        /// <summary>Network time in µs.</summary>
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

        /// <summary>Why it ended, one of <see cref="EndReason" />.</summary>
        public int Reason;

        /// <summary>Network time in µs.</summary>
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

        /// <summary>Largest lateness in µs.</summary>
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

    /// <summary>STATE answer.</summary>
    public sealed class StateAnswer
    {
        /// <summary>State of the device, one of <see cref="DeviceState" />.</summary>
        public int State;

        /// <summary>Fault code, one of <see cref="ErrorCode" />.</summary>
        public int Fault;

        /// <summary>Number that belongs to the fault code.</summary>
        public int FaultDetail;

        /// <summary>How time passes, one of <see cref="RunMode" />.</summary>
        public int Mode;

        /// <summary>The run that goes on or ended last, as far as it has come.</summary>
        public readonly RunTotals Totals = new RunTotals();

        /// <summary>The read-out that changed last; its Valid is false when there was none.</summary>
        public readonly ReadoutEvent Readout = new ReadoutEvent();

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(State);
            writer.WriteInt16(Fault);
            writer.WriteInt32(FaultDetail);
            writer.WriteByte(Mode);
            Totals.Write(writer);
            Readout.Write(writer);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            State = reader.ReadByte();
            Fault = reader.ReadUInt16();
            FaultDetail = reader.ReadInt32();
            Mode = reader.ReadByte();
            return Totals.Read(reader) && Readout.Read(reader);
        }
    }
}
