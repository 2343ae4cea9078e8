// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>Reads the senses of channels, and finds those that are broken themselves: the run goes on without them.</summary>
    internal sealed class SenseReader
    {
        /// <summary>Readings of each channel before a run, without drive.</summary>
        internal const int FirstReadings = 4;

        /// <summary>Readings that delay nothing in this turn of the loop.</summary>
        internal int Left;

        private readonly ChannelBank _bank;
        private readonly ChannelFindings _findings;

        internal SenseReader(ChannelBank bank, ChannelFindings findings)
        {
            _bank = bank;
            _findings = findings;
        }

        /// <summary>Reads what a channel senses without drive, which its later readings are held against.</summary>
        internal void ReadOffset(ChannelState channel)
        {
            int lowest = int.MaxValue;
            int high = 0;
            for (int n = 0; n < FirstReadings; n++)
            {
                int code = Read(channel);
                if (code < 0)
                {
                    channel.Sense.Blind();
                    return;
                }

                lowest = code < lowest ? code : lowest;
                high += code > SenseWatch.MostOffset ? 1 : 0;
            }

            if (high > FirstReadings / 2)
            {
                Fail(channel, ChannelCondition.SenseOpen, lowest);
                return;
            }

            channel.Sense.Start(lowest);
        }

        /// <summary>Reads a sense once.</summary>
        /// <returns>Code of its converter; −1 when it senses nothing, or is not to be read any more.</returns>
        internal int Read(ChannelState channel)
        {
            if (channel.Sense.IsBlind)
            {
                return -1;
            }

            try
            {
                return _bank.Sense(channel.Number);
            }
#pragma warning disable CA1031 // A sense that fails endangers nothing: the run goes on without it.
            catch (Exception)
#pragma warning restore CA1031
            {
                Fail(channel, ChannelCondition.SenseFailed, -1);
                return -1;
            }
        }

        /// <summary>Reads a sense once and adds the reading to what is known.</summary>
        /// <param name="suspect">True when its spikes are looked for, which the spike input may not see.</param>
        /// <param name="again">True when the reading follows the last one at once.</param>
        internal void Add(ChannelState channel, long now, bool suspect, bool again)
        {
            int code = Read(channel);
            Left--;
            if (code >= 0)
            {
                // Without a rhythm, driven, it may fire unseen: then a fall is no noise.
                channel.Sense.Add(code, now, suspect, again && (channel.Wanted == 0 || channel.Spikes.Due() != long.MaxValue));
            }
        }

        /// <summary>Finds a sense that is open or noisy.</summary>
        internal void Judge(ChannelState channel)
        {
            if (channel.Sense.IsOpen)
            {
                Fail(channel, ChannelCondition.SenseOpen, channel.Sense.Last);
            }
            else if (channel.Sense.IsNoisy)
            {
                Fail(channel, ChannelCondition.SenseNoisy, channel.Sense.Last);
            }
        }

        /// <summary>Gives up a sense, and reports it.</summary>
        /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
        internal void Fail(ChannelState channel, int condition, int detail)
        {
            channel.Sense.Blind();
            _findings.Report(channel, condition, ChannelAction.Reported, channel.Code < 0 ? 0 : channel.Code, detail);
        }
    }
}
