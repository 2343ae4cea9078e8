// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <content>What is done with a channel that owes a spike: it is released, driven again, and what it does then is its verdict.</content>
    public sealed partial class ChannelGuard
    {
        // It owes a spike.
        private void Suspect(int channel, long now)
        {
            if (!_sense.IsBlind(channel) && _sense.ReadingsOf(channel) < FewReadings)
            {
                return;
            }

            if (_sense.ShowsSpikes(channel))
            {
                Disable(channel, ChannelCondition.SpikesUnseen, _sense.LastOf(channel));
                return;
            }

            _dark[channel] = _sense.ShowsNothing(channel, FewReadings);
            if (_dark[channel] && AreAllDark())
            {
                LoseSupply();
                return;
            }

            if (now - _lastLatch[channel] > ForgiveTime)
            {
                _latches[channel] = 0;
            }

            if (_latches[channel] >= MostLatches)
            {
                Disable(channel, ChannelCondition.Disabled, _latches[channel] + 1);
                return;
            }

            Release(channel, now);
        }

        private void Release(int channel, long now)
        {
            _states[channel] = Releasing;
            _until[channel] = now + ReleaseTime;
            _provedAt[channel] = _wanted[channel];
            _surely[channel] = _spikes.MustFire(channel);
            _pressed[channel] = false;
            _waits[channel] = 0;
            _news.Tally.Break(channel);
            _bank.Drive(channel, 0);
        }

        // The line may be one for all channels: the others owe nothing before it is released.
        private void Press(int channel, long end)
        {
            _bank.Press(channel, end);
            for (int k = 0; k < _states.Length; k++)
            {
                if (k != channel)
                {
                    _spikes.Restart(k, end);
                    _news.Tally.Break(k);
                    _sense.Forget(k);
                    if (_states[k] == Proving)
                    {
                        Watch(k);
                    }
                }
            }
        }

        private void EndRelease(int channel, long now)
        {
            int sensed = _sense.IsBlind(channel) ? -1 : Read(channel);
            _sense.Forget(channel);
            if (sensed >= 0)
            {
                _sense.Take(channel, sensed, now, false, false);
                if (_sense.LastOf(channel) > SenseWatch.OnRise && _waits[channel] < MostWaits)
                {
                    _waits[channel]++;
                    _until[channel] = now + ReleaseTime;
                    return;
                }

                if (_sense.LastOf(channel) > SenseWatch.OnRise && !_pressed[channel])
                {
                    _pressed[channel] = true;
                    _until[channel] = now + PressTime;
                    Press(channel, now + PressTime);
                    return;
                }

                if (_sense.LastOf(channel) > SenseWatch.OnRise)
                {
                    // Without drive and with its membrane emptied nothing can flow: what is read does not come from the neuron.
                    SenseFails(channel, ChannelCondition.SenseOpen, sensed);
                }
            }

            _sense.Forget(channel);
            Watch(channel);
            _bank.Drive(channel, _wanted[channel]);
            if (!_range.IsSilent(channel, _wanted[channel]))
            {
                int silence = _spikes.MostSilence(channel);
                _states[channel] = Proving;
                _provedFrom[channel] = now;
                _until[channel] = now + silence;
                _sureFrom[channel] = now + SureTime(silence);
                ReadAtOnce(channel, now);
            }
        }

        // Some intervals: one that fires unseen then has shown it on its sense.
        private static int SureTime(int silence)
        {
            return silence << 2 < SpikeWatch.PatientTime ? silence << 2 : SpikeWatch.PatientTime;
        }

        // The last two: before them a short is still charging the membrane.
        private void ReadAtOnce(int channel, long now)
        {
            int before = 0;
            for (int n = 0; n < AtOnceReadings; n++)
            {
                before = _sense.LastOf(channel);
                Sense(channel, now, true, false);
            }

            _atOnce[channel] = (before + _sense.LastOf(channel)) >> 1;
            _sense.Forget(channel);
        }

        // It was released, is driven again, and has not fired since.
        private void Prove(int channel, long now)
        {
            bool steady = _sense.IsSteady(channel, now);
            bool sure = now >= _sureFrom[channel] && (_sense.IsSure(channel) || _sense.IsBlind(channel));
            int level = _sense.MeanOf(channel);
            _dark[channel] |= _sense.ShowsNothing(channel, FewReadings);
            if (_sense.ShowsSpikes(channel))
            {
                Disable(channel, ChannelCondition.SpikesUnseen, _sense.LastOf(channel));
            }
            else if (_dark[channel] && AreAllDark())
            {
                LoseSupply();
            }
            else if ((steady || (sure && level >= FaintRise)) && _atOnce[channel] >= level >> 1)
            {
                Disable(channel, ChannelCondition.Shorted, level);
            }
            else if (now >= _until[channel] && sure)
            {
                Conclude(channel, level, now);
            }
        }

        private void Conclude(int channel, int level, long now)
        {
            if (!_spikes.MustFire(channel))
            {
                // Its onset may lie here: a sound neuron would do the same.
                GiveUp(channel);
            }
            else if (level >= FaintRise)
            {
                // All of its drive leaks away, as below an onset: its parts have changed. That does no harm.
                GiveUp(channel);
                if (_news.ConditionOf(channel) != ChannelCondition.Silent)
                {
                    _news.Tell(channel, ChannelCondition.Silent, ChannelAction.Told, _wanted[channel], level, _time);
                }
            }
            else if (_sense.IsBlind(channel))
            {
                Disable(channel, ChannelCondition.Silent, -1);
            }
            else if (!OthersOwe(channel) || now >= _until[channel] + OthersTime)
            {
                Disable(channel, ChannelCondition.NoCurrent, level);
            }
        }

        private void Abandon(int channel)
        {
            _sense.Forget(channel);
            if (_surely[channel])
            {
                Watch(channel);
            }
            else
            {
                GiveUp(channel);
            }
        }

        private void GiveUp(int channel)
        {
            Watch(channel);
            _quietAt[channel] = _wanted[channel] + _range.Margin(channel);
        }

        private void Latched(int channel, long now)
        {
            _latches[channel]++;
            _lastLatch[channel] = now;
            _news.Tell(channel, ChannelCondition.Latched, ChannelAction.Release, _wanted[channel], _latches[channel], _time);
        }
    }
}
