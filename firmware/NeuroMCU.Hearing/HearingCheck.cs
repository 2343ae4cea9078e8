// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing
{
    /// <summary>Checks the parameters of a front end, so that it can run on them without further tests.</summary>
    internal static class HearingCheck
    {
        private const int MaxCoefficient = 255;
        private const int MaxRadius = 127;
        private const int MaxShift = 15;

        /// <summary>Requires that all parameters are present and in range.</summary>
        /// <exception cref="ImageException">They are not.</exception>
        internal static void Require(HearingTable table)
        {
            int[] p = table.Parameters;
            if (p == null || p.Length < HearingLayout.HeadLength)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            Within(p[HearingLayout.Bands], 1, HearingLayout.MaxBands);
            if (p.Length != HearingLayout.HeadLength + (p[HearingLayout.Bands] * HearingLayout.BandLength))
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            Within(table.SampleRate, 1000, 96000);
            int period = HearingLayout.RateBase / table.SampleRate;
            int block = p[HearingLayout.BlockFrames];
            Within(block, 2, HearingLayout.MaxBlockMicroseconds);
            long sixteenths = (long)block * period;
            if (period * table.SampleRate != HearingLayout.RateBase || (block & 3) != 0 || (sixteenths & 15) != 0
                || sixteenths > 16 * HearingLayout.MaxBlockMicroseconds)
            {
                throw Range();
            }

            Within(p[HearingLayout.SpikesPerBlock], 1, EarBand.MaxCrossings);
            Within(p[HearingLayout.Floor], 1, 1 << 24);
            Within(p[HearingLayout.Silence], 0, short.MaxValue);
            Within(p[HearingLayout.InputShift], 0, 4);
            Within(p[HearingLayout.OnsetRatio], 1, 1 << 16);
            Within(p[HearingLayout.QuietBlocks], 1, 1000);
            Within(p[HearingLayout.LongestSound], 1, 10000);
            Within(p[HearingLayout.HeardFrames], 4, block);
            Within(p[HearingLayout.LeadFrames], p[HearingLayout.HeardFrames] < block ? 4 : 0, p[HearingLayout.HeardFrames]);
            Within(p[HearingLayout.HeardEvery], 1, 1000);
            Within(p[HearingLayout.LastingSpikes], 1, p[HearingLayout.SpikesPerBlock]);
            Within(p[HearingLayout.FirstAnswer], 0, 10000);
            Within(p[HearingLayout.AnswerEvery], 1, 10000);
            if (((p[HearingLayout.HeardFrames] | p[HearingLayout.LeadFrames]) & 3) != 0)
            {
                throw Range();
            }

            for (int band = 0; band < p[HearingLayout.Bands]; band++)
            {
                RequireBand(p, HearingLayout.HeadLength + (band * HearingLayout.BandLength));
            }
        }

        private static void RequireBand(int[] p, int at)
        {
            Within(p[at + HearingLayout.Envelope], 0, 1);
            Within(p[at + HearingLayout.FirstPole], -MaxCoefficient, MaxCoefficient);
            Within(p[at + HearingLayout.SecondPole], -MaxCoefficient, MaxCoefficient);
            Within(p[at + HearingLayout.Radius], 0, MaxRadius);
            Within(p[at + HearingLayout.Shift], 0, MaxShift);
            Within(p[at + HearingLayout.Correction], -1024, 1024);
            Within(p[at + HearingLayout.ShortestInterval], 1, 10000);
            Within(p[at + HearingLayout.LongestInterval], p[at + HearingLayout.ShortestInterval], 10000);
            Within(p[at + HearingLayout.LevelScale], 0, 1 << 20);
            Within(p[at + HearingLayout.Halvings], p[at + HearingLayout.Envelope], 1);
        }

        private static void Within(int value, int min, int max)
        {
            if (value < min || value > max)
            {
                throw Range();
            }
        }

        private static ImageException Range() => new ImageException(ImageError.Range, -1);
    }
}
