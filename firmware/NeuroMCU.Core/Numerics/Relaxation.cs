// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// Exponential decays between moments that lie between two microseconds. Computed crossings carry the part of a microsecond that a
    /// whole number leaves over, so that nothing is rounded in one direction spike after spike. Times are in units of 2^-16 µs, rates
    /// log2(e)/τ per µs in Q.40 up to 64, values in any fixed point of up to 42 bits and a sign.
    /// </summary>
    internal static class Relaxation
    {
        /// <summary>Fractional bits of a time in µs.</summary>
        internal const int TimeBits = 16;

        /// <summary>Fractional bits of the slope of a ramp, per µs.</summary>
        internal const int SlopeBits = 50;

        /// <summary>One microsecond.</summary>
        internal const long Microsecond = 1L << TimeBits;

        /// <summary>Never reached.</summary>
        internal const long Never = long.MaxValue;

        /// <summary>Times beyond this, half a million years, are not told apart.</summary>
        internal const long Longest = 1L << 60;

        // Fractional bits of what a ramp climbs.
        private const int ValueBits = 32;

        // No value of 42 bits has anything left.
        private const long Gone = 43L << 40;
        private const long FastRate = 1L << 36;

        /// <summary>Rounds a time to the nearest whole microsecond, halves up.</summary>
        internal static long Whole(long time) => (time + (Microsecond >> 1)) >> TimeBits;

        /// <summary>Multiplies and rounds to nearest: a·b/2^shift for |a| below 2^42, b from 0 to 2^40 (2^48 for |a| up to 2^34), shift
        /// from 21 up.</summary>
        internal static long Scaled(long a, long b, int shift)
            => ((a * (b >> 20)) + ((a * (b & 0xFFFFF)) >> 20) + (1L << (shift - 21))) >> (shift - 20);

        /// <summary>Octaves in Q.40 by which something decays.</summary>
        /// <param name="elapsed">Time, 0 to 2^47.</param>
        /// <param name="rate">Rate, 0 to 2^46.</param>
        internal static long Octaves(long elapsed, long rate)
        {
            // The product of the longest time and the largest rate has 93 bits, so whether anything is left is seen from the upper parts.
            if (rate >= FastRate)
            {
                return elapsed >= 1L << 26 ? Gone : (elapsed * (rate >> 10)) >> 6;
            }

            return (elapsed >> 16) * (rate >> 8) >= 40L << 32 ? Gone : (elapsed * rate) >> TimeBits;
        }

        /// <summary>Lets a value decay by octaves in Q.40, rounded to nearest.</summary>
        internal static long Decay(long value, long octaves)
        {
            int whole = (int)(octaves >> 40);
            return whole > 42 || value == 0 ? 0 : Scaled(value, Exponential.Fraction(octaves), 30 + whole);
        }

        /// <summary>Time in which a distance falls to a smaller one, rounded to nearest.</summary>
        /// <param name="far">The distance now, below 2^47.</param>
        /// <param name="rate">Rate, above 0.</param>
        /// <returns>The time; 0 when the distance is no larger, <see cref="Never" /> when the smaller one is 0.</returns>
        internal static long TimeTo(long far, long near, long rate)
        {
            if (far <= near)
            {
                return 0;
            }

            return near <= 0 ? Never : (((Exponential.Logarithm(far) - Exponential.Logarithm(near)) << TimeBits) + (rate >> 1)) / rate;
        }

        /// <summary>Time that a ramp takes, rounded to nearest; at most <see cref="Longest" />.</summary>
        /// <param name="height">Height in Q.32, from 0 to 2^38.</param>
        /// <param name="slope">Slope per µs in Q.50, from 1 to 2^49.</param>
        internal static long RampTime(long height, long slope)
        {
            // The remainder of the whole microseconds must keep its bits when the fraction is formed.
            int shift = slope >= 1L << 46 ? 4 : 0;
            slope >>= shift;
            height <<= SlopeBits - ValueBits - shift;
            long whole = height / slope;
            return whole >= Longest >> TimeBits
                ? Longest
                : (whole << TimeBits) + ((((height - (whole * slope)) << TimeBits) + (slope >> 1)) / slope);
        }

        /// <summary>How far a ramp gets, in Q.32 rounded to nearest.</summary>
        /// <param name="slope">Slope per µs in Q.50.</param>
        /// <param name="time">Time in which it stays below 2^12.</param>
        internal static long Climb(long slope, long time)
        {
            long fraction = (slope * (time & (Microsecond - 1))) >> TimeBits;
            return ((slope * (time >> TimeBits)) + fraction + (1L << (SlopeBits - ValueBits - 1))) >> (SlopeBits - ValueBits);
        }
    }
}
