// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
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
        /// <returns>The depth; rather too many crossings reach it than too few.</returns>
        internal static int Threshold(int[] depths, int count, int least, int peak, int most, int[] work)
        {
            if (count <= most)
            {
                return least;
            }

            // In most blocks too many reach the first step; then the others need not even be copied.
            int low = (least + peak) >> 1;
            int high = peak;
            int end = Copy(depths, count, low, work);
            int step = 1;
            if (end == most)
            {
                return low;
            }

            if (end < most)
            {
                low = least;
                end = Copy(depths, count, least, work);
                step = 0;
                if (end <= most)
                {
                    return least;
                }
            }

            int start = 0;
            int above = 0;
            for (; step < Steps; step++)
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

        private static int Copy(int[] depths, int count, int least, int[] work)
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

            return end;
        }
    }
}
