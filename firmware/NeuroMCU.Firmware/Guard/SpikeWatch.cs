// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>
    /// What the spike inputs show against what the drives should give: until when the next spike of each channel is due, which channel fires
    /// without drive, and which fires as no neuron can.
    /// </summary>
    /// <remarks>
    /// A channel that fired regularly owes its next spike after one and a half of its longest intervals, as long as the drive does not fall
    /// below the one it fired at. One that has not shown its rate yet owes a spike within <see cref="PatientTime" />, where it surely fires.
    /// </remarks>
    public sealed class SpikeWatch
    {
        /// <summary>Longest interval in µs of a neuron that is driven clearly above its onset.</summary>
        public const int PatientTime = 300000;

        /// <summary>Spikes without drive that are no chance.</summary>
        public const int UndrivenSpikes = 3;

        // Within so long.
        private const int UndrivenTime = 1000000;

        // What is on its way through counter and loop when the drive is taken away.
        private const int GraceTime = 20000;

        // Intervals after which the rate is known.
        private const int KnownIntervals = 4;

        // So many spikes in a row at one and the same code say that it lies above the onset, where no calibration says so.
        private const int SteadySpikes = 32;

        // A longer interval is forgotten by 1/32 with each spike, so that bursts with pauses keep their pause.
        private const int ForgetShift = 5;

        // Added to what a spike may be late: the longest turn of the loop, forgotten by 1/64 with each turn, and at least this.
        private const int LeastSlack = 2000;
        private const int SlackShift = 6;

        // A thyristor neuron reaches 1 kHz; over 50 ms these are more.
        private const int ImpossibleSpikes = 150;
        private const int RateTime = 50000;

        private readonly FiringRange _range;
        private readonly int[] _codes;
        private readonly long[] _last;
        private readonly int[] _longest;
        private readonly int[] _known;
        private readonly int[] _steady;
        private readonly int[] _knownAt;
        private readonly long[] _knownFrom;
        private readonly long[] _sureFrom;
        private readonly long[] _silentFrom;
        private readonly int[] _undriven;
        private readonly long[] _undrivenFrom;
        private readonly int[] _rate;
        private long _rateEnd;
        private long _lastTurn;
        private int _slack;

        /// <summary>Initializes a new instance of the <see cref="SpikeWatch" /> class.</summary>
        /// <param name="channels">Number of channels.</param>
        /// <param name="range">Where they surely fire, and where not.</param>
        public SpikeWatch(int channels, FiringRange range)
        {
            _range = range;
            _codes = new int[channels];
            _last = new long[channels];
            _longest = new int[channels];
            _known = new int[channels];
            _steady = new int[channels];
            _knownAt = new int[channels];
            _knownFrom = new long[channels];
            _sureFrom = new long[channels];
            _silentFrom = new long[channels];
            _undriven = new int[channels];
            _undrivenFrom = new long[channels];
            _rate = new int[channels];
        }

        /// <summary>Prepares for a run: nothing has fired, nothing is driven.</summary>
        /// <param name="now">Time in µs.</param>
        public void Start(long now)
        {
            _rateEnd = now + RateTime;
            _lastTurn = now;
            _slack = LeastSlack;
            for (int k = 0; k < _codes.Length; k++)
            {
                _codes[k] = 0;
                _last[k] = now;
                _longest[k] = 0;
                _known[k] = 0;
                _steady[k] = 0;
                _knownAt[k] = 0;
                _knownFrom[k] = now;
                _sureFrom[k] = long.MaxValue;
                _silentFrom[k] = now;
                _undriven[k] = 0;
                _rate[k] = 0;
            }
        }

        /// <summary>Notes a turn of the loop: spikes are seen once in each.</summary>
        /// <param name="now">Time in µs.</param>
        public void Turn(long now)
        {
            int turn = (int)(now - _lastTurn);
            int faded = _slack - (_slack >> SlackShift);
            _lastTurn = now;
            _slack = turn > faded ? turn : faded > LeastSlack ? faded : LeastSlack;
        }

        /// <summary>Notes another drive.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <param name="now">Time in µs.</param>
        public void Drive(int channel, int code, long now)
        {
            int margin = _range.Margin(channel);
            int change = code - _codes[channel];
            bool reaches = code >= _knownAt[channel] && change > 0 && _codes[channel] < _knownAt[channel];
            _codes[channel] = code;
            _steady[channel] = change == 0 ? _steady[channel] : 0;

            if (code < _knownAt[channel] - margin)
            {
                _knownFrom[channel] = long.MaxValue;
            }
            else if (reaches || _knownFrom[channel] == long.MaxValue)
            {
                _knownFrom[channel] = now;
            }

            if (!_range.MustFire(channel, code))
            {
                _sureFrom[channel] = long.MaxValue;
            }
            else if (_sureFrom[channel] == long.MaxValue)
            {
                _sureFrom[channel] = now;
            }

            if (!_range.IsSilent(channel, code))
            {
                _silentFrom[channel] = long.MaxValue;
                _undriven[channel] = 0;
            }
            else if (_silentFrom[channel] == long.MaxValue)
            {
                _silentFrom[channel] = now;
            }
        }

        /// <summary>Lets a channel that is driven harder than before begin anew: what it owes is counted from now on.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs.</param>
        public void Restart(int channel, long now)
        {
            _knownFrom[channel] = _knownFrom[channel] == long.MaxValue ? long.MaxValue : now;
            _sureFrom[channel] = _sureFrom[channel] == long.MaxValue ? long.MaxValue : now;
        }

        /// <summary>Notes a spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs at which it came.</param>
        /// <param name="regular">False for one whose interval says nothing, because the guard took the drive away meanwhile.</param>
        public void Fired(int channel, long now, bool regular)
        {
            _rate[channel]++;
            int code = _codes[channel];
            if (_silentFrom[channel] != long.MaxValue)
            {
                if (now - _silentFrom[channel] > GraceTime)
                {
                    bool first = _undriven[channel] == 0 || (_undriven[channel] < UndrivenSpikes && now - _undrivenFrom[channel] > UndrivenTime);
                    _undrivenFrom[channel] = first ? now : _undrivenFrom[channel];
                    _undriven[channel] = first ? 1 : _undriven[channel] + 1;
                }

                _last[channel] = now;
                return;
            }

            long interval = now - _last[channel];
            if (code < _knownAt[channel] - _range.Margin(channel))
            {
                // Slower from here on, by how much is not known yet.
                _known[channel] = 0;
                _longest[channel] = 0;
            }
            else if (regular && _knownFrom[channel] <= _last[channel] && interval < PatientTime)
            {
                int faded = _longest[channel] - (_longest[channel] >> ForgetShift);
                _longest[channel] = interval > faded ? (int)interval : faded;
                _known[channel]++;
            }

            // What is known of a drive holds a little below it with more patience: one code below, near the onset, an interval may be twice as long.
            _steady[channel]++;
            _knownAt[channel] = code > _knownAt[channel] || _known[channel] == 0 ? code : _knownAt[channel];
            _knownFrom[channel] = now;
            _last[channel] = now;
        }

        /// <summary>Gets the time of the last spike; of the start when there was none.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Time in µs.</returns>
        public long LastOf(int channel)
        {
            return _last[channel];
        }

        /// <summary>Tells how long a channel may be silent at the drive that it has.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Time in µs; 0 when nothing is owed, because it may well lie below its onset.</returns>
        public int MostSilence(int channel)
        {
            int known = KnownSilence(channel);
            if (_sureFrom[channel] == long.MaxValue || (known != 0 && KnownDue(channel, known) < SureDue(channel)))
            {
                return known;
            }

            return PatientTime;
        }

        /// <summary>Gets the time at which the next spike is overdue: by the rate that is known, or where any part fires, whichever comes first. A
        /// drive that changes all the time never lets the former come.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Time in µs; long.MaxValue when none is owed.</returns>
        public long Due(int channel)
        {
            int known = KnownSilence(channel);
            long due = known == 0 ? long.MaxValue : KnownDue(channel, known);
            long sure = _sureFrom[channel] == long.MaxValue ? long.MaxValue : SureDue(channel);
            return sure < due ? sure : due;
        }

        /// <summary>Tells whether a sound channel would fire at the drive that it has, so that silence alone is a fault.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>False near an onset, where a part may fire or not.</returns>
        public bool MustFire(int channel)
        {
            return _range.MustFire(channel, _codes[channel]) || (!_range.IsMeasured(channel) && _steady[channel] >= SteadySpikes);
        }

        /// <summary>Gets the number of spikes without drive.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>0 or more; 0 once it is driven.</returns>
        public int UndrivenOf(int channel)
        {
            return _undriven[channel];
        }

        /// <summary>Tells whether a channel fires although nothing drives it.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True after <see cref="UndrivenSpikes" />.</returns>
        public bool FiresUndriven(int channel)
        {
            return _undriven[channel] >= UndrivenSpikes;
        }

        /// <summary>Gets the time of the first spike without drive.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Time in µs.</returns>
        public long UndrivenFrom(int channel)
        {
            return _undrivenFrom[channel];
        }

        /// <summary>Finds a channel that fires as no neuron can. To be called in each turn.</summary>
        /// <param name="now">Time in µs.</param>
        /// <returns>Number of the channel; −1 when there is none.</returns>
        public int Impossible(long now)
        {
            int found = -1;
            if (now >= _rateEnd)
            {
                _rateEnd = now + RateTime;
                for (int k = 0; k < _rate.Length; k++)
                {
                    found = _rate[k] > ImpossibleSpikes ? k : found;
                    _rate[k] = 0;
                }
            }

            return found;
        }

        // A little below the drive that it fired at, and near its onset, it may be a good deal slower. 0 while its rate is not known.
        private int KnownSilence(int channel)
        {
            if (_known[channel] < KnownIntervals || _knownFrom[channel] == long.MaxValue)
            {
                return 0;
            }

            int longest = _codes[channel] < _knownAt[channel] ? _longest[channel] << 1 : _longest[channel];
            return longest + (_longest[channel] >> 1) + _slack;
        }

        private long KnownDue(int channel, int silence)
        {
            return (_knownFrom[channel] > _last[channel] ? _knownFrom[channel] : _last[channel]) + silence;
        }

        private long SureDue(int channel)
        {
            return (_sureFrom[channel] > _last[channel] ? _sureFrom[channel] : _last[channel]) + PatientTime;
        }
    }
}
