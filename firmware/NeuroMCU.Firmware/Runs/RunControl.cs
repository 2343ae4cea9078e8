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
        private readonly RunProgress _progress;

        /// <summary>Initializes a new instance of the <see cref="RunControl" /> class.</summary>
        /// <param name="profileLinkMilliseconds">Silence of the host, in ms, that the board profile allows.</param>
        internal RunControl(IClock clock, NetworkHolder networks, OutputBank outputs, HearingFeed hearing, BoardFeed board,
            ReadoutWatch readouts, DeviceLog log, int profileLinkMilliseconds)
        {
            _clock = clock;
            _networks = networks;
            _outputs = outputs;
            _hearing = hearing;
            _board = board;
            _readouts = readouts;
            _log = log;
            _profileLinkMilliseconds = profileLinkMilliseconds;
            _progress = new RunProgress(clock, networks, hearing, board, readouts, log, _pace);
        }

        /// <summary>Gets the state, one of <see cref="DeviceState" />.</summary>
        internal int State { get; private set; }

        /// <summary>Gets the fault code, one of <see cref="ErrorCode" />.</summary>
        internal int Fault { get; private set; }

        /// <summary>Gets the number that belongs to the fault code.</summary>
        internal int FaultDetail { get; private set; }

        /// <summary>Gets a value indicating whether the fault has yet to be reported to a host.</summary>
        internal bool FaultPending { get; private set; }

        /// <summary>Gets a value indicating whether the end of a run has yet to be reported to a host.</summary>
        internal bool EndPending { get; private set; }

        /// <summary>Gets how time passes, one of <see cref="RunMode" />.</summary>
        internal int Mode { get; private set; }

        /// <summary>Gets the number of the run, 1 to 255; 0 before the first.</summary>
        internal int Run => _record.Run;

        /// <summary>Gets the sequence number of the first spike of the run.</summary>
        internal uint FirstSpike => _record.FirstSpike;

        /// <summary>Gets the sequence number of the first trace sample of the run.</summary>
        internal uint FirstSample => _record.FirstSample;

        /// <summary>Gets the number of events of this run that were served later than one step after their time.</summary>
        internal long LateEvents => _pace.LateEvents;

        /// <summary>Gets the largest lateness of this run in µs.</summary>
        internal long MaxLateness => _pace.MaxLateness;

        /// <summary>Gets the outputs that become safe when a run ends.</summary>
        internal OutputBank Outputs => _outputs;

        /// <summary>Gets a value indicating whether a run goes on.</summary>
        internal bool IsRunning => State == DeviceState.Running;

        /// <summary>Gets a value indicating whether neurons at pins wait for what the loop does: a run in step with the clock whose
        /// network has channels.</summary>
        internal bool AnswersPins => IsRunning && Mode == RunMode.RealTime && _board.HasChannels;

        /// <summary>Starts a run from the present network time.</summary>
        /// <param name="duration">How long in µs; 0 until the end is asked for.</param>
        /// <param name="mode">One of <see cref="RunMode" />.</param>
        /// <param name="linkTimeout">Silence in ms after which the run ends; 0 for never, <see cref="ProfileLinkTimeout" /> for the
        /// profile's.</param>
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
            EndPending = false;
            Mode = mode;
            Fault = ErrorCode.None;
            FaultDetail = 0;
            State = DeviceState.Running;
            _progress.Start(mode, now);
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
                EndPending = true;
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
        internal void RaiseFault(int code, int detail)
        {
            bool ran = IsRunning;
            State = DeviceState.Fault;
            Fault = code;
            FaultDetail = detail;
            FaultPending = true;
            _board.Stop();

            // The outputs first: what follows may itself throw.
            _outputs.MakeSafe();
            if (ran)
            {
                _record.Reason = EndReason.Fault;
                EndPending = true;
                _host.Stop();
                _hearing.Stop(false);
            }

            _log.Write("fault " + code.ToString() + " (" + detail.ToString() + "): outputs safe");
        }

        /// <summary>Keeps why there is no network, for a host that asks; the state is no fault.</summary>
        /// <param name="code">One of <see cref="ErrorCode" />.</param>
        internal void NoteRefusal(int code, int detail)
        {
            Fault = code;
            FaultDetail = detail;
        }

        /// <summary>Leaves the fault state.</summary>
        internal void ClearFault()
        {
            if (State == DeviceState.Fault || State == DeviceState.Safe)
            {
                State = DeviceState.Idle;
                Fault = ErrorCode.None;
                FaultDetail = 0;
                FaultPending = false;
                End(EndReason.Stopped);
            }
        }

        /// <summary>Notes that the fault was reported to the host.</summary>
        internal void FaultReported()
        {
            FaultPending = false;
        }

        /// <summary>Notes that the end was reported to the host.</summary>
        internal void EndReported()
        {
            EndPending = false;
        }

        /// <summary>Prepares for the network that has just been loaded.</summary>
        public void Adopt()
        {
            _record.Forget();
            _pace.Forget();
            EndPending = false;
            if (State == DeviceState.Idle)
            {
                NoteRefusal(ErrorCode.None, 0);
            }

            LoadedNetwork network = _networks.Current;
            _hearing.Bind(network);
            _readouts.Bind(network);
            _board.Bind(network);
        }

        /// <summary>Sets the network back to time 0. Not during a run.</summary>
        internal void Rewind()
        {
            _networks.Current.Engine.Reset();
            _readouts.Reset();
            _record.Rewind();
            _pace.Forget();
        }

        /// <summary>Fills in the totals of the run.</summary>
        internal void Total(RunTotals totals)
        {
            _record.Total(totals, _networks.Current == null ? null : _networks.Current.Engine);
            totals.LateEvents = (uint)LateEvents;
            totals.MaxLateness = (uint)MaxLateness;
        }

        /// <summary>Ends the run when the microphones or the host that it depends on are gone.</summary>
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
                FaultPending = true;
                _log.Write("host lost: outputs safe");
            }
        }

        /// <summary>Brings the network forward as far as clock, sound and wire allow; ends the run when its time is over.</summary>
        /// <param name="listening">True when a host reads the spikes; a fast run then waits for the wire.</param>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Advance(long now, bool listening)
        {
            if (!IsRunning)
            {
                return false;
            }

            bool more = _progress.Advance(now, listening);
            if (_progress.IsOver)
            {
                End(EndReason.Duration);
                return true;
            }

            return more;
        }

        /// <summary>Gets the clock time in µs at which the network has something to do that nothing else keeps it from; long.MaxValue
        /// when there is no such time.</summary>
        internal long NextEvent() => IsRunning && Mode == RunMode.RealTime ? _progress.NextEvent() : long.MaxValue;

        /// <summary>The network time that belongs to a clock time, in a run in step with the clock.</summary>
        /// <param name="clock">Clock time in µs.</param>
        /// <returns>Network time in µs.</returns>
        internal long TimeAt(long clock) => _pace.TimeAt(clock);

        /// <summary>The clock time that belongs to a network time.</summary>
        /// <param name="time">Network time in µs.</param>
        /// <returns>Clock time in µs.</returns>
        internal long ClockAt(long time) => _pace.ClockAt(time);

        /// <summary>Gets the clock time in µs at which the run needs the next turn.</summary>
        /// <returns>The time; long.MaxValue without a run.</returns>
        internal long NextWake(long now)
        {
            if (!IsRunning)
            {
                return long.MaxValue;
            }

            long wake = _progress.IsHeldUp ? long.MaxValue : NextEvent();
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
    }
}
