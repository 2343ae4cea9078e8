// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>Scale of output levels.</summary>
    public static class OutputLevel
    {
        /// <summary>The high end of an output's range; 0 is the low end.</summary>
        public const int Full = 65536;

        /// <summary>Holds a level within its scale.</summary>
        /// <param name="level">The level.</param>
        /// <returns>0 to <see cref="Full" />.</returns>
        public static int Held(int level) => Math.Min(Math.Max(level, 0), Full);

        /// <summary>Maps a value linearly onto 0 to <see cref="Full" />.</summary>
        /// <param name="value">The value.</param>
        /// <param name="from">Value at level 0.</param>
        /// <param name="to">Value at full level; may be smaller than <paramref name="from" />.</param>
        /// <returns>Level, held within 0 to <see cref="Full" />; 0 when <paramref name="from" /> equals <paramref name="to" />.</returns>
        public static int Map(int value, int from, int to)
        {
            long span = (long)to - from;
            if (span == 0)
            {
                return 0;
            }

            long part = (long)value - from;
            if (span < 0)
            {
                span = -span;
                part = -part;
            }

            if (part <= 0)
            {
                return 0;
            }

            return part >= span ? Full : (int)(((part * Full) + (span >> 1)) / span);
        }
    }
}
