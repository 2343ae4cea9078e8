// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// Places of the counters in a COUNTERS answer, which is count (uint8) followed by that many varints. A later minor version may
    /// append counters; a reader ignores those that it does not know.
    /// </summary>
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

        /// <summary>Spikes of neuron channels that were recorded at their time but travelled at once, as the network was too far behind for more to wait.</summary>
        public const int ChannelHurried = 39;

        /// <summary>Samples of a streamed converter that were overwritten before the loop came round: spikes in them were not seen.</summary>
        public const int StreamDrops = 40;

        /// <summary>Step of the clocked populations in µs at the end of the run, or now: longer than the network's own after the device fell behind.</summary>
        public const int Step = 41;

        /// <summary>Number of counters of this version.</summary>
        public const int Count = 42;

        /// <summary>Names a counter.</summary>
        /// <param name="index">Its place.</param>
        /// <returns>The name, lower case with underscores; empty for an unknown place.</returns>
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
                default: return string.Empty;
            }
        }
    }
}
