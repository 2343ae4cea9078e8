// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Events;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Hub;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Panel;
using NeuroMCU.Firmware.Requests;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Firmware.Sound;
using NeuroMCU.Firmware.Store;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hearing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Loop
{
    /// <summary>
    /// The firmware. Its main loop is <c>while (true) { if (!application.Turn()) { clock.Idle(application.NextWake); } }</c>; on the bench
    /// the bench turns it. The firmware itself allocates nothing in a turn except while a network is loaded or a line of text is
    /// written. The platform does: 72 bytes to read a pulse counter, 48 a pin, 48 for each I2S buffer, and the HMAC of a sealed frame;
    /// what collections follow is in docs/reference/benchmarks.md.
    /// </summary>
    public sealed class FirmwareApplication
    {
        private const int RequestsPerTurn = 8;

        // With neurons at pins a turn stays short, and a request waits for the turn that answers a spike: for a few turns at most.
        private const int RequestsBetweenSpikes = 1;
        private const int MostDeferred = 2;
        private const long RequestTime = 1500;

        // Without work the wire is still looked at this often.
        private const long PollInterval = 1000;

        private readonly FirmwareParts _parts;
        private readonly IClock _clock;
        private readonly NetworkHolder _networks;
        private readonly OutputBank _outputs;
        private readonly HearingFeed _hearing;
        private readonly ChannelBank _channels;
        private readonly BoardFeed _board;
        private readonly HubSite _hub;
        private readonly BoardSession _session;
        private readonly NodeStore _nodeStore;
        private readonly NodeSession _nodes;
        private readonly ReadoutWatch _readouts;
        private readonly RunControl _runs;
        private readonly EventSender _events;
        private readonly RequestHandler _requests;
        private readonly CounterBoard _counters;
        private readonly DeviceLog _log;
        private readonly FrontPanel _panel;
        private readonly HostLink[] _links;
        private readonly Doorkeeper _doorkeeper;
        private readonly long _turnLimit;
        private long _turnEnd;
        private int _place;
        private int _deferred;

        /// <summary>Initializes a new instance of the <see cref="FirmwareApplication" /> class: brings the outputs to their safe level,
        /// loads the stored network and starts it when it asks for that.</summary>
        /// <param name="parts">The board.</param>
        public FirmwareApplication(FirmwareParts parts)
        {
            _parts = parts;
            _clock = parts.Clock;
            _log = new DeviceLog(parts.Console);
            _channels = new ChannelBank(parts.Neurons);
            _outputs = new OutputBank(parts.Outputs, _channels);
            _outputs.MakeSafe();
            ChannelFindings findings = new ChannelFindings(_channels.Channels, _log);
            _board = new BoardFeed(_clock, _channels, findings);
            _networks = new NetworkHolder(new ImageStore(parts.Files), parts.Profile, parts.DeviceId, _channels);
            _readouts = new ReadoutWatch(_outputs, _log);
            _hearing = new HearingFeed(parts.Microphones, _readouts, HearingMemory.BufferFrames(parts.Profile.HasPsram));
            _runs = new RunControl(_clock, _networks, _outputs, _hearing, _board, _readouts, _log, parts.Profile.LinkLossMilliseconds);
            BoardHub hub = parts.Hub == null ? null : parts.Profile.Hub;
            _hub = hub == null ? null : new HubSite(hub, parts.Hub, _clock, _networks, _runs);
            _events = new EventSender(_clock, _networks, _runs, _board, _readouts, findings, _log, _hub);
            _counters = new CounterBoard(_networks, _runs, _hearing, _board, _readouts, _log, _hub);
            _session = new BoardSession(_channels, _runs, parts.Profile.LinkLossMilliseconds);
            NodeRequests nodes = null;
            NodeBank bank = null;
            if (parts.Nodes != null && parts.Profile.Nodes != null)
            {
                // A board without nodes keeps the room for its network.
                bank = new NodeBank(_clock, parts.Nodes, parts.Profile.Nodes);
                bank.Release();
                NodePupil pupil = new NodePupil(bank);
                _nodeStore = new NodeStore(bank, pupil, parts.Files, parts.Profile.BoardId);
                _nodes = new NodeSession(_clock, bank, _log, parts.Profile.LinkLossMilliseconds);
                nodes = new NodeRequests(_clock, bank, _nodes, _nodeStore, pupil, _runs);
            }

            _panel = parts.Panel == null ? null : new FrontPanel(parts.Panel, _networks, _runs, _readouts, _events, bank, _log);
            SelfTest selfTest = new SelfTest(_clock, parts.Files, parts.Microphones, parts.Profile.MicrophoneMinRate, _outputs, _channels);
            _requests = new RequestHandler(
                new SessionRequests(parts.Profile, parts.DeviceId, parts.ResetReason, _networks, _runs),
                new ImageRequests(parts.Profile, _networks, _runs, _events),
                new RunRequests(_networks, _runs, _events),
                new InspectRequests(_networks, _runs, _readouts, _counters, selfTest),
                new BoardRequests(_clock, parts.Profile, _channels, _session, _runs),
                nodes);
            _turnLimit = parts.Profile.WatchdogMilliseconds * 1000L;
            ITransport[] lines = parts.Door == null ? new ITransport[0] : parts.Door.Lines;
            HostLink[] guests = Join(lines);
            HostLink[] wired = Join(parts.Transports);
            _links = new HostLink[wired.Length + guests.Length];
            Array.Copy(wired, 0, _links, 0, wired.Length);
            Array.Copy(guests, 0, _links, wired.Length, guests.Length);
            _doorkeeper = parts.Door == null ? null : new Doorkeeper(parts.Door, guests);
            if (_nodes != null && _nodeStore.Load(_log))
            {
                _nodes.Compare();
            }

            Boot();
        }

        /// <summary>Gets the engine of the loaded network; null when there is none.</summary>
        public NetworkEngine Engine => _networks.Current == null ? null : _networks.Current.Engine;

        /// <summary>Gets the state, one of <see cref="DeviceState" />.</summary>
        public int State => _runs.State;

        /// <summary>Gets the number of turns since start.</summary>
        public long Turns => _counters.Turns;

        /// <summary>Gets the number of bytes that went over all lines, both ways.</summary>
        public long WireBytes
        {
            get
            {
                long bytes = 0;
                for (int k = 0; k < _links.Length; k++)
                {
                    bytes += _links[k].Bytes;
                }

                return bytes;
            }
        }

        /// <summary>Gets the number of frames that were sent over all lines.</summary>
        public long FramesSent
        {
            get
            {
                long frames = 0;
                for (int k = 0; k < _links.Length; k++)
                {
                    frames += _links[k].FramesSent;
                }

                return frames;
            }
        }

        /// <summary>Gets the number of sample pairs that went through the audio front ends.</summary>
        public long AudioFrames => _hearing.Frames;

        /// <summary>Gets the number of sample pairs that were lost because they were read, or worked through, too late.</summary>
        public long AudioFramesLost => _hearing.Lost;

        /// <summary>Gets the number of sample pairs of this run that were no silence.</summary>
        public long SoundFrames => _hearing.SoundFrames;

        /// <summary>Gets the number of those that were listened to; the others were left out by plan.</summary>
        public long SoundHeard => _hearing.SoundHeard;

        /// <summary>Copies the read-out that was evaluated last, which is the one that the console's last answer tells.</summary>
        /// <param name="target">Where to; without an answer before the first.</param>
        public void CopyReadout(ReadoutEvent target)
        {
            _readouts.CopyLast(target);
        }

        /// <summary>Gets the number of samples that went through a filter of the audio front end.</summary>
        public long BandSamples => _hearing.BandSamples;

        /// <summary>Gets the number of IL instructions that drawing for the display has taken, roughly.</summary>
        public long PanelOperations => _panel == null ? 0 : _panel.Operations;

        /// <summary>Gets the number of samples of a streamed converter that were searched for spikes.</summary>
        public long SearchedSamples => _channels.Board == null ? 0 : _channels.Board.SearchedSamples;

        /// <summary>Gets the clock time in µs up to which there is nothing to do unless a host speaks; at most a poll of the wire
        /// away.</summary>
        public long NextWake
        {
            get
            {
                long wake = _turnEnd + PollInterval;
                long run = _runs.NextWake(_turnEnd);
                long pulse = _outputs.NextEnd;
                long press = _channels.NextEnd;
                if (press < wake)
                {
                    wake = press;
                }

                if (run < wake)
                {
                    wake = run;
                }

                return pulse < wake ? pulse : wake;
            }
        }

        /// <summary>Does what is due: requests, sound, engine, outputs, events. Bounded in time; never throws.</summary>
        /// <returns>True when there is more to do at once; false when the caller may idle until <see cref="NextWake" />.</returns>
        public bool Turn()
        {
            long begin = _clock.Now;
            long saves = Saves;
            bool busy = false;
            try
            {
                _place = FaultPlace.Requests;
                busy |= ServeRequests(begin);
                _runs.WatchInputs(begin);
                HostLink listener = _requests.Listener;
                _place = FaultPlace.Hearing;
                busy |= _hearing.Listen(begin);

                // Requests and sound may have taken a while, and network time follows the clock; an idle turn reads it once less.
                long now = busy ? _clock.Now : begin;
                _place = FaultPlace.Neurons;
                _board.Look(now);
                _place = FaultPlace.Engine;
                busy |= _runs.Advance(now, listener != null);
                busy |= _hearing.Settle();
                _place = FaultPlace.Neurons;
                _board.Write(now, _runs.NextEvent());
                busy |= _session.Turn(now);
                _place = FaultPlace.Nodes;
                busy |= _nodes != null && _nodes.Turn(now);
                _place = FaultPlace.Outputs;
                _events.ShowSpikes(now);
                _outputs.EndPulses(now);
                _place = FaultPlace.Events;
                if (_hub != null)
                {
                    _hub.Turn(now);
                }

                busy |= _events.Send(listener, now);
                _place = FaultPlace.Outputs;
                if (_panel != null)
                {
                    _panel.Turn(now, busy, listener != null);
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong, the outputs must become safe and the host must be able to ask why.
            catch (Exception)
#pragma warning restore CA1031
            {
                Fail();
            }

            _turnEnd = _clock.Now;
            Watch(_turnEnd - begin, Saves != saves);
            return busy;
        }

        /// <summary>Brings every output to its safe level and ends the run, from outside of the main loop: the last thing before a
        /// restart.</summary>
        public void MakeSafe()
        {
            _runs.End(EndReason.Fault);
            ReleaseNodes();
        }

        // Attempts to write the flash, each of which may last seconds.
        private long Saves => _networks.Store.Attempts + (_nodeStore == null ? 0 : _nodeStore.Attempts);

        private void ReleaseNodes()
        {
            if (_nodes != null)
            {
                _nodes.Fail();
            }
        }

        private bool ServeRequests(long now)
        {
            bool pins = _runs.AnswersPins;
            if (pins && _board.IsAnswering && _deferred < MostDeferred && _runs.NextEvent() - now < RequestTime)
            {
                _deferred++;
                return false;
            }

            bool busy = false;
            _deferred = 0;
            int most = pins ? RequestsBetweenSpikes : RequestsPerTurn;
            long time = _parts.HostClock == null ? now : _parts.HostClock.Now;
            busy |= _doorkeeper != null && _doorkeeper.Turn(time);
            for (int k = 0; k < _links.Length; k++)
            {
                busy |= _links[k].Trusted && _requests.Serve(_links[k], now, time, most) > 0;
            }

            busy |= _requests.ServeStranger(_links, now, time);
            return busy;
        }

        private static HostLink[] Join(ITransport[] transports)
        {
            HostLink[] links = new HostLink[transports.Length];
            for (int k = 0; k < links.Length; k++)
            {
                links[k] = new HostLink(transports[k]);
            }

            return links;
        }

        // Of the neuron channels it is known which one was driven or read.
        private void Fail()
        {
            ReleaseNodes();
            if (_place == FaultPlace.Neurons && _channels.Count > 0)
            {
                _runs.RaiseFault(ErrorCode.Channel, _channels.Touched);
                return;
            }

            if (_place == FaultPlace.Nodes)
            {
                _runs.RaiseFault(ErrorCode.NodeParts, _nodes.Suspect);
                return;
            }

            _runs.RaiseFault(ErrorCode.Exception, _place);
        }

        private void Watch(long duration, bool saved)
        {
            _counters.Turns++;
            if (duration > _counters.LongestTurn)
            {
                _counters.LongestTurn = duration;
            }

            // Saving an image may take seconds of flash time; a host that asks for it knows.
            if (_turnLimit > 0 && duration > _turnLimit && !saved && _runs.IsRunning)
            {
                _runs.RaiseFault(ErrorCode.Watchdog, (int)duration);
            }

            if (_parts.Watchdog != null)
            {
                _parts.Watchdog.Feed();
            }
        }

        private void Boot()
        {
            bool start;
            int code = _networks.LoadStored(out start);
            int detail = _networks.Detail;
            _runs.Adopt();
            if (code != ErrorCode.None)
            {
                _log.Write("stored network refused, code " + code.ToString() + " (" + detail.ToString() + ")");
            }

            if (_networks.Current == null)
            {
                // An image of the version before is whole; what it lacks is a firmware that reads it. To program it again mends that.
                bool isOlder = code == ErrorCode.ImageInvalid && (detail >> 24) == ImageError.Version;
                if (isOlder)
                {
                    _runs.NoteRefusal(code, detail);
                }
                else if (code != ErrorCode.None)
                {
                    _runs.RaiseFault(code, detail);
                }

                return;
            }

            if (start)
            {
                code = _runs.Start(0, RunMode.RealTime, 0, null);
                if (code != ErrorCode.None)
                {
                    _runs.RaiseFault(code, 0);
                    return;
                }
            }

            _log.Write("network " + _networks.Current.Labels.Network + (start ? ": running" : ": loaded"));
        }
    }
}
