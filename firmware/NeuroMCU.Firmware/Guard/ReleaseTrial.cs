// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Channels;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>What is done with a channel whose expected spike is overdue: it is released, driven again, and what it does then is the
    /// verdict.</summary>
    internal sealed class ReleaseTrial
    {
        // Right after it is driven again: within 1 ms, when a short conducts all of the drive and a sound membrane of 0.1 uF leaks a
        // fifth of it.
        private const int AtOnceReadings = 4;

        /// <summary>Readings at the end of a release: one before the drive is given back and those after it.</summary>
        internal const int Readings = 1 + AtOnceReadings;

        // Without drive a thyristor of 0.1 uF opens within 1 ms. A full membrane leaks for longer, six times 5 ms at most; the reset, which
        // boards share among channels, is only for what goes on even then.
        private const int ReleaseTime = 5000;
        private const int MostWaits = 5;
        private const int PressTime = 20000;

        // Where a sound neuron may be as late by itself, it is latched when so many spikes in a row have each come only after a release.
        private const int DoubtfulLatches = 3;

        // Mean in codes from which on a current flows, although single readings may not show it.
        private const int FaintRise = 6;

        // Readings after which a release is worth its while.
        private const int FewReadings = 8;

        // More latches than this within the time, and the channel stays off.
        private const int MostLatches = 3;
        internal const long ForgiveTime = 10000000;

        private readonly ChannelBank _bank;
        private readonly ChannelFindings _findings;
        private readonly SenseReader _senses;
        private readonly CommonCauses _causes;

        internal ReleaseTrial(ChannelBank bank, ChannelFindings findings, SenseReader senses, CommonCauses causes)
        {
            _bank = bank;
            _findings = findings;
            _senses = senses;
            _causes = causes;
        }

        /// <summary>Handles a watched channel whose expected spike is overdue.</summary>
        internal void Suspect(ChannelState channel, long now)
        {
            SenseWatch sense = channel.Sense;
            if (!sense.IsBlind && sense.Readings < FewReadings)
            {
                return;
            }

            if (sense.ShowsSpikes)
            {
                _causes.SwitchOff(channel, ChannelCondition.SpikesUnseen, sense.Last);
                return;
            }

            channel.ShowsNothing = sense.ShowsNothing(FewReadings);
            if (channel.ShowsNothing && _causes.LacksSupply())
            {
                return;
            }

            if (now - channel.LastLatch > ForgiveTime)
            {
                channel.Latches = 0;
            }

            if (channel.Latches >= MostLatches)
            {
                _causes.SwitchOff(channel, ChannelCondition.Disabled, channel.Latches + 1);
                return;
            }

            channel.Enter(GuardEvent.Overdue);
            channel.Until = now + ReleaseTime;
            channel.Waits = 0;
            channel.RetriedAt = channel.Wanted;
            channel.HadToFire = channel.Spikes.MustFire;
            channel.Rates.Break();
            _bank.Drive(channel, 0);
        }

        /// <summary>Goes on when the time of a release is over: drives the channel again, unless a current still flows.</summary>
        internal void EndRelease(ChannelState channel, long now)
        {
            SenseWatch sense = channel.Sense;
            int code = _senses.Read(channel);
            sense.Forget();
            if (code >= 0)
            {
                sense.Add(code, now, false, false);
                if (sense.Last > SenseWatch.OnRise)
                {
                    if (GoesOn(channel, now))
                    {
                        return;
                    }

                    // Without drive and with its membrane emptied nothing can flow: what is read does not come from the neuron.
                    _senses.Fail(channel, ChannelCondition.SenseOpen, code);
                }
            }

            sense.Forget();
            bool silent = channel.Range.IsSilent(channel.Wanted);
            channel.Enter(silent ? GuardEvent.DrivenBelowOnset : GuardEvent.DrivenAgain);
            _bank.Drive(channel, channel.Wanted);
            if (!silent)
            {
                channel.RetriedFrom = now;
                channel.Until = now + channel.Spikes.MostSilence();
                ReadAtOnce(channel, now);
            }
        }

        /// <summary>Judges a channel that was released, is driven again, and has not fired since.</summary>
        internal void Judge(ChannelState channel, long now)
        {
            SenseWatch sense = channel.Sense;
            bool steady = sense.IsSteady(now);

            // Some intervals: one that fires unseen has shown it on its sense then.
            long some = (channel.Until - channel.RetriedFrom) << 2;
            bool sure = now - channel.RetriedFrom >= (some < SpikeWatch.PatientTime ? some : SpikeWatch.PatientTime)
                && (sense.HasEnough || sense.IsBlind);
            int level = sense.Mean;
            channel.ShowsNothing |= sense.ShowsNothing(FewReadings);
            if (sense.ShowsSpikes)
            {
                _causes.SwitchOff(channel, ChannelCondition.SpikesUnseen, sense.Last);
            }
            else if (channel.ShowsNothing && _causes.LacksSupply())
            {
                return;
            }
            else if ((steady || (sure && level >= FaintRise)) && channel.FirstCurrent >= level >> 1)
            {
                _causes.SwitchOff(channel, ChannelCondition.Shorted, level);
            }
            else if (now >= channel.Until && sure)
            {
                Conclude(channel, level, now);
            }
        }

        /// <summary>Handles a spike of a channel that was released or driven again.</summary>
        /// <param name="now">Time in µs at which it came.</param>
        internal void Fired(ChannelState channel, long now)
        {
            bool released = channel.IsReleased;
            channel.Enter(GuardEvent.Spike);
            if (released)
            {
                // It came before the drive was taken away, and was only seen now.
                _bank.Drive(channel, channel.Wanted);
                return;
            }

            // Near its onset a sound neuron may have been late by itself: it is as late again, or its drive has risen.
            bool doubtful = channel.Wanted <= channel.RetriedAt && now < channel.Until;
            channel.LateSpikes = doubtful ? channel.LateSpikes + 1 : 0;
            if (channel.HadToFire || channel.LateSpikes >= DoubtfulLatches)
            {
                channel.Latches++;
                channel.LastLatch = now;
                _findings.Report(channel, ChannelCondition.Latched, ChannelAction.Release, channel.Wanted, channel.Latches);
            }
        }

        /// <summary>Ends a retry whose drive fell so far that what flows now cannot be held against what flowed at once.</summary>
        internal static void LowerDrive(ChannelState channel, int code)
        {
            if (!channel.Range.IsSilent(code) && code >= channel.RetriedAt - (channel.RetriedAt >> 2))
            {
                return;
            }

            channel.Sense.Forget();
            if (channel.HadToFire)
            {
                channel.Enter(GuardEvent.RetrySpoiled);
            }
            else
            {
                AcceptSilence(channel);
            }
        }

        private static void AcceptSilence(ChannelState channel)
        {
            channel.Enter(GuardEvent.SilenceAccepted);
            channel.QuietUpTo = channel.Wanted + channel.Range.Margin;
        }

        // First more time, then the reset.
        private bool GoesOn(ChannelState channel, long now)
        {
            if (channel.State == GuardState.Emptied)
            {
                return false;
            }

            if (channel.Waits < MostWaits)
            {
                channel.Enter(GuardEvent.StillConducts);
                channel.Waits++;
                channel.Until = now + ReleaseTime;
                return true;
            }

            channel.Enter(GuardEvent.ResetPressed);
            channel.Until = now + PressTime;
            Press(channel, channel.Until);
            return true;
        }

        // The line may be one for all channels: of the others nothing is expected before it is let go.
        private void Press(ChannelState channel, long end)
        {
            _bank.Press(channel, end);
            for (int k = 0; k < _bank.Count; k++)
            {
                ChannelState other = _bank.Channels[k];
                if (other != channel)
                {
                    other.Spikes.Restart(end);
                    other.Rates.Break();
                    other.Sense.Forget();
                    if (other.State == GuardState.Retried)
                    {
                        other.Enter(GuardEvent.RetrySpoiled);
                    }
                }
            }
        }

        // The mean of the last two: before them a short is still charging the membrane.
        private void ReadAtOnce(ChannelState channel, long now)
        {
            int before = 0;
            for (int n = 0; n < AtOnceReadings; n++)
            {
                before = channel.Sense.Last;
                _senses.Add(channel, now, true, false);
            }

            channel.FirstCurrent = (before + channel.Sense.Last) >> 1;
            channel.Sense.Forget();
        }

        private void Conclude(ChannelState channel, int level, long now)
        {
            if (!channel.Spikes.MustFire)
            {
                // Its onset may lie here: a sound neuron would do the same.
                AcceptSilence(channel);
            }
            else if (level >= FaintRise)
            {
                // All of its drive leaks away, as below an onset: its parts have changed. That does no harm.
                AcceptSilence(channel);
                if (channel.Condition != ChannelCondition.Silent)
                {
                    _findings.Report(channel, ChannelCondition.Silent, ChannelAction.Reported, channel.Wanted, level);
                }
            }
            else if (channel.Sense.IsBlind)
            {
                _causes.SwitchOff(channel, ChannelCondition.Silent, -1);
            }
            else if (!_causes.OthersMayLackSupply(channel) || now >= channel.Until + CommonCauses.OthersTime)
            {
                _causes.SwitchOff(channel, ChannelCondition.NoCurrent, level);
            }
        }
    }
}
