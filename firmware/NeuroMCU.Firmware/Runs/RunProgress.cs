// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Sound;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Runs
{
    /// <summary>Brings the network of a run forward: lets its time follow the clock, or run ahead, with bounded work per turn.</summary>
    internal sealed class RunProgress
    {
        // Work items of the engine per turn: at 4 to 10 µs per item on an ESP32 the wire and the microphones wait a few ms at most.
        private const int MaxWork = 512;

        // Network time in µs that a fast run covers in one turn.
        private const long FastTime = 1000000;

        // With neurons at pins the engine works so long in µs before the pins are looked at again, in parts of so many items.
        private const long TurnTime = 4000;
        private const int PartOfTurn = 16;

        // What waits for the network does not wait for a wire that is stuck: after this many µs, spikes that find no place are let go.
        private const long Patience = 1000000;

        // A network with neurons at pins that is behind by so many of its steps, and by so much in µs, gets longer steps; then it has
        // so long to catch up.
        private const int StepsBehind = 4;
        private const long TimeBehind = 10000;
        private const long TimeToCatchUp = 20000;

        private readonly IClock _clock;
        private readonly NetworkHolder _networks;
        private readonly HearingFeed _hearing;
        private readonly BoardFeed _board;
        private readonly ReadoutWatch _readouts;
        private readonly DeviceLog _log;
        private readonly RunPace _pace;
        private int _mode;
        private long _lengthened;
        private long _moved;
        private long _sent;

        internal RunProgress(IClock clock, NetworkHolder networks, HearingFeed hearing, BoardFeed board, ReadoutWatch readouts,
            DeviceLog log, RunPace pace)
        {
            _clock = clock;
            _networks = networks;
            _hearing = hearing;
            _board = board;
            _readouts = readouts;
            _log = log;
            _pace = pace;
        }

        /// <summary>Gets a value indicating whether the network has reached the end of its run.</summary>
        internal bool IsOver { get; private set; }

        /// <summary>Gets a value indicating whether the run waits for the wire, which makes room for the next spikes and answers as
        /// nothing else does.</summary>
        internal bool IsHeldUp { get; private set; }

        // Something outside waits for what the network does: neurons at pins, ears, outputs.
        private bool IsAwaited
            => _board.HasChannels || _hearing.HeardUntil != long.MaxValue || _networks.Current.Engine.Tables.Outputs.Length > 0;

        /// <summary>Starts a run.</summary>
        /// <param name="mode">One of <see cref="RunMode" />.</param>
        /// <param name="now">Clock time in µs.</param>
        internal void Start(int mode, long now)
        {
            _mode = mode;
            _lengthened = now;
            _moved = now;
            IsOver = false;
            IsHeldUp = false;
        }

        /// <summary>Brings the network forward as far as clock, sound and wire allow.</summary>
        /// <param name="listening">True when a host reads the spikes; a fast run then waits for the wire.</param>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Advance(long now, bool listening)
        {
            NetworkEngine engine = _networks.Current.Engine;
            long target = _mode == RunMode.RealTime ? _pace.TimeAt(now) : _pace.End;
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

            // A window that ends while its last answer has not been sent would replace it; a fast run can wait.
            bool waits = _mode == RunMode.Fast && listening && target == due && _readouts.Pending != null;
            if (waits)
            {
                target = due - 1;
            }

            if (_mode == RunMode.Fast)
            {
                // A second at a time: work bounds a turn only where something happens.
                if (target > engine.Time + FastTime)
                {
                    target = engine.Time + FastTime;
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
            IsOver = reached && target == _pace.End;
            IsHeldUp = (engine.WaitsForRecord && engine.IsRecordFull) || (waits && reached);

            return !IsHeldUp && (!reached || target == due || (_mode == RunMode.Fast && target < heard));
        }

        /// <summary>Gets the clock time in µs at which the network has something to do that nothing else keeps it from; long.MaxValue
        /// when there is no such time. In a run in step with the clock.</summary>
        internal long NextEvent()
        {
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

        private void NoteSent(NetworkEngine engine, long now)
        {
            long sent = engine.Spikes.Total - engine.Spikes.Dropped - engine.Spikes.Count + engine.Traces.Total - engine.Traces.Dropped
                - engine.Traces.Count;
            _moved = sent == _sent && engine.IsRecordFull ? _moved : now;
            _sent = sent;
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
            if (behind > TimeBehind && behind > (long)StepsBehind * engine.Step && now - _lengthened > TimeToCatchUp
                && !engine.IsRecordFull && engine.LengthenStep())
            {
                _lengthened = now;
                Report(behind, engine.Step);
            }
        }

        private void Report(long behind, int step)
        {
            _log.Write("the network was " + (behind / 1000).ToString() + " ms behind its board: its step is " + step.ToString()
                + " us from here on");
        }
    }
}
