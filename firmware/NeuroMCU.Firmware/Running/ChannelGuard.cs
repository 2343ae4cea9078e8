// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Running
{
    /// <summary>
    /// Watches the neuron channels of a run, each by itself: a thyristor that stays on is released and driven again; one that does so again
    /// and again, is shorted, or whose spike input makes no sense, is left undriven, while the others go on undisturbed.
    /// </summary>
    /// <remarks>
    /// What is sensed is the voltage over the load resistor: up to drive times load while the thyristor leaks or is on, and for a fraction of
    /// a millisecond the spike. A neuron that is silent below its onset leaks all of its drive and reads as one that is latched: so only a
    /// channel that should fire, because it did so at this drive, is taken for latched when it is silent and every reading is above
    /// <see cref="OnRise" />. Where the load is too small to be read, a longer silence is enough.
    /// </remarks>
    public sealed class ChannelGuard
    {
        /// <summary>Codes above its reading without drive at which a channel conducts: some 30 mV, above offset and noise.</summary>
        public const int OnRise = 40;

        /// <summary>Readings in a row that have to agree.</summary>
        public const int LatchedReadings = 4;

        /// <summary>A reading without drive above this, some 0.2 V, does not come from a neuron: the sense's wire is open.</summary>
        public const int MostOffset = 250;

        private const int Watching = 0;
        private const int Releasing = 1;
        private const int Off = 2;

        // Longer than a discharge with its release (3 ms at 0.1 uF); bursts with a plateau below this are let be.
        private const long LatchTime = 50000;

        // Silence at a drive that made the channel fire before, where the sense cannot tell.
        private const long SilentTime = 500000;

        // Between two readings: a reading costs 0.25 ms of the turn.
        private const long ReadingInterval = 4000;

        // Above the level of a thyristor that is on: the voltage of a spike, some 0.3 V.
        private const int SpikeRise = 400;

        // So many readings in a row at the voltage of a spike do not come from a neuron.
        private const int SteadyReadings = 32;

        // So many intervals without a spike.
        private const int SilentIntervals = 4;

        // Ten time constants of the largest membrane over the reset switch.
        private const long PressTime = 20000;

        // More latches than this within the time below, and the channel stays off.
        private const int MostLatches = 3;
        private const long ForgiveTime = 10000000;

        // A thyristor neuron reaches 1 kHz; over 50 ms these are more.
        private const int ImpossibleSpikes = 150;
        private const long RateTime = 50000;

        private readonly ChannelBank _bank;
        private readonly ChannelNews _news;
        private readonly int[] _states;
        private readonly int[] _wanted;
        private readonly int[] _offsets;
        private readonly bool[] _blind;
        private readonly int[] _high;
        private readonly int[] _steadyHigh;
        private readonly int[] _steadySpikes;
        private readonly long[] _interval;
        private readonly int[] _peaks;
        private readonly int[] _sensed;
        private readonly int[] _latches;
        private readonly int[] _since;
        private readonly long[] _lastSpike;
        private readonly long[] _lastLatch;
        private readonly long[] _until;
        private readonly int[] _firedAt;
        private readonly int[] _rate;
        private long _rateEnd;
        private long _nextReading;
        private int _next;

        /// <summary>Initializes a new instance of the <see cref="ChannelGuard" /> class.</summary>
        /// <param name="bank">The channels.</param>
        /// <param name="news">Is told what is found.</param>
        public ChannelGuard(ChannelBank bank, ChannelNews news)
        {
            _bank = bank;
            _news = news;
            _states = new int[bank.Count];
            _wanted = new int[bank.Count];
            _offsets = new int[bank.Count];
            _blind = new bool[bank.Count];
            _high = new int[bank.Count];
            _steadyHigh = new int[bank.Count];
            _steadySpikes = new int[bank.Count];
            _interval = new long[bank.Count];
            _peaks = new int[bank.Count];
            _sensed = new int[bank.Count];
            _latches = new int[bank.Count];
            _since = new int[bank.Count];
            _lastSpike = new long[bank.Count];
            _lastLatch = new long[bank.Count];
            _until = new long[bank.Count];
            _firedAt = new int[bank.Count];
            _rate = new int[bank.Count];
        }

        /// <summary>Prepares for a run: every channel is watched, and read once without drive.</summary>
        /// <param name="now">Time in µs.</param>
        /// <param name="time">Network time in µs.</param>
        public void Start(long now, long time)
        {
            _rateEnd = now + RateTime;
            _nextReading = now;
            _next = 0;
            for (int k = 0; k < _states.Length; k++)
            {
                _states[k] = Watching;
                _wanted[k] = 0;
                _high[k] = 0;
                _steadyHigh[k] = 0;
                _steadySpikes[k] = 0;
                _interval[k] = 0;
                _peaks[k] = 0;
                _sensed[k] = 0;
                _latches[k] = 0;
                _since[k] = 0;
                _lastSpike[k] = now;
                _lastLatch[k] = now - ForgiveTime;
                _firedAt[k] = int.MaxValue;
                _rate[k] = 0;
                _blind[k] = false;
                _news.Clear(k);
                int code = Read(k, time);
                _offsets[k] = code < 0 ? 0 : code;
                if (code > MostOffset)
                {
                    _blind[k] = true;
                    _news.Tell(k, ChannelCondition.SenseFailed, ChannelAction.Told, 0, code, time);
                }
            }
        }

        /// <summary>Tells whether spikes of a channel are to be believed.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>False for one that is off.</returns>
        public bool Believes(int channel)
        {
            return _states[channel] != Off;
        }

        /// <summary>Notes a spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs of the turn.</param>
        public void Fired(int channel, long now)
        {
            _interval[channel] = now - _lastSpike[channel];
            _lastSpike[channel] = now;
            _high[channel] = 0;
            _peaks[channel] = 0;
            _steadySpikes[channel]++;
            _rate[channel]++;
            _since[channel]++;
            int code = _bank.CodeOf(channel);
            if (_since[channel] >= 3 && code > 0 && code < _firedAt[channel])
            {
                _firedAt[channel] = code;
            }
        }

        /// <summary>Drives a channel, unless it is being released or is off; then the code waits.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        public void Drive(int channel, int code)
        {
            if (code != _wanted[channel])
            {
                _steadySpikes[channel] = 0;
            }

            _wanted[channel] = code;
            if (_states[channel] == Watching)
            {
                _bank.Drive(channel, code);
            }
        }

        /// <summary>Looks after the channels: ends releases that are due, reads one sense, judges.</summary>
        /// <param name="now">Time in µs.</param>
        /// <param name="time">Network time in µs.</param>
        public void Turn(long now, long time)
        {
            if (now >= _rateEnd)
            {
                JudgeRates(time);
                _rateEnd = now + RateTime;
            }

            if (now < _nextReading)
            {
                return;
            }

            _nextReading = now + ReadingInterval;
            int channel = _next;
            _next = channel + 1 < _states.Length ? channel + 1 : 0;
            if (_states[channel] == Watching)
            {
                Look(channel, now, time);
            }
            else if (_states[channel] == Releasing && now >= _until[channel])
            {
                Resume(channel, now, time);
            }
        }

        private void Look(int channel, long now, long time)
        {
            int code = _bank.CodeOf(channel);
            bool seen = false;
            if (!_blind[channel])
            {
                int sensed = Read(channel, time);
                seen = sensed >= 0;
                _sensed[channel] = sensed;
                bool high = sensed > _offsets[channel] + OnRise;
                _peaks[channel] += sensed > _offsets[channel] + SpikeRise ? 1 : 0;
                _high[channel] = high ? _high[channel] + 1 : 0;
                _steadyHigh[channel] = sensed > _offsets[channel] + SpikeRise ? _steadyHigh[channel] + 1 : 0;
                if (_steadyHigh[channel] >= SteadyReadings)
                {
                    _blind[channel] = true;
                    _news.Tell(channel, ChannelCondition.SenseFailed, ChannelAction.Told, code, sensed, time);
                }
            }

            if (code == 0)
            {
                _lastSpike[channel] = now;
                return;
            }

            long silent = now - _lastSpike[channel];
            if (silent < LatchTime || silent < SilentIntervals * _interval[channel] || !ShouldFire(channel, code))
            {
                return;
            }

            if (_high[channel] >= LatchedReadings)
            {
                Latched(channel, code, now, time);
            }
            else if (silent >= SilentTime)
            {
                Silent(channel, code, seen, now, time);
            }
        }

        // It fired at this drive, or at one clearly below: near the onset a part may fire or not, as it came there. Above three quarters of
        // the limit every part that is any good fires.
        private bool ShouldFire(int channel, int code)
        {
            if (_steadySpikes[channel] >= 3 || code - (code >> 3) > _firedAt[channel])
            {
                return true;
            }

            return _firedAt[channel] == int.MaxValue && code >= _bank.Board.MaxCode(channel) - (_bank.Board.MaxCode(channel) >> 2);
        }

        // Silent at a drive at which it fired before, and not at the level of a thyristor that is on, as far as can be seen.
        private void Silent(int channel, int code, bool seen, long now, long time)
        {
            if (seen && _peaks[channel] >= LatchedReadings)
            {
                // Its spikes show on the sense: it is the input that does not see them.
                Disable(channel, ChannelCondition.Stuck, code, 0, time);
            }
            else if (_since[channel] > 0)
            {
                Latched(channel, code, now, time);
            }
            else
            {
                _lastSpike[channel] = now;
                if (_news.ConditionOf(channel) != ChannelCondition.Open)
                {
                    _news.Tell(channel, ChannelCondition.Open, ChannelAction.Told, code, _sensed[channel], time);
                }
            }
        }

        private void Latched(int channel, int code, long now, long time)
        {
            if (now - _lastLatch[channel] > ForgiveTime)
            {
                _latches[channel] = 0;
            }

            _latches[channel]++;
            _lastLatch[channel] = now;
            if (_latches[channel] > MostLatches)
            {
                // One that never fired between two releases is no thyristor any more.
                bool shorted = _since[channel] == 0;
                Disable(channel, shorted ? ChannelCondition.Shorted : ChannelCondition.Disabled, code, shorted ? _sensed[channel] : _latches[channel], time);
                return;
            }

            _news.Tell(channel, ChannelCondition.Latched, ChannelAction.Release, code, _sensed[channel], time);
            _states[channel] = Releasing;
            _until[channel] = now + PressTime;
            _bank.Drive(channel, 0);
            _bank.Press(channel, now + PressTime);
        }

        private void Resume(int channel, long now, long time)
        {
            int sensed = _blind[channel] ? -1 : Read(channel, time);
            _high[channel] = 0;
            _steadyHigh[channel] = 0;
            _since[channel] = 0;
            _lastSpike[channel] = now;
            _states[channel] = Watching;
            if (sensed > _offsets[channel] + OnRise)
            {
                // Without drive and with its membrane emptied nothing can flow: what is read does not come from the neuron.
                _blind[channel] = true;
                _news.Tell(channel, ChannelCondition.SenseFailed, ChannelAction.Resume, _wanted[channel], sensed, time);
            }
            else
            {
                _news.Tell(channel, ChannelCondition.Latched, ChannelAction.Resume, _wanted[channel], sensed, time);
            }

            _bank.Drive(channel, _wanted[channel]);
        }

        private void JudgeRates(long time)
        {
            for (int k = 0; k < _rate.Length; k++)
            {
                if (_rate[k] > ImpossibleSpikes && _states[k] != Off)
                {
                    Disable(k, ChannelCondition.Stuck, _bank.CodeOf(k), _rate[k], time);
                }

                _rate[k] = 0;
            }
        }

        private void Disable(int channel, int condition, int code, int detail, long time)
        {
            _states[channel] = Off;
            _bank.Drive(channel, 0);
            _news.Tell(channel, condition, ChannelAction.Disable, code, detail, time);
        }

        private int Read(int channel, long time)
        {
            try
            {
                return _bank.Sense(channel);
            }
#pragma warning disable CA1031 // A sense that fails endangers nothing: the run goes on without it.
            catch (Exception)
#pragma warning restore CA1031
            {
                _blind[channel] = true;
                _news.Tell(channel, ChannelCondition.SenseFailed, ChannelAction.Told, _bank.CodeOf(channel), -1, time);
                return -1;
            }
        }
    }
}
