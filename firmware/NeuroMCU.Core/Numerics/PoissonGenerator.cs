// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// Intervals of Poisson trains from a 32-bit xorshift generator (Marsaglia 2003, shifts 13, 17, 5), in integers, so that every
    /// machine draws the same trains.
    /// </summary>
    public static class PoissonGenerator
    {
        /// <summary>ln 2 in Q.30.</summary>
        private const long Ln2 = 744261118;

        /// <summary>Computes the generator's state before its first draw.</summary>
        /// <param name="seed">Seed of the train.</param>
        /// <returns>The state, never 0.</returns>
        public static uint Start(uint seed)
        {
            uint state = (seed * 2654435761u) + 2463534242u;
            return state == 0 ? 1u : state;
        }

        /// <summary>Draws.</summary>
        /// <param name="state">State before the draw, not 0.</param>
        /// <returns>State after the draw, which is also the number drawn: uniform over 1 to 2^32 − 1.</returns>
        public static uint Draw(uint state)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return state;
        }

        /// <summary>Turns a number drawn into an interval: max(1, round(mean · −ln(x/2^32))).</summary>
        /// <param name="x">The number drawn, 1 to 2^32 − 1.</param>
        /// <param name="mean">Mean interval in µs, 1 to int.MaxValue.</param>
        /// <returns>The interval in µs.</returns>
        public static long Interval(uint x, int mean)
        {
            long octaves = (32L << 40) - Exponential.Logarithm(x);
            long natural = ((octaves >> 14) * Ln2) >> 32;
            long interval = ((natural * mean) + (1L << 23)) >> 24;
            return interval < 1 ? 1 : interval;
        }
    }
}
