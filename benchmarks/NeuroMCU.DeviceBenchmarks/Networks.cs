// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>Networks that the benchmarks run, made from a fixed random sequence.</summary>
    public static class Networks
    {
        /// <summary>exp(−100 µs/20 ms), Q0.31.</summary>
        public const int Decay100Microseconds = 2136773039;

        /// <summary>log2(e)/20 ms, Q.40.</summary>
        public const long LeakRate20Milliseconds = 79312835;

        /// <summary>Makes a network: neurons that spikes of independent sources at 10 Hz reach over 20 synapses each.</summary>
        /// <param name="size">Number of sources, and of neurons.</param>
        /// <param name="synapsesPerSource">Synapses of each source.</param>
        /// <param name="shortest">Shortest delay in µs.</param>
        /// <param name="longest">Longest delay in µs; equal to the shortest, all synapses of a source arrive together.</param>
        /// <param name="duration">Time in µs that spikes are stored for.</param>
        /// <returns>The network.</returns>
        public static NetworkTables Fed(int size, int synapsesPerSource, int shortest, int longest, int duration)
        {
            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 128;
            tables.SpikeCapacity = 16;
            tables.Populations = new PopulationTable[] { Source(size), Neurons(size, false) };
            tables.Projections = new ProjectionTable[] { Rows(0, 1, size, size, synapsesPerSource, shortest, longest, 1000) };
            StoreSpikes(tables, size, 100000 / size, duration);
            return tables;
        }

        /// <summary>Makes clocked neurons without input.</summary>
        /// <param name="size">Number of neurons.</param>
        /// <returns>The network.</returns>
        public static NetworkTables Clocked(int size)
        {
            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 1;
            tables.SpikeCapacity = 16;
            tables.Populations = new PopulationTable[] { Neurons(size, true) };
            tables.Populations[0].Parameters[LeakyModel.Initial][0] = Formats.MembraneOne / 2;
            return tables;
        }

        /// <summary>Neurons that fire by themselves at some 60 Hz: event-driven, with a bias of twice the threshold.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables Biased(int size)
        {
            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 1;
            tables.SpikeCapacity = 16;
            tables.Populations = new PopulationTable[] { Neurons(size, false) };
            tables.Populations[0].Parameters[LeakyModel.Equilibrium][0] = 2 * Formats.MembraneOne;
            return tables;
        }

        /// <summary>
        /// Thyristor neurons that fire by themselves at 160 Hz: 0.1 µF, load 2 kΩ, threshold 2.6 V, onset 46.4 µA, hold 108 µA, release
        /// 1.8 ms, 75 µA (the component set of Wu et al., Phys. Rev. Applied 23, 034030 (2025)).
        /// </summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables Thyristors(int size)
        {
            long[] values = new long[]
            {
                2951479051794, 11166914970, 2619930051, 772600280902, 369861622, 3006477107, 36479156982, 7833382582,
                3945786455, 117964800, 0, 0, 307200000, 0, 3040870400, 7077888000,
            };
            PopulationTable population = new PopulationTable();
            population.Model = new Thyristor();
            population.Update = UpdateKind.Event;
            population.Recorded = true;
            population.Size = size;
            population.Parameters = new long[values.Length][];
            for (int i = 0; i < values.Length; i++)
            {
                population.Parameters[i] = new long[] { values[i] };
            }

            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 1;
            tables.SpikeCapacity = 16;
            tables.Populations = new PopulationTable[] { population };
            return tables;
        }

        /// <summary>Makes a network in which everything occurs: Poisson sources, event-driven and clocked neurons that excite and
        /// inhibit each other.</summary>
        /// <returns>The network.</returns>
        public static NetworkTables Mixed()
        {
            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 1024;
            tables.SpikeCapacity = 4000;
            tables.Populations = new PopulationTable[] { Source(50), Neurons(60, false), Neurons(40, true) };
            tables.Populations[1].Parameters[LeakyModel.Equilibrium][0] = Formats.MembraneOne + (Formats.MembraneOne / 20);
            tables.Projections = new ProjectionTable[]
            {
                Rows(0, 1, 50, 60, 20, 500, 20000, 6000),
                Rows(0, 2, 50, 40, 20, 1000, 1000, 20000),
                Rows(1, 2, 60, 40, 10, 1, 5000, 15000),
                Rows(2, 1, 40, 60, 10, 100, 9000, -9000),
            };
            PoissonTable poisson = new PoissonTable();
            poisson.Count = 50;
            poisson.MeanInterval = 30000;
            poisson.Seed = 7;
            poisson.Stop = int.MaxValue;
            tables.PoissonSources = new PoissonTable[] { poisson };
            return tables;
        }

        /// <summary>Makes a population of sources.</summary>
        /// <param name="size">Number of neurons.</param>
        /// <returns>The population.</returns>
        public static PopulationTable Source(int size)
        {
            PopulationTable population = new PopulationTable();
            population.Model = new SourceModel();
            population.Size = size;
            return population;
        }

        /// <summary>Makes a population of leaky integrate-and-fire neurons: τ = 20 ms, θ = 1, reset 0, refractory 2 ms.</summary>
        /// <param name="size">Number of neurons.</param>
        /// <param name="clocked">True for clocked neurons.</param>
        /// <returns>The population.</returns>
        public static PopulationTable Neurons(int size, bool clocked)
        {
            PopulationTable population = new PopulationTable();
            population.Model = new Lif();
            population.Size = size;
            population.Update = clocked ? UpdateKind.Clocked : UpdateKind.Event;
            population.Recorded = true;
            population.Parameters = new long[Lif.ParameterCount][];
            population.Parameters[LeakyModel.Threshold] = new long[] { Formats.MembraneOne };
            population.Parameters[LeakyModel.ResetValue] = new long[] { 0 };
            population.Parameters[LeakyModel.Equilibrium] = new long[] { 0 };
            population.Parameters[LeakyModel.Floor] = new long[] { -Formats.MembraneOne };
            population.Parameters[LeakyModel.Initial] = new long[] { 0 };
            population.Parameters[LeakyModel.Refractory] = new long[] { 2000 };
            population.Parameters[LeakyModel.Reset] = new long[] { ResetKind.Value };
            population.Parameters[Lif.LeakRate] = new long[] { LeakRate20Milliseconds };
            population.Parameters[Lif.Decay] = new long[] { Decay100Microseconds };

            return population;
        }

        /// <summary>Makes rows with targets and delays at random, sorted as the engine wants them.</summary>
        /// <param name="source">Index of the source population.</param>
        /// <param name="target">Index of the target population.</param>
        /// <param name="rows">Size of the source population.</param>
        /// <param name="targets">Size of the target population.</param>
        /// <param name="perRow">Synapses of each row.</param>
        /// <param name="shortest">Shortest delay in µs.</param>
        /// <param name="longest">Longest delay in µs; equal to the shortest, all arrive together.</param>
        /// <param name="weight">Weight in units of 64/2^24; every fifth synapse has the opposite sign.</param>
        /// <returns>The projection.</returns>
        public static ProjectionTable Rows(int source, int target, int rows, int targets, int perRow, int shortest, int longest, int weight)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = source;
            projection.Target = target;
            projection.WeightScale = 64;
            projection.RowStart = new int[rows + 1];
            projection.Synapses = new int[rows * perRow];
            projection.Weights = new short[rows * perRow];
            uint random = 12345;
            int at = 0;
            for (int row = 0; row < rows; row++)
            {
                int start = at;
                for (int k = 0; k < perRow; k++)
                {
                    random = PoissonGenerator.Draw(random);
                    int delay = shortest + (int)((random >> 8) % (uint)(longest - shortest + 1));
                    random = PoissonGenerator.Draw(random);
                    int synapse = (delay << Formats.TargetBits) | (int)((random >> 8) % (uint)targets);
                    int place = at++;
                    while (place > start && projection.Synapses[place - 1] > synapse)
                    {
                        projection.Synapses[place] = projection.Synapses[place - 1];
                        place--;
                    }

                    projection.Synapses[place] = synapse;
                }

                projection.RowStart[row + 1] = at;
            }

            for (int i = 0; i < at; i++)
            {
                projection.Weights[i] = (short)(i % 5 == 4 ? -weight : weight);
            }

            return projection;
        }

        private static void StoreSpikes(NetworkTables tables, int sources, int meanInterval, int duration)
        {
            // One Poisson train over all sources, whose spikes fall to one of them at random. The first pass counts.
            for (int pass = 0; pass < 2; pass++)
            {
                uint random = PoissonGenerator.Start(7);
                long time = 0;
                int count = 0;
                for (; ; )
                {
                    random = PoissonGenerator.Draw(random);
                    time += PoissonGenerator.Interval(random, meanInterval);
                    random = PoissonGenerator.Draw(random);
                    if (time > duration)
                    {
                        break;
                    }

                    if (pass == 1)
                    {
                        tables.SpikeTimes[count] = (int)time;
                        tables.SpikeSources[count] = (short)((random >> 8) % (uint)sources);
                    }

                    count++;
                }

                if (pass == 0)
                {
                    tables.SpikeTimes = new int[count];
                    tables.SpikeSources = new short[count];
                }
            }
        }
    }
}
