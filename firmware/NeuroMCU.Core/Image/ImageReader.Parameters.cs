// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations whose parameters a layout describes, their receptors and channels, and the drive tables of channels.</content>
    public sealed partial class ImageReader
    {
        private void ReadParameters(PopulationTable population, PopulationTable before)
        {
            int at = _position;
            int receptors = NextByte();
            bool physical = NextFlag();
            NextZero(2);
            ImageRules.ReceptorCount(receptors, at);
            population.Receptors = receptors == 0 ? population.Receptors : new ReceptorTable[receptors];
            for (int i = 0; i < receptors; i++)
            {
                ReceptorTable receptor = new ReceptorTable();
                receptor.Stages = NextByte();
                receptor.Inhibitory = NextFlag();
                NextZero(2);
                receptor.Decay = NextInt();
                population.Receptors[i] = receptor;
            }

            population.Channels = physical ? NextInts(population.Size) : population.Channels;
            ImageRules.Connections(population, at);
            long[] least = population.Model.Least;
            long[] most = population.Model.Most;
            int[] places = new int[least.Length];
            population.Parameters = new long[least.Length][];
            for (int i = 0; i < least.Length; i++)
            {
                int countAt = _position;
                int count = NextInt();
                ImageRules.ValueCount(population, count, countAt);
                places[i] = _position;
                population.Parameters[i] = NextNumbers(count, least[i], most[i]);
                ImageRules.Parameter(population, i, places[i]);
                long[] same = TableShape.SameParameter(before, population, i);
                population.Parameters[i] = same ?? population.Parameters[i];
            }

            ImageRules.Soundness(population, places);
        }

        private void ReadChannels()
        {
            OpenSection(ImageLayout.Channels, 16);
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
            int at = _position;
            ChannelTable channel = new ChannelTable();
            channel.Channel = NextUInt16();
            int points = NextUInt16();
            channel.Calibration = (uint)NextInt();
            channel.MaxCode = NextInt();
            ImageRules.Channel(channel, points, at);
            channel.Currents = NextInts(points);
            channel.Codes = NextInts(points);
            ImageRules.ChannelCurve(channel, at);
            return channel;
        }
    }
}
