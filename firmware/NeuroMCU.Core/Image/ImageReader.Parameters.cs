// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations whose parameters a layout describes, their receptors and channels, and the drive tables of channels.</content>
    public sealed partial class ImageReader
    {
        private void ReadParameters(PopulationTable population)
        {
            int size = population.Size;
            int headAt = _position;
            population.Receptors = new ReceptorTable[NextByte(ImageLayout.MaxReceptors)];
            bool physical = NextByte(1) != 0;
            NextZero(2);
            for (int i = 0; i < population.Receptors.Length; i++)
            {
                ReceptorTable receptor = new ReceptorTable();
                int stagesAt = _position;
                receptor.Stages = NextByte(2);
                if (receptor.Stages == 0)
                {
                    throw Error(ImageError.Range, stagesAt);
                }

                receptor.Inhibitory = NextByte(1) != 0;
                NextZero(2);
                receptor.Decay = NextInt(0, int.MaxValue, ImageError.Range);
                population.Receptors[i] = receptor;
            }

            population.Channels = physical ? NextInts(size, 0, ImageLayout.MaxChannels - 1) : new int[0];
            if (!population.Model.AllowsUpdate(population))
            {
                throw Error(ImageError.Range, headAt);
            }

            long[] least = population.Model.Least;
            long[] most = population.Model.Most;
            int[] places = new int[least.Length];
            population.Parameters = new long[least.Length][];
            for (int i = 0; i < least.Length; i++)
            {
                int countAt = _position;
                int count = NextInt(1, Formats.MaxPopulationSize, ImageError.Count);
                if (count != 1 && count != size)
                {
                    throw Error(ImageError.Count, countAt);
                }

                places[i] = _position;
                population.Parameters[i] = NextNumbers(count, least[i], most[i]);
            }

            int wrong = population.Model.FirstUnsound(population);
            if (wrong >= 0)
            {
                throw Error(ImageError.Range, places[wrong]);
            }
        }

        private void ReadChannels()
        {
            OpenSection(ImageLayout.Channels, 16, ImageLayout.MaxChannels);
            ChannelTable[] channels = new ChannelTable[_items];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = ReadChannel();
            }

            _tables.Channels = channels;
            CloseSection();
        }

        private ChannelTable ReadChannel()
        {
            ChannelTable channel = new ChannelTable();
            channel.Channel = NextUInt16(ImageLayout.MaxChannels - 1, ImageError.Index);
            int countAt = _position;
            int points = NextUInt16(ImageLayout.MaxDrivePoints, ImageError.Count);
            if (points < 2)
            {
                throw Error(ImageError.Count, countAt);
            }

            channel.Calibration = (uint)NextInt(int.MinValue, int.MaxValue, ImageError.Range);
            channel.MaxCode = NextInt(0, ImageLayout.MaxCode, ImageError.Range);
            int currentsAt = _position;
            channel.Currents = NextInts(points, -Formats.MaxCurrent, Formats.MaxCurrent);
            int codesAt = _position;
            channel.Codes = NextInts(points, 0, ImageLayout.MaxCode);
            for (int i = 1; i < points; i++)
            {
                if (channel.Currents[i] <= channel.Currents[i - 1])
                {
                    throw Error(ImageError.Order, currentsAt + (4 * i));
                }

                if (channel.Codes[i] < channel.Codes[i - 1])
                {
                    throw Error(ImageError.Order, codesAt + (4 * i));
                }
            }

            return channel;
        }
    }
}
