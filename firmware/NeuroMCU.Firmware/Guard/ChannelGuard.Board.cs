// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <content>What concerns several channels: a missing supply, and cables that are swapped.</content>
    public sealed partial class ChannelGuard
    {
        // A channel that may be without supply as well has not shown yet whether it is.
        private bool OthersOwe(int channel)
        {
            for (int k = 0; k < _states.Length; k++)
            {
                if (k != channel && _states[k] != Off && !_dark[k] && _spikes.MostSilence(k) != 0 && _spikes.LastOf(k) < _provedFrom[channel])
                {
                    return true;
                }
            }

            return false;
        }

        private bool AreAllDark()
        {
            int dark = 0;
            for (int k = 0; k < _states.Length; k++)
            {
                if (_states[k] != Off && _spikes.MostSilence(k) != 0)
                {
                    if (!_dark[k])
                    {
                        return false;
                    }

                    dark++;
                }
            }

            return dark > 1;
        }

        private void LoseSupply()
        {
            for (int k = 0; k < _states.Length; k++)
            {
                _states[k] = Off;
                _bank.Drive(k, 0);
            }

            _news.Tell(ChannelCondition.NoSupply, ChannelAction.Disable, _time);
        }

        private void FiresUndriven(int channel, long now)
        {
            long from = _spikes.UndrivenFrom(channel);
            bool waits = false;
            for (int k = 0; k < _states.Length; k++)
            {
                if (k == channel || _states[k] == Off || _spikes.MostSilence(k) == 0 || _spikes.LastOf(k) >= from)
                {
                    continue;
                }

                bool silent = _states[k] == Proving || _states[k] == Releasing || now >= _spikes.Due(k);
                if (silent && now - from >= SwappedTime)
                {
                    Disable(k, ChannelCondition.Swapped, channel);
                    Disable(channel, ChannelCondition.Swapped, k);
                    return;
                }

                waits = true;
            }

            if (!waits || now - from >= OthersTime)
            {
                Disable(channel, ChannelCondition.Undriven, _sense.LastOf(channel));
            }
        }
    }
}
