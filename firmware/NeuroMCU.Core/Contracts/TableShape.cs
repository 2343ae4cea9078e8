// NeuroMCU, MIT licence. See LICENSE in the repository root.


namespace NeuroMCU.Core.Contracts
{
    /// <summary>Checks that tables are complete: arrays present, lengths matching, so that they can be walked. What their numbers may
    /// be is for <see cref="ImageRules" />.</summary>
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
                if (population == null || population.Model == null)
                {
                    throw Wrong();
                }

                population.Receptors = population.Receptors ?? new ReceptorTable[0];
                population.Channels = population.Channels ?? new int[0];
                population.Parameters = population.Parameters ?? new long[0][];
                if (population.Model.IsProgram)
                {
                    RequireProgram(population.Program);
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

            foreach (LearningTable learning in tables.Learning)
            {
                RequireLearning(learning);
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
            }

            foreach (HearingTable hearing in tables.Hearing)
            {
                if (hearing.Parameters == null)
                {
                    throw Wrong();
                }
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

        /// <summary>Finds the values of a parameter in the population before, where they are the same and stay so: both share one array
        /// then.</summary>
        /// <param name="before">The population before; null for none.</param>
        /// <param name="population">The population.</param>
        /// <param name="index">The parameter's place.</param>
        /// <returns>The array of the population before; null when its values differ, or may while the network runs.</returns>
        internal static long[] SameParameter(PopulationTable before, PopulationTable population, int index)
        {
            long[] values = population.Parameters[index];
            bool has = before != null && before.Parameters != null && index < before.Parameters.Length
                && !before.Model.TakesChange(before, index) && !population.Model.TakesChange(population, index);
            long[] others = has ? before.Parameters[index] : null;
            if (others == null || others.Length != values.Length)
            {
                return null;
            }

            for (int i = 0; i < values.Length; i++)
            {
                if (others[i] != values[i])
                {
                    return null;
                }
            }

            return others;
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
            tables.Learning = tables.Learning ?? new LearningTable[0];
        }

        private static void RequireParameters(PopulationTable population)
        {
            int size = population.Size;
            if (population.Parameters.Length != population.Model.Least.Length
                || (population.Channels.Length != 0 && population.Channels.Length != size))
            {
                throw Wrong();
            }

            foreach (ReceptorTable receptor in population.Receptors)
            {
                if (receptor == null)
                {
                    throw Wrong();
                }
            }

            foreach (long[] values in population.Parameters)
            {
                if (values == null || (values.Length != 1 && values.Length != size))
                {
                    throw Wrong();
                }
            }
        }

        private static void RequireProgram(VectorProgram program)
        {
            if (program == null || program.Code == null || program.Tables == null || program.Start == null || program.Inlets == null
                || program.Visible == null)
            {
                throw Wrong();
            }

            foreach (int[] start in program.Start)
            {
                if (start == null)
                {
                    throw Wrong();
                }
            }

            foreach (int[] table in program.Tables)
            {
                if (table == null)
                {
                    throw Wrong();
                }
            }
        }

        private static void RequireLearning(LearningTable learning)
        {
            if (learning == null || learning.Variables == null || learning.Blocks == null || learning.Blocks.Length == 0)
            {
                throw Wrong();
            }

            foreach (LearningVariable variable in learning.Variables)
            {
                if (variable == null)
                {
                    throw Wrong();
                }
            }

            foreach (LearningBlock block in learning.Blocks)
            {
                if (block == null || block.Bindings == null || block.Steps == null || block.Program == null || block.Program.Model == null)
                {
                    throw Wrong();
                }

                RequireProgram(block.Program.Program);
                if (block.Bindings.Length != block.Program.Program.Visible.Length)
                {
                    throw Wrong();
                }
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
                || projection.Weights.Length != projection.Synapses.Length)
            {
                throw Wrong();
            }
        }

        private static ImageException Wrong() => new ImageException(ImageError.Shape, -1);
    }
}
