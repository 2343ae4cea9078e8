// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// The first moment at which f(t) = c + r·t + Σ aᵢ·2^(−kᵢ t), which begins below 0, gets there. Rising parts (aᵢ &lt; 0, r &gt; 0)
    /// never grow steeper and falling ones only flatten, by no more than their curvature of now; so a step that these bounds allow
    /// passes no crossing, and near one it is Newton's. Volts in Q.32 below 2^42, times in 2^-16 µs, rates per µs in Q.40 below 2^44.
    /// </summary>
    internal sealed class FirstCrossing
    {
        private const int Terms = 3;

        // Slopes are in V/µs, Q.44.
        private const int SlopeBits = 28;
        private const long Farthest = 1L << 34;
        private const long Widest = 1L << 35;
        private const long MostBend = 1L << 42;
        private const long MostSteep = 1L << 38;

        // ln 2 in Q.16.
        private const long Ln2 = 45426;

        private readonly long[] _amplitude = new long[Terms];
        private readonly long[] _rate = new long[Terms];
        private readonly long[] _natural = new long[Terms];
        private long _constant;
        private long _ramp;
        private int _count;

        /// <summary>Begins a new sum.</summary>
        /// <param name="ramp">r in V/µs, Q.50.</param>
        internal void Begin(long constant, long ramp)
        {
            _constant = constant;
            _ramp = ramp;
            _count = 0;
        }

        /// <summary>Adds a term; three at most.</summary>
        internal void Add(long amplitude, long rate)
        {
            if (amplitude != 0)
            {
                _amplitude[_count] = amplitude;
                _rate[_count] = rate;
                _natural[_count++] = ((rate >> 8) * Ln2) >> 8;
            }
        }

        /// <summary>Finds the crossing.</summary>
        /// <returns>Time from now; <see cref="Relaxation.Never" /> when there is none up to the limit.</returns>
        internal long Find(long limit)
        {
            long time = 0;
            while (time <= limit)
            {
                long value = _constant + Relaxation.Climb(_ramp, time);
                long slope = _ramp >> (Relaxation.SlopeBits - 44);
                long rising = slope > 0 ? slope : 0;
                long bend = 0;
                long room = 0;
                for (int k = 0; k < _count; k++)
                {
                    long part = Relaxation.Decay(_amplitude[k], Relaxation.Octaves(time, _rate[k]));
                    long steep = Relaxation.Scaled(part, _natural[k], SlopeBits);
                    value += part;
                    slope -= steep;
                    if (part < 0)
                    {
                        rising -= steep;
                        room -= part;
                    }
                    else
                    {
                        bend += steep >= MostSteep ? MostBend : Relaxation.Scaled(steep, _natural[k], 40);
                    }
                }

                if (value >= 0)
                {
                    return time;
                }

                if (_ramp <= 0 && value + room <= 0)
                {
                    return Relaxation.Never;
                }

                long step = Step(-value > Farthest ? Farthest : -value, slope, rising < 1 ? 1 : rising, bend);
                if (step == 0)
                {
                    if (slope > 0)
                    {
                        return time;
                    }

                    step = 1;
                }

                time += step;
            }

            return Relaxation.Never;
        }

        // The rising parts alone allow the first step. Up to sixteen times as far the slope stays below that of now and what the
        // curvature adds.
        private static long Step(long below, long slope, long rising, long bend)
        {
            long step = (below << SlopeBits) / rising;
            long wide = step << 4;
            if (step >= Widest >> 4 || bend >= MostBend)
            {
                return step;
            }

            long steepest = slope + (((bend >> 8) + 1) * ((wide >> 8) + 1));
            if (steepest <= rising >> 4)
            {
                return wide;
            }

            long better = (below << SlopeBits) / steepest;
            return better > step ? better : step;
        }
    }
}
