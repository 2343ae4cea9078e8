// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Hybrid
{
    /// <summary>
    /// The way between the neurons of a network that are channels of the board and the board. Each turn of the loop: what the spike inputs
    /// saw enters the engine at its time; and when the engine has come forward, the currents that it commands are written as codes.
    /// </summary>
    internal sealed class BoardFeed
    {
        private const long LeastLook = 100;
        private const long MostLook = 500;

        // A spike takes up to 0.6 ms where many come: the turn ends in time for the wire.
        private const int MostInTurn = 16;

        // The board queues spikes in the order of its channels, so that one that comes out may be later than others by as much as a
        // turn lasts.
        private const long Disorder = 50000;

        // More than a turn of the guard ever makes.
        private const int MostReadings = 16;

        // The rest of a turn that only looks executes as many instructions as so many readings of the clock.
        private const int TurnReadings = 32;

        private readonly IClock _clock;
        private readonly ChannelBank _bank;
        private readonly ChannelGuard _guard;
        private readonly ChannelFindings _findings;
        private NetworkEngine _engine;
        private ChannelDrive[] _drives = new ChannelDrive[0];
        private long _offset;
        private long _end;
        private long _lookInterval;
        private long _lookTime;
        private long _readTime;
        private long _lastLook;

        // Everything that fired before this time in µs has been handed over.
        private long _seenUntil;
        private long _looks;
        private long _lookSum;
        private long _waitClock;
        private long _waitStep;
        private long _latencies;
        private long _latencySum;
        private long _writesBefore;
        private long _latchesBefore;
        private int _missedBefore;
        private long _droppedBefore;
        private bool _suspects;
        private bool _running;

        internal BoardFeed(IClock clock, ChannelBank bank, ChannelFindings findings)
        {
            _clock = clock;
            _bank = bank;
            _findings = findings;
            _guard = new ChannelGuard(bank, findings);
        }

        /// <summary>Gets a value indicating whether the loaded network has neurons that are channels.</summary>
        internal bool HasChannels => _drives.Length > 0;

        /// <summary>Gets a value indicating whether a spike waits for the drives that answer it.</summary>
        internal bool IsAnswering => _waitClock != 0;

        /// <summary>Gets the network time in µs up to which all spikes of the board have entered the engine; long.MaxValue when the
        /// network has no channels.</summary>
        internal long SeenUntil => _running ? _seenUntil + _offset : long.MaxValue;

        /// <summary>Gets the number of spikes that entered the engine in this run.</summary>
        internal long Spikes { get; private set; }

        /// <summary>Gets the number of spikes that entered later than one step after they were seen.</summary>
        internal long Late { get; private set; }

        /// <summary>Gets the longest time in µs between two looks at the inputs in this run.</summary>
        internal long LongestLook { get; private set; }

        /// <summary>Gets the longest time in µs from a spike at its pin to the drives written that know of it, in this run.</summary>
        internal long LongestLatency { get; private set; }

        /// <summary>Gets the clock time in µs at which the inputs are to be looked at again.</summary>
        /// <param name="now">Clock time in µs.</param>
        /// <param name="step">Clock time in µs at which the network has something to do.</param>
        /// <returns>The time; long.MaxValue without a run.</returns>
        internal long NextLook(long now, long step)
        {
            if (!_running)
            {
                return long.MaxValue;
            }

            long look = _lastLook + _lookInterval;
            look = look < now ? now : look;

            // A look that would not be over in time delays the step, which begins with a look of its own.
            return step - look < _lookTime ? step : look;
        }

        /// <summary>Prepares for a network.</summary>
        /// <param name="network">The network; null for none.</param>
        internal void Bind(LoadedNetwork network)
        {
            _running = false;
            _engine = network == null ? null : network.Engine;
            int count = network == null ? 0 : _engine.ChannelCount;
            _drives = new ChannelDrive[count];
            for (int k = 0; k < _bank.Count; k++)
            {
                _bank.Channels[k].Place = -1;
            }

            for (int k = 0; k < count; k++)
            {
                ChannelState channel = _bank.Channels[_engine.ChannelOf(k)];
                channel.Place = k;
                ChannelTable[] tables = _engine.Tables.Channels;
                for (int t = 0; t < tables.Length; t++)
                {
                    if (tables[t].Channel == channel.Number)
                    {
                        _drives[k] = new ChannelDrive(channel, tables[t]);
                    }
                }
            }
        }

        /// <summary>Starts a run.</summary>
        /// <param name="now">Clock time in µs.</param>
        /// <param name="time">Network time in µs at that moment.</param>
        /// <param name="end">Network time in µs at which the run ends; long.MaxValue when that is not known.</param>
        internal void Start(long now, long time, long end)
        {
            // Whatever a host was driving or measuring before is over.
            _bank.MakeSafe();
            if (_drives.Length == 0)
            {
                return;
            }

            _offset = time - now;
            _end = end;
            _lookInterval = _engine.Tables.Step >> 2;
            _lookInterval = _lookInterval < LeastLook ? LeastLook : _lookInterval > MostLook ? MostLook : _lookInterval;
            _lastLook = now;
            _seenUntil = now;
            _looks = 0;
            _lookSum = 0;
            _waitClock = 0;
            _latencies = 0;
            _latencySum = 0;
            Spikes = 0;
            Late = 0;
            LongestLook = 0;
            LongestLatency = 0;
            _writesBefore = _bank.Writes;
            _latchesBefore = _findings.TotalLatches;
            for (int k = 0; k < _drives.Length; k++)
            {
                _drives[k].Current = int.MinValue;
            }

            // What fired before is none of this run's, and what the network does not use costs it no time.
            _bank.WatchAll();
            WatchOthers(false);

            long begin = _clock.Now;
            _bank.Board.Poll(begin);
            long polled = _clock.Now;
            _lookTime = polled - begin + (TurnReadings * (_clock.Now - polled));
            while (_bank.Board.Take())
            {
            }

            _missedBefore = _bank.Board.Missed;
            _droppedBefore = _bank.Board.DroppedSamples;
            _guard.Learn(_engine.Tables.Channels);
            begin = _clock.Now;
            _guard.Start(now, time);
            _readTime = 1 + ((_clock.Now - begin) / (_bank.Count * SenseReader.FirstReadings));
            _running = true;
        }

        /// <summary>Ends the run; the drives are made safe by the output bank.</summary>
        internal void Stop()
        {
            _running = false;
            _waitClock = 0;
        }

        /// <summary>Looks at the spike inputs and hands what they saw to the engine.</summary>
        /// <param name="now">Clock time in µs.</param>
        internal void Look(long now)
        {
            if (!_running)
            {
                return;
            }

            long interval = now - _lastLook;
            _lastLook = now;
            _looks++;
            _lookSum += interval;
            LongestLook = interval > LongestLook ? interval : LongestLook;
            _bank.Board.Poll(now);

            // What finds no place stays with the board, whose counters go on counting.
            int left = MostInTurn;
            while (left > 0 && _engine.HasRoomForChannels && _bank.Board.Take())
            {
                left--;
                Enter(_bank.Board.SpikeChannel, _bank.Board.SpikeTime, now);
            }

            long seen = _bank.Board.SpikeCount == 0 ? _bank.Board.KeptFrom : _bank.Board.SpikeTime - Disorder;
            _seenUntil = seen > _seenUntil ? seen : _seenUntil;
        }

        /// <summary>Writes the currents that the engine commands, and looks after the channels.</summary>
        /// <param name="now">Clock time in µs.</param>
        /// <param name="next">Clock time in µs at which the network has something to do.</param>
        internal void Write(long now, long next)
        {
            if (!_running)
            {
                return;
            }

            for (int k = 0; k < _drives.Length; k++)
            {
                ChannelDrive drive = _drives[k];
                int current = _engine.ChannelCurrent(k);
                if (current != drive.Current)
                {
                    drive.Current = current;
                    _guard.Drive(drive.Channel, drive.CodeFor(current), _clock.Now);
                }
            }

            if (_waitClock != 0 && _engine.HasReached(_waitStep))
            {
                long latency = _clock.Now - _waitClock;
                _waitClock = 0;
                _latencies++;
                _latencySum += latency;
                LongestLatency = latency > LongestLatency ? latency : LongestLatency;
            }

            // What waits for an answer does not wait for the sense of a channel.
            long left = _waitClock != 0 ? 0 : next - _clock.Now;

            // A spike that still waits on the board is no silence.
            _guard.Turn(_seenUntil, _engine.Time, left <= 0 ? 0 : left >= MostReadings * _readTime ? MostReadings
                : (int)(left / _readTime));
            if (_guard.Suspects != _suspects)
            {
                WatchOthers(!_suspects);
            }
        }

        /// <summary>Fills in the counters of the channels.</summary>
        /// <param name="values">Receives them, by <see cref="CounterIndex" />.</param>
        internal void Fill(long[] values)
        {
            values[CounterIndex.ChannelSpikes] = Spikes;
            values[CounterIndex.ChannelLate] = Late;
            values[CounterIndex.ChannelMissed] = _bank.Board == null ? 0 : _bank.Board.Missed - _missedBefore;
            values[CounterIndex.StreamDrops] = _bank.Board == null ? 0 : _bank.Board.DroppedSamples - _droppedBefore;
            values[CounterIndex.DriveWrites] = _bank.Writes - _writesBefore;
            values[CounterIndex.SpikeResolution] = _bank.Board == null ? 0 : _bank.Board.Resolution;
            values[CounterIndex.LongestLook] = LongestLook;
            values[CounterIndex.MeanLook] = _looks == 0 ? 0 : (_lookSum + (_looks >> 1)) / _looks;
            values[CounterIndex.LongestLatency] = LongestLatency;
            values[CounterIndex.MeanLatency] = _latencies == 0 ? 0 : (_latencySum + (_latencies >> 1)) / _latencies;
            values[CounterIndex.Latches] = _findings.TotalLatches - _latchesBefore;
        }

        // A drive that reaches another neuron than it should shows at an input that the network does not use.
        private void WatchOthers(bool watched)
        {
            _suspects = watched;
            for (int k = 0; k < _bank.Count; k++)
            {
                if (_bank.Channels[k].Place < 0)
                {
                    _bank.Board.Watch(k, watched);
                }
            }
        }

        private void Enter(int number, long seen, long now)
        {
            if (number < 0 || number >= _bank.Count)
            {
                return;
            }

            // One that the network does not use should not fire: the guard wants to know.
            ChannelState channel = _bank.Channels[number];
            _guard.Fired(channel, seen, now);
            if (channel.Place < 0 || channel.State == GuardState.Off)
            {
                return;
            }

            long time = seen + _offset;
            if (time > _end)
            {
                // A run that is behind goes on after its time, with the neurons of the board as they are then.
                return;
            }

            if (time < _engine.Time)
            {
                if (_engine.Time - time > _engine.Step)
                {
                    Late++;
                }

                time = _engine.Time;
            }

            _engine.ChannelSpike(channel.Place, time);
            Spikes++;
            if (_waitClock == 0)
            {
                // Charge acts at the end of the step in which it arrives.
                int step = _engine.Step;
                _waitClock = seen;
                _waitStep = ((time / step) + 1) * step;
            }
        }
    }
}
