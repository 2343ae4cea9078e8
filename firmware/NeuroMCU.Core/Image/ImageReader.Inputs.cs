// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>What drives a network: stored spikes, Poisson sources, drive, ears.</content>
    public sealed partial class ImageReader
    {
        private void ReadStoredSpikes()
        {
            OpenSection(ImageLayout.StoredSpikes, 6);
            int at = _position;
            int count = _items;
            _tables.SpikeTimes = NextInts(count);
            _tables.SpikeSources = NextShorts(count);
            ImageRules.StoredSpikes(_tables, _neurons, at);
            SkipPadding();
            CloseSection();
        }

        private void ReadPoissonSources()
        {
            OpenSection(ImageLayout.PoissonSources, 20);
            PoissonTable[] sources = new PoissonTable[_items];
            int trains = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                int at = _position;
                PoissonTable source = new PoissonTable();
                source.First = NextUInt16();
                source.Count = NextUInt16();
                source.MeanInterval = NextInt();
                source.Seed = (uint)NextInt();
                source.Start = NextInt();
                source.Stop = NextInt();
                trains = ImageRules.PoissonSource(source, _tables, _neurons, trains, at);
                sources[i] = source;
            }

            _tables.PoissonSources = sources;
            CloseSection();
        }

        private void ReadDrives()
        {
            OpenSection(ImageLayout.Drives, 20);
            DriveTable[] drives = new DriveTable[_items];
            for (int i = 0; i < drives.Length; i++)
            {
                int at = _position;
                DriveTable drive = new DriveTable();
                drive.Population = NextUInt16();
                drive.First = NextUInt16();
                drive.Count = NextUInt16();
                NextZero(2);
                drive.Amplitude = NextInt();
                drive.Start = NextInt();
                drive.Stop = NextInt();
                ImageRules.Drive(drive, _tables, at);
                drives[i] = drive;
            }

            _tables.Drives = drives;
            CloseSection();
        }

        private void ReadHearing()
        {
            OpenSection(ImageLayout.Hearing, 12);
            HearingTable[] hearing = new HearingTable[_items];
            for (int i = 0; i < hearing.Length; i++)
            {
                int at = _position;
                HearingTable table = new HearingTable();
                table.Left = NextUInt16();
                table.Right = NextUInt16();
                table.SampleRate = NextInt();
                int parameters = NextInt();
                ImageRules.Hearing(table, parameters, _tables, at);
                table.Parameters = NextInts(parameters);
                hearing[i] = table;
            }

            _tables.Hearing = hearing;
            CloseSection();
        }
    }
}
