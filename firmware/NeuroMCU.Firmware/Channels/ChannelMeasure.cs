// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>
    /// A measurement of neuron channels, all at the same time: drives them, lets them settle, counts spikes and reads senses over a window.
    /// It goes on from turn to turn, so that the wire is served and the host's silence noticed meanwhile.
    /// </summary>
    public sealed class ChannelMeasure
    {
        // Faster than any thyristor neuron: their discharge alone takes 0.2 ms and more.
        private const int ImpossibleRate = 3000;

        // Readings that have to agree, and the code above which they show a current: some 30 mV.
        private const int LatchedReadings = 4;
        private const int OnRise = 40;

        private readonly ChannelBank _bank;
        private readonly int[] _channels = new int[BoardMeasure.MaxChannels];
        private readonly int[] _placeOf;
        private readonly int[] _spikes = new int[BoardMeasure.MaxChannels];
        private readonly int[] _before = new int[BoardMeasure.MaxChannels];
        private readonly int[] _codes = new int[BoardMeasure.MaxChannels];
        private readonly int[] _first = new int[BoardMeasure.MaxChannels];
        private readonly int[] _last = new int[BoardMeasure.MaxChannels];
        private readonly int[] _shortest = new int[BoardMeasure.MaxChannels];
        private readonly int[] _longest = new int[BoardMeasure.MaxChannels];
        private readonly int[] _plateaus = new int[BoardMeasure.MaxChannels];
        private readonly int[] _samples = new int[BoardMeasure.MaxChannels];
        private readonly long[] _sums = new long[BoardMeasure.MaxChannels];
        private readonly int[] _lowest = new int[BoardMeasure.MaxChannels];
        private readonly int[] _highest = new int[BoardMeasure.MaxChannels];
        private int _count;
        private int _next;
        private int _safeCount;
        private int _missed;
        private bool _keep;
        private bool _follow;
        private long _followStart;
        private long _windowStart;
        private long _end;

        /// <summary>Initializes a new instance of the <see cref="ChannelMeasure" /> class.</summary>
        /// <param name="bank">The channels.</param>
        public ChannelMeasure(ChannelBank bank)
        {
            _bank = bank;
            _placeOf = new int[bank.Count];
        }

        /// <summary>Gets how far the measurement is, one of <see cref="MeasureState" />.</summary>
        public int State { get; private set; }

        /// <summary>Gets the number of the measurement, 1 to 255; 0 before the first.</summary>
        public int Number { get; private set; }

        /// <summary>Gets a value indicating whether a measurement goes on.</summary>
        public bool IsGoing
        {
            get { return State == MeasureState.Settling || State == MeasureState.Counting; }
        }

        /// <summary>Starts a measurement; a driver that fails throws.</summary>
        /// <param name="request">What to measure; checked.</param>
        /// <param name="now">Time in µs.</param>
        public void Start(BoardMeasure request, long now)
        {
            Number = Number == 255 ? 1 : Number + 1;
            for (int k = 0; k < _placeOf.Length; k++)
            {
                _placeOf[k] = -1;
            }

            _bank.WatchAll();
            _count = request.Count;
            _keep = (request.Flags & BoardMeasure.Keep) != 0;
            _follow = (request.Flags & BoardMeasure.Follow) != 0;
            _safeCount = _bank.SafeCount;
            _next = 0;
            _windowStart = now + (request.Settle * 1000L);
            _followStart = now + (request.Settle * 500L);
            _end = _windowStart + (request.Window * 1000L);
            State = MeasureState.Settling;
            for (int k = 0; k < _count; k++)
            {
                int channel = request.Channels[k];
                _channels[k] = channel;
                _placeOf[channel] = k;
                _codes[k] = request.Codes[k];
                _spikes[k] = 0;
                _before[k] = 0;
                _first[k] = 0;
                _last[k] = 0;
                _shortest[k] = 0;
                _longest[k] = 0;
                _plateaus[k] = 0;
                Forget(k);
                _bank.Board.Follow(channel, 0);
                _bank.Drive(channel, request.Codes[k]);
            }
        }

        /// <summary>Goes on with the measurement.</summary>
        /// <param name="now">Time in µs.</param>
        public void Turn(long now)
        {
            if (_safeCount != _bank.SafeCount)
            {
                State = MeasureState.Aborted;
                for (int k = 0; k < _count; k++)
                {
                    _bank.Board.Follow(_channels[k], 0);
                }

                return;
            }

            if (State == MeasureState.Settling && now >= _windowStart)
            {
                State = MeasureState.Counting;
                _missed = _bank.Board.Missed;
                LayBaselines();
            }

            _bank.Board.Poll(now);
            TakeSpikes();
            if (State == MeasureState.Counting)
            {
                SenseNext();
                if (now >= _end)
                {
                    Finish();
                }
            }
            else if (_follow && now >= _followStart)
            {
                SenseNext();
            }
        }

        /// <summary>Says how far it is.</summary>
        /// <param name="progress">Receives it.</param>
        /// <param name="now">Time in µs.</param>
        public void Tell(MeasureProgress progress, long now)
        {
            progress.Number = Number;
            progress.State = State;
            progress.Left = IsGoing && now < _end ? (int)((_end - now + 999) / 1000) : 0;
        }

        /// <summary>Fills in results.</summary>
        /// <param name="results">Receives them.</param>
        /// <param name="first">Place in the measurement of the first channel.</param>
        /// <returns>False when there is no such place.</returns>
        public bool Fill(MeasureResults results, int first)
        {
            if (first >= _count)
            {
                return false;
            }

            results.Number = Number;
            results.First = first;
            results.Count = _count - first < MeasureResults.MaxChannels ? _count - first : MeasureResults.MaxChannels;
            for (int k = 0; k < results.Count; k++)
            {
                int place = first + k;
                int samples = _samples[place];
                results.Channels[k] = _channels[place];
                results.Conditions[k] = Judge(place);
                results.Spikes[k] = _spikes[place];
                results.FirstTimes[k] = _first[place];
                results.LastTimes[k] = _last[place];
                results.Samples[k] = samples;
                results.Means[k] = samples == 0 ? 0 : (int)(((_sums[place] << 8) + (samples >> 1)) / samples);
                results.Lowest[k] = samples == 0 ? 0 : _lowest[place];
                results.Highest[k] = _highest[place];
                results.Missed[k] = _missed < 65535 ? _missed : 65535;
            }

            return true;
        }

        /// <summary>Fills in intervals.</summary>
        /// <param name="intervals">Receives them.</param>
        /// <param name="first">Place in the measurement of the first channel.</param>
        /// <returns>False when there is no such place.</returns>
        public bool Fill(MeasureIntervals intervals, int first)
        {
            if (first >= _count)
            {
                return false;
            }

            intervals.Number = Number;
            intervals.First = first;
            intervals.Count = _count - first < MeasureIntervals.MaxChannels ? _count - first : MeasureIntervals.MaxChannels;
            for (int k = 0; k < intervals.Count; k++)
            {
                intervals.Channels[k] = _channels[first + k];
                intervals.Shortest[k] = _shortest[first + k];
                intervals.Longest[k] = _longest[first + k];
                intervals.Plateaus[k] = _plateaus[first + k];
            }

            return true;
        }

        private void TakeSpikes()
        {
            while (_bank.Board.Take())
            {
                int channel = _bank.Board.SpikeChannel;
                int place = channel < 0 || channel >= _placeOf.Length ? -1 : _placeOf[channel];
                long time = _bank.Board.SpikeTime;
                if (place < 0 || time >= _end)
                {
                    continue;
                }

                if (time < _windowStart)
                {
                    _before[place]++;
                    continue;
                }

                int since = (int)(time - _windowStart);
                if (_spikes[place] == 0)
                {
                    _first[place] = since;
                }
                else
                {
                    int interval = since - _last[place];
                    _shortest[place] = _spikes[place] == 1 || interval < _shortest[place] ? interval : _shortest[place];
                    _longest[place] = interval > _longest[place] ? interval : _longest[place];
                }

                _last[place] = since;
                _spikes[place]++;
            }
        }

        // One channel per turn: a reading costs as much as a look at all spike inputs, and these must not wait.
        private void SenseNext()
        {
            int place = _next;
            _next = _next + 1 < _count ? _next + 1 : 0;
            if (_samples[place] == 65535)
            {
                return;
            }

            int code = _bank.Sense(_channels[place]);
            if (code < 0)
            {
                return;
            }

            _samples[place]++;
            _sums[place] += code;
            _lowest[place] = code < _lowest[place] ? code : _lowest[place];
            _highest[place] = code > _highest[place] ? code : _highest[place];
        }

        // The middle between the extremes, which does not hang on how often readings fall on a spike.
        private void LayBaselines()
        {
            for (int k = 0; k < _count && _follow; k++)
            {
                _bank.Board.Follow(_channels[k], _samples[k] == 0 ? 0 : (_lowest[k] + _highest[k]) / 2);
                Forget(k);
            }
        }

        private void Forget(int place)
        {
            _samples[place] = 0;
            _sums[place] = 0;
            _lowest[place] = 65535;
            _highest[place] = 0;
        }

        private void Finish()
        {
            State = MeasureState.Done;
            _missed = _bank.Board.Missed - _missed;
            for (int k = 0; k < _count; k++)
            {
                _plateaus[k] = _bank.Board.LongestHigh(_channels[k]);
                _bank.Board.Follow(_channels[k], 0);
                if (!_keep)
                {
                    _bank.Drive(_channels[k], 0);
                }
            }
        }

        private int Judge(int place)
        {
            if ((long)_spikes[place] * 1000000 > ImpossibleRate * (_end - _windowStart))
            {
                return ChannelCondition.Stuck;
            }

            bool conducts = _samples[place] >= LatchedReadings && _lowest[place] > OnRise;

            // A neuron that is silent below its onset leaks as much as a latched one conducts: it has to be one that should fire.
            int limit = _bank.Board.MaxCode(_channels[place]);
            bool shouldFire = _before[place] > 0 || _codes[place] >= limit - (limit >> 2);
            return _spikes[place] == 0 && conducts && shouldFire ? ChannelCondition.Latched : ChannelCondition.Good;
        }
    }
}
