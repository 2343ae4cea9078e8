// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Sums of the coincidences of all bands by place. Neuron k of every band stands for the same direction, so that
    /// the phase ambiguities of
    /// a band, which fall on other neurons in every band, do not add up: the place with the largest sum is the rough direction
    /// ("straightness", Stern and Trahiotis 1995).
    /// </summary>
    /// <remarks>
    /// Two more cues weigh the sum: how well the level difference between the ears of a band fits the direction that the neuron stands
    /// for (duplex theory, Rayleigh 1907), and how loud the band is; a band far below the loudest one is mostly noise.
    /// </remarks>
    internal sealed class PlaceSums
    {
        private const int One = 256;

        private readonly BandLevels _levels;
        private readonly int[] _records;
        private readonly int[] _parameters;
        private readonly int _places;
        private readonly int[] _counts;
        private readonly int[] _weights;
        private readonly int[] _coarse;
        private readonly int[] _smooth;
        private readonly int[] _fine;

        /// <summary>Initializes a new instance of the <see cref="PlaceSums" /> class.</summary>
        internal PlaceSums(int[] parameters, int[] records, BandLevels levels)
        {
            _parameters = parameters;
            _records = records;
            _levels = levels;
            _places = parameters[DirectionLayout.Places];
            _counts = new int[_places * records.Length];
            _weights = new int[records.Length];
            _coarse = new int[_places];
            _smooth = new int[_places];
            _fine = new int[_places];
        }

        /// <summary>Gets the coincidences by band and place.</summary>
        internal int[] Counts => _counts;

        /// <summary>Gets the weight of each band; 0 for one that heard nothing.</summary>
        internal int[] Weights => _weights;

        /// <summary>Gets the sum over the bands by place, smoothed.</summary>
        internal int[] Smooth => _smooth;

        /// <summary>Gets the weighted sum over the bands of fine structure by place.</summary>
        internal int[] Fine => _fine;

        /// <summary>Gets the number of spikes.</summary>
        internal int Spikes { get; private set; }

        /// <summary>Gets how many spikes of the bands of fine structure may have met, weighted.</summary>
        internal int Pairs { get; private set; }

        /// <summary>Sums what was counted.</summary>
        /// <param name="tallies">Spikes of each band.</param>
        internal void Sum(SpikeTally[] tallies)
        {
            for (int k = 0; k < _places; k++)
            {
                _coarse[k] = 0;
                _fine[k] = 0;
            }

            Spikes = 0;
            Pairs = 0;
            int loudest = Loudest();
            for (int i = 0; i < tallies.Length; i++)
            {
                AddBand(tallies[i], i, loudest);
            }
        }

        /// <summary>Finds the place with the largest sum, smoothed with 1 2 3 2 1.</summary>
        /// <returns>The place, or −1 when there is none.</returns>
        internal int Strongest()
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

        private int Loudest()
        {
            int loudest = 1;
            for (int i = 0; i < _records.Length; i++)
            {
                int level = _parameters[_records[i] + DirectionLayout.Weight] == 0 ? _levels.Level(i) : 0;
                if (level > loudest)
                {
                    loudest = level;
                }
            }

            return loudest;
        }

        private void AddBand(SpikeTally tally, int band, int loudest)
        {
            int record = _records[band];
            int from = band * _places;
            int total = CountPlaces(tally, _parameters[record + DirectionLayout.Stride], from);
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
                Pairs += pairs * weight;
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
    }
}
