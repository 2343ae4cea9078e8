// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>
    /// How fast a channel fired at which drive, gathered over a run: intervals between two spikes during which the drive stayed
    /// within 1/64 of its range, the last few hundred of them, in sixteenths of the range. The host holds them against the calibration;
    /// here it costs a few additions for each spike.
    /// </summary>
    internal sealed class RateTally
    {
        private const int Bins = BoardTally.Bins;

        // Within 1/64 of the range: a rate at drives that differ by more is not that of their mean.
        private const int SameShift = 6;

        // From so many intervals on the older ones are halved: what drifts is to be seen.
        private const int MostIntervals = 256;

        private readonly short[] _intervals = new short[Bins];

        // Of each part of the range: the times of all intervals, and codes times their times.
        private readonly long[] _sums = new long[2 * Bins];
        private int _bin;
        private int _first;
        private bool _whole;
        private long _last;
        private long _from;
        private long _area;

        /// <summary>Forgets everything: a run begins, nothing is driven.</summary>
        internal void Start(long now)
        {
            _bin = 0;
            _first = 0;
            _whole = false;
            _from = now;
            for (int bin = 0; bin < Bins; bin++)
            {
                _intervals[bin] = 0;
                _sums[bin] = 0;
                _sums[Bins + bin] = 0;
            }
        }

        /// <summary>Notes another drive.</summary>
        internal void Drive(int before, int code, long now, int maxCode)
        {
            _area += before * (now - _from);
            _from = now;
            int bin = code >= maxCode ? Bins - 1 : code * Bins / (maxCode + 1);
            int apart = maxCode >> SameShift;
            bool same = code >= _first - apart && code <= _first + apart;
            if (bin != _bin || !same)
            {
                _bin = bin;
                _whole = false;
            }
        }

        /// <summary>Notes that the drive is not the one that was asked for.</summary>
        internal void Break()
        {
            _whole = false;
        }

        /// <summary>Notes a spike.</summary>
        internal void Fired(int code, long now)
        {
            if (_whole)
            {
                int bin = _bin;
                if (_intervals[bin] >= MostIntervals)
                {
                    _intervals[bin] >>= 1;
                    _sums[bin] >>= 1;
                    _sums[Bins + bin] >>= 1;
                }

                _intervals[bin]++;
                _sums[bin] += now - _last;
                _sums[Bins + bin] += _area + (code * (now - _from));
            }

            _whole = true;
            _first = code;
            _last = now;
            _from = now;
            _area = 0;
        }

        /// <summary>Fills in what was gathered; the number of the channel is not known here.</summary>
        internal void Fill(BoardTally tally)
        {
            for (int bin = 0; bin < Bins; bin++)
            {
                tally.Intervals[bin] = _intervals[bin];
                tally.Times[bin] = (int)((_sums[bin] + 500) / 1000);
                tally.Codes[bin] = _sums[bin] == 0 ? 0 : (int)((_sums[Bins + bin] << 8) / _sums[bin]);
            }
        }
    }
}
