// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;

namespace NeuroMCU.Host.Calibration.Tables
{
    /// <summary>Rates that all good channels can be set to: above the steep onset of each of them and below the top of each.</summary>
    public static class CommonRates
    {
        // A rate that one code of the converter changes by more than this cannot be commanded.
        private const double LargestStep = 0.02;

        private static readonly double[] s_places = [0.1, 0.5, 0.9];

        /// <summary>The lowest rate that one code changes by no more than 2 %; with a coarse converter that may be the highest.</summary>
        /// <param name="rising">Rising part of a curve.</param>
        /// <returns>Rate in Hz.</returns>
        public static double LowestOf(RisingCurve rising)
        {
            ArgumentNullException.ThrowIfNull(rising);
            for (int i = 0; i + 1 < rising.Rates.Count; i++)
            {
                double perCode = (rising.Rates[i + 1] - rising.Rates[i]) / (rising.Codes[i + 1] - rising.Codes[i]);
                if (perCode <= LargestStep * rising.Rates[i])
                {
                    return rising.Rates[i];
                }
            }

            return rising.Top;
        }

        /// <summary>Three rates that all good channels reach.</summary>
        /// <param name="boards">Calibrations, with the same reference.</param>
        /// <returns>Rates in Hz, ascending; none when fewer than two channels are good.</returns>
        public static IReadOnlyList<double> Of(params IReadOnlyList<BoardCalibration> boards)
        {
            ChannelCalibration[] good = [.. boards.SelectMany(b => b.Good())];
            if (good.Length < 2)
            {
                return [];
            }

            // With coarse converters the ranges that are set well may not meet; the steps then show in the spread.
            double high = good.Min(c => c.HighestRate);
            double low = Math.Min(good.Max(c => c.LowestRate), 0.7 * high);
            return [.. s_places.Select(p => low + (p * (high - low)))];
        }
    }
}
