// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Places and limits of the integers in <see cref="HearingTable.Parameters" />: what follows is the head, then one record per
    /// band. docs/reference/image.md says the same.
    /// </summary>
    public static class HearingLayout
    {
        /// <summary>Frames (one sample of each ear) in a block, a multiple of 4; spikes of a block are chosen and injected
        /// together.</summary>
        public const int BlockFrames = 0;

        /// <summary>Most spikes per block, ear and band; the strongest are sent.</summary>
        public const int SpikesPerBlock = HearingTable.SpikesPerBlock;

        /// <summary>Least depth of the trough before a crossing, in units of the filter's output.</summary>
        public const int Floor = 2;

        /// <summary>Largest sample that counts as silence; silence is not filtered.</summary>
        public const int Silence = 3;

        /// <summary>Left shift of the filters' input.</summary>
        public const int InputShift = 4;

        /// <summary>A block whose peak is this many times what was heard before makes its band forget the past.</summary>
        public const int OnsetRatio = 5;

        /// <summary>Quiet blocks that end a sound.</summary>
        public const int QuietBlocks = 6;

        /// <summary>Blocks after which a sound that does not end is answered all the same, and heard as a new one.</summary>
        public const int LongestSound = 7;

        /// <summary>Number of bands, the size of the source populations.</summary>
        public const int Bands = 8;

        /// <summary>Frames of each block that are filtered, a multiple of 4: the loudest stretch of it; the whole block when it is no
        /// longer.</summary>
        public const int HeardFrames = 9;

        /// <summary>Frames before a stretch in which the filters get into their stride, a multiple of 4; also the step in which the
        /// loudest is looked for.</summary>
        public const int LeadFrames = 10;

        /// <summary>Of so many blocks of a lasting sound one is heard, and all that are louder than the one before; 1 for all
        /// blocks.</summary>
        public const int HeardEvery = 11;

        /// <summary>Blocks after which a sound is answered for the first time; 0 to answer only when it has ended.</summary>
        public const int FirstAnswer = 12;

        /// <summary>Blocks from one answer to the next while a sound lasts.</summary>
        public const int AnswerEvery = 13;

        /// <summary>Most spikes per block, ear and band once a sound lasts beyond its first answer.</summary>
        public const int LastingSpikes = 14;

        /// <summary>Length of the head.</summary>
        public const int HeadLength = 15;

        /// <summary>Integers per band.</summary>
        public const int BandLength = 10;

        /// <summary>Band: 0 for fine structure, 1 for the envelope (rectified slope of the sound).</summary>
        public const int Envelope = 0;

        /// <summary>Band: first coefficient of the first resonator, 2r·cos(2πf/fs) in Q7.</summary>
        public const int FirstPole = 1;

        /// <summary>Band: first coefficient of the second resonator, Q7.</summary>
        public const int SecondPole = 2;

        /// <summary>Band: second coefficient of both resonators, r² in Q7.</summary>
        public const int Radius = 3;

        /// <summary>Band: right shift between the resonators.</summary>
        public const int Shift = 4;

        /// <summary>Band: cubic correction of the interpolated crossing, Q10.</summary>
        public const int Correction = 5;

        /// <summary>Band: shortest interval between upward crossings that belongs to the band, in samples.</summary>
        public const int ShortestInterval = 6;

        /// <summary>Band: longest such interval in samples.</summary>
        public const int LongestInterval = 7;

        /// <summary>Band: sixteen over the filter's gain at its peak, Q16; makes levels of bands comparable.</summary>
        public const int LevelScale = 8;

        /// <summary>Band: by how many halvings its rate lies below the sample rate, 0 or 1; an envelope has 1.</summary>
        public const int Halvings = 9;

        /// <summary>Fractional bits of the filter coefficients.</summary>
        public const int CoefficientBits = 7;

        /// <summary>Most bands.</summary>
        public const int MaxBands = 16;

        /// <summary>Longest block in µs: times within a block are 31-bit products.</summary>
        public const int MaxBlockMicroseconds = 120000;

        /// <summary>Sample rates divide this, so that a sample period is a whole number of sixteenths of a µs.</summary>
        public const int RateBase = 16000000;

        /// <summary>Gets where the record of a band begins.</summary>
        /// <param name="band">The band, from 0.</param>
        /// <returns>Place of its first parameter.</returns>
        public static int Record(int band) => HeadLength + (band * BandLength);
    }
}
