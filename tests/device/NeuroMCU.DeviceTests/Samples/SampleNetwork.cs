// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>
    /// A random network that exercises the engine: Poisson and stored spikes, event-driven neurons with delta synapses and a bias above
    /// threshold for some, clocked neurons with exponential synapses, both resets, inhibition, recurrence, delays from 0 to 40 ms, traces.
    /// </summary>
    internal static class SampleNetwork
    {
        /// <summary>Leak rate of 1 ms: log2(e) · 2^40 / 1000.</summary>
        private const long LeakOfMillisecond = 1586259973;

        /// <summary>exp(−0.1 ms / 20 ms) in Q0.31.</summary>
        private const int MembraneDecay = 2136773029;

        /// <summary>Makes the tables.</summary>
        /// <param name="seed">Draws weights, delays, targets and parameters.</param>
        /// <param name="sources">Source neurons.</param>
        /// <param name="events">Event-driven neurons.</param>
        /// <param name="clocked">Clocked neurons.</param>
        /// <param name="fanOut">Synapses per row.</param>
        public static NetworkTables Make(uint seed, int sources, int events, int clocked, int fanOut)
        {
            XorShift random = new XorShift(seed);
            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 1500;
            tables.SpikeCapacity = 4096;
            tables.Populations = new PopulationTable[]
            {
                Sources(sources), Events(random, events), Clocked(random, clocked),
            };
            tables.Projections = new ProjectionTable[]
            {
                Project(random, 0, sources, 1, events, fanOut, 12000, 0),
                Project(random, 0, sources, 2, clocked, fanOut, 9000, 0),
                Project(random, 1, events, 2, clocked, fanOut, 6000, 0),
                Project(random, 2, clocked, 1, events, fanOut, -5000, 0),
                Project(random, 1, events, 1, events, fanOut, 1500, 0),
                Project(random, 2, clocked, 2, clocked, fanOut, -4000, 1),
            };
            tables.SpikeTimes = new int[] { 0, 0, 1500, 1501, 700000 };
            tables.SpikeSources = new short[] { 0, 1, 0, 1, 0 };
            PoissonTable poisson = new PoissonTable();
            poisson.First = 2;
            poisson.Count = sources - 2;
            poisson.MeanInterval = 9000;
            poisson.Seed = seed;
            poisson.Start = 1000;
            poisson.Stop = int.MaxValue;
            tables.PoissonSources = new PoissonTable[] { poisson };
            DriveTable drive = new DriveTable();
            drive.Population = 2;
            drive.Count = clocked / 2;
            drive.Amplitude = Formats.MembraneOne / 2;
            drive.Start = 100000;
            drive.Stop = 300000;
            tables.Drives = new DriveTable[] { drive };
            tables.Traces = new TraceTable[] { Trace(sources, 5000), Trace(sources + events, 10000) };
            tables.Readouts = new ReadoutTable[0];
            tables.Hearing = new HearingTable[0];
            tables.Outputs = new OutputTable[0];
            tables.Symbols = new byte[] { 0x6E, 0x65, 0x74, 0x77, 0x6F, 0x72, 0x6B, 0x20, 0x73, 0x61, 0x6D, 0x70, 0x6C, 0x65, 0x0A };
            return tables;
        }

        private static PopulationTable Sources(int size)
        {
            PopulationTable population = new PopulationTable();
            population.Model = new SourceModel();
            population.Recorded = true;
            population.Size = size;
            return population;
        }

        private static PopulationTable Events(XorShift random, int size)
        {
            PopulationTable population = Leaky(new Lif(), Lif.ParameterCount, random, size);
            population.Update = UpdateKind.Event;
            population.Parameters[LeakyModel.Reset] = new long[] { ResetKind.Subtract };
            long[] rates = new long[size];
            for (int k = 0; k < size; k++)
            {
                rates[k] = LeakOfMillisecond / (5 + random.Next(40));
            }

            population.Parameters[Lif.LeakRate] = rates;
            population.Parameters[Lif.Decay] = new long[] { 0 };

            return population;
        }

        private static PopulationTable Clocked(XorShift random, int size)
        {
            PopulationTable population = Leaky(new ExponentialLif(), ExponentialLif.ParameterCount, random, size);
            population.Update = UpdateKind.Clocked;
            population.Parameters[LeakyModel.Reset] = new long[] { ResetKind.Value };
            population.Parameters[ExponentialLif.Decay] = new long[] { MembraneDecay };

            // exp(−0.1/5) and exp(−0.1/10) in Q0.31; the couplings of these time constants with a membrane of 20 ms.
            population.Parameters[ExponentialLif.ExcitatoryDecay] = new long[] { 2104960623 };
            population.Parameters[ExponentialLif.InhibitoryDecay] = new long[] { 2126115829 };
            population.Parameters[ExponentialLif.ExcitatoryCoupling] = new long[] { 10604135 };
            population.Parameters[ExponentialLif.InhibitoryCoupling] = new long[] { 10657200 };
            return population;
        }

        private static PopulationTable Leaky(Model model, int parameters, XorShift random, int size)
        {
            PopulationTable population = new PopulationTable();
            population.Model = model;
            population.Recorded = true;
            population.Size = size;
            population.Parameters = new long[parameters][];
            population.Parameters[LeakyModel.Threshold] = new long[] { Formats.MembraneOne };
            population.Parameters[LeakyModel.ResetValue] = new long[] { 0 };
            population.Parameters[LeakyModel.Floor] = new long[] { -Formats.MembraneOne };
            population.Parameters[LeakyModel.Initial] = new long[] { 0 };
            population.Parameters[LeakyModel.Refractory] = new long[] { 2000 };
            long[] equilibrium = new long[size];
            for (int k = 0; k < size; k++)
            {
                // One in five has a bias above threshold and fires by itself.
                equilibrium[k] = k % 5 == 0 ? Formats.MembraneOne + (random.Next(1 << 20) * 4) : random.Next(Formats.MembraneOne / 2);
            }

            population.Parameters[LeakyModel.Equilibrium] = equilibrium;

            return population;
        }

        private static ProjectionTable Project(XorShift random, int source, int rows, int target, int columns, int fanOut, int weight, int receptor)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = source;
            projection.Target = target;
            projection.Receptor = receptor;
            projection.WeightScale = Formats.MembraneOne >> 15;
            projection.RowStart = new int[rows + 1];
            projection.Synapses = new int[rows * fanOut];
            projection.Weights = new short[rows * fanOut];
            for (int row = 0; row < rows; row++)
            {
                int begin = row * fanOut;
                projection.RowStart[row + 1] = begin + fanOut;
                for (int k = 0; k < fanOut; k++)
                {
                    // Every fourth synapse acts at once; rows are sorted by delay, then target.
                    int delay = random.Next(4) == 0 ? 0 : random.Next(40000);
                    int synapse = (delay << Formats.TargetBits) | random.Next(columns);
                    int at = begin + k;
                    while (at > begin && projection.Synapses[at - 1] > synapse)
                    {
                        projection.Synapses[at] = projection.Synapses[at - 1];
                        at--;
                    }

                    projection.Synapses[at] = synapse;
                    projection.Weights[begin + k] = (short)(weight + (random.Next(2000) - 1000));
                }
            }

            return projection;
        }

        private static TraceTable Trace(int neuron, int interval)
        {
            TraceTable trace = new TraceTable();
            trace.Neuron = neuron;
            trace.Interval = interval;
            return trace;
        }
    }
}
