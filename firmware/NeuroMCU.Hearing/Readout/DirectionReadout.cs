// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Direction of a sound from coincidence neurons of several bands. Neuron k of every band stands for the same direction, so that the
    /// phase ambiguities of a band, which fall on other neurons in every band, do not add up: the place with the largest sum over all
    /// bands is the rough direction ("straightness", Stern and Trahiotis 1995). Around it the centre of mass of the bands of fine
    /// structure gives the position, and a map the angle.
    /// </summary>
    /// <remarks>
    /// Two more cues weigh the sum: how well the level difference between the ears of a band fits the direction that the neuron stands
    /// for (duplex theory, Rayleigh 1907), and how loud the band is; a band far below the loudest one is mostly noise. How far the
    /// evidence agrees with itself is for <see cref="DirectionEvidence" /> to say.
    /// </remarks>
    public sealed class DirectionReadout : IReadout
    {
        private const int One = 256;

        // Three neurons fire per perfect pair of spikes, which gives 3 · 256 here; half of the pairs are enough to be certain.
        private const int CertainShare = 3 * One / 2;
        private const int Corrections = 3;

        private readonly BandLevels _levels;
        private readonly SpikeTally[] _tallies;
        private readonly int[] _records;
        private readonly int[] _parameters;
        private readonly int _places;
        private readonly int _step;
        private readonly int _halfWidth;
        private readonly int _minSpikes;
        private readonly DirectionEvidence _evidence;
        private readonly int[] _counts;
        private readonly int[] _weights;
        private readonly int[] _coarse;
        private readonly int[] _smooth;
        private readonly int[] _fine;
        private int _pairs;

        /// <summary>Initializes a new instance of the <see cref="DirectionReadout" /> class.</summary>
        /// <param name="table">Its part of the image.</param>
        /// <param name="engine">The engine that counts.</param>
        /// <param name="frontEnd">The front end that drives the populations, for its levels.</param>
        /// <exception cref="ImageException">A parameter is out of range, or populations and places do not fit.</exception>
        public DirectionReadout(ReadoutTable table, NetworkEngine engine, FrontEnd frontEnd)
        {
            _records = DirectionCheck.Records(table, engine.Tables, frontEnd.Bands);
            _levels = frontEnd.Levels;
            _parameters = table.Parameters;
            _places = _parameters[DirectionLayout.Places];
            _step = _parameters[DirectionLayout.Step];
            _halfWidth = table.HalfWidth;
            _minSpikes = table.MinSpikes;
            _tallies = new SpikeTally[table.Populations.Length];
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i] = new SpikeTally(engine.SpikeCounts(table.Populations[i]));
            }

            _counts = new int[_places * _tallies.Length];
            _weights = new int[_tallies.Length];
            _coarse = new int[_places];
            _smooth = new int[_places];
            _fine = new int[_places];
            _evidence = new DirectionEvidence(_parameters, _records, frontEnd);
        }

        /// <inheritdoc />
        public bool IsValid { get; private set; }

        /// <inheritdoc />
        public int Value { get; private set; }

        /// <inheritdoc />
        public int Confidence { get; private set; }

        /// <inheritdoc />
        public int Spikes { get; private set; }

        /// <inheritdoc />
        public int Doubt { get; private set; }

        /// <summary>Gets the position on the axis that was found, in 1/16 µs from the middle, to the right positive.</summary>
        public int Position { get; private set; }

        /// <summary>Gets a cue of the last answer, for whoever fits rivals.</summary>
        /// <param name="index">Its number, as <see cref="DirectionLayout" /> orders them.</param>
        public int Cue(int index) => _evidence.Cue(index);

        /// <inheritdoc />
        public void Forget()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i].Forget();
            }

            _levels.ForgetPart();
            IsValid = false;
            Doubt = Readout.Doubt.None;
            Confidence = 0;
            Spikes = 0;
        }

        /// <summary>Forgets the bands in which an onset was found. To be called before the engine serves the onset's block.</summary>
        public void ForgetOnsets()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                if (_levels.IsOnset(i))
                {
                    _tallies[i].Forget();
                }
            }
        }

        /// <summary>Evaluates what was counted since the last <see cref="ForgetPart" />, as <see cref="Evaluate" /> does for the whole
        /// sound.</summary>
        public void EvaluatePart()
        {
            _levels.OfPart = true;
            Evaluate();
            _levels.OfPart = false;
        }

        /// <summary>A new part of the sound begins now.</summary>
        public void ForgetPart()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i].ForgetPart();
            }

            _levels.ForgetPart();
        }

        /// <inheritdoc />
        public void Evaluate()
        {
            for (int k = 0; k < _places; k++)
            {
                _coarse[k] = 0;
                _fine[k] = 0;
            }

            Spikes = 0;
            _pairs = 0;
            int loudest = Loudest();
            for (int i = 0; i < _tallies.Length; i++)
            {
                AddBand(i, loudest);
            }

            IsValid = false;
            Value = 0;
            Confidence = 0;
            Doubt = Readout.Doubt.FewSpikes;
            int place = RoughPlace();
            if (place < 0)
            {
                Doubt = _evidence.OfSilence();
                return;
            }

            place = Refine(place);
            Value = MonotoneMap.Value(_parameters, DirectionLayout.HeadLength, _parameters[DirectionLayout.MapPoints], Position);
            Confidence = _evidence.Weigh(Confidence, place, Position, _counts, _weights, _smooth, _fine);
            IsValid = Spikes >= _minSpikes && Confidence >= _parameters[DirectionLayout.LeastConfidence];
            Doubt = IsValid ? Readout.Doubt.None : Spikes < _minSpikes ? Readout.Doubt.FewSpikes : _evidence.Doubt;
        }

        private int Loudest()
        {
            int loudest = 1;
            for (int i = 0; i < _tallies.Length; i++)
            {
                int level = _parameters[_records[i] + DirectionLayout.Weight] == 0 ? _levels.Level(i) : 0;
                if (level > loudest)
                {
                    loudest = level;
                }
            }

            return loudest;
        }

        private void AddBand(int band, int loudest)
        {
            int record = _records[band];
            int from = band * _places;
            int total = CountPlaces(_tallies[band], _parameters[record + DirectionLayout.Stride], from);
            int pairs = _levels.Pairs(band);
            _weights[band] = 0;
            if (total == 0 || pairs == 0)
            {
                return;
            }

            Spikes += total;
            int weight = _parameters[record + DirectionLayout.Weight];
            bool fine = weight == 0;
            if (fine)
            {
                weight = LevelWeight(_levels.Level(band), loudest);
                _pairs += pairs * weight;
            }

            _weights[band] = weight;
            int places = _places;
            int[] counts = _counts;
            int[] table = _parameters;
            int levels = record + DirectionLayout.Levels;
            int heard = _levels.Difference(band);
            int factor = table[DirectionLayout.LevelFactor];
            int least = table[DirectionLayout.LeastAgreement];
            for (int k = 0; k < places; k++)
            {
                // What lies above the mean of all places speaks for a place.
                int count = counts[from + k];
                int excess = (count * places) - total;
                if (excess > 0)
                {
                    int difference = heard - table[levels + k];
                    if (difference < 0)
                    {
                        difference = -difference;
                    }

                    int agreement = One - ((difference * factor) >> 8);
                    if (agreement < least)
                    {
                        agreement = least;
                    }

                    _coarse[k] += ((excess * agreement) >> 4) * weight >> 4;
                }

                if (fine)
                {
                    _fine[k] += count * weight;
                }
            }
        }

        // Spreads the spikes of a population over the places; where it has no neuron, the mean of the two beside it stands in.
        private int CountPlaces(SpikeTally tally, int stride, int from)
        {
            int[] counts = _counts;
            bool part = _levels.OfPart;
            int total = 0;
            for (int i = 0; i < tally.Size; i++)
            {
                int count = part ? tally.OfPart(i) : tally.Of(i);
                counts[from + (i * stride)] = count;
                total += count;
            }

            int end = from + _places;
            for (int k = from + 1; stride == 2 && k < end; k += 2)
            {
                counts[k] = (counts[k - 1] + counts[k + 1] + 1) >> 1;
                total += counts[k];
            }

            return total;
        }

        private int LevelWeight(int level, int loudest)
        {
            long weight = (long)level * _parameters[DirectionLayout.WeakFactor] * One / loudest;
            int least = _parameters[DirectionLayout.LeastLevel];
            if (weight < least)
            {
                return least;
            }

            return weight > One ? One : (int)weight;
        }

        // The largest sum, smoothed with 1 2 3 2 1.
        private int RoughPlace()
        {
            int[] sums = _coarse;
            int last = _places - 1;
            int best = 0;
            int place = -1;
            for (int k = 0; k <= last; k++)
            {
                int sum = 3 * sums[k];
                sum += k > 0 ? 2 * sums[k - 1] : 0;
                sum += k > 1 ? sums[k - 2] : 0;
                sum += k < last ? 2 * sums[k + 1] : 0;
                sum += k < last - 1 ? sums[k + 2] : 0;
                _smooth[k] = sum;
                if (sum > best)
                {
                    best = sum;
                    place = k;
                }
            }

            return place;
        }

        private int Refine(int place)
        {
            int half = _step / 2;
            Position = (place - (_places / 2)) * _step;
            for (int round = 0; round < Corrections; round++)
            {
                int from = place < _halfWidth ? 0 : place - _halfWidth;
                int to = _places - 1 - place < _halfWidth ? _places - 1 : place + _halfWidth;
                int mass = 0;
                int moment = 0;
                for (int k = from; k <= to; k++)
                {
                    mass += _fine[k];
                    moment += _fine[k] * (k - place);
                }

                if (mass == 0)
                {
                    return place;
                }

                long scaled = (long)moment * _step;
                int offset = (int)(scaled >= 0 ? (scaled + (mass / 2)) / mass : -((-scaled + (mass / 2)) / mass));
                Position = ((place - (_places / 2)) * _step) + offset;
                long share = _pairs == 0 ? 0 : (long)One * mass / _pairs * 1000 / CertainShare;
                Confidence = share > 1000 ? 1000 : (int)share;
                int shift = offset > half ? 1 : offset < -half ? -1 : 0;
                if (shift == 0)
                {
                    return place;
                }

                place += shift;
                place = place < 0 ? 0 : place >= _places ? _places - 1 : place;
            }

            return place;
        }
    }
}
