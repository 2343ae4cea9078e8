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

        // Sound is filtered in pieces of this length, an even number.
        private const int Piece = 160;
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
        private readonly int _least;
        private readonly EarInput[] _inputs = new EarInput[2];
        private readonly EarBand[] _filters;
        private readonly int[] _work = new int[EarBand.MaxCrossings];
        private readonly RestLevel _rest;
        private readonly SortedRuns _spikes;
        private int _loudPieces;
        private bool _isFresh;

        /// <summary>Initializes a new instance of the <see cref="FrontEnd" /> class.</summary>
        /// <param name="table">Sample rate and parameters.</param>
        /// <exception cref="ImageException">A parameter is out of range.</exception>
        public FrontEnd(HearingTable table)
        {
            HearingCheck.Require(table);
            _parameters = table.Parameters;
            _bands = _parameters[HearingLayout.Bands];
            _block = _parameters[HearingLayout.BlockFrames];
            _rest = new RestLevel(_parameters[HearingLayout.Silence]);
            _period = HearingLayout.RateBase / table.SampleRate;
            BlockMicroseconds = _block * _period / 16;
            Margin = _period / 8;
            _filters = new EarBand[2 * _bands];
            for (int ear = 0; ear < 2; ear++)
            {
                _inputs[ear] = new EarInput(Piece, _parameters[HearingLayout.InputShift]);
                for (int band = 0; band < _bands; band++)
                {
                    _filters[(ear * _bands) + band] = new EarBand(_parameters, HearingLayout.Record(band), _block,
                        _parameters[HearingLayout.Floor]);
                }
            }

            Levels = new BandLevels(_parameters, _filters);
            int most = _parameters[HearingLayout.SpikesPerBlock];
            _least = most < LeastPerBlock ? most : LeastPerBlock;
            _spikes = new SortedRuns(2 * _bands, 2 * _bands * most);
        }

        /// <summary>Gets how loud the bands were, and how many spikes they sent.</summary>
        public BandLevels Levels { get; }

        /// <summary>Gets the number of bands.</summary>
        internal int Bands => _bands;

        /// <summary>Gets the number of frames in a full block.</summary>
        internal int BlockFrames => _block;

        /// <summary>Gets the duration of a full block in µs.</summary>
        public int BlockMicroseconds { get; }

        /// <summary>Gets how long before the end of a block, in µs, the earliest spike of the next one may lie: two sample
        /// periods.</summary>
        internal int Margin { get; }

        /// <summary>Gets the number of frames in the present block.</summary>
        internal int Position { get; private set; }

        /// <summary>Gets the number of frames that the present block has room for.</summary>
        public int Room => _block - Position;

        /// <summary>
        /// Gets a value indicating whether what was heard is no more than a jump of the offset of a microphone: it rests elsewhere than
        /// before, and no band is louder than the jump alone makes it.
        /// </summary>
        internal bool IsStep
        {
            get
            {
                int jump = _rest.Jump;
                if (jump == 0)
                {
                    return false;
                }

                for (int band = 0; band < _bands; band++)
                {
                    if (Levels.Level(band) > LevelOfStep * jump)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>Gets the number of samples that went through a filter since start, each band of each ear counted: what hearing
        /// costs. Silence costs none.</summary>
        public long BandSamples { get; private set; }

        /// <summary>Gets the number of spikes of the block that was closed last.</summary>
        internal int SpikeCount => _spikes.Count;

        /// <summary>Goes back to the beginning: nothing heard, and settled on whatever the first samples are.</summary>
        internal void Reset()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Reset();
            }

            _loudPieces = 0;
            _isFresh = true;
            Position = 0;
            _spikes.Clear();
            Forget();
        }

        /// <summary>Forgets levels and peaks, so that the next sound is judged by itself; the filters go on.</summary>
        internal void Forget()
        {
            Levels.Forget();
            _rest.Forget();
        }

        /// <summary>Hears a piece of sound.</summary>
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
                if (!_rest.WasLoud)
                {
                    _rest.Settle(left[from], right[from]);
                }
            }

            while (done < count)
            {
                int part = count - done < Piece ? count - done : Piece;
                if (_rest.IsSilent(left, from + done, part) && _rest.IsSilent(right, from + done, part))
                {
                    // The filters ring on for one piece.
                    if (_loudPieces > 0)
                    {
                        _loudPieces--;
                        Filter(left, right, from + done, part);
                        if (_loudPieces == 0)
                        {
                            Settle();
                        }
                    }
                    else
                    {
                        int last = from + done + part - 1;
                        _inputs[Left].Follow(left[last - 1], left[last]);
                        _inputs[Right].Follow(right[last - 1], right[last]);
                        _rest.Settle(left[last], right[last]);
                    }
                }
                else
                {
                    _rest.Disturb();
                    _loudPieces = 1;
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
            _loudPieces = 0;
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
            Levels.FindOnsets();
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
        public int SpikeTime(int index) => _spikes.Keys[index] >> SourceBits;

        /// <summary>Gets the band of a spike.</summary>
        /// <param name="index">0 to <see cref="SpikeCount" /> − 1.</param>
        /// <returns>The band.</returns>
        public int SpikeBand(int index) => _spikes.Keys[index] & BandMask;

        /// <summary>Gets the ear of a spike.</summary>
        /// <param name="index">0 to <see cref="SpikeCount" /> − 1.</param>
        /// <returns><see cref="Left" /> or <see cref="Right" />.</returns>
        public int SpikeEar(int index) => (_spikes.Keys[index] & SourceMask) >> EarBit;

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
                bool envelope = _parameters[HearingLayout.Record(band) + HearingLayout.Envelope] != 0;
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
            int correction = _parameters[HearingLayout.Record(band) + HearingLayout.Correction];
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

            Levels.Add(index, chosen, sum);
        }
    }
}
