// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Weighs how far the evidence for a direction agrees with itself. What follows can be wrong although many coincidences fell near the
    /// answer, and each lowers confidence: a second direction fits nearly as well; coincidences are spread out, as those of a sound that
    /// moves or echoes; one or two bands carry all; the levels at the ears, or the places of low and high bands, do not fit the answer on
    /// this head.
    /// </summary>
    internal sealed class DirectionEvidence
    {
        private const int Certain = ConfidenceScale.Certain;
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

        // Level of the lowest band beyond what this head makes, from 1 dB to 2.5 dB in 1/256 octave: of generated clean sounds one in two
        // hundred lies above the second.
        private const int BeyondFrom = 43;
        private const int BeyondTo = 107;

        // A high band that is spread out by itself: squared places, 1/256.
        private const int WidthFrom = 830;
        private const int WidthTo = 910;

        // Odds of a rival in 1/64, as a natural logarithm.
        private const int RivalFrom = -16;
        private const int RivalTo = 0;

        // Pairs of spikes beyond which a band gains no more weight as one of several.
        private const int ManyPairs = 8;

        private readonly int[] _parameters;
        private readonly int[] _records;
        private readonly FrontEnd _frontEnd;
        private readonly int _step;
        private readonly int _fineBands;
        private readonly int[] _cues;
        private readonly ConfidenceScale _confidence = new ConfidenceScale();
        private readonly LevelEvidence _levels;
        private readonly PlaceEvidence _placement;
        private readonly DirectionRivals _rivals;

        /// <summary>Initializes a new instance of the <see cref="DirectionEvidence" /> class.</summary>
        internal DirectionEvidence(int[] parameters, int[] records, FrontEnd frontEnd)
        {
            _parameters = parameters;
            _records = records;
            _frontEnd = frontEnd;
            _step = parameters[DirectionLayout.Step];
            for (int band = 0; band < records.Length; band++)
            {
                _fineBands += IsFine(band) ? 1 : 0;
            }

            _cues = new int[(records.Length * DirectionLayout.BandCues) + DirectionLayout.SoundCues];
            _levels = new LevelEvidence(parameters, records, frontEnd.Levels);
            _placement = new PlaceEvidence(parameters, records, frontEnd.Levels);
            int end = records[records.Length - 1] + DirectionLayout.Levels + parameters[DirectionLayout.Places];
            _rivals = new DirectionRivals(parameters, end);
        }

        /// <summary>Gets what lowered confidence most: one of <see cref="Readout.Doubt" />.</summary>
        internal int Doubt => _confidence.Doubt;

        /// <summary>Gets a cue of the last answer.</summary>
        internal int Cue(int index) => _cues[index];

        /// <summary>Says why there is no direction at all.</summary>
        /// <returns>One of <see cref="Readout.Doubt" />.</returns>
        internal int OfSilence()
        {
            bool left = _frontEnd.Levels.Hears(FrontEnd.Left);
            bool right = _frontEnd.Levels.Hears(FrontEnd.Right);
            if (_frontEnd.IsStep)
            {
                return Readout.Doubt.Step;
            }

            return left == right ? Readout.Doubt.FewSpikes : left ? Readout.Doubt.RightEar : Readout.Doubt.LeftEar;
        }

        /// <summary>Lowers confidence for what does not agree.</summary>
        /// <param name="share">Share of the possible coincidences that fell near the answer, 0 to 1000.</param>
        /// <param name="position">Position of the answer in 1/16 µs from the middle.</param>
        /// <param name="heard">What the bands heard, by place.</param>
        /// <returns>The confidence, 0 to 1000.</returns>
        internal int Weigh(int share, int place, int position, PlaceSums heard)
        {
            int[] weights = heard.Weights;
            _confidence.Begin(share);
            _confidence.Lower(PlaceEvidence.Second(place, heard.Smooth), SecondFrom, SecondTo, Readout.Doubt.SecondDirection);
            _confidence.Lower(_placement.Spread(place, heard.Fine), SpreadFrom, SpreadTo, Readout.Doubt.Spread);
            WeighBands(weights);
            _levels.Judge(position, weights, _cues);
            LowerForHead(_levels.Trend, TrendFrom, TrendTo);
            LowerForHead(_levels.Misfit, MisfitFrom, MisfitTo);
            _confidence.Lower(_levels.Beyond, BeyondFrom, BeyondTo, Readout.Doubt.OtherHead);
            if (_levels.Deaf != Readout.Doubt.None)
            {
                _confidence.Refuse(_levels.Deaf);
            }

            _placement.Judge(place, position, heard.Counts, weights, _cues);
            LowerForHead(_placement.Tilt, TiltFrom, TiltTo);
            _confidence.Lower(_placement.Width, WidthFrom, WidthTo, Readout.Doubt.Spread);
            WeighRivals(position);
            if (_frontEnd.IsStep)
            {
                _confidence.Refuse(Readout.Doubt.Step);
            }

            return _confidence.Value;
        }

        /// <summary>What a band says of a deviation: 256 times its part of the tolerance, at most all of it.</summary>
        internal static int Vote(int deviation, int tolerance)
        {
            int vote = deviation * One / tolerance;
            return vote > One ? One : vote < -One ? -One : vote;
        }

        /// <summary>Turns a value that is positive to the right into one that is positive away from the middle.</summary>
        internal static int Outwards(int value, int position) => position < 0 ? -value : value;

        private bool IsFine(int band) => _parameters[_records[band] + DirectionLayout.Weight] == 0;

        // Rivals know in which pattern bands disagree on another head: beside them, what any sound may do by chance counts less.
        private void LowerForHead(int value, int from, int to)
        {
            int slack = _rivals.Any ? (to - from) / 2 : 0;
            _confidence.Lower(value, from + slack, to + slack, Readout.Doubt.OtherHead);
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
                    int pairs = _frontEnd.Levels.Pairs(band);
                    int weight = weights[band] * (pairs < ManyPairs ? pairs : ManyPairs);
                    sum += weight;
                    squares += weight * weight;
                }
            }

            if (squares > 0)
            {
                int uneven = Certain - (int)(sum * sum * Certain / squares / _fineBands);
                _confidence.Lower(uneven, BandsFrom, BandsTo, Readout.Doubt.FewBands);
            }
        }

        private void WeighRivals(int position)
        {
            int size = position < 0 ? -position : position;
            _cues[(_records.Length * DirectionLayout.BandCues) + DirectionLayout.DistanceCue] = size * One / _step;
            _confidence.Lower(_rivals.Best(_cues, RivalFrom), RivalFrom, RivalTo, Readout.Doubt.OtherHead);
        }
    }
}
