// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Hub;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Firmware.Events
{
    /// <summary>
    /// Empties the records of spikes and traces: to the outputs that are bound to neurons, then to the host that listens, in numbered
    /// batches. Without a listener they are let go, and are not counted as lost.
    /// </summary>
    internal sealed class EventSender
    {
        // A turn sends no more than this, so that requests and the engine get their share of it.
        private const int MaxFrames = 4;

        // With neurons at pins one frame per turn, of one record for each half millisecond of the network's step.
        private const int StepPerRecord = 500;
        private const int MostRecords = 16;

        private readonly IClock _clock;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly BoardFeed _board;
        private readonly ReadoutWatch _readouts;
        private readonly ChannelFindings _findings;
        private readonly DeviceLog _log;
        private readonly HubSite _hub;
        private readonly SpikeBatchWriter _spikeBatch = new SpikeBatchWriter();
        private readonly TraceBatchWriter _traceBatch = new TraceBatchWriter();
        private readonly RunTotals _totals = new RunTotals();
        private readonly FaultEvent _fault = new FaultEvent();
        private readonly HeldRecords _heldSpikes = new HeldRecords();
        private readonly HeldRecords _heldSamples = new HeldRecords();
        private int _seen;

        // What the last frame took in µs.
        private long _frameTime;

        /// <summary>Initializes a new instance of the <see cref="EventSender" /> class.</summary>
        internal EventSender(IClock clock, NetworkHolder networks, RunControl runs, BoardFeed board, ReadoutWatch readouts,
            ChannelFindings findings, DeviceLog log, HubSite hub)
        {
            _clock = clock;
            _networks = networks;
            _runs = runs;
            _board = board;
            _readouts = readouts;
            _findings = findings;
            _log = log;
            _hub = hub;
        }

        /// <summary>Forgets how far the record has been seen: the network is another one, or was reset.</summary>
        internal void Reset()
        {
            _seen = 0;
            _heldSpikes.Forget();
            _heldSamples.Forget();
        }

        /// <summary>Shows new spikes to the bindings of the outputs, and to the hub.</summary>
        internal void ShowSpikes(long now)
        {
            if (_networks.Current == null)
            {
                return;
            }

            SpikeRing spikes = _networks.Current.Engine.Spikes;
            int count = spikes.Count;
            if (_seen < count && _runs.IsRunning && _readouts.WantsSpikes)
            {
                for (int k = _seen; k < count; k++)
                {
                    _readouts.Show(spikes.NeuronAt(k), now);
                }
            }

            for (int k = _seen; k < count && _hub != null; k++)
            {
                _hub.Show(spikes.NeuronAt(k), spikes.TimeAt(k));
            }

            _seen = count;
        }

        /// <summary>Sends what there is to tell.</summary>
        /// <param name="link">The host that listens; null when nobody does.</param>
        /// <returns>True when more waits than went out.</returns>
        internal bool Send(HostLink link, long now)
        {
            NetworkEngine engine = _networks.Current == null ? null : _networks.Current.Engine;
            if (link == null)
            {
                if (engine != null)
                {
                    engine.Spikes.Remove(engine.Spikes.Count);
                    engine.Traces.Remove(engine.Traces.Count);
                    Reset();
                }

                return false;
            }

            if (_runs.AnswersPins && engine.Spikes.Count <= engine.Spikes.Capacity >> 1)
            {
                return link.Flush() && SendBetweenSpikes(link, engine, now);
            }

            for (int frames = 0; frames < MaxFrames; frames++)
            {
                if (!link.Flush() || !SendOne(link, engine, int.MaxValue, true, true))
                {
                    return false;
                }
            }

            return true;
        }

        private bool SendBetweenSpikes(HostLink link, NetworkEngine engine, long now)
        {
            int batch = engine.Step / StepPerRecord;
            batch = batch < 1 ? 1 : batch > MostRecords ? MostRecords : batch;
            bool spikes = _heldSpikes.IsRipe(engine.Spikes.Count, batch, now);
            bool samples = _heldSamples.IsRipe(engine.Traces.Count, batch, now);
            long begin = spikes || samples ? _clock.Now : now;

            // A frame that is not over before the next step delays it: never when a spike waits for the step, and not by much otherwise.
            long left = _runs.NextEvent() - begin;
            bool free = left >= (_board.IsAnswering ? _frameTime : _frameTime >> 1);
            spikes &= free || _heldSpikes.IsOverdue;
            samples &= free || engine.Traces.Count > engine.Traces.Capacity >> 1 || _heldSamples.IsOverdue;

            // Where no pause is long enough, few long frames cost the loop less than many short ones.
            batch = !free && engine.Spikes.Count > engine.Spikes.Capacity >> 2 ? MostRecords : batch;
            if (!SendOne(link, engine, batch, spikes, samples))
            {
                return false;
            }

            if (spikes)
            {
                _heldSpikes.Sent(engine.Spikes.Count, batch);
            }
            else if (samples)
            {
                _heldSamples.Sent(engine.Traces.Count, batch);
            }

            _frameTime = _clock.Now - begin;
            return true;
        }

        private bool SendOne(HostLink link, NetworkEngine engine, int most, bool spikes, bool samples)
        {
            if (_runs.FaultPending)
            {
                _fault.Code = _runs.Fault;
                _fault.Detail = _runs.FaultDetail;
                _fault.Time = engine == null ? 0 : engine.Time;
                _fault.Write(link.BeginEvent(MessageType.Fault));
                _runs.FaultReported();
            }
            else if (_findings.Oldest != null)
            {
                _findings.Oldest.Write(link.BeginEvent(MessageType.Channel));
                _findings.Remove();
            }
            else if (engine != null && spikes && engine.Spikes.Count > 0)
            {
                WriteSpikes(link.BeginEvent(MessageType.Spikes), engine.Spikes, most);
            }
            else if (engine != null && samples && engine.Traces.Count > 0)
            {
                WriteTraces(link.BeginEvent(MessageType.Traces), engine.Traces, most);
            }
            else if (_readouts.Pending != null)
            {
                _readouts.Pending.Write(link.BeginEvent(MessageType.Readout));
                _readouts.Reported();
            }
            else if (_log.Oldest != null)
            {
                byte[] text = Encoding.UTF8.GetBytes(_log.Oldest);
                int room = link.Encoder.MaxBody;
                link.BeginEvent(MessageType.Log).WriteBytes(text, 0, text.Length < room ? text.Length : room);
                _log.Remove();
            }
            else if (_runs.EndPending)
            {
                // Last, so that everything that belongs to the run has gone out before.
                _runs.Total(_totals);
                _totals.Write(link.BeginEvent(MessageType.RunEnded));
                _runs.EndReported();
            }
            else
            {
                return false;
            }

            link.EndEvent();
            return true;
        }

        private void WriteSpikes(BodyWriter body, SpikeRing spikes, int most)
        {
            int count = spikes.Count;
            uint first = (uint)(spikes.Total - spikes.Dropped - count);
            _spikeBatch.Begin(body, RunOf(first, _runs.FirstSpike), first, (uint)spikes.Dropped, spikes.TimeAt(0));
            int limit = Limit(first, _runs.FirstSpike, count < most ? count : most);
            int sent = 0;
            while (sent < limit && _spikeBatch.Add(spikes.NeuronAt(sent), spikes.TimeAt(sent)))
            {
                sent++;
            }

            spikes.Remove(sent);
            _seen = _seen > sent ? _seen - sent : 0;
        }

        private void WriteTraces(BodyWriter body, TraceRing traces, int most)
        {
            int count = traces.Count;
            uint first = (uint)(traces.Total - traces.Dropped - count);
            _traceBatch.Begin(body, RunOf(first, _runs.FirstSample), first, (uint)traces.Dropped, traces.TimeAt(0));
            int limit = Limit(first, _runs.FirstSample, count < most ? count : most);
            int sent = 0;
            while (sent < limit && _traceBatch.Add(traces.IndexAt(sent), traces.TimeAt(sent), traces.ValueAt(sent)))
            {
                sent++;
            }

            traces.Remove(sent);
        }

        // What was left in the record when a new run began still belongs to the one before: its own batch, under another number.
        private int RunOf(uint first, uint runFirst)
        {
            if ((int)(first - runFirst) >= 0)
            {
                return _runs.Run;
            }

            return _runs.Run <= 1 ? 255 : _runs.Run - 1;
        }

        private static int Limit(uint first, uint runFirst, int count)
        {
            int before = (int)(runFirst - first);
            return before > 0 && before < count ? before : count;
        }
    }
}
