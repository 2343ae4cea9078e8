// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <summary>Checks that tables are complete: arrays present, lengths matching, so that they can be walked without further tests.</summary>
    public static class TableShape
    {
        /// <summary>Replaces missing optional tables by empty ones and checks the lengths of all others.</summary>
        /// <param name="tables">The network.</param>
        /// <exception cref="ImageException">A table is missing or has the wrong length.</exception>
        public static void Require(NetworkTables tables)
        {
            if (tables == null)
            {
                throw Wrong();
            }

            FillMissing(tables);
            foreach (PopulationTable population in tables.Populations)
            {
                if (population == null || population.Model == null || population.Size < 1)
                {
                    throw Wrong();
                }

                population.Receptors = population.Receptors ?? new ReceptorTable[0];
                population.Channels = population.Channels ?? new int[0];
                population.Parameters = population.Parameters ?? new long[0][];
                if (population.Model.IsProgram)
                {
                    RequireProgram(population);
                }
                else if (!population.Model.IsSource)
                {
                    RequireParameters(population);
                }
            }

            foreach (ProjectionTable projection in tables.Projections)
            {
                RequireProjection(projection, tables.Populations);
            }

            foreach (ChannelTable channel in tables.Channels)
            {
                RequireChannel(channel);
            }

            if (tables.SpikeSources.Length != tables.SpikeTimes.Length)
            {
                throw Wrong();
            }

            foreach (ReadoutTable readout in tables.Readouts)
            {
                if (readout.Populations == null || readout.Values == null || readout.Parameters == null)
                {
                    throw Wrong();
                }

                foreach (int population in readout.Populations)
                {
                    Within(population, 0, tables.Populations.Length - 1);
                }
            }

            foreach (HearingTable hearing in tables.Hearing)
            {
                if (hearing.Parameters == null)
                {
                    throw Wrong();
                }

                Within(hearing.Left, 0, tables.Populations.Length - 1);
                Within(hearing.Right, 0, tables.Populations.Length - 1);
            }
        }

        /// <summary>
        /// Checks, for tables that come from a compiler instead of an image, what an engine would otherwise stumble over while running:
        /// capacities, row bounds and indices. Tables that the image reader returned always pass.
        /// </summary>
        /// <param name="tables">The network, complete.</param>
        /// <exception cref="ImageException">A number is out of bounds.</exception>
        public static void RequireIndices(NetworkTables tables)
        {
            int neurons = Neurons(tables);
            Within(neurons, 0, ImageLayout.MaxNeurons);
            Within(tables.Populations.Length, 0, ImageLayout.MaxPopulations);
            Within(tables.Projections.Length, 0, ImageLayout.MaxProjections);
            Within(tables.Step, ImageLayout.MinStep, ImageLayout.MaxStep);
            Within(tables.QueueCapacity, 1, ImageLayout.MaxQueueCapacity);
            Within(tables.SpikeCapacity, 1, ImageLayout.MaxSpikeCapacity);
            foreach (ProjectionTable projection in tables.Projections)
            {
                RequireRows(projection, tables.Populations[projection.Target]);
            }

            foreach (short source in tables.SpikeSources)
            {
                Within(source, 0, neurons - 1);
            }

            foreach (PoissonTable source in tables.PoissonSources)
            {
                Within(source.First, 0, neurons - 1);
                Within(source.Count, 0, neurons - source.First);
                Within(source.MeanInterval, 1, int.MaxValue);
            }

            foreach (DriveTable drive in tables.Drives)
            {
                Within(drive.Population, 0, tables.Populations.Length - 1);
                int size = tables.Populations[drive.Population].Size;
                Within(drive.First, 0, size - 1);
                Within(drive.Count, 0, size - drive.First);
            }

            foreach (TraceTable trace in tables.Traces)
            {
                Within(trace.Neuron, 0, neurons - 1);
                Within(trace.Interval, 1, int.MaxValue);
            }
        }

        /// <summary>Counts the neurons of all populations.</summary>
        /// <param name="tables">The network.</param>
        /// <returns>The number of neurons.</returns>
        public static int Neurons(NetworkTables tables)
        {
            int sum = 0;
            foreach (PopulationTable population in tables.Populations)
            {
                sum += population.Size;
            }

            return sum;
        }

        /// <summary>Counts the neurons whose spikes are recorded.</summary>
        /// <param name="tables">The network.</param>
        /// <returns>The number of neurons.</returns>
        public static int RecordedNeurons(NetworkTables tables)
        {
            int sum = 0;
            foreach (PopulationTable population in tables.Populations)
            {
                sum += population.Recorded ? population.Size : 0;
            }

            return sum;
        }

        /// <summary>Counts the synapses of all projections.</summary>
        /// <param name="tables">The network.</param>
        /// <returns>The number of synapses.</returns>
        public static int Synapses(NetworkTables tables)
        {
            int sum = 0;
            foreach (ProjectionTable projection in tables.Projections)
            {
                sum += projection.Synapses.Length;
            }

            return sum;
        }

        private static void FillMissing(NetworkTables tables)
        {
            tables.Populations = tables.Populations ?? new PopulationTable[0];
            tables.Projections = tables.Projections ?? new ProjectionTable[0];
            tables.SpikeTimes = tables.SpikeTimes ?? new int[0];
            tables.SpikeSources = tables.SpikeSources ?? new short[0];
            tables.PoissonSources = tables.PoissonSources ?? new PoissonTable[0];
            tables.Drives = tables.Drives ?? new DriveTable[0];
            tables.Traces = tables.Traces ?? new TraceTable[0];
            tables.Readouts = tables.Readouts ?? new ReadoutTable[0];
            tables.Hearing = tables.Hearing ?? new HearingTable[0];
            tables.Outputs = tables.Outputs ?? new OutputTable[0];
            tables.Symbols = tables.Symbols ?? new byte[0];
            tables.Channels = tables.Channels ?? new ChannelTable[0];
        }

        private static void RequireParameters(PopulationTable population)
        {
            int size = population.Size;
            if (!population.Model.AllowsUpdate(population)
                || population.Parameters.Length != population.Model.Least.Length
                || population.Receptors.Length > ImageLayout.MaxReceptors
                || (population.Channels.Length != 0 && population.Channels.Length != size))
            {
                throw Wrong();
            }

            foreach (ReceptorTable receptor in population.Receptors)
            {
                if (receptor == null || receptor.Stages < 1 || receptor.Stages > 2 || receptor.Decay < 0)
                {
                    throw Wrong();
                }
            }

            foreach (int channel in population.Channels)
            {
                Within(channel, 0, ImageLayout.MaxChannels - 1);
            }

            RequireBounds(population);
        }

        private static void RequireProgram(PopulationTable population)
        {
            if (!population.Model.AllowsUpdate(population) || population.Model.FirstUnsound(population) >= 0)
            {
                throw Wrong();
            }
        }

        private static void RequireBounds(PopulationTable population)
        {
            long[] least = population.Model.Least;
            long[] most = population.Model.Most;
            for (int i = 0; i < least.Length; i++)
            {
                long[] values = population.Parameters[i];
                if (values == null || (values.Length != 1 && values.Length != population.Size))
                {
                    throw Wrong();
                }

                foreach (long value in values)
                {
                    if (value < least[i] || value > most[i])
                    {
                        throw new ImageException(ImageError.Range, -1);
                    }
                }
            }

            if (population.Model.FirstUnsound(population) >= 0)
            {
                throw new ImageException(ImageError.Range, -1);
            }
        }

        private static void RequireChannel(ChannelTable channel)
        {
            if (channel == null
                || channel.Currents == null
                || channel.Codes == null
                || channel.Currents.Length != channel.Codes.Length)
            {
                throw Wrong();
            }

            Within(channel.Channel, 0, ImageLayout.MaxChannels - 1);
            Within(channel.MaxCode, 0, ImageLayout.MaxCode);
            Within(channel.Currents.Length, 2, ImageLayout.MaxDrivePoints);
        }

        private static void RequireProjection(ProjectionTable projection, PopulationTable[] populations)
        {
            if (projection == null
                || projection.RowStart == null
                || projection.Synapses == null
                || projection.Weights == null
                || projection.Source < 0
                || projection.Source >= populations.Length
                || projection.Target < 0
                || projection.Target >= populations.Length
                || projection.RowStart.Length != populations[projection.Source].Size + 1
                || projection.Weights.Length != projection.Synapses.Length
                || !populations[projection.Target].Model.HasReceptor(populations[projection.Target], projection.Receptor))
            {
                throw Wrong();
            }
        }

        private static void RequireRows(ProjectionTable projection, PopulationTable target)
        {
            int[] starts = projection.RowStart;
            int rows = starts.Length - 1;
            if (starts[0] != 0 || starts[rows] != projection.Synapses.Length || target.Model.IsSource)
            {
                throw new ImageException(ImageError.Index, -1);
            }

            for (int row = 0; row < rows; row++)
            {
                Within(starts[row + 1], starts[row], projection.Synapses.Length);
                Within(starts[row + 1] - starts[row], 0, ImageLayout.MaxRow);
                uint previous = 0;
                for (int i = starts[row]; i < starts[row + 1]; i++)
                {
                    uint synapse = (uint)projection.Synapses[i];
                    if (synapse < previous)
                    {
                        throw new ImageException(ImageError.Order, -1);
                    }

                    Within((int)(synapse & Formats.TargetMask), 0, target.Size - 1);
                    Within((int)(synapse >> Formats.TargetBits), 0, Formats.MaxDelay);
                    previous = synapse;
                }
            }
        }

        private static void Within(int value, int min, int max)
        {
            if (value < min || value > max)
            {
                throw new ImageException(ImageError.Index, -1);
            }
        }

        private static ImageException Wrong()
        {
            return new ImageException(ImageError.Shape, -1);
        }
    }
}
