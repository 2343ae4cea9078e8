// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>
    /// How fast each channel fired at which drive, gathered over a run: intervals between two spikes during which the drive stayed
    /// within 1/64 of its range, the last few hundred of them, in sixteenths of the range. The host holds them against the calibration; here it costs a few additions for each spike.
    /// </summary>
    public sealed class ChannelTally
    {
        private const int Bins = BoardTally.Bins;

        // Within 1/64 of the range: a rate at drives that differ by more is not that of their mean.
        private const int SameShift = 6;

        // From so many intervals on the older ones are halved: what drifts is to be seen.
        private const int MostIntervals = 256;

        private readonly int[] _codes;
        private readonly int[] _bins;
        private readonly int[] _first;
        private readonly bool[] _whole;
        private readonly long[] _last;
        private readonly long[] _from;
        private readonly long[] _area;
        private readonly int[] _intervals;
        private readonly long[] _times;
        private readonly long[] _areas;

        /// <summary>Initializes a new instance of the <see cref="ChannelTally" /> class without intervals.</summary>
        /// <param name="channels">Number of channels.</param>
        public ChannelTally(int channels)
        {
            _codes = new int[channels];
            _bins = new int[channels];
            _first = new int[channels];
            _whole = new bool[channels];
            _last = new long[channels];
            _from = new long[channels];
            _area = new long[channels];
            _intervals = new int[channels * Bins];
            _times = new long[channels * Bins];
            _areas = new long[channels * Bins];
        }

        /// <summary>Forgets everything: a run begins, nothing is driven.</summary>
        /// <param name="now">Time in µs.</param>
        public void Start(long now)
        {
            for (int k = 0; k < _codes.Length; k++)
            {
                _codes[k] = 0;
                _bins[k] = 0;
                _first[k] = 0;
                _whole[k] = false;
                _from[k] = now;
            }

            for (int k = 0; k < _intervals.Length; k++)
            {
                _intervals[k] = 0;
                _times[k] = 0;
                _areas[k] = 0;
            }
        }

        /// <summary>Notes another drive.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <param name="now">Time in µs.</param>
        /// <param name="maxCode">The channel's largest code.</param>
        public void Drive(int channel, int code, long now, int maxCode)
        {
            _area[channel] += _codes[channel] * (now - _from[channel]);
            _from[channel] = now;
            _codes[channel] = code;
            int bin = code >= maxCode ? Bins - 1 : code * Bins / (maxCode + 1);
            int apart = maxCode >> SameShift;
            bool same = code >= _first[channel] - apart && code <= _first[channel] + apart;
            if (bin != _bins[channel] || !same)
            {
                _bins[channel] = bin;
                _whole[channel] = false;
            }
        }

        /// <summary>Notes that the drive of a channel is not what it was told to be.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Break(int channel)
        {
            _whole[channel] = false;
        }

        /// <summary>Notes a spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs.</param>
        public void Fired(int channel, long now)
        {
            if (_whole[channel])
            {
                int place = (channel * Bins) + _bins[channel];
                if (_intervals[place] >= MostIntervals)
                {
                    _intervals[place] >>= 1;
                    _times[place] >>= 1;
                    _areas[place] >>= 1;
                }

                _intervals[place]++;
                _times[place] += now - _last[channel];
                _areas[place] += _area[channel] + (_codes[channel] * (now - _from[channel]));
            }

            _whole[channel] = true;
            _first[channel] = _codes[channel];
            _last[channel] = now;
            _from[channel] = now;
            _area[channel] = 0;
        }

        /// <summary>Fills in what was gathered of a channel.</summary>
        /// <param name="tally">Receives it.</param>
        /// <param name="channel">Number of the channel.</param>
        public void Fill(BoardTally tally, int channel)
        {
            tally.Channel = channel;
            for (int bin = 0; bin < Bins; bin++)
            {
                int place = (channel * Bins) + bin;
                tally.Intervals[bin] = _intervals[place];
                tally.Times[bin] = (int)((_times[place] + 500) / 1000);
                tally.Codes[bin] = _times[place] == 0 ? 0 : (int)((_areas[place] << 8) / _times[place]);
            }
        }
    }
}
