// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>Checks the parameters of a direction read-out against the populations that it reads.</summary>
    internal static class DirectionCheck
    {
        internal const int MaxPlaces = 255;

        /// <summary>Finds the record of each population.</summary>
        /// <returns>Index of each population's record in the parameters.</returns>
        /// <exception cref="ImageException">A parameter is out of range, or populations and places do not fit.</exception>
        internal static int[] Records(ReadoutTable table, NetworkTables tables, int bands)
        {
            int[] p = table.Parameters;
            if (p == null || p.Length < DirectionLayout.HeadLength || table.Populations.Length != bands)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            int places = p[DirectionLayout.Places];
            Within(p[DirectionLayout.Hearing], 0, tables.Hearing.Length - 1);
            Within(places, 1, MaxPlaces);
            Within(places & 1, 1, 1);
            Within(p[DirectionLayout.Step], 1, 1 << 16);
            Within(p[DirectionLayout.LevelFactor], 0, 1 << 12);
            Within(p[DirectionLayout.LeastAgreement], 0, 256);
            Within(p[DirectionLayout.WeakFactor], 1, 1 << 12);
            Within(p[DirectionLayout.LeastLevel], 0, 256);
            Within(p[DirectionLayout.LeastConfidence], 0, 1000);
            int points = p[DirectionLayout.MapPoints];
            Within(points, 1, 255);
            int record = DirectionLayout.HeadLength + (2 * points);
            int end = record + (bands * (DirectionLayout.Levels + places));
            if (p.Length < end)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            // Images from before there were rivals end here.
            if (p.Length > end)
            {
                RequireRivals(p, end, bands);
            }

            for (int i = 1; i < points; i++)
            {
                int at = DirectionLayout.HeadLength + i;
                if (p[at] <= p[at - 1] || p[at + points] < p[at + points - 1])
                {
                    throw new ImageException(ImageError.Order, -1);
                }
            }

            int[] records = new int[bands];
            for (int band = 0; band < bands; band++)
            {
                records[band] = record;
                int stride = p[record + DirectionLayout.Stride];
                Within(stride, 1, 2);
                Within(p[record + DirectionLayout.Weight], 0, 1 << 12);
                for (int k = 0; k < places; k++)
                {
                    Within(p[record + DirectionLayout.Levels + k], -(1 << 16), 1 << 16);
                }

                if (((tables.Populations[table.Populations[band]].Size - 1) * stride) + 1 != places)
                {
                    throw new ImageException(ImageError.Count, -1);
                }

                record += DirectionLayout.Levels + places;
            }

            return records;
        }

        private static void RequireRivals(int[] p, int at, int bands)
        {
            int rivals = p[at];
            int tables = at + 1 + rivals;
            if (rivals < 1 || rivals > DirectionLayout.MaxRivals || p.Length < tables)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            int end = tables;
            for (int i = at + 1; i < tables; i++)
            {
                if (p[i] < 1 || p[i] > DirectionLayout.MaxTables)
                {
                    throw new ImageException(ImageError.Shape, -1);
                }

                end += p[i] * DirectionLayout.TableLength;
            }

            if (p.Length != end)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            for (int table = tables; table < p.Length; table += DirectionLayout.TableLength)
            {
                for (int i = 0; i < DirectionLayout.Questions; i++)
                {
                    Within(p[table + i] >> 16, 0, (bands * DirectionLayout.BandCues) + DirectionLayout.SoundCues - 1);
                }
            }
        }

        private static void Within(int value, int min, int max)
        {
            if (value < min || value > max)
            {
                throw new ImageException(ImageError.Range, -1);
            }
        }
    }
}
