// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Engine;
using NeuroMCU.Firmware.Running;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Firmware.Links
{
    /// <summary>
    /// Empties the records of spikes and traces: to the outputs that are bound to neurons, then to the host that listens, in numbered
    /// batches. Without a listener they are let go, and are not counted as lost.
    /// </summary>
    public sealed class EventSender
    {
        // A turn sends no more than this, so that requests and the engine get their share of it.
        private const int MaxFrames = 4;

        // A frame costs about 1 ms of an interpreted turn, whether it carries one spike or many, and with neurons at pins every turn lies
        // between a spike and the drives that answer it. So spikes of a run in step with the clock go out together; 20 ms are soon
        // enough for eyes, and 16 spikes still fit into one frame.
        private const int HeldSpikes = 16;
        private const long HeldTime = 20_000;

        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly ReadoutWatch _readouts;
        private readonly ChannelNews _channels;
        private readonly DeviceLog _log;
        private readonly SpikeBatchWriter _spikeBatch = new SpikeBatchWriter();
        private readonly TraceBatchWriter _traceBatch = new TraceBatchWriter();
        private readonly RunTotals _totals = new RunTotals();
        private readonly FaultEvent _fault = new FaultEvent();
        private int _seen;
        private bool _holding;
        private long _heldSince;

        /// <summary>Initializes a new instance of the <see cref="EventSender" /> class.</summary>
        /// <param name="networks">Holds the network.</param>
        /// <param name="runs">The run.</param>
        /// <param name="readouts">The read-outs.</param>
        /// <param name="channels">What was found out about neuron channels.</param>
        /// <param name="log">The lines of text.</param>
        public EventSender(NetworkHolder networks, RunControl runs, ReadoutWatch readouts, ChannelNews channels, DeviceLog log)
        {
            _networks = networks;
            _runs = runs;
            _readouts = readouts;
            _channels = channels;
            _log = log;
        }

        /// <summary>Forgets how far the record has been seen: the network is another one, or was reset.</summary>
        public void Reset()
        {
            _seen = 0;
            _holding = false;
        }

        /// <summary>Shows new spikes to the bindings of the outputs.</summary>
        /// <param name="now">Time in µs.</param>
        public void ShowSpikes(long now)
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

            _seen = count;
        }

        /// <summary>Sends what there is to tell.</summary>
        /// <param name="link">The host that listens; null when nobody does.</param>
        /// <param name="now">Time in µs.</param>
        /// <returns>True when more waits than went out.</returns>
        public bool Send(HostLink link, long now)
        {
            NetworkEngine engine = _networks.Current == null ? null : _networks.Current.Engine;
            if (link == null)
            {
                if (engine != null)
                {
                    engine.Spikes.Remove(engine.Spikes.Count);
                    engine.Traces.Remove(engine.Traces.Count);
                    _seen = 0;
                    _holding = false;
                }

                return false;
            }

            for (int frames = 0; frames < MaxFrames; frames++)
            {
                if (!link.Flush() || !SendOne(link, engine, now))
                {
                    return false;
                }
            }

            return true;
        }

        private bool SendOne(HostLink link, NetworkEngine engine, long now)
        {
            if (_runs.FaultNews)
            {
                _fault.Code = _runs.Fault;
                _fault.Detail = _runs.FaultDetail;
                _fault.Time = engine == null ? 0 : engine.Time;
                _fault.Write(link.BeginEvent(MessageType.Fault));
                _runs.FaultTold();
            }
            else if (_channels.Oldest != null)
            {
                _channels.Oldest.Write(link.BeginEvent(MessageType.Channel));
                _channels.Remove();
            }
            else if (engine != null && engine.Spikes.Count > 0 && !Holds(engine, now))
            {
                _holding = false;
                WriteSpikes(link.BeginEvent(MessageType.Spikes), engine.Spikes);
            }
            else if (engine != null && engine.Traces.Count > 0)
            {
                WriteTraces(link.BeginEvent(MessageType.Traces), engine.Traces);
            }
            else if (_readouts.News != null)
            {
                _readouts.News.Write(link.BeginEvent(MessageType.Readout));
                _readouts.Told();
            }
            else if (_log.Oldest != null)
            {
                byte[] text = Encoding.UTF8.GetBytes(_log.Oldest);
                int room = link.Encoder.MaxBody;
                link.BeginEvent(MessageType.Log).WriteBytes(text, 0, text.Length < room ? text.Length : room);
                _log.Remove();
            }
            else if (_runs.EndNews)
            {
                // Last, so that everything that belongs to the run has gone out before.
                _runs.Total(_totals);
                _totals.Write(link.BeginEvent(MessageType.RunEnded));
                _runs.EndTold();
            }
            else
            {
                return false;
            }

            link.EndEvent();
            return true;
        }

        private bool Holds(NetworkEngine engine, long now)
        {
            int count = engine.Spikes.Count;
            if (engine.ChannelCount == 0 || !_runs.IsRunning || _runs.Mode != RunMode.RealTime || count >= HeldSpikes
                || count > engine.Spikes.Capacity >> 1)
            {
                return false;
            }

            if (!_holding)
            {
                _holding = true;
                _heldSince = now;
            }

            return now - _heldSince < HeldTime;
        }

        private void WriteSpikes(BodyWriter body, SpikeRing spikes)
        {
            int count = spikes.Count;
            uint first = (uint)(spikes.Total - spikes.Dropped - count);
            _spikeBatch.Begin(body, RunOf(first, _runs.FirstSpike), first, (uint)spikes.Dropped, spikes.TimeAt(0));
            int limit = Limit(first, _runs.FirstSpike, count);
            int sent = 0;
            while (sent < limit && _spikeBatch.Add(spikes.NeuronAt(sent), spikes.TimeAt(sent)))
            {
                sent++;
            }

            spikes.Remove(sent);
            _seen = _seen > sent ? _seen - sent : 0;
        }

        private void WriteTraces(BodyWriter body, TraceRing traces)
        {
            int count = traces.Count;
            uint first = (uint)(traces.Total - traces.Dropped - count);
            _traceBatch.Begin(body, RunOf(first, _runs.FirstSample), first, (uint)traces.Dropped, traces.TimeAt(0));
            int limit = Limit(first, _runs.FirstSample, count);
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
