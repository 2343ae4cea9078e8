// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>
    /// Watches the neuron channels of a run, each by itself. One that owes a spike is not driven for a moment and then driven again, and what
    /// it does then says what is wrong; one that is of no use is left undriven, while the others go on undisturbed.
    /// </summary>
    /// <remarks>
    /// Silence alone has many causes. A latched thyristor fires once more when it is driven again. A shorted one conducts at
    /// once, where a sound one charges its membrane first. One whose spike input is dead shows spikes on its sense. One that gets no current shows
    /// nothing; when all do so at once, the board has no supply. Near the onset a sound neuron may be silent: nothing is said of it there.
    /// <see cref="SpikeWatch" /> knows when spikes are due, <see cref="SenseWatch" /> what the sense shows, <see cref="FiringRange" /> where silence is a fault.
    /// </remarks>
    public sealed partial class ChannelGuard
    {
        private const int Watching = 0;
        private const int Releasing = 1;
        private const int Proving = 2;
        private const int Off = 3;

        /// <summary>Readings of each channel's sense before a run, without drive.</summary>
        public const int FirstReadings = 4;

        // Between two readings where something is suspected, and where nothing is.
        private const int SuspectInterval = 1000;
        private const int RoundInterval = 4000;

        // A loop that never has time for a reading takes one after so long all the same.
        private const int PatientTime = 12000;

        // From so many channels on a round reads two.
        private const int ManyChannels = 4;

        // One round in so many reads the channels that are not driven.
        private const int UndrivenRounds = 8;

        // Readings of a round that follow at once where the first one shows a current.
        private const int MoreReadings = 3;

        // Without drive a thyristor of 0.1 uF opens within 1 ms. A full membrane leaks for longer, six times 5 ms at most; the reset, which
        // boards share among channels, is only for what goes on even then.
        private const int ReleaseTime = 5000;
        private const int MostWaits = 5;
        private const int PressTime = 20000;

        // Right after it is driven again: within 1 ms, when a short conducts all of the drive and a sound membrane of 0.1 uF leaks a fifth of it.
        private const int AtOnceReadings = 4;

        // One before the drive is given back and those after it.
        private const int ReleaseReadings = 1 + AtOnceReadings;

        // Where a sound neuron may be as late by itself, it is latched when so many spikes in a row have each come only after a release.
        private const int DoubtfulLatches = 3;

        // Mean in codes from which on a current flows, although single readings may not show it.
        private const int FaintRise = 6;

        // Readings after which a release is worth its while.
        private const int FewReadings = 8;

        // A discharge lasts for less than this.
        private const int DischargeTime = 2000;

        // What concerns more than one channel waits so long for the others to show themselves.
        private const int OthersTime = 400000;
        private const int SwappedTime = 50000;

        // More latches than this within the time below, and the channel stays off.
        private const int MostLatches = 3;
        private const long ForgiveTime = 10000000;

        private readonly ChannelBank _bank;
        private readonly ChannelNews _news;
        private readonly FiringRange _range;
        private readonly SpikeWatch _spikes;
        private readonly SenseWatch _sense;
        private readonly int[] _states;
        private readonly int[] _wanted;
        private readonly int[] _quietAt;
        private readonly bool[] _dark;
        private readonly bool[] _surely;
        private readonly bool[] _pressed;
        private readonly int[] _waits;
        private readonly long[] _until;
        private readonly long[] _provedFrom;
        private readonly long[] _sureFrom;
        private readonly int[] _provedAt;
        private readonly int[] _atOnce;
        private readonly int[] _doubts;
        private readonly int[] _latches;
        private readonly long[] _lastLatch;
        private readonly long[] _seen;
        private long _lastReading;
        private long _nextRound;
        private long _time;
        private int _next;
        private int _suspect;
        private int _round;
        private int _readings;

        /// <summary>Initializes a new instance of the <see cref="ChannelGuard" /> class.</summary>
        /// <param name="bank">The channels.</param>
        /// <param name="news">Is told what is found.</param>
        public ChannelGuard(ChannelBank bank, ChannelNews news)
        {
            _bank = bank;
            _news = news;
            _range = new FiringRange(bank.Board);
            _spikes = new SpikeWatch(bank.Count, _range);
            _sense = new SenseWatch(bank.Count);
            _states = new int[bank.Count];
            _wanted = new int[bank.Count];
            _quietAt = new int[bank.Count];
            _dark = new bool[bank.Count];
            _surely = new bool[bank.Count];
            _pressed = new bool[bank.Count];
            _waits = new int[bank.Count];
            _until = new long[bank.Count];
            _provedFrom = new long[bank.Count];
            _sureFrom = new long[bank.Count];
            _provedAt = new int[bank.Count];
            _atOnce = new int[bank.Count];
            _doubts = new int[bank.Count];
            _latches = new int[bank.Count];
            _lastLatch = new long[bank.Count];
            _seen = new long[bank.Count];
        }

        /// <summary>Gets a value indicating whether a channel is under suspicion: what drives it may reach another one, so that the inputs of all are of interest.</summary>
        public bool Suspects
        {
            get
            {
                for (int k = 0; k < _states.Length; k++)
                {
                    if (_states[k] == Releasing || _states[k] == Proving || _spikes.UndrivenOf(k) > 0)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Takes what the drive tables of a network say of its channels.</summary>
        /// <param name="tables">The tables.</param>
        public void Learn(ChannelTable[] tables)
        {
            _range.Learn(tables);
        }

        /// <summary>Prepares for a run: every channel is watched, and read without drive.</summary>
        /// <param name="now">Time in µs.</param>
        /// <param name="time">Network time in µs.</param>
        public void Start(long now, long time)
        {
            _lastReading = now;
            _nextRound = now;
            _time = time;
            _next = 0;
            _suspect = 0;
            _round = 0;
            _spikes.Start(now);
            _news.Tally.Start(now);
            for (int k = 0; k < _states.Length; k++)
            {
                _states[k] = Watching;
                _wanted[k] = 0;
                _quietAt[k] = int.MaxValue;
                _dark[k] = false;
                _pressed[k] = false;
                _doubts[k] = 0;
                _latches[k] = 0;
                _seen[k] = now;
                _lastLatch[k] = now - ForgiveTime;
                _news.Clear(k);
                _sense.Start(k, 0);
                ReadOffset(k);
            }
        }

        /// <summary>Tells whether spikes of a channel are to be believed.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>False for one that is off.</returns>
        public bool Believes(int channel)
        {
            return _states[channel] != Off;
        }

        /// <summary>Notes a spike, also of a channel that the network does not use.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs at which it came, as far as its input knows.</param>
        /// <param name="seen">Time in µs of the look that saw it.</param>
        public void Fired(int channel, long now, long seen)
        {
            int state = _states[channel];
            _seen[channel] = seen;
            _spikes.Fired(channel, now, state == Watching);
            _news.Tally.Fired(channel, now);
            _sense.Forget(channel);
            _dark[channel] = false;
            _quietAt[channel] = int.MaxValue;
            if (state == Releasing)
            {
                // It came before the drive was taken away, and was only seen now.
                Watch(channel);
                _bank.Drive(channel, _wanted[channel]);
            }
            else if (state == Proving)
            {
                Watch(channel);

                // Near its onset a sound neuron may have been late by itself: it is as late again, or its drive has risen.
                bool doubtful = _wanted[channel] <= _provedAt[channel] && now < _until[channel];
                _doubts[channel] = doubtful ? _doubts[channel] + 1 : 0;
                if (_surely[channel] || _doubts[channel] >= DoubtfulLatches)
                {
                    Latched(channel, now);
                }
            }
            else
            {
                _doubts[channel] = 0;
            }
        }

        /// <summary>Drives a channel, unless it is being released or is off; then the code waits.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <param name="now">Time in µs.</param>
        public void Drive(int channel, int code, long now)
        {
            if (code < _wanted[channel])
            {
                _sense.Lower(channel);
            }

            _wanted[channel] = code;
            _spikes.Drive(channel, code, now);
            _news.Tally.Drive(channel, code, now, _bank.Board.MaxCode(channel));
            if (code > _quietAt[channel])
            {
                _quietAt[channel] = int.MaxValue;
                _spikes.Restart(channel, now);
            }

            if (_states[channel] == Proving && (_range.IsSilent(channel, code) || code < _provedAt[channel] - (_provedAt[channel] >> 2)))
            {
                // What flows now cannot be held against what flowed at once.
                Abandon(channel);
            }

            if (_states[channel] == Watching || _states[channel] == Proving)
            {
                _bank.Drive(channel, code);
            }
        }

        /// <summary>Looks after the channels: ends releases that are due, reads senses, judges.</summary>
        /// <param name="now">Time in µs.</param>
        /// <param name="time">Network time in µs.</param>
        /// <param name="readings">Readings that delay nothing: fewer where the next step of the network is near, none while a spike waits for its answer.</param>
        public void Turn(long now, long time, int readings)
        {
            _time = time;
            _readings = readings;
            _spikes.Turn(now);
            for (int k = 0; k < _states.Length; k++)
            {
                _sense.Confirm(k);
            }

            int wild = _spikes.Impossible(now);
            if (wild >= 0 && _states[wild] != Off)
            {
                Disable(wild, ChannelCondition.Stuck, 0);
            }

            for (int k = 0; k < _states.Length; k++)
            {
                if (_spikes.FiresUndriven(k) && _states[k] != Off)
                {
                    FiresUndriven(k, now);
                }

                if (_states[k] == Releasing && now >= _until[k] && (readings >= ReleaseReadings || now >= _until[k] + PatientTime))
                {
                    EndRelease(k, now);
                    return;
                }
            }

            if (now - _lastReading < (readings > 0 ? SuspectInterval : PatientTime))
            {
                return;
            }

            int channel = NextSuspect(now);
            if (channel >= 0)
            {
                Look(channel, now);
            }
            else if (now >= _nextRound)
            {
                _nextRound = now + RoundInterval;
                for (int n = 0; n < (_states.Length < ManyChannels ? 1 : 2); n++)
                {
                    channel = n == 0 || _readings > 0 ? NextOfRound() : -1;
                    if (channel >= 0)
                    {
                        Look(channel, now);
                    }
                }
            }
        }

        private int NextSuspect(long now)
        {
            for (int n = 0; n < _states.Length; n++)
            {
                _suspect = _suspect + 1 < _states.Length ? _suspect + 1 : 0;
                int k = _suspect;
                if (_states[k] == Proving || (Suspected(k) && now >= _spikes.Due(k) - (_spikes.MostSilence(k) >> 2)))
                {
                    return k;
                }
            }

            return -1;
        }

        private bool Suspected(int channel)
        {
            return _states[channel] == Watching && _quietAt[channel] == int.MaxValue && _spikes.MostSilence(channel) != 0;
        }

        private int NextOfRound()
        {
            for (int n = 0; n < _states.Length; n++)
            {
                if (++_next >= _states.Length)
                {
                    _next = 0;
                    _round = _round + 1 < UndrivenRounds ? _round + 1 : 0;
                }

                bool idle = _states[_next] == Off || _wanted[_next] == 0;
                if (!_sense.IsBlind(_next) && (!idle || _round == 0))
                {
                    return _next;
                }
            }

            return -1;
        }

        private void Look(int channel, long now)
        {
            _lastReading = now;
            long suspected = _spikes.Due(channel) - (_spikes.MostSilence(channel) >> 2);
            bool suspect = _states[channel] == Proving || now >= suspected;
            Sense(channel, now, suspect, false);
            for (int n = 0; n < MoreReadings && _readings > 0 && !suspect && _sense.LastOf(channel) > (n == 0 ? SenseWatch.OnRise : SenseWatch.SpikeRise); n++)
            {
                // A current that shows is read again at once: noise falls, a leak does not, and no spike lasts.
                Sense(channel, now, false, true);
            }

            if (!suspect && _spikes.Due(channel) != long.MaxValue)
            {
                _sense.NoteLeak(channel);
            }

            _sense.EndLook(channel, now - _seen[channel] < DischargeTime);
            JudgeSense(channel);
            if (_states[channel] == Proving)
            {
                Prove(channel, now);
            }
            else if (Suspected(channel) && now >= _spikes.Due(channel))
            {
                Suspect(channel, now);
            }
        }

        private void Sense(int channel, long now, bool suspect, bool again)
        {
            int code = _sense.IsBlind(channel) ? -1 : Read(channel);
            _readings--;
            if (code >= 0)
            {
                _sense.Take(channel, code, now, suspect, again && HasRhythm(channel));
            }
        }

        // Without it, it may fire unseen.
        private bool HasRhythm(int channel)
        {
            return _wanted[channel] == 0 || _spikes.Due(channel) != long.MaxValue;
        }

        private void JudgeSense(int channel)
        {
            if (_sense.IsOpen(channel))
            {
                SenseFails(channel, ChannelCondition.SenseOpen, _sense.LastOf(channel));
            }
            else if (_sense.IsNoisy(channel))
            {
                SenseFails(channel, ChannelCondition.SenseNoisy, _sense.LastOf(channel));
            }
        }

        private void Watch(int channel)
        {
            _states[channel] = Watching;
        }

        private void Disable(int channel, int condition, int detail)
        {
            int code = _wanted[channel];
            _states[channel] = Off;
            _news.Tally.Break(channel);
            _bank.Drive(channel, 0);
            _news.Tell(channel, condition, ChannelAction.Disable, code, detail, _time);
        }

        private void SenseFails(int channel, int condition, int detail)
        {
            _sense.Blind(channel);
            _news.Tell(channel, condition, ChannelAction.Told, _bank.CodeOf(channel), detail, _time);
        }

        private void ReadOffset(int channel)
        {
            int lowest = int.MaxValue;
            int high = 0;
            for (int n = 0; n < FirstReadings; n++)
            {
                int code = Read(channel);
                if (code < 0)
                {
                    _sense.Blind(channel);
                    return;
                }

                lowest = code < lowest ? code : lowest;
                high += code > SenseWatch.MostOffset ? 1 : 0;
            }

            if (high > FirstReadings / 2)
            {
                SenseFails(channel, ChannelCondition.SenseOpen, lowest);
                return;
            }

            _sense.Start(channel, lowest);
        }

        private int Read(int channel)
        {
            try
            {
                return _bank.Sense(channel);
            }
#pragma warning disable CA1031 // A sense that fails endangers nothing: the run goes on without it.
            catch (Exception)
#pragma warning restore CA1031
            {
                SenseFails(channel, ChannelCondition.SenseFailed, -1);
                return -1;
            }
        }
    }
}
