// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Weighs how far the evidence for a direction agrees with itself. What follows can be wrong although many coincidences fell near the
    /// answer, and each lowers confidence: a second direction fits nearly as well; coincidences are spread out, as those of a sound that
    /// moves or echoes; one or two bands carry all; the levels at the ears, or the places of low and high bands, do not fit the answer on
    /// this head.
    /// </summary>
    /// <remarks>
    /// Level and place are judged by vote: a band says at most "off by all that I tolerate", so that no single band, in which a
    /// voice or a note may well be odd, decides alone. A fault of the head or the microphones shows in most bands, and in the same sense.
    /// </remarks>
    internal sealed class DirectionEvidence
    {
        private const int Certain = 1000;
        private const int One = 256;

        // Confidence falls from full to none between the two values of each pair. Ratios and votes per mille; the spread in 1/256 of a
        // squared place. Clean sounds stay below the first, three quarters of the sounds heard in a live room lie above the second.
        private const int SecondFrom = 0;
        private const int SecondTo = 800;
        private const int SpreadFrom = 23 * One / 4;
        private const int SpreadTo = 27 * One / 4;
        private const int BandsFrom = 250;
        private const int BandsTo = 450;
        private const int TrendFrom = 550;
        private const int TrendTo = 750;
        private const int MisfitFrom = 600;
        private const int MisfitTo = 880;
        private const int TiltFrom = 300;
        private const int TiltTo = 1000;

        // A high band that is spread out by itself: squared places, 1/256.
        private const int WidthFrom = 830;
        private const int WidthTo = 910;

        // Odds of a rival in 1/64, as a natural logarithm.
        private const int RivalFrom = -16;
        private const int RivalTo = 0;

        // Places from the answer: to a second direction, into the spread, into the place of a single band.
        private const int Apart = 4;
        private const int Reach = 6;
        private const int BandReach = 3;

        // Neurons that fire when a pair of spikes meets.
        private const int CoincidencesPerPair = 3;

        // Pairs of spikes beyond which a band gains no more weight as one of several.
        private const int ManyPairs = 8;

        // A quarter of the largest level difference that the head makes in a band, but at least 1 dB, and three fifths of a place.
        private const int LeastTolerance = 43;
        private const int PlaceTolerance = 154;

        // A fixed weight below that of a loud band, for bands that only help to find the rough direction.
        private const int RoughWeight = 128;

        // 25 dB in 1/256 octave: so far below what any direction explains, an ear is deaf.
        private const int DeafBy = 1063;

        private readonly int[] _parameters;
        private readonly int[] _records;
        private readonly FrontEnd _frontEnd;
        private readonly BandLevels _levels;
        private readonly int _places;
        private readonly int _step;
        private readonly int[] _largest;
        private readonly int _fineBands;
        private readonly int _highest;
        private readonly int[] _cues;
        private readonly DirectionRivals _rivals;
        private int _confidence;
        private int _worst;

        /// <summary>Initializes a new instance of the <see cref="DirectionEvidence" /> class.</summary>
        internal DirectionEvidence(int[] parameters, int[] records, FrontEnd frontEnd)
        {
            _parameters = parameters;
            _records = records;
            _frontEnd = frontEnd;
            _levels = frontEnd.Levels;
            _places = parameters[DirectionLayout.Places];
            _step = parameters[DirectionLayout.Step];
            _largest = new int[records.Length];
            for (int band = 0; band < records.Length; band++)
            {
                for (int k = 0; k < _places; k++)
                {
                    int level = Size(parameters[records[band] + DirectionLayout.Levels + k]);
                    _largest[band] = level > _largest[band] ? level : _largest[band];
                }

                if (IsFine(band))
                {
                    _fineBands++;
                    _highest = band;
                }
            }

            _cues = new int[(records.Length * DirectionLayout.BandCues) + DirectionLayout.SoundCues];
            _rivals = new DirectionRivals(parameters, records[records.Length - 1] + DirectionLayout.Levels + _places);
        }

        /// <summary>Gets what lowered confidence most: one of <see cref="Readout.Doubt" />.</summary>
        internal int Doubt { get; private set; }

        /// <summary>Gets a cue of the last answer.</summary>
        internal int Cue(int index) => _cues[index];

        /// <summary>Says why there is no direction at all.</summary>
        /// <returns>One of <see cref="Readout.Doubt" />.</returns>
        internal int OfSilence()
        {
            bool left = _levels.Hears(FrontEnd.Left);
            bool right = _levels.Hears(FrontEnd.Right);
            if (_frontEnd.IsStep)
            {
                return Readout.Doubt.Step;
            }

            return left == right ? Readout.Doubt.FewSpikes : left ? Readout.Doubt.RightEar : Readout.Doubt.LeftEar;
        }

        /// <summary>Lowers confidence for what does not agree.</summary>
        /// <param name="share">Share of the possible coincidences that fell near the answer, 0 to 1000.</param>
        /// <param name="position">Position of the answer in 1/16 µs from the middle.</param>
        /// <param name="weights">Weight of each band; 0 for one that heard nothing.</param>
        /// <param name="fine">Weighted sum over the bands of fine structure by place.</param>
        /// <returns>The confidence, 0 to 1000.</returns>
        internal int Weigh(int share, int place, int position, int[] counts, int[] weights, int[] sums, int[] fine)
        {
            _confidence = share;
            _worst = share;
            Doubt = Readout.Doubt.FewSpikes;
            WeighSecond(place, sums);
            WeighSpread(place, fine);
            WeighBands(weights);
            WeighLevels(position, weights);
            WeighPlaces(place, position, counts, weights);
            WeighRivals(position);
            if (_frontEnd.IsStep)
            {
                _confidence = 0;
                Doubt = Readout.Doubt.Step;
            }

            return _confidence;
        }

        private static int Size(int value) => value < 0 ? -value : value;

        private static int Vote(int deviation, int tolerance)
        {
            int vote = deviation * One / tolerance;
            return vote > One ? One : vote < -One ? -One : vote;
        }

        private static int PerMille(int part, int whole) => whole == 0 ? 0 : (int)((long)part * Certain / whole);

        private bool IsFine(int band) => _parameters[_records[band] + DirectionLayout.Weight] == 0;

        private void Lower(int value, int from, int to, int doubt)
        {
            int factor = value <= from ? Certain : value >= to ? 0 : (to - value) * Certain / (to - from);
            _confidence = _confidence * factor / Certain;
            if (factor < _worst)
            {
                _worst = factor;
                Doubt = doubt;
            }
        }

        // Rivals know in which pattern bands disagree on another head: beside them, what any sound may do by chance counts less.
        private void LowerForHead(int value, int from, int to)
        {
            int slack = _rivals.Any ? (to - from) / 2 : 0;
            Lower(value, from + slack, to + slack, Readout.Doubt.OtherHead);
        }

        private void WeighSecond(int place, int[] sums)
        {
            int best = 0;
            int second = 0;
            for (int k = 0; k < sums.Length; k++)
            {
                int sum = sums[k];
                if (Size(k - place) > Apart)
                {
                    second = sum > second ? sum : second;
                }

                best = sum > best ? sum : best;
            }

            Lower(PerMille(second, best), SecondFrom, SecondTo, Readout.Doubt.SecondDirection);
        }

        private void WeighSpread(int place, int[] fine)
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

            if (mass > 0)
            {
                int mean = (int)(moment * 16 / mass);
                Lower((int)(square * One / mass) - (mean * mean), SpreadFrom, SpreadTo, Readout.Doubt.Spread);
            }
        }

        // How evenly the bands share the evidence: (Σw)²/Σw² is the number of bands that would carry it in equal parts.
        private void WeighBands(int[] weights)
        {
            long sum = 0;
            long squares = 0;
            for (int band = 0; band < weights.Length; band++)
            {
                if (IsFine(band))
                {
                    int pairs = _levels.Pairs(band);
                    int weight = weights[band] * (pairs < ManyPairs ? pairs : ManyPairs);
                    sum += weight;
                    squares += weight * weight;
                }
            }

            if (squares > 0)
            {
                Lower(Certain - (int)(sum * sum * Certain / squares / _fineBands), BandsFrom, BandsTo, Readout.Doubt.FewBands);
            }
        }

        private void WeighLevels(int position, int[] weights)
        {
            int all = 0;
            int trend = 0;
            int misfit = 0;
            int fine = 0;
            int side = 0;
            long beyond = 0;
            for (int band = 0; band < weights.Length; band++)
            {
                int weight = weights[band];
                int cue = band * DirectionLayout.BandCues;
                _cues[cue + DirectionLayout.LevelCue] = 0;
                _cues[cue + DirectionLayout.WeightCue] = weight;
                if (weight == 0)
                {
                    continue;
                }

                int heard = _levels.Difference(band);
                if (IsFine(band))
                {
                    fine += weight;
                    side += weight * heard;
                    beyond += (long)weight * (Size(heard) - _largest[band]);
                }
                else
                {
                    weight = RoughWeight;
                }

                int tolerance = _largest[band] >> 2;
                int off = heard - LevelAt(band, position);
                int vote = weight * Vote(off, tolerance < LeastTolerance ? LeastTolerance : tolerance);
                _cues[cue + DirectionLayout.LevelCue] = Outwards(off, position);
                all += weight * One;
                trend += vote;
                misfit += Size(vote);
            }

            LowerForHead(PerMille(Size(trend), all), TrendFrom, TrendTo);
            LowerForHead(PerMille(misfit, all), MisfitFrom, MisfitTo);
            if (fine > 0 && beyond / fine >= DeafBy)
            {
                _confidence = 0;
                _worst = 0;
                Doubt = side > 0 ? Readout.Doubt.LeftEar : Readout.Doubt.RightEar;
            }
        }

        // Level difference that the head makes at a position, straight between two places.
        private int LevelAt(int band, int position)
        {
            int at = position + (_places / 2 * _step);
            int last = (_places - 1) * _step;
            at = at < 0 ? 0 : at > last ? last : at;
            int k = at / _step;
            int levels = _records[band] + DirectionLayout.Levels + k;
            int level = _parameters[levels];
            return k == _places - 1 ? level : level + ((_parameters[levels + 1] - level) * (at - (k * _step)) / _step);
        }

        // Low and high bands on different sides of the answer: a head bends low sounds around itself more than high ones, each head in
        // its way. A high band that is spread out although the sum is not: the sound moves.
        private void WeighPlaces(int place, int position, int[] counts, int[] weights)
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
                _cues[cue + DirectionLayout.PlaceCue] = Outwards(off, position);
                _cues[cue + DirectionLayout.ShareCue] = mass == 0 ? 0 : near * One / (CoincidencesPerPair * _levels.Pairs(band));
                if (!IsFine(band))
                {
                    continue;
                }

                bool isLow = 2 * order < _fineBands - 1;
                if (mass > 0)
                {
                    int vote = weights[band] * Vote(off, PlaceTolerance);
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

            LowerForHead(PerMille(Size(tilt), all), TiltFrom, TiltTo);
            if (high > 0)
            {
                Lower(width / high, WidthFrom, WidthTo, Readout.Doubt.Spread);
            }
        }

        private void WeighRivals(int position)
        {
            int sound = _records.Length * DirectionLayout.BandCues;
            int off = _levels.SlopeDifference() - LevelAt(_highest, position);
            _cues[sound + DirectionLayout.DistanceCue] = Size(position) * One / _step;
            _cues[sound + DirectionLayout.SlopeCue] = Outwards(off, position);
            Lower(_rivals.Best(_cues, RivalFrom), RivalFrom, RivalTo, Readout.Doubt.OtherHead);
        }

        private static int Outwards(int value, int position) => position < 0 ? -value : value;
    }
}
