// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// Finds spikes in a sampled trace: a spike begins where the trace reaches the threshold, and another one counts only when the trace
    /// has been down at threshold − hysteresis meanwhile and the dead time is over.
    /// </summary>
    /// <remarks>
    /// A pulse that is above the threshold for one sample, with one sample at or below threshold − hysteresis before it and the dead time
    /// over, is found, and found once. The crossing is interpolated between the two samples beside it, so that its time is exact to
    /// one sample whatever the trace, and to a few µs on a straight flank. A crossing within the dead time is dropped.
    /// </remarks>
    internal sealed class SampledDetector
    {
        private readonly int _least;
        private readonly int _hysteresis;
        private readonly int _deadTime;
        private int _threshold;
        private int _rest;
        private bool _armed;
        private bool _high;
        private bool _begun;
        private int _last;
        private long _lastTime;
        private long _quietUntil = long.MinValue;

        /// <summary>Initializes a new instance of the <see cref="SampledDetector" /> class. A trace that begins high has no spike
        /// yet.</summary>
        /// <param name="hysteresis">So many codes below it a spike ends; less than the threshold.</param>
        /// <param name="deadTime">Dead time in µs: another spike within it is ignored.</param>
        /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
        public SampledDetector(int threshold, int hysteresis, int deadTime)
        {
            if (hysteresis < 0 || threshold <= hysteresis || deadTime < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(threshold));
            }

            _least = threshold;
            _hysteresis = hysteresis;
            _deadTime = deadTime;
            Follow(0);
        }

        /// <summary>Gets the code at which a spike begins.</summary>
        public int Threshold => _threshold;

        /// <summary>Gets the code at or below which the trace is at rest again.</summary>
        public int Rest => _rest;

        /// <summary>Gets a value indicating whether the trace has been at rest since the last spike.</summary>
        public bool Armed => _armed;

        /// <summary>Gets the time in µs of the spike that was found last.</summary>
        public long SpikeTime { get; private set; }

        /// <summary>Gets the longest time in µs, since <see cref="Follow" />, from a spike to the first sample at rest.</summary>
        public int LongestHigh { get; private set; }

        /// <summary>
        /// Lays the threshold two hysteresis above the middle of the trace, but not below where it was made: a trace that decays from
        /// spike to spike goes through its middle in each interval.
        /// </summary>
        /// <param name="middle">Code in the middle between its extremes; 0 for the threshold that the detector was made with.</param>
        public void Follow(int middle)
        {
            int above = middle + (2 * _hysteresis);
            _threshold = middle > 0 && above > _least ? above : _least;
            _rest = _hysteresis == 0 ? _threshold - 1 : _threshold - _hysteresis;
            LongestHigh = 0;
            _high = false;
        }

        /// <summary>Takes a sample.</summary>
        /// <param name="time">Its time in µs; later than that of the one before.</param>
        /// <returns>True when a spike begins; its time is <see cref="SpikeTime" />.</returns>
        public bool Step(int code, long time)
        {
            bool found = false;
            if (code >= _threshold)
            {
                if (_armed)
                {
                    _armed = false;
                    long crossing = Crossing(code, time);
                    if (crossing >= _quietUntil)
                    {
                        SpikeTime = crossing;
                        _quietUntil = crossing + _deadTime;
                        found = true;
                        _high = true;
                    }
                }
            }
            else if (code <= _rest)
            {
                if (_high && time - SpikeTime > LongestHigh)
                {
                    LongestHigh = (int)(time - SpikeTime);
                }

                _high = false;
                _armed = true;
            }

            _begun = true;
            _last = code;
            _lastTime = time;
            return found;
        }

        /// <summary>Where the line through the last two samples meets the threshold, rounded up.</summary>
        private long Crossing(int code, long time)
        {
            int rise = code - _last;
            if (!_begun || rise <= 0 || _last >= _threshold)
            {
                return time;
            }

            long span = time - _lastTime;
            return _lastTime + (((span * (_threshold - _last)) + rise - 1) / rise);
        }
    }
}
