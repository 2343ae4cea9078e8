// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// How far the levels at the ears fit an answer on this head, band by band and in the sound as a whole. A fault of the head or the
    /// microphones shows in most bands, and in the same sense.
    /// </summary>
    /// <remarks>Judged by vote: a band says at most "off by all that I tolerate", so that no single band, in which a voice or a note may
    /// well be odd, decides alone.</remarks>
    internal sealed class LevelEvidence
    {
        private const int One = 256;

        // A quarter of the largest level difference that the head makes in a band, but at least 1 dB.
        private const int LeastTolerance = 43;

        // A fixed weight below that of a loud band, for bands that only help to find the rough direction.
        private const int RoughWeight = 128;

        // 25 dB in 1/256 octave: so far below what any direction explains, an ear is deaf.
        private const int DeafBy = 1063;

        // Weight from which on a band is loud enough for its level to be taken by itself.
        private const int LoudWeight = 200;

        private readonly int[] _parameters;
        private readonly int[] _records;
        private readonly BandLevels _levels;
        private readonly int _places;
        private readonly int _step;
        private readonly int[] _largest;
        private readonly int _lowest;
        private readonly int _highest;

        /// <summary>Initializes a new instance of the <see cref="LevelEvidence" /> class.</summary>
        internal LevelEvidence(int[] parameters, int[] records, BandLevels levels)
        {
            _parameters = parameters;
            _records = records;
            _levels = levels;
            _places = parameters[DirectionLayout.Places];
            _step = parameters[DirectionLayout.Step];
            _largest = new int[records.Length];
            for (int band = records.Length - 1; band >= 0; band--)
            {
                _lowest = IsFine(band) ? band : _lowest;
            }

            for (int band = 0; band < records.Length; band++)
            {
                for (int k = 0; k < _places; k++)
                {
                    int level = Size(parameters[records[band] + DirectionLayout.Levels + k]);
                    _largest[band] = level > _largest[band] ? level : _largest[band];
                }

                _highest = IsFine(band) ? band : _highest;
            }
        }

        /// <summary>Gets how far the bands are off in the same sense, per mille of what they tolerate.</summary>
        internal int Trend { get; private set; }

        /// <summary>Gets how far the bands are off in any sense, per mille of what they tolerate.</summary>
        internal int Misfit { get; private set; }

        /// <summary>Gets by how much the lowest band differs more between the ears than this head makes it differ from any direction,
        /// in 1/256 octave; 0 when it does not, or was not loud. A head throws hardly a shadow at low frequencies, so that turned
        /// microphones, which hear all frequencies at the same difference of level, show here.</summary>
        internal int Beyond { get; private set; }

        /// <summary>Gets the doubt that names an ear that hears next to nothing; <see cref="Readout.Doubt.None" /> when both hear.</summary>
        internal int Deaf { get; private set; }

        /// <summary>Judges the levels at a position, and notes the cues of levels and weights.</summary>
        internal void Judge(int position, int[] weights, int[] cues)
        {
            int all = 0;
            int trend = 0;
            int misfit = 0;
            int fine = 0;
            int side = 0;
            long beyond = 0;
            Beyond = 0;
            for (int band = 0; band < weights.Length; band++)
            {
                int weight = weights[band];
                int cue = band * DirectionLayout.BandCues;
                cues[cue + DirectionLayout.LevelCue] = 0;
                cues[cue + DirectionLayout.WeightCue] = weight;
                if (weight == 0)
                {
                    continue;
                }

                int heard = _levels.Difference(band);
                if (IsFine(band))
                {
                    fine += weight;
                    side += weight * heard;
                    int excess = Size(heard) - _largest[band];
                    beyond += (long)weight * excess;
                    Beyond = band == _lowest && weight >= LoudWeight && excess > 0 ? excess : Beyond;
                }
                else
                {
                    weight = RoughWeight;
                }

                int tolerance = _largest[band] >> 2;
                int off = heard - LevelAt(band, position);
                int vote = weight * DirectionEvidence.Vote(off, tolerance < LeastTolerance ? LeastTolerance : tolerance);
                cues[cue + DirectionLayout.LevelCue] = DirectionEvidence.Outwards(off, position);
                all += weight * One;
                trend += vote;
                misfit += Size(vote);
            }

            int slopes = _levels.SlopeDifference() - LevelAt(_highest, position);
            cues[(weights.Length * DirectionLayout.BandCues) + DirectionLayout.SlopeCue] = DirectionEvidence.Outwards(slopes, position);
            Trend = ConfidenceScale.PerMille(Size(trend), all);
            Misfit = ConfidenceScale.PerMille(misfit, all);
            bool deaf = fine > 0 && beyond / fine >= DeafBy;
            Deaf = !deaf ? Doubt.None : side > 0 ? Doubt.LeftEar : Doubt.RightEar;
        }

        private static int Size(int value) => value < 0 ? -value : value;

        private bool IsFine(int band) => _parameters[_records[band] + DirectionLayout.Weight] == 0;

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
    }
}
