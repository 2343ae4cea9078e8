// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>What speaks most against the answer of a read-out. The numbers go over the wire.</summary>
    public static class Doubt
    {
        /// <summary>Nothing: the answer is valid.</summary>
        public const int None = 0;

        /// <summary>Too few spikes, or too few of them agree.</summary>
        public const int FewSpikes = 1;

        /// <summary>The left ear hears nothing, or far less than any direction would explain.</summary>
        public const int LeftEar = 2;

        /// <summary>The right ear hears nothing, or far less than any direction would explain.</summary>
        public const int RightEar = 3;

        /// <summary>Another direction fits nearly as well.</summary>
        public const int SecondDirection = 4;

        /// <summary>The direction is spread out: the sound moves, or it comes with echoes.</summary>
        public const int Spread = 5;

        /// <summary>The sound is in too few bands: a tone fits several directions.</summary>
        public const int FewBands = 6;

        /// <summary>Level and delay between the ears do not fit each other on this head.</summary>
        public const int OtherHead = 7;

        /// <summary>It was no sound: the offset of a microphone jumped.</summary>
        public const int Step = 8;
    }
}
