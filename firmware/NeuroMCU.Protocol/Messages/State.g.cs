// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>A block of consecutive synapses or neurons: WEIGHTS and MEMBRANE, with or without their values.</summary>
    public sealed class Block
    {
        /// <summary>Most values of 16 bits that follow it in one message.</summary>
        public const int MaxWeights = 110;

        /// <summary>Most values of 32 bits that follow it in one message.</summary>
        public const int MaxMembranes = 55;

        /// <summary>Index of the first synapse or neuron.</summary>
        public int First;

        /// <summary>Number of synapses or neurons.</summary>
        public int Count;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(First);
            writer.WriteByte(Count);
        }

        /// <summary>Reads the body; the values behind it stay in the reader.</summary>
        /// <param name="reader">Where from.</param>
        /// <param name="valueSize">Bytes of each value that has to follow; 0 for none.</param>
        /// <returns>False when what follows is not exactly the values.</returns>
        public bool Read(BodyReader reader, int valueSize)
        {
            First = reader.ReadInt32();
            Count = reader.ReadByte();
            return !reader.Failed && reader.Left == Count * valueSize;
        }
    }

    /// <summary>Request for a list that is longer than a frame: where it is to begin.</summary>
    public sealed class FirstIndex
    {
        /// <summary>First item.</summary>
        public int First;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            return reader.Complete;
        }
    }

    /// <summary>
    /// SATURATIONS answer: a row of populations and, for each, how often its values went beyond the range of the arithmetic and were cut
    /// off.
    /// </summary>
    public sealed class SaturationList
    {
        /// <summary>Most populations in one message.</summary>
        public const int MaxCount = 37;

        /// <summary>Largest number that can be written, 42 bits.</summary>
        public const long Most = 4398046511103L;

        /// <summary>Index of the first population.</summary>
        public int First;

        /// <summary>Number of populations.</summary>
        public int Count;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
        }

        /// <summary>Reads the body; the values behind it stay in the reader.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            return !reader.Failed && Count <= MaxCount;
        }
    }

    /// <summary>CHANGE request.</summary>
    public sealed class ChangeRequest
    {
        /// <summary>What changes. One of <see cref="ChangeKind" />.</summary>
        public int Kind;

        /// <summary>Index of the table in the image: of the Poisson source, the step of drive or the population.</summary>
        public int Table;

        /// <summary>Of a population: which of its parameters; of one with equations, the register of its drive.</summary>
        public int Parameter;

        /// <summary>Of a population: index of the value within the parameter.</summary>
        public int Place;

        /// <summary>The new value, as in the image.</summary>
        public long Value;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Kind);
            writer.WriteInt16(Table);
            writer.WriteByte(Parameter);
            writer.WriteInt16(Place);
            writer.WriteInt64(Value);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Kind = reader.ReadByte();
            Table = reader.ReadUInt16();
            Parameter = reader.ReadByte();
            Place = reader.ReadUInt16();
            Value = reader.ReadInt64();
            return reader.Complete;
        }
    }

    /// <summary>LEARNING request.</summary>
    public sealed class LearningRequest
    {
        /// <summary>What to do. One of <see cref="LearningOrder" />. 0 to 2.</summary>
        public int Order;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Order);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Order = reader.ReadByte();
            return reader.Complete;
        }
    }

    /// <summary>LEARNING answer: how it is afterwards.</summary>
    public sealed class LearningAnswer
    {
        /// <summary>Projections that learn.</summary>
        public int Rules;

        /// <summary>True while their weights stay.</summary>
        public bool Frozen;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Rules);
            writer.WriteByte(Frozen ? 1 : 0);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Rules = reader.ReadByte();
            Frozen = reader.ReadByte() != 0;
            return reader.Complete;
        }
    }

    /// <summary>STATE answer.</summary>
    public sealed class StateAnswer
    {
        /// <summary>State of the device. One of <see cref="DeviceState" />.</summary>
        public int State;

        /// <summary>Fault code. One of <see cref="ErrorCode" />.</summary>
        public int Fault;

        /// <summary>Number that belongs to the fault code.</summary>
        public int FaultDetail;

        /// <summary>How time passes. One of <see cref="RunMode" />.</summary>
        public int Mode;

        /// <summary>The run that goes on or ended last, as far as it has come (reason 0 while it goes on).</summary>
        public readonly RunTotals Totals = new RunTotals();

        /// <summary>The read-out that changed last; no answer when there was none.</summary>
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

    /// <summary>SELF_TEST answer: which parts were tested and which failed, one bit each.</summary>
    public sealed class SelfTestAnswer
    {
        /// <summary>CRC-32 of a known text. A value of <see cref="Tested" />.</summary>
        public const int Crc = 1;

        /// <summary>64-bit products, shifts and rounding of the fixed-point formats. A value of <see cref="Tested" />.</summary>
        public const int Arithmetic = 2;

        /// <summary>The clock runs forward. A value of <see cref="Tested" />.</summary>
        public const int Clock = 4;

        /// <summary>A file written, read back and deleted. A value of <see cref="Tested" />.</summary>
        public const int Store = 8;

        /// <summary>Every output reaches its safe level. A value of <see cref="Tested" />.</summary>
        public const int Outputs = 16;

        /// <summary>The microphones deliver samples. A value of <see cref="Tested" />.</summary>
        public const int Microphones = 32;

        /// <summary>Every neuron channel reaches its safe level and can be sensed. A value of <see cref="Tested" />.</summary>
        public const int Neurons = 64;

        /// <summary>Tested parts.</summary>
        public int Tested;

        /// <summary>Failed parts.</summary>
        public int Failed;

        /// <summary>Time of a thousand integer additions, loop included: the interpreter's speed. In µs.</summary>
        public int ThousandAdditions;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(Tested);
            writer.WriteInt32(Failed);
            writer.WriteInt32(ThousandAdditions);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Tested = reader.ReadInt32();
            Failed = reader.ReadInt32();
            ThousandAdditions = reader.ReadInt32();
            return !reader.Failed;
        }
    }

    /// <summary>Numbers that a loaded network can change.</summary>
    public static class ChangeKind
    {
        /// <summary>Mean interval of a Poisson source in µs; its trains are drawn anew from now on.</summary>
        public const int Interval = 0;

        /// <summary>Amplitude of a step of drive.</summary>
        public const int Amplitude = 1;

        /// <summary>
        /// Value of a parameter of a population: its bias, and of stepped leaky neurons also threshold, reset value and floor.
        /// </summary>
        public const int Parameter = 2;
    }

    /// <summary>What is done with weights that learn.</summary>
    public static class LearningOrder
    {
        /// <summary>Nothing.</summary>
        public const int Ask = 0;

        /// <summary>They stay as they are.</summary>
        public const int Freeze = 1;

        /// <summary>They learn again.</summary>
        public const int Release = 2;
    }

    /// <summary>Places of the counters in a COUNTERS answer.</summary>
    public static class CounterIndex
    {
        /// <summary>Spikes of all neurons since reset.</summary>
        public const int Spikes = 0;

        /// <summary>Synaptic events since reset.</summary>
        public const int SynapticEvents = 1;

        /// <summary>Updates of event-driven neurons since reset.</summary>
        public const int NeuronUpdates = 2;

        /// <summary>Steps of clocked populations since reset.</summary>
        public const int ClockedSteps = 3;

        /// <summary>Updates of clocked neurons since reset.</summary>
        public const int ClockedUpdates = 4;

        /// <summary>Capacity of the event queue.</summary>
        public const int QueueCapacity = 5;

        /// <summary>Most places of the event queue that were in use at a time.</summary>
        public const int QueuePeak = 6;

        /// <summary>Spikes that did not travel because the event queue was full.</summary>
        public const int QueueDrops = 7;

        /// <summary>Injected spikes that found no place.</summary>
        public const int InjectDrops = 8;

        /// <summary>Capacity of the spike record.</summary>
        public const int SpikeCapacity = 9;

        /// <summary>Most spikes that waited for the wire at a time.</summary>
        public const int SpikePeak = 10;

        /// <summary>Recorded spikes that found the record full.</summary>
        public const int SpikeDrops = 11;

        /// <summary>Capacity of the trace record.</summary>
        public const int TraceCapacity = 12;

        /// <summary>Most trace samples that waited for the wire at a time.</summary>
        public const int TracePeak = 13;

        /// <summary>Trace samples that found the record full.</summary>
        public const int TraceDrops = 14;

        /// <summary>Events served later than one step after their time, in this run.</summary>
        public const int LateEvents = 15;

        /// <summary>Largest lateness in µs in this run.</summary>
        public const int MaxLateness = 16;

        /// <summary>Turns of the main loop since start.</summary>
        public const int Turns = 17;

        /// <summary>Longest turn in µs since start.</summary>
        public const int LongestTurn = 18;

        /// <summary>Good frames received on this connection's transport.</summary>
        public const int FramesReceived = 19;

        /// <summary>Frames dropped for a wrong CRC or seal.</summary>
        public const int CheckErrors = 20;

        /// <summary>Frames dropped for being too long.</summary>
        public const int Overlong = 21;

        /// <summary>Frames dropped for being too short.</summary>
        public const int Short = 22;

        /// <summary>Repeated requests answered from memory.</summary>
        public const int RepeatedRequests = 23;

        /// <summary>Frames sent on this connection's transport.</summary>
        public const int FramesSent = 24;

        /// <summary>Sound samples that the microphones delivered but nobody fetched in time.</summary>
        public const int SoundDrops = 25;

        /// <summary>Images written to the store since start.</summary>
        public const int StoreWrites = 26;

        /// <summary>Log lines that found no place.</summary>
        public const int LogDrops = 27;

        /// <summary>Spikes of neuron channels that entered the engine in this run.</summary>
        public const int ChannelSpikes = 28;

        /// <summary>Spikes of neuron channels that entered later than one step after they were seen, in this run.</summary>
        public const int ChannelLate = 29;

        /// <summary>Spikes of neuron channels that found the board's queue full, in this run.</summary>
        public const int ChannelMissed = 30;

        /// <summary>Codes written to the drives of neuron channels in this run.</summary>
        public const int DriveWrites = 31;

        /// <summary>Stated resolution of the spike times of neuron channels in µs.</summary>
        public const int SpikeResolution = 32;

        /// <summary>Longest time in µs between two looks at the spike inputs in this run.</summary>
        public const int LongestLook = 33;

        /// <summary>Mean time in µs between two looks at the spike inputs in this run.</summary>
        public const int MeanLook = 34;

        /// <summary>Longest time in µs from a spike being seen to the next drive being written, in this run.</summary>
        public const int LongestLatency = 35;

        /// <summary>Mean time in µs from a spike being seen to the next drive being written, in this run.</summary>
        public const int MeanLatency = 36;

        /// <summary>Times that a neuron channel was found latched in this run.</summary>
        public const int Latches = 37;

        /// <summary>Injected spikes whose time had passed when they came; they fired at once.</summary>
        public const int InjectLate = 38;

        /// <summary>
        /// Spikes of neuron channels that were recorded at their time but travelled at once, as the network was too far behind for more to
        /// wait.
        /// </summary>
        public const int ChannelHurried = 39;

        /// <summary>
        /// Samples of a streamed converter that were overwritten before the loop came round: spikes in them were not seen.
        /// </summary>
        public const int StreamDrops = 40;

        /// <summary>
        /// Step of the clocked populations in µs at the end of the run, or now: longer than the network's own after the device fell behind.
        /// </summary>
        public const int Step = 41;

        /// <summary>Synapses that learning rules have worked on since reset.</summary>
        public const int LearningUpdates = 42;

        /// <summary>How often a rule has left a weight at an end of its range since reset.</summary>
        public const int LearningEnds = 43;

        /// <summary>Sound samples of this run that were no silence.</summary>
        public const int SoundFrames = 44;

        /// <summary>Those of them that were listened to; the others were left out by plan.</summary>
        public const int SoundHeard = 45;

        /// <summary>Answers of read-outs that the next one replaced before a host had read them, since reset.</summary>
        public const int AnswersReplaced = 46;

        /// <summary>Spikes and potentials that the board has sent to its hub, since start.</summary>
        public const int HubSpikes = 47;

        /// <summary>Those that it did not send: the hub was not there, or the queue was full.</summary>
        public const int HubUnsent = 48;

        /// <summary>Arrivals from the hub that were injected as a whole.</summary>
        public const int HubArrivals = 49;

        /// <summary>Arrivals that the hub has sent and that did not come.</summary>
        public const int HubMissing = 50;

        /// <summary>Arrivals that came later than the hub's constant latency.</summary>
        public const int HubLate = 51;

        /// <summary>
        /// Arrivals of a run that nobody here took: for no neuron of the network, without room in the engine, or in a fast run.
        /// </summary>
        public const int HubRefused = 52;

        /// <summary>Packets that were not the hub's, and arrivals outside a run: no run lost them.</summary>
        public const int HubIgnored = 53;

        /// <summary>Number of counters of this version.</summary>
        public const int Count = 54;

        /// <summary>Names a counter; empty for an unknown place.</summary>
        /// <param name="index">Its place.</param>
        /// <returns>The name, lower case with underscores.</returns>
        public static string Name(int index)
        {
            switch (index)
            {
                case Spikes: return "spikes";
                case SynapticEvents: return "synaptic_events";
                case NeuronUpdates: return "neuron_updates";
                case ClockedSteps: return "clocked_steps";
                case ClockedUpdates: return "clocked_updates";
                case QueueCapacity: return "queue_capacity";
                case QueuePeak: return "queue_peak";
                case QueueDrops: return "queue_drops";
                case InjectDrops: return "inject_drops";
                case SpikeCapacity: return "spike_capacity";
                case SpikePeak: return "spike_peak";
                case SpikeDrops: return "spike_drops";
                case TraceCapacity: return "trace_capacity";
                case TracePeak: return "trace_peak";
                case TraceDrops: return "trace_drops";
                case LateEvents: return "late_events";
                case MaxLateness: return "max_lateness_us";
                case Turns: return "turns";
                case LongestTurn: return "longest_turn_us";
                case FramesReceived: return "frames_received";
                case CheckErrors: return "check_errors";
                case Overlong: return "overlong_frames";
                case Short: return "short_frames";
                case RepeatedRequests: return "repeated_requests";
                case FramesSent: return "frames_sent";
                case SoundDrops: return "sound_drops";
                case StoreWrites: return "store_writes";
                case LogDrops: return "log_drops";
                case ChannelSpikes: return "channel_spikes";
                case ChannelLate: return "channel_late";
                case ChannelMissed: return "channel_missed";
                case DriveWrites: return "drive_writes";
                case SpikeResolution: return "spike_resolution_us";
                case LongestLook: return "longest_look_us";
                case MeanLook: return "mean_look_us";
                case LongestLatency: return "longest_latency_us";
                case MeanLatency: return "mean_latency_us";
                case Latches: return "latches";
                case InjectLate: return "inject_late";
                case ChannelHurried: return "channel_hurried";
                case StreamDrops: return "stream_drops";
                case Step: return "step_us";
                case LearningUpdates: return "learning_updates";
                case LearningEnds: return "learning_ends";
                case SoundFrames: return "sound_frames";
                case SoundHeard: return "sound_heard";
                case AnswersReplaced: return "answers_replaced";
                case HubSpikes: return "hub_spikes";
                case HubUnsent: return "hub_unsent";
                case HubArrivals: return "hub_arrivals";
                case HubMissing: return "hub_missing";
                case HubLate: return "hub_late";
                case HubRefused: return "hub_refused";
                case HubIgnored: return "hub_ignored";
                default: return string.Empty;
            }
        }

        /// <summary>Gives the largest value that a counter can have on the wire.</summary>
        /// <param name="index">Its place.</param>
        /// <returns>The value, 2 to a power less 1.</returns>
        public static long Most(int index)
        {
            switch (index)
            {
                case Spikes:
                case SynapticEvents:
                case NeuronUpdates:
                case ClockedSteps:
                case ClockedUpdates:
                case Turns:
                    return (1L << 42) - 1;
                case LongestTurn:
                case LongestLook:
                case MeanLook:
                case LongestLatency:
                case MeanLatency:
                case InjectLate:
                case ChannelHurried:
                case StreamDrops:
                case Step:
                case LearningUpdates:
                case LearningEnds:
                case AnswersReplaced:
                case HubSpikes:
                case HubArrivals:
                    return (1L << 28) - 1;
                case QueueDrops:
                case InjectDrops:
                case SpikeDrops:
                case TraceDrops:
                case LateEvents:
                case MaxLateness:
                case FramesReceived:
                case FramesSent:
                case SoundDrops:
                case ChannelSpikes:
                case ChannelLate:
                case ChannelMissed:
                case DriveWrites:
                case SoundFrames:
                case SoundHeard:
                    return (1L << 35) - 1;
                default:
                    return (1L << 21) - 1;
            }
        }
    }
}
