// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Places of the integers in <see cref="ReadoutTable.Parameters" /> of a direction read-out: the head, the map (positions, then
    /// values), then one record per population, then, where the read-out has them, the rivals (<see cref="RivalCount" />).
    /// </summary>
    public static class DirectionLayout
    {
        /// <summary>Index of the front end whose bands drive the populations, band by band.</summary>
        public const int Hearing = 0;

        /// <summary>Places on the common axis, odd; the middle one is straight ahead.</summary>
        public const int Places = 1;

        /// <summary>Distance of two places on the axis, in 1/16 µs.</summary>
        public const int Step = 2;

        /// <summary>Octave (1/256) of disagreement in level at which no weight is left, as a factor: weight = 256 −
        /// (|difference|·factor ≫ 8).</summary>
        public const int LevelFactor = 3;

        /// <summary>Least weight of a place whose level difference disagrees, of 256.</summary>
        public const int LeastAgreement = 4;

        /// <summary>A band counts fully down to 1/factor of the loudest band's level, and less below.</summary>
        public const int WeakFactor = 5;

        /// <summary>Least weight of a weak band, of 256.</summary>
        public const int LeastLevel = 6;

        /// <summary>Least confidence (per mille) for an answer.</summary>
        public const int LeastConfidence = 7;

        /// <summary>Number of points of the map from position to value.</summary>
        public const int MapPoints = 8;

        /// <summary>Length of the head.</summary>
        public const int HeadLength = 9;

        /// <summary>Population: every how many places it has a neuron, 1 or 2.</summary>
        public const int Stride = 0;

        /// <summary>Population: fixed weight of 256 for one that only helps to find the rough direction; 0 for fine structure, weighted
        /// by level.</summary>
        public const int Weight = 1;

        /// <summary>Population: level differences of the places begin here, in 1/256 octave, right minus left.</summary>
        public const int Levels = 2;

        /// <summary>Rivals: how many there are, 1 to <see cref="MaxRivals" />; the number of tables of each follows, then the
        /// tables.</summary>
        public const int RivalCount = 0;

        /// <summary>Questions that a table of a rival asks; it begins with them, each the cue's number in the upper 16 bits and,
        /// signed, in the lower: is the cue at least so large?</summary>
        public const int Questions = 4;

        /// <summary>Integers per table: the questions, then four odds to an integer, the first in its lowest byte, signed, in
        /// 1/64.</summary>
        public const int TableLength = Questions + ((1 << Questions) / 4);

        /// <summary>Cues of each population, which come first; after those of all follow the <see cref="SoundCues" />.</summary>
        public const int BandCues = 4;

        /// <summary>Cues of the whole sound.</summary>
        public const int SoundCues = 2;

        /// <summary>Cue of the whole sound: the distance of the answer from the middle in 1/256 place.</summary>
        public const int DistanceCue = 0;

        /// <summary>Cue of the whole sound: level difference of its slopes, of everything above 1 kHz, over that expected of the highest
        /// band of fine structure at the answer, outwards positive, in 1/256 octave.</summary>
        public const int SlopeCue = 1;

        /// <summary>Cue of a population: level difference heard over that expected at the answer, outwards positive, in 1/256
        /// octave.</summary>
        public const int LevelCue = 0;

        /// <summary>Cue of a population: its own place beyond the answer, outwards positive, in 1/256 place.</summary>
        public const int PlaceCue = 1;

        /// <summary>Cue of a population: share of the possible coincidences that fell near the answer, in 1/256.</summary>
        public const int ShareCue = 2;

        /// <summary>Cue of a population: its weight, 0 to 256 for fine structure.</summary>
        public const int WeightCue = 3;

        /// <summary>Most rivals.</summary>
        public const int MaxRivals = 8;

        /// <summary>Most tables of a rival.</summary>
        public const int MaxTables = 128;
    }
}
