// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <content>Synapses, and what drives a network.</content>
    internal static partial class ImageRules
    {
        /// <summary>Source, target, receptor and scale of a projection.</summary>
        internal static void ProjectionEnds(ProjectionTable projection, NetworkTables tables, int at)
        {
            PopulationAt(projection.Source, tables, at, 0);
            PopulationTable target = PopulationAt(projection.Target, tables, at, 2);
            if (target.Model.IsSource)
            {
                throw Broken(ImageError.Index, at, 2);
            }

            if (!target.Model.HasReceptor(target, projection.Receptor))
            {
                throw Broken(ImageError.Range, at, 4);
            }

            Within(projection.WeightScale, 1, ImageLayout.MaxWeightScale, ImageError.Range, at, 8);
        }

        /// <summary>Rows, synapses and weights of a projection whose ends are good.</summary>
        internal static void ProjectionRows(ProjectionTable projection, NetworkTables tables, int at)
        {
            int[] starts = projection.RowStart;
            int[] synapses = projection.Synapses;
            int rows = starts.Length - 1;
            int startsAt = 16;
            int synapsesAt = startsAt + (4 * (rows + 1));
            int size = tables.Populations[projection.Target].Size;
            int end = 0;
            for (int row = 0; row <= rows; row++)
            {
                int begin = end;
                end = starts[row];
                Within(end, 0, synapses.Length, ImageError.Index, at, startsAt + (4 * row));
                if (end < begin || (row == 0 && end != 0) || (row == rows && end != synapses.Length))
                {
                    throw Broken(ImageError.Order, at, startsAt + (4 * row));
                }

                Within(end - begin, 0, ImageLayout.MaxRow, ImageError.Count, at, startsAt + (4 * row));
                uint previous = 0;
                for (int i = begin; i < end; i++)
                {
                    uint synapse = (uint)synapses[i];
                    if ((int)(synapse & Formats.TargetMask) >= size)
                    {
                        throw Broken(ImageError.Index, at, synapsesAt + (4 * i));
                    }

                    if ((synapse >> Formats.TargetBits) > Formats.MaxDelay)
                    {
                        throw Broken(ImageError.Range, at, synapsesAt + (4 * i));
                    }

                    if (synapse < previous)
                    {
                        throw Broken(ImageError.Order, at, synapsesAt + (4 * i));
                    }

                    previous = synapse;
                }
            }

            short[] weights = projection.Weights;
            for (int i = 0; i < weights.Length; i++)
            {
                if (weights[i] < -Formats.MaxWeight)
                {
                    throw Broken(ImageError.Range, at, synapsesAt + (4 * synapses.Length) + (2 * i));
                }
            }
        }

        /// <summary>Times and sources of all stored spikes.</summary>
        internal static void StoredSpikes(NetworkTables tables, int neurons, int at)
        {
            int[] times = tables.SpikeTimes;
            int previous = 0;
            for (int i = 0; i < times.Length; i++)
            {
                Within(times[i], 0, int.MaxValue, ImageError.Range, at, 4 * i);
                Within(times[i], previous, int.MaxValue, ImageError.Order, at, 4 * i);
                previous = times[i];
            }

            int sourcesAt = 4 * times.Length;
            for (int i = 0; i < times.Length; i++)
            {
                int neuron = tables.SpikeSources[i];
                Within(neuron, 0, neurons - 1, ImageError.Index, at, sourcesAt + (2 * i));
                RequireSources(neuron, 1, tables, at, sourcesAt + (2 * i));
            }
        }

        /// <summary>A range of Poisson sources; returns the trains of all ranges so far.</summary>
        internal static int PoissonSource(PoissonTable source, NetworkTables tables, int neurons, int trains, int at)
        {
            Within(source.First, 0, neurons - 1, ImageError.Index, at, 0);
            Within(source.Count, 0, neurons - source.First, ImageError.Index, at, 2);
            RequireSources(source.First, source.Count, tables, at, 0);
            trains += source.Count;
            Within(trains, 0, ImageLayout.MaxPoissonSources, ImageError.Count, at, 0);
            Within(source.MeanInterval, 1, int.MaxValue, ImageError.Range, at, 4);
            Within(source.Start, 0, int.MaxValue, ImageError.Range, at, 12);
            Within(source.Stop, source.Start, int.MaxValue, ImageError.Order, at, 16);
            return trains;
        }

        /// <summary>A step of drive.</summary>
        internal static void Drive(DriveTable drive, NetworkTables tables, int at)
        {
            PopulationTable population = PopulationAt(drive.Population, tables, at, 0);
            if (population.Model.IsSource)
            {
                throw Broken(ImageError.Index, at, 0);
            }

            Within(drive.First, 0, population.Size - 1, ImageError.Index, at, 2);
            Within(drive.Count, 0, population.Size - drive.First, ImageError.Index, at, 4);
            Within(drive.Amplitude, -ImageLayout.MaxMembrane, ImageLayout.MaxMembrane, ImageError.Range, at, 8);
            Within(drive.Start, 0, int.MaxValue, ImageError.Range, at, 12);
            Within(drive.Stop, drive.Start, int.MaxValue, ImageError.Order, at, 16);
        }

        /// <summary>A front end with a number of parameters. What they mean is for the front end to check.</summary>
        internal static void Hearing(HearingTable hearing, int parameters, NetworkTables tables, int at)
        {
            PopulationTable left = PopulationAt(hearing.Left, tables, at, 0);
            PopulationTable right = PopulationAt(hearing.Right, tables, at, 2);
            if (!left.Model.IsSource)
            {
                throw Broken(ImageError.Index, at, 0);
            }

            if (!right.Model.IsSource || left.Size != right.Size)
            {
                throw Broken(ImageError.Index, at, 2);
            }

            Within(hearing.SampleRate, 1, int.MaxValue, ImageError.Range, at, 4);
            Within(parameters, 0, ImageLayout.MaxHearingParameters, ImageError.Count, at, 8);
        }
    }
}
