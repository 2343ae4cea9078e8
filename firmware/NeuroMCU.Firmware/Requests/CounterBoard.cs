// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Firmware.Hub;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Firmware.Sound;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Collects the counters of all parts.</summary>
    internal sealed class CounterBoard
    {
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly HearingFeed _hearing;
        private readonly BoardFeed _board;
        private readonly ReadoutWatch _readouts;
        private readonly DeviceLog _log;
        private readonly HubSite _hub;

        /// <summary>Initializes a new instance of the <see cref="CounterBoard" /> class.</summary>
        internal CounterBoard(NetworkHolder networks, RunControl runs, HearingFeed hearing, BoardFeed board,
            ReadoutWatch readouts, DeviceLog log, HubSite hub)
        {
            _networks = networks;
            _runs = runs;
            _hearing = hearing;
            _board = board;
            _readouts = readouts;
            _log = log;
            _hub = hub;
        }

        /// <summary>Gets or sets the number of turns of the main loop since start.</summary>
        internal long Turns { get; set; }

        /// <summary>Gets or sets the longest turn in µs since start.</summary>
        internal long LongestTurn { get; set; }

        /// <summary>Fills in a list.</summary>
        internal void Fill(CounterList list, HostLink link)
        {
            long[] values = list.Values;
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = 0;
            }

            if (_networks.Current != null)
            {
                NetworkEngine engine = _networks.Current.Engine;
                EngineCounters counters = engine.Counters;
                values[CounterIndex.Spikes] = counters.Spikes;
                values[CounterIndex.SynapticEvents] = counters.SynapticEvents;
                values[CounterIndex.NeuronUpdates] = counters.NeuronUpdates;
                values[CounterIndex.ClockedSteps] = counters.ClockedSteps;
                values[CounterIndex.ClockedUpdates] = counters.ClockedUpdates;
                values[CounterIndex.QueueCapacity] = engine.Tables.QueueCapacity;
                values[CounterIndex.QueuePeak] = counters.QueuePeak;
                values[CounterIndex.QueueDrops] = counters.QueueDrops;
                values[CounterIndex.InjectDrops] = counters.InjectDrops;
                values[CounterIndex.LearningUpdates] = counters.LearningUpdates;
                values[CounterIndex.LearningEnds] = counters.LearningEnds;
                values[CounterIndex.InjectLate] = counters.InjectLate;
                values[CounterIndex.ChannelHurried] = counters.ChannelHurried;
                values[CounterIndex.Step] = engine.Step;
                values[CounterIndex.SpikeCapacity] = engine.Spikes.Capacity;
                values[CounterIndex.SpikePeak] = engine.Spikes.HighWater;
                values[CounterIndex.SpikeDrops] = engine.Spikes.Dropped;
                values[CounterIndex.TraceCapacity] = engine.Traces.Capacity;
                values[CounterIndex.TracePeak] = engine.Traces.HighWater;
                values[CounterIndex.TraceDrops] = engine.Traces.Dropped;
            }

            values[CounterIndex.LateEvents] = _runs.LateEvents;
            values[CounterIndex.MaxLateness] = _runs.MaxLateness;
            values[CounterIndex.Turns] = Turns;
            values[CounterIndex.LongestTurn] = LongestTurn;
            values[CounterIndex.FramesReceived] = link.Decoder.Frames;
            values[CounterIndex.CheckErrors] = link.Decoder.CheckErrors;
            values[CounterIndex.Overlong] = link.Decoder.Overlong;
            values[CounterIndex.Short] = link.Decoder.Short;
            values[CounterIndex.RepeatedRequests] = link.Repeated;
            values[CounterIndex.FramesSent] = link.FramesSent;
            values[CounterIndex.SoundDrops] = _hearing.Lost;
            values[CounterIndex.SoundFrames] = _hearing.SoundFrames;
            values[CounterIndex.SoundHeard] = _hearing.SoundHeard;
            values[CounterIndex.StoreWrites] = _networks.Store.Writes;
            values[CounterIndex.LogDrops] = _log.Dropped;
            values[CounterIndex.AnswersReplaced] = _readouts.Replaced;
            _board.Fill(values);
            if (_hub != null)
            {
                values[CounterIndex.HubSpikes] = _hub.Sent;
                values[CounterIndex.HubUnsent] = _hub.Unsent;
                values[CounterIndex.HubArrivals] = _hub.Arrived;
                values[CounterIndex.HubMissing] = _hub.Missing;
                values[CounterIndex.HubLate] = _hub.Late;
                values[CounterIndex.HubRefused] = _hub.Refused;
                values[CounterIndex.HubIgnored] = _hub.Ignored;
            }
        }
    }
}
