// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>What drives a network: stored spikes, Poisson sources, drive, ears.</content>
    public sealed partial class ImageReader
    {
        private void ReadStoredSpikes()
        {
            OpenSection(ImageLayout.StoredSpikes, 6, int.MaxValue);
            int[] times = new int[_items];
            short[] sources = new short[_items];
            int previous = 0;
            for (int i = 0; i < times.Length; i++)
            {
                int at = _position;
                int time = NextInt(0, int.MaxValue, ImageError.Range);
                if (time < previous)
                {
                    throw Error(ImageError.Order, at);
                }

                times[i] = time;
                previous = time;
            }

            for (int i = 0; i < sources.Length; i++)
            {
                int at = _position;
                int neuron = NextUInt16(_neurons - 1, ImageError.Index);
                RequireSources(neuron, 1, at);
                sources[i] = (short)neuron;
            }

            _tables.SpikeTimes = times;
            _tables.SpikeSources = sources;
            SkipPadding();
            CloseSection();
        }

        private void ReadPoissonSources()
        {
            OpenSection(ImageLayout.PoissonSources, 20, ImageLayout.MaxPoissonSources);
            PoissonTable[] sources = new PoissonTable[_items];
            int total = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                int at = _position;
                PoissonTable source = new PoissonTable();
                source.First = NextUInt16(_neurons - 1, ImageError.Index);
                source.Count = NextUInt16(_neurons - source.First, ImageError.Index);
                RequireSources(source.First, source.Count, at);
                total += source.Count;
                if (total > ImageLayout.MaxPoissonSources)
                {
                    throw Error(ImageError.Count, at);
                }

                source.MeanInterval = NextInt(1, int.MaxValue, ImageError.Range);
                source.Seed = (uint)NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                source.Start = NextInt(0, int.MaxValue, ImageError.Range);
                source.Stop = NextInt(source.Start, int.MaxValue, ImageError.Order);
                sources[i] = source;
            }

            _tables.PoissonSources = sources;
            CloseSection();
        }

        private void ReadDrives()
        {
            OpenSection(ImageLayout.Drives, 20, ImageLayout.MaxBindings);
            DriveTable[] drives = new DriveTable[_items];
            for (int i = 0; i < drives.Length; i++)
            {
                DriveTable drive = new DriveTable();
                int at = _position;
                drive.Population = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
                PopulationTable population = _tables.Populations[drive.Population];
                if (population.Model.IsSource)
                {
                    throw Error(ImageError.Index, at);
                }

                drive.First = NextUInt16(population.Size - 1, ImageError.Index);
                drive.Count = NextUInt16(population.Size - drive.First, ImageError.Index);
                NextZero(2);
                drive.Amplitude = NextInt(-ImageLayout.MaxMembrane, ImageLayout.MaxMembrane, ImageError.Range);
                drive.Start = NextInt(0, int.MaxValue, ImageError.Range);
                drive.Stop = NextInt(drive.Start, int.MaxValue, ImageError.Order);
                drives[i] = drive;
            }

            _tables.Drives = drives;
            CloseSection();
        }

        private void ReadHearing()
        {
            OpenSection(ImageLayout.Hearing, 12, ImageLayout.MaxBindings);
            HearingTable[] hearing = new HearingTable[_items];
            for (int i = 0; i < hearing.Length; i++)
            {
                HearingTable table = new HearingTable();
                table.Left = NextSourcePopulation();
                int rightAt = _position;
                table.Right = NextSourcePopulation();
                if (_tables.Populations[table.Left].Size != _tables.Populations[table.Right].Size)
                {
                    throw Error(ImageError.Index, rightAt);
                }

                table.SampleRate = NextInt(1, int.MaxValue, ImageError.Range);
                table.Parameters = NextInts(NextInt(0, ImageLayout.MaxHearingParameters, ImageError.Count), int.MinValue, int.MaxValue);
                hearing[i] = table;
            }

            _tables.Hearing = hearing;
            CloseSection();
        }

        private int NextSourcePopulation()
        {
            int at = _position;
            int population = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            if (!_tables.Populations[population].Model.IsSource)
            {
                throw Error(ImageError.Index, at);
            }

            return population;
        }

        private PopulationTable Owner(int neuron)
        {
            int population = 0;
            while (neuron >= _tables.Populations[population].Size)
            {
                neuron -= _tables.Populations[population].Size;
                population++;
            }

            return _tables.Populations[population];
        }

        private void RequireSources(int first, int count, int at)
        {
            int begin = 0;
            for (int i = 0; i < _tables.Populations.Length; i++)
            {
                PopulationTable population = _tables.Populations[i];
                if (!population.Model.IsSource && first < begin + population.Size && first + count > begin)
                {
                    throw Error(ImageError.Index, at);
                }

                begin += population.Size;
            }
        }
    }
}
