// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>Takes times.</summary>
    public static class Gauge
    {
        private const int Runs = 15;

        /// <summary>Measures a workload.</summary>
        /// <param name="work">The workload.</param>
        /// <returns>Time of all windows in units of 100 ns: the sum of each window's best.</returns>
        public static long Total(Workload work)
        {
            int windows = work.Windows;
            long[] best = new long[windows];
            for (int run = 0; run < Runs; run++)
            {
                work.Restart();
                for (int i = 0; i < windows; i++)
                {
                    long begin = DateTime.UtcNow.Ticks;
                    work.Run(i);
                    long time = DateTime.UtcNow.Ticks - begin;
                    if (run == 0 || time < best[i])
                    {
                        best[i] = time;
                    }
                }
            }

            long sum = 0;
            for (int i = 0; i < windows; i++)
            {
                sum += best[i];
            }

            return sum;
        }

        /// <summary>Measures a workload.</summary>
        /// <param name="work">The workload.</param>
        /// <returns>Picoseconds per unit, at least 1.</returns>
        public static long PerUnit(Workload work)
        {
            long time = Total(work) * 100000;
            long units = work.Units;
            long result = units > 0 ? time / units : time;
            return result > 0 ? result : 1;
        }
    }
}
