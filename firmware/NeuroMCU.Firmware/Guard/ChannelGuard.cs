// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>
    /// Watches the neuron channels of a run, each by itself. One whose expected spike is overdue is not driven for a moment and then driven
    /// again, and what it does then says what is wrong; one that is of no use is left undriven, while the others go on undisturbed.
    /// </summary>
    /// <remarks>
    /// Silence alone has many causes. A latched thyristor fires once more when it is driven again. A shorted one conducts at
    /// once, where a sound one charges its membrane first. One whose spike input is dead shows spikes on its sense. One that gets no
    /// current shows nothing; when all do so at once, the board has no supply. Near the onset a sound neuron may be silent: nothing is
    /// said of it there. Here is decided which channel is looked at when; <see cref="ReleaseTrial" /> and <see cref="CommonCauses" />
    /// judge, <see cref="GuardTable" /> says which state follows which.
    /// </remarks>
    internal sealed class ChannelGuard
    {
        // Between two readings where something is suspected, and where nothing is.
        private const int SuspectInterval = 1000;
        private const int RoundInterval = 4000;

        // A loop that never has time for a reading makes one after so long all the same.
        private const int PatientTime = 12000;

        // From so many channels on a round reads two.
        private const int ManyChannels = 4;

        // One round in so many reads the channels that are not driven.
        private const int UndrivenRounds = 8;

        // Readings of a round that follow at once where the first one shows a current.
        private const int MoreReadings = 3;

        // A discharge lasts for less than this.
        private const int DischargeTime = 2000;

        private readonly ChannelBank _bank;
        private readonly ChannelState[] _channels;
        private readonly ChannelFindings _findings;
        private readonly SenseReader _senses;
        private readonly CommonCauses _causes;
        private readonly ReleaseTrial _trial;
        private long _lastReading;
        private long _nextRound;
        private long _rateEnd;
        private int _next;
        private int _suspect;
        private int _round;

        internal ChannelGuard(ChannelBank bank, ChannelFindings findings)
        {
            _bank = bank;
            _channels = bank.Channels;
            _findings = findings;
            _senses = new SenseReader(bank, findings);
            _causes = new CommonCauses(bank, findings);
            _trial = new ReleaseTrial(bank, findings, _senses, _causes);
        }

        /// <summary>Gets a value indicating whether a channel is under suspicion: what drives it may reach another one, so that the
        /// inputs of all are of interest.</summary>
        internal bool Suspects
        {
            get
            {
                ChannelState[] channels = _channels;
                for (int k = 0; k < channels.Length; k++)
                {
                    if (channels[k].Spikes.Undriven > 0 || channels[k].IsOnTrial)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Reads what the drive tables of a network say of its channels.</summary>
        internal void Learn(ChannelTable[] tables)
        {
            for (int k = 0; k < _channels.Length; k++)
            {
                _channels[k].Range.Forget();
            }

            for (int t = 0; t < tables.Length; t++)
            {
                if (tables[t].Channel < _channels.Length)
                {
                    _channels[tables[t].Channel].Range.Learn(tables[t]);
                }
            }
        }

        /// <summary>Prepares for a run: every channel is watched, and read without drive.</summary>
        /// <param name="time">Network time in µs.</param>
        internal void Start(long now, long time)
        {
            _lastReading = now;
            _nextRound = now;
            _rateEnd = now + SpikeWatch.RateTime;
            _next = 0;
            _suspect = 0;
            _round = 0;
            _findings.Time = time;
            _bank.Slack.Start(now);
            for (int k = 0; k < _channels.Length; k++)
            {
                _channels[k].Start(now, now - ReleaseTrial.ForgiveTime);
                _senses.ReadOffset(_channels[k]);
            }
        }

        /// <summary>Notes a spike, also of a channel that the network does not use.</summary>
        /// <param name="now">Time in µs at which it came, as far as its input knows.</param>
        /// <param name="seen">Time in µs of the look that saw it.</param>
        internal void Fired(ChannelState channel, long now, long seen)
        {
            int state = channel.State;
            channel.Seen = seen;
            channel.Spikes.Fired(now, state <= GuardState.Quiet);
            channel.Rates.Fired(channel.Spikes.Code, now);
            channel.Sense.Forget();
            channel.ShowsNothing = false;
            channel.QuietUpTo = int.MaxValue;
            if (channel.IsOnTrial)
            {
                _trial.Fired(channel, now);
                return;
            }

            channel.LateSpikes = 0;
            if (state != GuardState.Watched)
            {
                channel.Enter(GuardEvent.Spike);
            }
        }

        /// <summary>Drives a channel, unless it is being released or is off; then the code waits.</summary>
        internal void Drive(ChannelState channel, int code, long now)
        {
            SpikeWatch spikes = channel.Spikes;
            if (code < spikes.Code)
            {
                channel.Sense.Lower();
            }

            channel.Rates.Drive(spikes.Code, code, now, spikes.Range.Limit);
            spikes.Drive(code, now);
            if (code > channel.QuietUpTo)
            {
                channel.QuietUpTo = int.MaxValue;
                spikes.Restart(now);
                channel.Enter(GuardEvent.DrivenHarder);
            }

            if (channel.State == GuardState.Retried)
            {
                ReleaseTrial.LowerDrive(channel, code);
            }

            if (channel.IsDriven)
            {
                _bank.Drive(channel, code);
            }
        }

        /// <summary>Looks after the channels: ends releases that are due, reads senses, judges.</summary>
        /// <param name="time">Network time in µs.</param>
        /// <param name="readings">Readings that delay nothing: fewer where the next step of the network is near, none while a spike
        /// waits for its answer.</param>
        internal void Turn(long now, long time, int readings)
        {
            _findings.Time = time;
            _senses.Left = readings;
            _bank.Slack.Turn(now);
            ChannelState[] channels = _channels;
            for (int k = 0; k < channels.Length; k++)
            {
                SenseWatch sense = channels[k].Sense;
                if (sense.Fell)
                {
                    sense.Confirm();
                }
            }

            if (now >= _rateEnd)
            {
                _rateEnd = now + SpikeWatch.RateTime;
                JudgeRates();
            }

            for (int k = 0; k < channels.Length; k++)
            {
                ChannelState channel = channels[k];
                if (channel.Spikes.Undriven >= SpikeWatch.UndrivenSpikes && channel.State != GuardState.Off)
                {
                    _causes.JudgeUndriven(channel, now);
                }

                if (channel.IsReleased && now >= channel.Until && (readings >= ReleaseTrial.Readings || now >= channel.Until + PatientTime))
                {
                    _trial.EndRelease(channel, now);
                    return;
                }
            }

            if (now - _lastReading < (readings > 0 ? SuspectInterval : PatientTime))
            {
                return;
            }

            ChannelState suspect = NextSuspect(now);
            if (suspect != null)
            {
                Look(suspect, now);
            }
            else if (now >= _nextRound)
            {
                _nextRound = now + RoundInterval;
                for (int n = 0; n < (channels.Length < ManyChannels ? 1 : 2); n++)
                {
                    ChannelState channel = n == 0 || _senses.Left > 0 ? NextOfRound() : null;
                    if (channel != null)
                    {
                        Look(channel, now);
                    }
                }
            }
        }

        // One that fires as no neuron can, the last one of them at a time.
        private void JudgeRates()
        {
            ChannelState found = null;
            for (int k = 0; k < _channels.Length; k++)
            {
                SpikeWatch spikes = _channels[k].Spikes;
                found = spikes.Counted > SpikeWatch.ImpossibleSpikes ? _channels[k] : found;
                spikes.Counted = 0;
            }

            if (found != null && found.State != GuardState.Off)
            {
                _causes.SwitchOff(found, ChannelCondition.Stuck, 0);
            }
        }

        private ChannelState NextSuspect(long now)
        {
            for (int n = 0; n < _channels.Length; n++)
            {
                _suspect = _suspect + 1 < _channels.Length ? _suspect + 1 : 0;
                ChannelState channel = _channels[_suspect];
                if (channel.State == GuardState.Retried || (MayBeOverdue(channel) && now >= SuspectedFrom(channel)))
                {
                    return channel;
                }
            }

            return null;
        }

        private static bool MayBeOverdue(ChannelState channel)
            => channel.State == GuardState.Watched && channel.Spikes.MostSilence() != 0;

        private static long SuspectedFrom(ChannelState channel)
            => channel.Spikes.Due() - (channel.Spikes.MostSilence() >> 2);

        private ChannelState NextOfRound()
        {
            for (int n = 0; n < _channels.Length; n++)
            {
                if (++_next >= _channels.Length)
                {
                    _next = 0;
                    _round = _round + 1 < UndrivenRounds ? _round + 1 : 0;
                }

                ChannelState channel = _channels[_next];
                bool idle = channel.State == GuardState.Off || channel.Wanted == 0;
                if (!channel.Sense.IsBlind && (!idle || _round == 0))
                {
                    return channel;
                }
            }

            return null;
        }

        private void Look(ChannelState channel, long now)
        {
            _lastReading = now;
            SenseWatch sense = channel.Sense;
            bool suspect = channel.State == GuardState.Retried || now >= SuspectedFrom(channel);
            _senses.Add(channel, now, suspect, false);
            for (int n = 0; n < MoreReadings && _senses.Left > 0 && !suspect
                && sense.Last > (n == 0 ? SenseWatch.OnRise : SenseWatch.SpikeRise); n++)
            {
                // A current that shows is read again at once: noise falls, a leak does not, and no spike lasts.
                _senses.Add(channel, now, false, true);
            }

            if (!suspect && channel.Spikes.Due() != long.MaxValue)
            {
                sense.NoteLeak();
            }

            sense.EndLook(now - channel.Seen < DischargeTime);
            _senses.Judge(channel);
            if (channel.State == GuardState.Retried)
            {
                _trial.Judge(channel, now);
            }
            else if (MayBeOverdue(channel) && now >= channel.Spikes.Due())
            {
                _trial.Suspect(channel, now);
            }
        }
    }
}
