// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Two ears: sound in, spikes with times of a microsecond out. Each band of each ear sends a spike at upward zero crossings of its
    /// filter (phase locking); of each block only the strongest, at most a fixed number, so that the cost of a block has a bound.
    /// </summary>
    /// <remarks>
    /// Sound goes in with <see cref="Feed" /> up to <see cref="Room" />; a full block, or the last shorter one, is closed with
    /// <see cref="EndBlock" />, which leaves its spikes in order of time in <see cref="SpikeTime" />, <see cref="SpikeBand" /> and
    /// <see cref="SpikeEar" />. Nothing is allocated after the constructor.
    /// </remarks>
    public sealed class FrontEnd
    {
        /// <summary>Number of the left ear.</summary>
        public const int Left = 0;

        /// <summary>Number of the right ear.</summary>
        public const int Right = 1;

        // Sound is filtered in stretches of this length, an even number.
        private const int Stretch = 160;
        private const int EarBit = 4;
        private const int SourceBits = 5;
        private const int SourceMask = (1 << SourceBits) - 1;
        private const int BandMask = (1 << EarBit) - 1;

        // A short last block may send so many, where whole blocks may.
        private const int LeastPerBlock = 4;

        // A step at both ears gives a band up to seven times its height as level, however it was resampled; a tone 32 times its amplitude.
        private const int LevelOfStep = 8;

        private readonly int[] _parameters;
        private readonly int _bands;
        private readonly int _block;
        private readonly int _period;
        private readonly int _span;
        private readonly int _least;
        private readonly EarInput[] _inputs = new EarInput[2];
        private readonly EarBand[] _filters;
        private readonly int[] _formerPeaks;
        private readonly long[] _sums;
        private readonly int[] _numbers;
        private readonly bool[] _onsets;
        private readonly int[] _work = new int[EarBand.MaxCrossings];
        private readonly int[] _rest = new int[2];
        private readonly int[] _restBefore = new int[2];
        private readonly SortedRuns _spikes;
        private int _loudStretches;
        private bool _isFresh;
        private bool _wasLoud;

        /// <summary>Initializes a new instance of the <see cref="FrontEnd" /> class.</summary>
        /// <param name="table">Sample rate and parameters.</param>
        /// <exception cref="ImageException">A parameter is out of range.</exception>
        public FrontEnd(HearingTable table)
        {
            HearingCheck.Require(table);
            _parameters = table.Parameters;
            _bands = _parameters[HearingLayout.Bands];
            _block = _parameters[HearingLayout.BlockFrames];
            _span = 2 * _parameters[HearingLayout.Silence];
            _period = HearingLayout.RateBase / table.SampleRate;
            BlockMicroseconds = _block * _period / 16;
            Margin = _period / 8;
            _filters = new EarBand[2 * _bands];
            _formerPeaks = new int[2 * _bands];
            _sums = new long[2 * _bands];
            _numbers = new int[2 * _bands];
            _onsets = new bool[_bands];
            for (int ear = 0; ear < 2; ear++)
            {
                _inputs[ear] = new EarInput(Stretch, _parameters[HearingLayout.InputShift]);
                for (int band = 0; band < _bands; band++)
                {
                    _filters[(ear * _bands) + band] = new EarBand(_parameters, Record(band), _block, _parameters[HearingLayout.Floor]);
                }
            }

            int most = _parameters[HearingLayout.SpikesPerBlock];
            _least = most < LeastPerBlock ? most : LeastPerBlock;
            _spikes = new SortedRuns(2 * _bands, 2 * _bands * most);
        }

        /// <summary>Gets the number of bands.</summary>
        public int Bands => _bands;

        /// <summary>Gets the number of frames in a full block.</summary>
        public int BlockFrames => _block;

        /// <summary>Gets the duration of a full block in µs.</summary>
        public int BlockMicroseconds { get; }

        /// <summary>Gets how long before the end of a block, in µs, the earliest spike of the next one may lie: two sample periods.</summary>
        public int Margin { get; }

        /// <summary>Gets the number of frames in the present block.</summary>
        public int Position { get; private set; }

        /// <summary>Gets the number of frames that the present block still takes.</summary>
        public int Room => _block - Position;

        /// <summary>
        /// Gets a value indicating whether what was heard is no more than a jump of the offset of a microphone: it rests elsewhere than
        /// before, and no band is louder than the jump alone makes it.
        /// </summary>
        public bool IsStep
        {
            get
            {
                int left = Distance(_rest[Left], _restBefore[Left]);
                int right = Distance(_rest[Right], _restBefore[Right]);
                int jump = left > right ? left : right;
                if (!_wasLoud || jump <= _span)
                {
                    return false;
                }

                for (int band = 0; band < _bands; band++)
                {
                    if (Level(band) > LevelOfStep * jump)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>Gets the number of samples that went through a filter since start, each band of each ear counted: what hearing costs. Silence costs none.</summary>
        public long BandSamples { get; private set; }

        /// <summary>Gets the number of spikes of the block that was closed last.</summary>
        public int SpikeCount => _spikes.Count;

        /// <summary>Goes back to the beginning: nothing heard, and settled on whatever the first samples are.</summary>
        public void Reset()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Reset();
            }

            _loudStretches = 0;
            _isFresh = true;
            Position = 0;
            _spikes.Clear();
            Forget();
        }

        /// <summary>Forgets levels and peaks, so that the next sound is judged by itself; the filters go on.</summary>
        public void Forget()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Peak = 0;
                _formerPeaks[i] = 0;
                _sums[i] = 0;
                _numbers[i] = 0;
            }

            _wasLoud = false;
        }

        /// <summary>Hears a stretch of sound.</summary>
        /// <param name="left">Samples of the left ear.</param>
        /// <param name="right">Samples of the right ear.</param>
        /// <param name="from">Index of the first frame.</param>
        /// <param name="count">Number of frames, even, at most <see cref="Room" />.</param>
        public void Feed(short[] left, short[] right, int from, int count)
        {
            int done = 0;
            if (_isFresh && count > 0)
            {
                _isFresh = false;
                _inputs[Left].Follow(left[from], left[from]);
                _inputs[Right].Follow(right[from], right[from]);
                if (!_wasLoud)
                {
                    _rest[Left] = left[from];
                    _rest[Right] = right[from];
                }
            }

            while (done < count)
            {
                int part = count - done < Stretch ? count - done : Stretch;
                if (IsSilent(left, from + done, part) && IsSilent(right, from + done, part))
                {
                    // The filters ring on for one stretch.
                    if (_loudStretches > 0)
                    {
                        _loudStretches--;
                        Filter(left, right, from + done, part);
                        if (_loudStretches == 0)
                        {
                            Settle();
                        }
                    }
                    else
                    {
                        int last = from + done + part - 1;
                        _inputs[Left].Follow(left[last - 1], left[last]);
                        _inputs[Right].Follow(right[last - 1], right[last]);
                        _rest[Left] = left[last];
                        _rest[Right] = right[last];
                    }
                }
                else
                {
                    if (!_wasLoud)
                    {
                        _wasLoud = true;
                        _restBefore[Left] = _rest[Left];
                        _restBefore[Right] = _rest[Right];
                    }

                    _loudStretches = 1;
                    Filter(left, right, from + done, part);
                }

                Position += part;
                done += part;
            }
        }

        /// <summary>Lets frames pass that were not captured: they count as silence.</summary>
        /// <param name="count">Number of frames, even, at most <see cref="Room" />.</param>
        public void Skip(int count)
        {
            Settle();
            _loudStretches = 0;
            _isFresh = true;
            Position += count;
        }

        /// <summary>Closes the block, chooses its spikes and begins the next one.</summary>
        /// <returns>Number of spikes.</returns>
        public int EndBlock()
        {
            int most = ((_parameters[HearingLayout.SpikesPerBlock] * Position) + _block - 1) / _block;
            if (most < _least)
            {
                most = _least;
            }

            _spikes.Clear();
            for (int band = 0; band < _bands; band++)
            {
                FindOnset(band);
            }

            for (int i = 0; i < _filters.Length; i++)
            {
                Choose(i, most);
                _spikes.EndRun();
                _filters[i].NextBlock(Position);
            }

            _spikes.Merge();
            Position = 0;
            return _spikes.Count;
        }

        /// <summary>Gets the time of a spike.</summary>
        /// <param name="index">0 to <see cref="SpikeCount" /> − 1, ascending in time.</param>
        /// <returns>The time in µs from the block's start, from −<see cref="Margin" /> on.</returns>
        public int SpikeTime(int index)
        {
            return _spikes.Keys[index] >> SourceBits;
        }

        /// <summary>Gets the band of a spike.</summary>
        /// <param name="index">0 to <see cref="SpikeCount" /> − 1.</param>
        /// <returns>The band.</returns>
        public int SpikeBand(int index)
        {
            return _spikes.Keys[index] & BandMask;
        }

        /// <summary>Gets the ear of a spike.</summary>
        /// <param name="index">0 to <see cref="SpikeCount" /> − 1.</param>
        /// <returns><see cref="Left" /> or <see cref="Right" />.</returns>
        public int SpikeEar(int index)
        {
            return (_spikes.Keys[index] & SourceMask) >> EarBit;
        }

        /// <summary>Tells whether a band became so much louder in the block that was closed last that what it heard before is forgotten.</summary>
        /// <param name="band">The band.</param>
        /// <returns>True when it did.</returns>
        public bool IsOnset(int band)
        {
            return _onsets[band];
        }

        /// <summary>Gets the level of a band, both ears together, comparable between bands.</summary>
        /// <param name="band">The band.</param>
        /// <returns>The level, 0 for nothing heard.</returns>
        public int Level(int band)
        {
            long peaks = (long)_filters[band].Peak + _filters[_bands + band].Peak;
            return (int)((peaks * _parameters[Record(band) + HearingLayout.LevelScale]) >> 16);
        }

        /// <summary>Tells whether an ear has sent a spike of fine structure or envelope since the sound began.</summary>
        /// <param name="ear"><see cref="Left" /> or <see cref="Right" />.</param>
        /// <returns>True when it has.</returns>
        public bool Hears(int ear)
        {
            for (int band = 0; band < _bands; band++)
            {
                if (_numbers[(ear * _bands) + band] > 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Gets how many spikes of a band may have met at a coincidence neuron: those of the ear that sent fewer.</summary>
        /// <param name="band">The band.</param>
        /// <returns>The number.</returns>
        public int Pairs(int band)
        {
            int left = _numbers[band];
            int right = _numbers[_bands + band];
            return left < right ? left : right;
        }

        /// <summary>Gets by how much a band is louder at the right ear, from the mean depth of the troughs.</summary>
        /// <param name="band">A band with <see cref="Pairs" /> above 0.</param>
        /// <returns>The difference in 1/256 octave; 0 when an ear heard nothing.</returns>
        public int LevelDifference(int band)
        {
            if (Pairs(band) == 0)
            {
                return 0;
            }

            int left = (int)(_sums[band] / _numbers[band]);
            int right = (int)(_sums[_bands + band] / _numbers[_bands + band]);
            return Loudness.Octaves(right + 1) - Loudness.Octaves(left + 1);
        }

        private static int Record(int band)
        {
            return HearingLayout.HeadLength + (band * HearingLayout.BandLength);
        }

        private static int Distance(int a, int b)
        {
            return a > b ? a - b : b - a;
        }

        // Silence is samples that stay together, wherever the offset of the microphone puts them.
        private bool IsSilent(short[] samples, int from, int count)
        {
            int span = _span;
            int end = from + count;
            int lowest = samples[from];
            int highest = lowest;
            for (int i = from + 1; i < end; i++)
            {
                int v = samples[i];
                if (v > highest)
                {
                    highest = v;
                }
                else if (v < lowest)
                {
                    lowest = v;
                }
                else
                {
                    continue;
                }

                if (highest - lowest > span)
                {
                    return false;
                }
            }

            return true;
        }

        private void Filter(short[] left, short[] right, int from, int count)
        {
            Filter(Left, left, from, count);
            Filter(Right, right, from, count);
        }

        private void Filter(int ear, short[] samples, int from, int count)
        {
            EarInput input = _inputs[ear];
            input.Take(samples, from, count);
            BandSamples += count * _bands;
            for (int band = 0; band < _bands; band++)
            {
                bool envelope = _parameters[Record(band) + HearingLayout.Envelope] != 0;
                _filters[(ear * _bands) + band].Run(envelope ? input.Envelope : input.Fine, count, Position);
            }
        }

        private void Settle()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Settle();
            }
        }

        private void FindOnset(int band)
        {
            long ratio = _parameters[HearingLayout.OnsetRatio];
            bool onset = false;
            for (int i = band; i < _filters.Length; i += _bands)
            {
                int peak = _filters[i].Peak;
                onset |= peak > ratio * _formerPeaks[i];
                _formerPeaks[i] = peak;
            }

            _onsets[band] = onset;
            for (int i = band; onset && i < _filters.Length; i += _bands)
            {
                _sums[i] = 0;
                _numbers[i] = 0;
            }
        }

        private void Choose(int index, int most)
        {
            EarBand filter = _filters[index];
            int count = filter.Count;
            if (count == 0)
            {
                return;
            }

            int ear = index < _bands ? Left : Right;
            int band = ear == Left ? index : index - _bands;
            int source = (ear << EarBit) | band;
            int correction = _parameters[Record(band) + HearingLayout.Correction];
            int[] places = filter.Places;
            int[] depths = filter.Depths;
            int peak = filter.Peak;
            int threshold = Strongest.Threshold(depths, count, peak >> 2, peak, most, _work);
            int chosen = 0;
            long sum = 0;
            for (int i = 0; i < count && chosen < most; i++)
            {
                int depth = depths[i];
                if (depth >= threshold)
                {
                    // The straight line errs by a cubic for a sine of the band's frequency.
                    int place = places[i];
                    int fraction = place & ((1 << EarBand.FractionBits) - 1);
                    int bend = (fraction * (1024 - fraction)) >> 10;
                    bend = (bend * (1024 - (2 * fraction))) >> 10;
                    int time = (((place >> EarBand.FractionBits) - 1) << 10) + fraction + ((bend * correction) >> 10);
                    _spikes.Add((((time * _period) + 8192) >> 14 << SourceBits) | source);
                    sum += depth;
                    chosen++;
                }
            }

            _sums[index] += sum;
            _numbers[index] += chosen;
        }
    }
}
