// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Channels;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>Switches channels off, and finds what concerns several of them: a missing supply, and cables that are swapped.</summary>
    internal sealed class CommonCauses
    {
        // What concerns more than one channel waits so long in µs for the others to show themselves.
        internal const int OthersTime = 400000;
        private const int SwappedTime = 50000;

        private readonly ChannelBank _bank;
        private readonly ChannelState[] _channels;
        private readonly ChannelFindings _findings;

        internal CommonCauses(ChannelBank bank, ChannelFindings findings)
        {
            _bank = bank;
            _channels = bank.Channels;
            _findings = findings;
        }

        /// <summary>Leaves a channel undriven until the next run.</summary>
        /// <param name="condition">Why, one of <see cref="ChannelCondition" />.</param>
        internal void SwitchOff(ChannelState channel, int condition, int detail)
        {
            channel.Enter(GuardEvent.SwitchedOff);
            channel.Rates.Break();
            _bank.Drive(channel, 0);
            _findings.Report(channel, condition, ChannelAction.Disable, channel.Wanted, detail);
        }

        /// <summary>Switches everything off when nothing shows on any channel of which spikes are expected, two or more of them.</summary>
        internal bool LacksSupply()
        {
            int without = 0;
            for (int k = 0; k < _channels.Length; k++)
            {
                if (_channels[k].IsExpected)
                {
                    if (!_channels[k].ShowsNothing)
                    {
                        return false;
                    }

                    without++;
                }
            }

            if (without < 2)
            {
                return false;
            }

            for (int k = 0; k < _channels.Length; k++)
            {
                _channels[k].Enter(GuardEvent.SwitchedOff);
                _bank.Drive(_channels[k], 0);
            }

            _findings.Report(ChannelCondition.NoSupply, ChannelAction.Disable);
            return true;
        }

        /// <summary>Tells whether another channel, which may be without supply as well, has not shown yet whether it is.</summary>
        /// <returns>True when there is one.</returns>
        internal bool OthersMayLackSupply(ChannelState channel)
        {
            for (int k = 0; k < _channels.Length; k++)
            {
                ChannelState other = _channels[k];
                if (other != channel && !other.ShowsNothing && other.IsExpected && other.Spikes.Last < channel.RetriedFrom)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Judges a channel that fires without drive: by itself, or because the cable of one that is silent leads to it.</summary>
        internal void JudgeUndriven(ChannelState channel, long now)
        {
            long from = channel.Spikes.UndrivenFrom;
            bool waits = false;
            for (int k = 0; k < _channels.Length; k++)
            {
                ChannelState other = _channels[k];
                if (other == channel || !other.IsExpected || other.Spikes.Last >= from)
                {
                    continue;
                }

                bool silent = other.State == GuardState.Retried || other.IsReleased || now >= other.Spikes.Due();
                if (silent && now - from >= SwappedTime)
                {
                    SwitchOff(other, ChannelCondition.Swapped, channel.Number);
                    SwitchOff(channel, ChannelCondition.Swapped, k);
                    return;
                }

                waits = true;
            }

            if (!waits || now - from >= OthersTime)
            {
                SwitchOff(channel, ChannelCondition.Undriven, channel.Sense.Last);
            }
        }
    }
}
