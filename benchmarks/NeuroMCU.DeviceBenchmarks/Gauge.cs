// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>Takes times.</summary>
    public static class Gauge
    {
        private const int Runs = 25;

        /// <summary>
        /// Measures workloads that are to be compared. They take turns, so that what slows the machine down for a while slows all of them
        /// down, and their best times come from the same moments.
        /// </summary>
        /// <param name="works">The workloads.</param>
        /// <returns>Time of each in units of 100 ns: the sum of its windows' best times, at least 1.</returns>
        public static long[] Totals(Workload[] works)
        {
            long[][] best = new long[works.Length][];
            for (int k = 0; k < works.Length; k++)
            {
                best[k] = new long[works[k].Windows];
            }

            for (int run = 0; run < Runs; run++)
            {
                for (int k = 0; k < works.Length; k++)
                {
                    Time(works[k], best[k], run == 0);
                }
            }

            long[] totals = new long[works.Length];
            for (int k = 0; k < works.Length; k++)
            {
                long sum = 0;
                for (int i = 0; i < best[k].Length; i++)
                {
                    sum += best[k][i];
                }

                totals[k] = sum > 0 ? sum : 1;
            }

            return totals;
        }

        private static void Time(Workload work, long[] best, bool first)
        {
            work.Restart();
            for (int i = 0; i < best.Length; i++)
            {
                long begin = DateTime.UtcNow.Ticks;
                work.Run(i);
                long time = DateTime.UtcNow.Ticks - begin;
                if (first || time < best[i])
                {
                    best[i] = time;
                }
            }
        }
    }
}
