// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// How far the places at which coincidences fell agree on an answer: in all bands together, and of each band by
    /// itself. A head bends low
    /// sounds around itself more than high ones, each head in its way; a sound that moves spreads the high bands out.
    /// </summary>
    internal sealed class PlaceEvidence
    {
        private const int One = 256;

        // Places from the answer: to a second direction, into the spread, into the place of a single band.
        private const int Apart = 4;
        private const int Reach = 6;
        private const int BandReach = 3;

        // Neurons that fire when a pair of spikes meets.
        private const int CoincidencesPerPair = 3;

        // Three fifths of a place.
        private const int Tolerance = 154;

        private readonly int[] _parameters;
        private readonly int[] _records;
        private readonly BandLevels _levels;
        private readonly int _places;
        private readonly int _step;
        private readonly int _fineBands;

        /// <summary>Initializes a new instance of the <see cref="PlaceEvidence" /> class.</summary>
        internal PlaceEvidence(int[] parameters, int[] records, BandLevels levels)
        {
            _parameters = parameters;
            _records = records;
            _levels = levels;
            _places = parameters[DirectionLayout.Places];
            _step = parameters[DirectionLayout.Step];
            for (int band = 0; band < records.Length; band++)
            {
                _fineBands += IsFine(band) ? 1 : 0;
            }
        }

        /// <summary>Gets how far low and high bands lie on different sides of the answer, per mille of what they tolerate.</summary>
        internal int Tilt { get; private set; }

        /// <summary>Gets how far the high bands are spread out by themselves, in 1/256 of a squared place; 0 when none was heard.</summary>
        internal int Width { get; private set; }

        /// <summary>How strong the strongest place is that is no neighbour of the answer, per mille of the strongest.</summary>
        /// <param name="sums">Smoothed sum over the bands by place.</param>
        internal static int Second(int place, int[] sums)
        {
            int best = 0;
            int second = 0;
            for (int k = 0; k < sums.Length; k++)
            {
                int sum = sums[k];
                if (k - place > Apart || place - k > Apart)
                {
                    second = sum > second ? sum : second;
                }

                best = sum > best ? sum : best;
            }

            return ConfidenceScale.PerMille(second, best);
        }

        /// <summary>How far coincidences of all bands are spread out around the answer, in 1/256 of a squared place; 0 for none.</summary>
        /// <param name="fine">Weighted sum over the bands of fine structure by place.</param>
        internal int Spread(int place, int[] fine)
        {
            long mass = 0;
            long moment = 0;
            long square = 0;
            int from = place < Reach ? 0 : place - Reach;
            int to = place + Reach < _places ? place + Reach : _places - 1;
            for (int k = from; k <= to; k++)
            {
                int distance = k - place;
                int part = fine[k] * distance;
                mass += fine[k];
                moment += part;
                square += part * distance;
            }

            if (mass == 0)
            {
                return 0;
            }

            int mean = (int)(moment * 16 / mass);
            return (int)(square * One / mass) - (mean * mean);
        }

        /// <summary>Judges the place of each band, and notes the cues of places and shares.</summary>
        internal void Judge(int place, int position, int[] counts, int[] weights, int[] cues)
        {
            int from = place < BandReach ? 0 : place - BandReach;
            int to = place + BandReach < _places ? place + BandReach : _places - 1;
            int beside = position - ((place - (_places / 2)) * _step);
            int all = 0;
            int tilt = 0;
            int order = 0;
            int high = 0;
            int width = 0;
            for (int band = 0; band < weights.Length; band++)
            {
                int at = band * _places;
                int cue = band * DirectionLayout.BandCues;
                int mass = 0;
                int moment = 0;
                int square = 0;
                int near = 0;
                for (int k = from; weights[band] > 0 && k <= to; k++)
                {
                    int count = counts[at + k];
                    int distance = k - place;
                    int part = count * distance;
                    mass += count;
                    moment += part;
                    square += part * distance;
                    near += distance < BandReach && distance > -BandReach ? count : 0;
                }

                int off = mass == 0 ? 0 : ((int)((long)moment * _step / mass) - beside) * One / _step;
                cues[cue + DirectionLayout.PlaceCue] = DirectionEvidence.Outwards(off, position);
                cues[cue + DirectionLayout.ShareCue] = mass == 0 ? 0 : near * One / (CoincidencesPerPair * _levels.Pairs(band));
                if (!IsFine(band))
                {
                    continue;
                }

                bool isLow = 2 * order < _fineBands - 1;
                if (mass > 0)
                {
                    int vote = weights[band] * DirectionEvidence.Vote(off, Tolerance);
                    all += weights[band] * One;
                    tilt += isLow ? -vote : vote;
                    if (!isLow)
                    {
                        int mean = moment * 16 / mass;
                        width += weights[band] * ((square * One / mass) - (mean * mean));
                        high += weights[band];
                    }
                }

                order++;
            }

            Tilt = ConfidenceScale.PerMille(tilt < 0 ? -tilt : tilt, all);
            Width = high > 0 ? width / high : 0;
        }

        private bool IsFine(int band) => _parameters[_records[band] + DirectionLayout.Weight] == 0;
    }
}
