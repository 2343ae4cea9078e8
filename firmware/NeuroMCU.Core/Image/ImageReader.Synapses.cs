// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <content>Projections: rows, delays, weights.</content>
    public sealed partial class ImageReader
    {
        private void ReadProjections()
        {
            OpenSection(ImageLayout.Synapses, 16, ImageLayout.MaxProjections);
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
            ProjectionTable projection = new ProjectionTable();
            projection.Source = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            int targetAt = _position;
            projection.Target = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            PopulationTable target = _tables.Populations[projection.Target];
            if (target.Model.IsSource)
            {
                throw Error(ImageError.Index, targetAt);
            }

            int receptorAt = _position;
            projection.Receptor = NextByte(Formats.DeltaReceptor);
            if (!target.Model.HasReceptor(target, projection.Receptor))
            {
                throw Error(ImageError.Range, receptorAt);
            }

            NextZero(3);
            projection.WeightScale = NextInt(1, ImageLayout.MaxWeightScale, ImageError.Range);
            int rows = _tables.Populations[projection.Source].Size;
            int countAt = _position;
            int synapses = NextInt(0, int.MaxValue, ImageError.Count);
            int left = _sectionEnd - _position - (4 * (rows + 1));
            if (left < 0 || synapses > left / 6)
            {
                throw Error(ImageError.Count, countAt);
            }

            _synapses += synapses;
            projection.RowStart = ReadRowStarts(rows, synapses);
            projection.Synapses = ReadSynapses(projection.RowStart, synapses, target.Size);
            projection.Weights = new short[synapses];
            for (int i = 0; i < synapses; i++)
            {
                Need(2);
                int weight = (short)Little.UInt16(_window, _position + _origin);
                if (weight < -Formats.MaxWeight)
                {
                    throw Error(ImageError.Range, _position);
                }

                projection.Weights[i] = (short)weight;
                _position += 2;
            }

            SkipPadding();
            return projection;
        }

        private int[] ReadRowStarts(int rows, int synapses)
        {
            int[] starts = new int[rows + 1];
            int previous = 0;
            for (int i = 0; i <= rows; i++)
            {
                int at = _position;
                int start = NextInt(0, synapses, ImageError.Index);
                if (start < previous || (i == 0 && start != 0) || (i == rows && start != synapses))
                {
                    throw Error(ImageError.Order, at);
                }

                if (start - previous > ImageLayout.MaxRow)
                {
                    throw Error(ImageError.Count, at);
                }

                starts[i] = start;
                previous = start;
            }

            return starts;
        }

        private int[] ReadSynapses(int[] rowStart, int count, int targetSize)
        {
            int[] synapses = new int[count];
            int rows = rowStart.Length - 1;
            for (int row = 0; row < rows; row++)
            {
                int end = rowStart[row + 1];
                uint previous = 0;
                for (int i = rowStart[row]; i < end; i++)
                {
                    Need(4);
                    uint synapse = Little.UInt32(_window, _position + _origin);
                    if ((int)(synapse & Formats.TargetMask) >= targetSize)
                    {
                        throw Error(ImageError.Index, _position);
                    }

                    if ((synapse >> Formats.TargetBits) > Formats.MaxDelay)
                    {
                        throw Error(ImageError.Range, _position);
                    }

                    if (synapse < previous)
                    {
                        throw Error(ImageError.Order, _position);
                    }

                    synapses[i] = (int)synapse;
                    previous = synapse;
                    _position += 4;
                }
            }

            return synapses;
        }
    }
}
