// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Channels;

namespace NeuroMCU.Firmware.Hybrid
{
    /// <summary>How a channel of the network is driven: the code of its converter for a current, by straight lines between the points
    /// of the image's drive table.</summary>
    internal sealed class ChannelDrive
    {
        internal readonly ChannelState Channel;

        /// <summary>Current that was commanded last, in units of 2^-12 nA; int.MinValue when the next one is written in any case.</summary>
        internal int Current = int.MinValue;

        private readonly int[] _currents;
        private readonly int[] _codes;
        private readonly int _maxCode;
        private int _segment;

        /// <summary>Initializes a new instance of the <see cref="ChannelDrive" /> class.</summary>
        internal ChannelDrive(ChannelState channel, ChannelTable table)
        {
            Channel = channel;
            _currents = table.Currents;
            _codes = table.Codes;
            _maxCode = table.MaxCode;
        }

        /// <summary>Gets the code for a current; beyond the points that of the nearer end.</summary>
        /// <param name="current">Current in units of 2^-12 nA.</param>
        /// <returns>0 to the table's largest code.</returns>
        internal int CodeFor(int current)
        {
            int[] currents = _currents;
            int last = currents.Length - 1;
            if (current <= 0 || current <= currents[0])
            {
                // No current is asked for, or less than the first point gives: code 0 is the only one that gives none whatever the
                // parts are.
                return current <= 0 ? 0 : Limit(_codes[0]);
            }

            if (current >= currents[last])
            {
                return Limit(_codes[last]);
            }

            // Currents change little from step to step: the segment is mostly the same as last time.
            int k = _segment;
            while (current < currents[k])
            {
                k--;
            }

            while (current >= currents[k + 1])
            {
                k++;
            }

            _segment = k;
            long width = (long)currents[k + 1] - currents[k];
            long rise = ((long)(_codes[k + 1] - _codes[k]) * (current - currents[k])) + (width >> 1);
            return Limit(_codes[k] + (int)(rise / width));
        }

        private int Limit(int code) => code > _maxCode ? _maxCode : code;
    }
}
