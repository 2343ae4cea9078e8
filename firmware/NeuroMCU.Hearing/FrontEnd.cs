// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
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
    /// <see cref="EndBlock()" />, which leaves its spikes in order of time in <see cref="SpikeTime" />, <see cref="SpikeBand" /> and
    /// <see cref="SpikeEar" />. Of a block only the loudest stretch is filtered, since the strongest crossings lie there; silence is not
    /// filtered at all. Nothing is allocated after the constructor.
    /// </remarks>
    public sealed class FrontEnd
    {
        /// <summary>Number of the left ear.</summary>
        public const int Left = 0;

        /// <summary>Number of the right ear.</summary>
        public const int Right = 1;

        // Sound is filtered in pieces of this length, a multiple of four.
        internal const int Piece = 160;
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
        private readonly int _lead;
        private readonly short[] _left;
        private readonly short[] _right;
        private readonly LoudestStretch _loudest;
        private readonly EarInput[] _inputs = new EarInput[2];
        private readonly EarBand[] _filters;
        private readonly int[] _work;
        private readonly RestLevel _rest;
        private readonly SortedRuns _spikes;
        private bool _isFresh;
        private bool _hasSound;
        private bool _goesOn;

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
            _lead = _parameters[HearingLayout.LeadFrames];
            _left = new short[_lead + _block];
            _right = new short[_lead + _block];
            _loudest = new LoudestStretch(_parameters, _rest);
            _period = HearingLayout.RateBase / table.SampleRate;
            BlockMicroseconds = _block * _period / 16;
            Margin = _period / 8;
            _filters = new EarBand[2 * _bands];
            _inputs[Left] = new EarInput(Piece, _parameters[HearingLayout.InputShift]);
            _inputs[Right] = new EarInput(_inputs[Left]);
            int crossings = 0;
            for (int band = 0; band < _bands; band++)
            {
                int at = HearingLayout.Record(band);
                _filters[band] = new EarBand(_parameters, at);
                _filters[_bands + band] = new EarBand(_parameters, at);
                int most = EarBand.Capacity(_parameters, at);
                crossings = most > crossings ? most : crossings;
            }

            _work = new int[crossings];

            Levels = new BandLevels(_parameters, _filters);
            _spikes = new SortedRuns(2 * _bands, 2 * _bands * _parameters[HearingLayout.SpikesPerBlock]);
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

        /// <summary>Gets the number of samples that went through a filter since start, each band of each ear counted, at the rate of the
        /// band.</summary>
        public long BandSamples { get; private set; }

        /// <summary>Gets the number of frames in blocks with sound since start.</summary>
        public long SoundFrames { get; private set; }

        /// <summary>Gets the number of those frames whose crossings could become spikes; the others were left out by plan.</summary>
        public long HeardFrames { get; private set; }

        /// <summary>Gets how loud the loudest stretch of the block is that <see cref="Survey" /> looked at last; 0 for silence.</summary>
        internal int Loudness => _loudest.Loudness;

        /// <summary>Gets the number of spikes of the block that was closed last.</summary>
        internal int SpikeCount => _spikes.Count;

        /// <summary>Goes back to the beginning: nothing heard, and settled on whatever the first samples are.</summary>
        internal void Reset()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Reset();
            }

            _isFresh = true;
            _hasSound = false;
            _goesOn = false;
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

        /// <summary>Takes a piece of sound.</summary>
        /// <param name="left">Samples of the left ear.</param>
        /// <param name="right">Samples of the right ear.</param>
        /// <param name="from">Index of the first frame.</param>
        /// <param name="count">Number of frames, even, at most <see cref="Room" />.</param>
        public void Feed(short[] left, short[] right, int from, int count)
        {
            if (_isFresh && count > 0)
            {
                _isFresh = false;
                if (!_hasSound)
                {
                    Rest(left[from], right[from]);
                }

                if (!_rest.WasLoud)
                {
                    _rest.Settle(left[from], right[from]);
                }
            }

            Array.Copy(left, from, _left, _lead + Position, count);
            Array.Copy(right, from, _right, _lead + Position, count);
            Position += count;
            _hasSound |= count > 0;
        }

        /// <summary>Lets frames pass that were not captured: they count as silence.</summary>
        /// <param name="count">Number of frames, even, at most <see cref="Room" />.</param>
        public void Skip(int count)
        {
            int put = _lead + Position;
            int left = put > 0 ? _left[put - 1] : 0;
            int right = put > 0 ? _right[put - 1] : 0;
            for (int k = 0; k < count; k++)
            {
                _left[put + k] = (short)left;
                _right[put + k] = (short)right;
            }

            _goesOn = false;
            _isFresh = true;
            Position += count;
        }

        /// <summary>Looks for the loudest stretch of the block. To be called once before <see cref="EndBlock(bool, int)" />.</summary>
        internal void Survey()
        {
            _loudest.Find(_left, _right, Position);
        }

        /// <summary>Closes the block, chooses its spikes and begins the next one.</summary>
        /// <returns>Number of spikes.</returns>
        public int EndBlock()
        {
            Survey();
            return EndBlock(true, _parameters[HearingLayout.SpikesPerBlock]);
        }

        /// <summary>Closes the block that <see cref="Survey" /> looked at, and begins the next one.</summary>
        /// <param name="hear">True to hear its loudest stretch; false to let it pass.</param>
        /// <param name="spikes">Most spikes of a full block for each band and ear, at most those of the parameters.</param>
        /// <returns>Number of spikes.</returns>
        internal int EndBlock(bool hear, int spikes)
        {
            int least = spikes < LeastPerBlock ? spikes : LeastPerBlock;
            int most = ((spikes * Position) + _block - 1) / _block;
            if (most < least)
            {
                most = least;
            }

            _spikes.Clear();
            SoundFrames += _loudest.Loudness > 0 ? Position : 0;
            if (hear && _loudest.Loudness > 0)
            {
                Hear();
                Levels.FindOnsets();
                Levels.AddSlopes(Left, _inputs[Left].Slopes);
                Levels.AddSlopes(Right, _inputs[Right].Slopes);
                for (int i = 0; i < _filters.Length; i++)
                {
                    Choose(i, most);
                    _spikes.EndRun();
                    _filters[i].NextBlock(Position);
                }

                _spikes.Merge();
            }
            else
            {
                // Nothing was heard, and the filters begin anew: only an onset of the block before is none of this one.
                _goesOn = false;
                Levels.ForgetOnsets();
            }

            Array.Copy(_left, Position, _left, 0, _lead);
            Array.Copy(_right, Position, _right, 0, _lead);
            Position = 0;
            _hasSound = false;
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

        // A stretch that follows on the one before needs no lead.
        private void Hear()
        {
            int start = _loudest.Start;
            int end = start + _loudest.Length;
            int from = start;
            if (!_goesOn || start > 0)
            {
                from -= _lead;
                Settle();
                _inputs[Left].Settle(_left[_lead + from]);
                _inputs[Right].Settle(_right[_lead + from]);
            }

            HeardFrames += end - start;
            _inputs[Left].ForgetSlopes();
            _inputs[Right].ForgetSlopes();
            while (from < end)
            {
                int count = end - from < Piece ? end - from : Piece;
                Filter(Left, _left, from, count, start);
                Filter(Right, _right, from, count, start);
                from += count;
            }

            _goesOn = end == Position;
        }

        private void Filter(int ear, short[] samples, int from, int count, int heard)
        {
            EarInput input = _inputs[ear];
            input.Take(samples, _lead + from, count);
            for (int i = ear * _bands; i < (ear + 1) * _bands; i++)
            {
                EarBand filter = _filters[i];
                filter.Run(filter.IsEnvelope ? input.Envelope : filter.Halvings == 0 ? input.Fine : input.Low, count, from, heard);
                BandSamples += count >> filter.Halvings;
            }
        }

        // Before the first frame it was as quiet as in it.
        private void Rest(int left, int right)
        {
            for (int k = 0; k < _lead + Position; k++)
            {
                _left[k] = (short)left;
                _right[k] = (short)right;
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
            int period = _period << filter.Halvings;
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
                    _spikes.Add((((time * period) + 8192) >> 14 << SourceBits) | source);
                    sum += depth;
                    chosen++;
                }
            }

            Levels.Add(index, chosen, sum);
        }
    }
}
