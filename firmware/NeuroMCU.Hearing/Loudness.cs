// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>Levels on a logarithmic scale.</summary>
    internal static class Loudness
    {
        /// <summary>Logarithm of base 2 in 1/256 octave (a factor of two in amplitude, 6.02 dB, is 256), within 4.3/256 octave (0.1
        /// dB).</summary>
        /// <param name="value">At least 1.</param>
        /// <returns>256·log2(value).</returns>
        public static int Octaves(int value)
        {
            int exponent = 0;
            int x = value;
            while (x >= 512)
            {
                x >>= 1;
                exponent++;
            }

            while (x < 256)
            {
                x <<= 1;
                exponent--;
            }

            // log2(1 + m) ≈ m + 0.344·m·(1 − m) for 0 ≤ m < 1.
            int m = x - 256;
            return ((exponent + 8) * 256) + m + ((m * (256 - m) * 88) >> 16);
        }
    }
}
