// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>A function given by ascending points, straight between them, constant beyond the ends.</summary>
    internal static class MonotoneMap
    {
        /// <summary>Looks a value up.</summary>
        /// <param name="table">Holds the points: all arguments, then all values.</param>
        /// <param name="points">Number of points, at least 1; arguments ascend strictly.</param>
        /// <returns>The value, rounded to nearest.</returns>
        public static int Value(int[] table, int from, int points, int x)
        {
            int values = from + points;
            if (x <= table[from])
            {
                return table[values];
            }

            if (x >= table[values - 1])
            {
                return table[values + points - 1];
            }

            int i = 1;
            while (table[from + i] < x)
            {
                i++;
            }

            long width = (long)table[from + i] - table[from + i - 1];
            long rise = (long)table[values + i] - table[values + i - 1];
            long part = rise * ((long)x - table[from + i - 1]);
            part = part >= 0 ? part + (width / 2) : part - (width / 2);
            return table[values + i - 1] + (int)(part / width);
        }
    }
}
