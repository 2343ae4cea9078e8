// NeuroMCU, MIT licence. See LICENSE in the repository root.

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
                if (population == null || population.Size < 1)
                {
                    throw Wrong();
                }

                if (population.Model == ModelKind.Lif)
                {
                    RequireLif(population);
                }
            }

            foreach (ProjectionTable projection in tables.Projections)
            {
                RequireProjection(projection, tables.Populations);
            }

            if (tables.SpikeSources.Length != tables.SpikeTimes.Length)
            {
                throw Wrong();
            }

            foreach (ReadoutTable readout in tables.Readouts)
            {
                if (readout.Values == null)
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
        }

        private static void RequireLif(PopulationTable population)
        {
            int size = population.Size;
            RequireParameter(population.Threshold, size);
            RequireParameter(population.ResetValue, size);
            RequireParameter(population.Equilibrium, size);
            RequireParameter(population.Floor, size);
            RequireParameter(population.Initial, size);
            RequireParameter(population.Refractory, size);
            if (population.Update == UpdateKind.Event)
            {
                if (population.LeakRate == null || (population.LeakRate.Length != 1 && population.LeakRate.Length != size))
                {
                    throw Wrong();
                }

                return;
            }

            RequireParameter(population.MembraneDecay, size);
            if (population.Synapse == SynapseKind.Exponential)
            {
                RequireParameter(population.ExcitatoryCoupling, size);
                RequireParameter(population.InhibitoryCoupling, size);
            }
        }

        private static void RequireParameter(int[] values, int size)
        {
            if (values == null || (values.Length != 1 && values.Length != size))
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

        private static ImageException Wrong()
        {
            return new ImageException(ImageError.Shape, -1);
        }
    }
}
