// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Hearing
{
    /// <summary>
    /// Finds the depth from which on crossings are sent, so that about as many are left as a block may send: four steps of bisection
    /// between the least depth and the peak. Only what lies between the two is looked at again, which makes all steps cost little more
    /// than the first.
    /// </summary>
    internal static class Strongest
    {
        private const int Steps = 4;

        /// <summary>Finds the depth.</summary>
        /// <param name="depths">Depths in order of time.</param>
        /// <param name="count">How many.</param>
        /// <param name="least">Least depth.</param>
        /// <param name="peak">Largest depth heard.</param>
        /// <param name="most">How many may be sent.</param>
        /// <param name="work">Room for <paramref name="count" /> numbers.</param>
        /// <returns>The depth; rather too many crossings reach it than too few.</returns>
        internal static int Threshold(int[] depths, int count, int least, int peak, int most, int[] work)
        {
            int end = 0;
            for (int i = 0; i < count; i++)
            {
                int depth = depths[i];
                if (depth >= least)
                {
                    work[end++] = depth;
                }
            }

            if (end <= most)
            {
                return least;
            }

            int low = least;
            int high = peak;
            int start = 0;
            int above = 0;
            for (int step = 0; step < Steps; step++)
            {
                int middle = (low + high) >> 1;
                int put = start;
                for (int i = start; i < end; i++)
                {
                    int depth = work[i];
                    if (depth >= middle)
                    {
                        work[i] = work[put];
                        work[put++] = depth;
                    }
                }

                int reach = above + put - start;
                if (reach > most)
                {
                    low = middle;
                    end = put;
                }
                else if (reach == most)
                {
                    return middle;
                }
                else
                {
                    high = middle;
                    above = reach;
                    start = put;
                }
            }

            return low;
        }
    }
}
