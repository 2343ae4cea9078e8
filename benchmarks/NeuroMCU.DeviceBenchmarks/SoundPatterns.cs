// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>A second of sound of each kind at 8 kHz, in whole numbers, so that every machine makes the same samples.</summary>
    public static class SoundPatterns
    {
        /// <summary>White noise that does not pause: it brings every band to its largest number of spikes, so nothing costs more.</summary>
        public const int Noise = 0;

        /// <summary>Four syllables: a voice of 125 Hz with resonances at 500 and 1500 Hz, a hiss, a pause.</summary>
        public const int Speech = 1;

        /// <summary>Two claps: bursts of noise that die away by half every 3 ms.</summary>
        public const int Claps = 2;

        /// <summary>Four notes of a plucked string, one into the next (K. Karplus and A. Strong, Computer Music J. 7(2), 43,
        /// 1983).</summary>
        public const int Music = 3;

        /// <summary>Number of samples.</summary>
        public const int Length = 8000;

        private const int Syllable = 2000;
        private const int Voiced = 1200;
        private const int Hissed = 1600;
        private const int Pitch = 64;
        private const int FirstClap = 400;
        private const int ClapDistance = 4000;
        private const int ClapHalves = 24;
        private const int Note = 2000;
        private const int LongestPeriod = 36;
        private const int PeriodStep = 6;

        /// <summary>Makes a second of sound.</summary>
        /// <param name="kind">One of the kinds above.</param>
        /// <returns>The samples, a quarter of full scale or less.</returns>
        public static short[] Make(int kind)
        {
            short[] noise = WhiteNoise();
            return kind == Speech ? Syllables(noise) : kind == Claps ? Clapping(noise) : kind == Music ? Plucked(noise) : noise;
        }

        private static short[] WhiteNoise()
        {
            short[] samples = new short[Length];
            uint state = 1;
            for (int k = 0; k < Length; k++)
            {
                state = PoissonGenerator.Draw(state);
                // The upper 16 bits, a quarter as loud: a signed shift of the whole word would shift zeros into a uint on nanoCLR.
                samples[k] = (short)((short)(state >> 16) >> 2);
            }

            return samples;
        }

        private static short[] Syllables(short[] noise)
        {
            short[] samples = new short[Length];
            int low = 0;
            int lowBefore = 0;
            int high = 0;
            int highBefore = 0;
            for (int k = 0; k < Length; k++)
            {
                int at = k % Syllable;
                int pulse = at < Voiced && at % Pitch == 0 ? at < Voiced / 2 ? at : Voiced - at : 0;

                // Resonators of 500 Hz and 80 Hz width, of 1500 Hz and 100 Hz width; coefficients in 1/2^14.
                int next = ((29338 * low) >> 14) - ((15387 * lowBefore) >> 14) + (4 * pulse);
                lowBefore = low;
                low = next;
                next = ((12057 * high) >> 14) - ((15146 * highBefore) >> 14) + (2 * pulse);
                highBefore = high;
                high = next;
                int hiss = at >= Voiced && at < Hissed ? noise[k] >> 4 : 0;
                samples[k] = (short)(low + high + hiss);
            }

            return samples;
        }

        private static short[] Clapping(short[] noise)
        {
            short[] samples = new short[Length];
            for (int k = FirstClap; k < Length; k++)
            {
                int halves = (k - FirstClap) % ClapDistance / ClapHalves;
                samples[k] = (short)(halves < 15 ? noise[k] >> halves : 0);
            }

            return samples;
        }

        private static short[] Plucked(short[] noise)
        {
            short[] samples = new short[Length];
            for (int k = 0; k < Length; k++)
            {
                int at = k % Note;
                int period = LongestPeriod - (k / Note * PeriodStep);
                samples[k] = at <= period ? noise[k] : (short)((samples[k - period] + samples[k - period - 1]) / 2);
            }

            return samples;
        }
    }
}
