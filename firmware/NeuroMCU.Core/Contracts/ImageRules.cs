// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// What the numbers of a network may be, each rule once: the reader asks for every item of an image, the writer and the engine for all
    /// tables. Lengths, which say how much to read, are asked for before the values that follow them.
    /// </summary>
    /// <remarks>
    /// The last argument of a rule is the byte of the image at which the item begins, so that an error names the byte of the field; −1 for
    /// tables that come from no image. docs/reference/image.md lists the same ranges.
    /// </remarks>
    internal static partial class ImageRules
    {
        /// <summary>Tables without an image.</summary>
        internal const int NoImage = -1;

        /// <summary>Asks for all tables, which have to be complete: every array present, in the right length.</summary>
        /// <exception cref="ImageException">A table is incomplete, or a number breaks a rule.</exception>
        internal static void Require(NetworkTables tables)
        {
            TableShape.Require(tables);
            Header(tables, NoImage);
            Items(ImageLayout.Populations, tables.Populations.Length);
            Items(ImageLayout.Synapses, tables.Projections.Length);
            Items(ImageLayout.PoissonSources, tables.PoissonSources.Length);
            Items(ImageLayout.Drives, tables.Drives.Length);
            Items(ImageLayout.Traces, tables.Traces.Length);
            Items(ImageLayout.Readouts, tables.Readouts.Length);
            Items(ImageLayout.Hearing, tables.Hearing.Length);
            Items(ImageLayout.Outputs, tables.Outputs.Length);
            Items(ImageLayout.Channels, tables.Channels.Length);
            Items(ImageLayout.Learning, tables.Learning.Length);
            int neurons = 0;
            for (int i = 0; i < tables.Populations.Length; i++)
            {
                neurons = Population(tables.Populations[i], neurons, NoImage);
                Population(tables.Populations[i]);
            }

            for (int i = 0; i < tables.Projections.Length; i++)
            {
                ProjectionEnds(tables.Projections[i], tables, NoImage);
                ProjectionRows(tables.Projections[i], tables, NoImage);
            }

            StoredSpikes(tables, neurons, NoImage);
            int trains = 0;
            for (int i = 0; i < tables.PoissonSources.Length; i++)
            {
                trains = PoissonSource(tables.PoissonSources[i], tables, neurons, trains, NoImage);
            }

            for (int i = 0; i < tables.Drives.Length; i++)
            {
                Drive(tables.Drives[i], tables, NoImage);
            }

            for (int i = 0; i < tables.Traces.Length; i++)
            {
                Trace(tables.Traces[i], tables, neurons, NoImage);
            }

            for (int i = 0; i < tables.Readouts.Length; i++)
            {
                ReadoutTable readout = tables.Readouts[i];
                ReadoutLengths(readout.Kind, readout.Populations.Length, readout.Values.Length, readout.Parameters.Length, NoImage);
                Readout(readout, readout.Values.Length, tables, NoImage);
            }

            for (int i = 0; i < tables.Hearing.Length; i++)
            {
                Hearing(tables.Hearing[i], tables.Hearing[i].Parameters.Length, tables, NoImage);
            }

            for (int i = 0; i < tables.Outputs.Length; i++)
            {
                Output(tables.Outputs[i], tables, neurons, NoImage);
            }

            for (int i = 0; i < tables.Channels.Length; i++)
            {
                Channel(tables.Channels[i], tables.Channels[i].Currents.Length, NoImage);
                ChannelCurve(tables.Channels[i], NoImage);
            }

            for (int i = 0; i < tables.Learning.Length; i++)
            {
                LearningTable learning = tables.Learning[i];
                Learning(tables, i, learning, NoImage);
                LearningLengths(learning.Variables.Length, learning.Blocks.Length, NoImage);
                for (int k = 0; k < learning.Variables.Length; k++)
                {
                    LearningVariable(learning.Variables[k], NoImage);
                }

                for (int k = 0; k < learning.Blocks.Length; k++)
                {
                    LearningBlock block = learning.Blocks[k];
                    LearningSteps(block.Steps.Length, NoImage);
                    LearningBlock(learning, block, k, NoImage);
                    Program(block.Program);
                }
            }
        }

        /// <summary>Gives the most items that a section may have.</summary>
        internal static int MaxItems(int section)
        {
            switch (section)
            {
                case ImageLayout.Populations:
                    return ImageLayout.MaxPopulations;
                case ImageLayout.Synapses:
                case ImageLayout.Learning:
                    return ImageLayout.MaxProjections;
                case ImageLayout.PoissonSources:
                    return ImageLayout.MaxPoissonSources;
                case ImageLayout.Traces:
                    return ImageLayout.MaxTraces;
                case ImageLayout.Drives:
                case ImageLayout.Readouts:
                case ImageLayout.Hearing:
                case ImageLayout.Outputs:
                    return ImageLayout.MaxBindings;
                case ImageLayout.Channels:
                    return ImageLayout.MaxChannels;
                default:
                    return int.MaxValue;
            }
        }

        /// <summary>Step and capacities.</summary>
        internal static void Header(NetworkTables tables, int at)
        {
            Within(tables.Step, ImageLayout.MinStep, ImageLayout.MaxStep, ImageError.Range, at, ImageLayout.StepOffset);
            Within(tables.QueueCapacity, 1, ImageLayout.MaxQueueCapacity, ImageError.Range, at, ImageLayout.QueueCapacityOffset);
            Within(tables.SpikeCapacity, 1, ImageLayout.MaxSpikeCapacity, ImageError.Range, at, ImageLayout.SpikeCapacityOffset);
        }

        private static void Items(int section, int count)
        {
            Within(count, 0, MaxItems(section), ImageError.Count, NoImage, 0);
        }

        // An index of a population.
        private static PopulationTable PopulationAt(int index, NetworkTables tables, int at, int field)
        {
            Within(index, 0, tables.Populations.Length - 1, ImageError.Index, at, field);
            return tables.Populations[index];
        }

        private static PopulationTable Owner(int neuron, NetworkTables tables)
        {
            int population = 0;
            while (neuron >= tables.Populations[population].Size)
            {
                neuron -= tables.Populations[population].Size;
                population++;
            }

            return tables.Populations[population];
        }

        private static void RequireSources(int first, int count, NetworkTables tables, int at, int field)
        {
            int begin = 0;
            for (int i = 0; i < tables.Populations.Length; i++)
            {
                PopulationTable population = tables.Populations[i];
                if (!population.Model.IsSource && first < begin + population.Size && first + count > begin)
                {
                    throw Broken(ImageError.Index, at, field);
                }

                begin += population.Size;
            }
        }

        private static void Within(int value, int min, int max, int code, int at, int field)
        {
            if (value < min || value > max)
            {
                throw Broken(code, at, field);
            }
        }

        private static ImageException Broken(int code, int at, int field)
            => new ImageException(code, at < 0 ? NoImage : at + field);
    }
}
