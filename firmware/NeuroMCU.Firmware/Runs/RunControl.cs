// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Sound;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Runs
{
    /// <summary>
    /// The states of the device, and the run: lets network time follow the clock, or run ahead, with bounded work per turn; takes the
    /// outputs to their safe level the moment that a run ends, whatever ended it.
    /// </summary>
    internal sealed class RunControl : INetworkRun
    {
        /// <summary>Link timeout of START that stands for the board profile's.</summary>
        internal const int ProfileLinkTimeout = 65535;

        // Work items of the engine per turn: at 4 to 10 µs per item on an ESP32 the wire and the microphones wait a few ms at most.
        private const int MaxWork = 512;

        // Network time in µs that a fast run covers in one turn.
        private const long Stretch = 1000000;

        // With neurons at pins the engine works so long in µs before the pins are looked at again, in parts of so many items.
        private const long TurnTime = 4000;
        private const int PartOfTurn = 16;

        // What waits for the network does not wait for a wire that takes nothing: after this many µs, spikes that find no place are let go.
        private const long Patience = 1000000;

        // A network with neurons at pins that is behind by so many of its steps, and by so much in µs, gets longer steps; then it has so long to catch up.
        private const int StepsBehind = 4;
        private const long TimeBehind = 10000;
        private const long TimeToCatchUp = 20000;

        private readonly IClock _clock;
        private readonly NetworkHolder _networks;
        private readonly OutputBank _outputs;
        private readonly HearingFeed _hearing;
        private readonly BoardFeed _board;
        private readonly ReadoutWatch _readouts;
        private readonly DeviceLog _log;
        private readonly int _profileLinkMilliseconds;
        private readonly HostWatch _host = new HostWatch();
        private readonly RunPace _pace = new RunPace();
        private readonly RunRecord _record = new RunRecord();
        private long _lengthened;
        private long _moved;
        private long _sent;

        /// <summary>Initializes a new instance of the <see cref="RunControl" /> class.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="networks">Holds the network.</param>
        /// <param name="outputs">The outputs.</param>
        /// <param name="hearing">Microphones and front end.</param>
        /// <param name="board">Neurons that are channels of the board.</param>
        /// <param name="readouts">Read-outs and bindings to outputs.</param>
        /// <param name="log">Where the device speaks.</param>
        /// <param name="profileLinkMilliseconds">Silence of the host, in ms, that the board profile allows.</param>
        internal RunControl(IClock clock, NetworkHolder networks, OutputBank outputs, HearingFeed hearing, BoardFeed board, ReadoutWatch readouts, DeviceLog log, int profileLinkMilliseconds)
        {
            _clock = clock;
            _networks = networks;
            _outputs = outputs;
            _hearing = hearing;
            _board = board;
            _readouts = readouts;
            _log = log;
            _profileLinkMilliseconds = profileLinkMilliseconds;
        }

        /// <summary>Gets the state, one of <see cref="DeviceState" />.</summary>
        internal int State { get; private set; }

        /// <summary>Gets the fault code, one of <see cref="ErrorCode" />.</summary>
        internal int Fault { get; private set; }

        /// <summary>Gets the number that belongs to the fault code.</summary>
        internal int FaultDetail { get; private set; }

        /// <summary>Gets a value indicating whether a host has to be told of the fault.</summary>
        internal bool FaultNews { get; private set; }

        /// <summary>Gets a value indicating whether a host has to be told that a run has ended.</summary>
        internal bool EndNews { get; private set; }

        /// <summary>Gets how time passes, one of <see cref="RunMode" />.</summary>
        internal int Mode { get; private set; }

        /// <summary>Gets the number of the run, 1 to 255; 0 before the first.</summary>
        internal int Run
        {
            get { return _record.Run; }
        }

        /// <summary>Gets the sequence number of the first spike of the run.</summary>
        internal uint FirstSpike
        {
            get { return _record.FirstSpike; }
        }

        /// <summary>Gets the sequence number of the first trace sample of the run.</summary>
        internal uint FirstSample
        {
            get { return _record.FirstSample; }
        }

        /// <summary>Gets the number of events of this run that were served later than one step after their time.</summary>
        internal long LateEvents
        {
            get { return _pace.LateEvents; }
        }

        /// <summary>Gets the largest lateness of this run in µs.</summary>
        internal long MaxLateness
        {
            get { return _pace.MaxLateness; }
        }

        /// <summary>Gets the outputs that become safe when a run ends.</summary>
        internal OutputBank Outputs
        {
            get { return _outputs; }
        }

        /// <summary>Gets a value indicating whether a run goes on.</summary>
        internal bool IsRunning
        {
            get { return State == DeviceState.Running; }
        }

        /// <summary>Gets a value indicating whether neurons at pins wait for what the loop does: a run in step with the clock whose network has channels.</summary>
        internal bool AnswersPins
        {
            get { return IsRunning && Mode == RunMode.RealTime && _board.HasChannels; }
        }

        /// <summary>Starts a run from the present network time.</summary>
        /// <param name="duration">How long in µs; 0 until the end is asked for.</param>
        /// <param name="mode">One of <see cref="RunMode" />.</param>
        /// <param name="linkTimeout">Silence in ms after which the run ends; 0 for never, <see cref="ProfileLinkTimeout" /> for the profile's.</param>
        /// <param name="link">The host; null when the device starts by itself.</param>
        /// <returns>Why not, one of <see cref="ErrorCode" />.</returns>
        internal int Start(long duration, int mode, int linkTimeout, HostLink link)
        {
            if (State == DeviceState.Fault)
            {
                return ErrorCode.Faulted;
            }

            if (State == DeviceState.Running)
            {
                return ErrorCode.Running;
            }

            if (_networks.Current == null)
            {
                return ErrorCode.NoNetwork;
            }

            if (duration < 0 || (mode != RunMode.RealTime && mode != RunMode.Fast))
            {
                return ErrorCode.BadValue;
            }

            if (mode == RunMode.Fast && _board.HasChannels)
            {
                return ErrorCode.RealTimeOnly;
            }

            NetworkEngine engine = _networks.Current.Engine;
            engine.RestoreStep();
            if (!_hearing.Start(engine.Time, _clock.Now))
            {
                return ErrorCode.Microphones;
            }

            long now = _clock.Now;
            int milliseconds = linkTimeout == ProfileLinkTimeout ? _profileLinkMilliseconds : linkTimeout;
            _record.Begin(engine);
            _pace.Start(now, engine.Time, duration);
            _host.Start(link, milliseconds);
            EndNews = false;
            Mode = mode;
            Fault = ErrorCode.None;
            FaultDetail = 0;
            State = DeviceState.Running;
            _lengthened = now;
            _moved = now;
            _board.Start(now, engine.Time, _pace.End);
            return ErrorCode.None;
        }

        /// <summary>Ends the run; outputs become safe. Without a run only the latter.</summary>
        /// <param name="reason">One of <see cref="EndReason" />.</param>
        public void End(int reason)
        {
            bool ran = IsRunning;
            _board.Stop();
            if (ran)
            {
                _hearing.Stop(true);
                _readouts.AnswerRun();
                State = DeviceState.Idle;
                _record.Reason = reason;
                EndNews = true;
                _host.Stop();
            }

            int failed = _outputs.MakeSafe();
            if (failed >= 0 && State != DeviceState.Fault)
            {
                RaiseFault(ErrorCode.Output, failed);
            }
            else if (_outputs.FailedChannel >= 0 && State != DeviceState.Fault)
            {
                RaiseFault(ErrorCode.Channel, _outputs.FailedChannel);
            }
        }

        /// <summary>Goes into the fault state: the run ends, outputs become safe, and no run starts until the fault is cleared.</summary>
        /// <param name="code">One of <see cref="ErrorCode" />.</param>
        /// <param name="detail">Number that belongs to it.</param>
        internal void RaiseFault(int code, int detail)
        {
            bool ran = IsRunning;
            State = DeviceState.Fault;
            Fault = code;
            FaultDetail = detail;
            FaultNews = true;
            _board.Stop();

            // The outputs first: what follows may itself throw.
            _outputs.MakeSafe();
            if (ran)
            {
                _record.Reason = EndReason.Fault;
                EndNews = true;
                _host.Stop();
                _hearing.Stop(false);
            }

            _log.Write("fault " + code.ToString() + " (" + detail.ToString() + "): outputs safe");
        }

        /// <summary>Leaves the fault state.</summary>
        internal void ClearFault()
        {
            if (State == DeviceState.Fault || State == DeviceState.Safe)
            {
                State = DeviceState.Idle;
                Fault = ErrorCode.None;
                FaultDetail = 0;
                FaultNews = false;
                End(EndReason.Stopped);
            }
        }

        /// <summary>Notes that the host was told of the fault.</summary>
        internal void FaultTold()
        {
            FaultNews = false;
        }

        /// <summary>Notes that the host was told of the end.</summary>
        internal void EndTold()
        {
            EndNews = false;
        }

        /// <summary>Prepares for the network that has just been loaded.</summary>
        public void Adopt()
        {
            _record.Forget();
            _pace.Forget();
            EndNews = false;
            LoadedNetwork network = _networks.Current;
            _hearing.Bind(network);
            _readouts.Bind(network);
            _board.Bind(network);
        }

        /// <summary>Takes the network back to time 0. Not during a run.</summary>
        internal void Rewind()
        {
            _networks.Current.Engine.Reset();
            _readouts.Reset();
            _record.Rewind();
            _pace.Forget();
        }

        /// <summary>Fills in the totals of the run.</summary>
        /// <param name="totals">Receives them.</param>
        internal void Total(RunTotals totals)
        {
            _record.Total(totals, _networks.Current == null ? null : _networks.Current.Engine);
            totals.LateEvents = (uint)LateEvents;
            totals.MaxLateness = (uint)MaxLateness;
        }

        /// <summary>Ends the run when the microphones or the host that it depends on are gone.</summary>
        /// <param name="now">Time in µs.</param>
        internal void WatchInputs(long now)
        {
            if (_hearing.IsStalled(now))
            {
                RaiseFault(ErrorCode.Microphones, 1000);
            }

            long silent = IsRunning ? _host.SilenceOfLost(now) : -1;
            if (silent >= 0)
            {
                LoseHost(silent);
            }
        }

        /// <summary>The host that something depended on is gone: a run ends, outputs become safe, and so does the state.</summary>
        /// <param name="silent">Its silence in µs.</param>
        internal void LoseHost(long silent)
        {
            End(EndReason.LinkLost);
            if (State != DeviceState.Fault)
            {
                State = DeviceState.Safe;
                Fault = ErrorCode.LinkLost;
                FaultDetail = (int)(silent / 1000);
                FaultNews = true;
                _log.Write("host lost: outputs safe");
            }
        }

        /// <summary>Brings the network forward as far as clock, sound and wire allow.</summary>
        /// <param name="now">Time in µs.</param>
        /// <param name="listening">True when a host takes the spikes; a fast run then waits for the wire.</param>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Advance(long now, bool listening)
        {
            if (!IsRunning)
            {
                return false;
            }

            NetworkEngine engine = _networks.Current.Engine;
            long target = Mode == RunMode.RealTime ? _pace.TimeAt(now) : _pace.End;
            long heard = _hearing.HeardUntil;
            if (target > heard)
            {
                target = heard;
            }

            if (target > _board.SeenUntil)
            {
                target = _board.SeenUntil;
            }

            if (target > _pace.End)
            {
                target = _pace.End;
            }

            long due = _readouts.NextDue;
            if (target > due)
            {
                target = due;
            }

            if (Mode == RunMode.Fast)
            {
                // A stretch at a time: work bounds a turn only where something happens.
                if (target > engine.Time + Stretch)
                {
                    target = engine.Time + Stretch;
                }

                engine.WaitsForRecord = listening;
                engine.Advance(target, MaxWork);
            }
            else
            {
                // A network that listens is a block of sound behind the clock by design; late is what comes later than that.
                long expected = _pace.TimeAt(now) - (heard == long.MaxValue ? 0 : _hearing.Latency);
                NoteSent(engine, now);
                engine.WaitsForRecord = listening && (!IsAwaited || now - _moved < Patience);
                Follow(engine, target, expected, now);
            }

            _readouts.Check();
            bool reached = engine.HasReached(target);
            if (reached && target == _pace.End)
            {
                End(EndReason.Duration);
                return true;
            }

            return !IsHeldUp && (!reached || target == due || (Mode == RunMode.Fast && target < heard));
        }

        /// <summary>Gets the clock time in µs at which the network has something to do that nothing else keeps it from; long.MaxValue when there is no such time.</summary>
        /// <returns>The time.</returns>
        internal long NextEvent()
        {
            if (!IsRunning || Mode != RunMode.RealTime)
            {
                return long.MaxValue;
            }

            long next = _networks.Current.Engine.NextEventTime;
            if (next > _pace.End)
            {
                next = _pace.End;
            }

            if (next > _readouts.NextDue)
            {
                next = _readouts.NextDue;
            }

            // What lies beyond the sound that was heard waits for more sound.
            return next <= _hearing.HeardUntil ? _pace.ClockAt(next) : long.MaxValue;
        }

        /// <summary>Gets the clock time in µs at which the run needs the next turn.</summary>
        /// <param name="now">Time in µs.</param>
        /// <returns>The time; long.MaxValue without a run.</returns>
        internal long NextWake(long now)
        {
            if (!IsRunning)
            {
                return long.MaxValue;
            }

            long wake = IsHeldUp ? long.MaxValue : NextEvent();
            long look = _board.NextLook(now, wake);
            if (look < wake)
            {
                wake = look;
            }

            if (_host.NextWake < wake)
            {
                wake = _host.NextWake;
            }

            long sound = _hearing.NextBlockTime;
            return sound < wake ? sound : wake;
        }

        private void NoteSent(NetworkEngine engine, long now)
        {
            long sent = engine.Spikes.Total - engine.Spikes.Dropped - engine.Spikes.Count + engine.Traces.Total - engine.Traces.Dropped - engine.Traces.Count;
            _moved = sent == _sent && engine.IsRecordFull ? _moved : now;
            _sent = sent;
        }

        // The wire makes room for the next spikes, and nothing else does.
        private bool IsHeldUp
        {
            get { return _networks.Current.Engine.WaitsForRecord && _networks.Current.Engine.IsRecordFull; }
        }

        // Something outside waits for what the network does: neurons at pins, ears, outputs.
        private bool IsAwaited
        {
            get { return _board.HasChannels || _hearing.HeardUntil != long.MaxValue || _networks.Current.Engine.Tables.Outputs.Length > 0; }
        }

        private void Follow(NetworkEngine engine, long target, long expected, long begin)
        {
            if (!_board.HasChannels)
            {
                int served = _pace.CatchUp(engine, target, expected, MaxWork);
                if (served < MaxWork)
                {
                    engine.Advance(target, MaxWork - served);
                }

                return;
            }

            // Pins are looked at between turns, so turns end by the clock.
            long now = begin;
            do
            {
                int served = _pace.CatchUp(engine, target, expected, PartOfTurn);
                if (served < PartOfTurn)
                {
                    served += engine.Advance(target, PartOfTurn - served);
                }

                if (served < PartOfTurn)
                {
                    break;
                }

                now = _clock.Now;
            }
            while (now - begin < TurnTime);
            if (!engine.HasReached(target))
            {
                Lengthen(engine, expected, now);
            }
        }

        // Neurons at pins do not wait: better a coarser step in time than a fine one too late.
        private void Lengthen(NetworkEngine engine, long expected, long now)
        {
            long behind = expected - engine.Time;
            if (behind > TimeBehind && behind > (long)StepsBehind * engine.Step && now - _lengthened > TimeToCatchUp && !engine.IsRecordFull && engine.LengthenStep())
            {
                _lengthened = now;
                Tell(behind, engine.Step);
            }
        }

        private void Tell(long behind, int step)
        {
            _log.Write("the network was " + (behind / 1000).ToString() + " ms behind its board: its step is " + step.ToString() + " us from here on");
        }
    }
}
