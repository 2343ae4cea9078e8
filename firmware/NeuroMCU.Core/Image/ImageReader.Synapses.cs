// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Projections: rows, delays, weights.</content>
    public sealed partial class ImageReader
    {
        private void ReadProjections()
        {
            OpenSection(ImageLayout.Synapses, 16);
            ProjectionTable[] projections = new ProjectionTable[_items];
            for (int i = 0; i < projections.Length; i++)
            {
                projections[i] = ReadProjection();
            }

            _tables.Projections = projections;
            CloseSection();
        }

        private ProjectionTable ReadProjection()
        {
            int at = _position;
            ProjectionTable projection = new ProjectionTable();
            projection.Source = NextUInt16();
            projection.Target = NextUInt16();
            projection.Receptor = NextByte();
            NextZero(3);
            projection.WeightScale = NextInt();
            ImageRules.ProjectionEnds(projection, _tables, at);
            int countAt = _position;
            int synapses = NextInt();
            int rows = _tables.Populations[projection.Source].Size;
            int left = _sectionEnd - _position - (4 * (rows + 1));
            if (synapses < 0 || left < 0 || synapses > left / 6)
            {
                throw Error(ImageError.Count, countAt);
            }

            _synapses += synapses;
            projection.RowStart = NextInts(rows + 1);
            projection.Synapses = NextInts(synapses);
            projection.Weights = NextShorts(synapses);
            ImageRules.ProjectionRows(projection, _tables, at);
            SkipPadding();
            return projection;
        }
    }
}
