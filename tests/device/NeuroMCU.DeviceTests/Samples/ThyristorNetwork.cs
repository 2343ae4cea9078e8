// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>
    /// Thyristor neurons in all that can happen to them: different currents and thresholds, charges that arrive at once, receptors of one and
    /// two stages, threshold memory, the depolarisation block and its end; and bursting neurons. Units of current: 4096 are 1 nA.
    /// </summary>
    internal static class ThyristorNetwork
    {
        private const int Microampere = 4096000;

        // 0.1 µF, load 2 kΩ, threshold 2.6 V, onset 46.4 µA, knee 0.61 V, hold 108 µA, release 1.8 ms, memory 50 mV for 30 ms, no bias.
        private static readonly long[] s_small = new long[]
        {
            2951479051794, 11166914970, 2619930051, 772600280902, 369861622, 3006477107, 36479156982, 7833382582,
            3945786455, 117964800, 214748365, 1966080000, 0, 0, 3040870400, 7077888000,
        };

        // 10 µF, load 47 Ω, threshold 0.92 V, onset 32.3 µA, knee 0.83 V, hold 127.9 µA, release 0.3 ms, no memory, 60 µA.
        private static readonly long[] s_large = new long[]
        {
            29514790518, 3951369912, 3564822856, 50194918447, 56929108, 3006477107, 1297036693, 2203138851,
            3046028602, 19660800, 0, 0, 245760000, 0, 2116812800, 8382054400,
        };

        // 10 µF, soma 3 kΩ and 0.1 µF, memory 40 mV for 0.3 ms, no release, 38.7 µA.
        private static readonly long[] s_bursting = new long[]
        {
            3951369912, 3564822856, 3006477107, 3020210265, 0, 171798692,
            5287533243, 29514790518, 54043195528, 5287533243, 158515200, 0,
            50194918447, 11010033120, 27340022, 2141697993, 11131544, 1113154372, 5785655,
            450359963, 646084634674, 51927577, 2126564652, 21091609, 2109160924, 20918996,
        };

        /// <summary>Makes the tables of the thyristor neurons.</summary>
        /// <param name="seed">Draws weights, delays and targets.</param>
        public static NetworkTables Make(uint seed)
        {
            XorShift random = new XorShift(seed);
            NetworkTables tables = new NetworkTables();
            tables.Step = 1000;
            tables.QueueCapacity = 1500;
            tables.SpikeCapacity = 4096;
            tables.Populations = new PopulationTable[] { Sources(10), Driven(12), Steady(4) };
            tables.Projections = new ProjectionTable[]
            {
                Project(random, 0, 10, 1, 12, 6, 20, Formats.DeltaReceptor),
                Project(random, 1, 12, 1, 12, 3, 400, 0),
                Project(random, 2, 4, 1, 12, 4, 300, 1),
            };
            PoissonTable poisson = new PoissonTable();
            poisson.Count = 10;
            poisson.MeanInterval = 20000;
            poisson.Seed = seed;
            poisson.Stop = int.MaxValue;
            tables.PoissonSources = new PoissonTable[] { poisson };
            tables.Drives = new DriveTable[] { Step(1, 0, 4, 60, 200000, 400000), Step(1, 2, 6, -90, 600000, 700000), Step(2, 0, 2, 80, 300000, 500000) };
            tables.Traces = new TraceTable[] { Trace(12, 700, TraceQuantity.Membrane), Trace(14, 1300, TraceQuantity.Current), Trace(22, 900, TraceQuantity.Membrane) };
            return tables;
        }

        /// <summary>Makes the tables of bursting neurons.</summary>
        public static NetworkTables MakeBursting()
        {
            PopulationTable population = Population(new Bursting(), 4, s_bursting);
            population.Update = UpdateKind.Event;
            population.Parameters[Bursting.Bias] = new long[] { 38 * Microampere, 40 * Microampere, 60 * Microampere, 90 * Microampere };

            // Just below the threshold, so that the first spike comes soon: 0.87 V.
            population.Parameters[Bursting.Initial] = new long[] { 3736621547 };
            NetworkTables tables = new NetworkTables();
            tables.Step = 10;
            tables.QueueCapacity = 16;
            tables.SpikeCapacity = 4096;
            tables.Populations = new PopulationTable[] { population };
            tables.Traces = new TraceTable[] { Trace(1, 510, TraceQuantity.Membrane) };
            return tables;
        }

        /// <summary>
        /// Makes the tables of thyristor neurons at the edges of their law: no current and the largest ones of either sign, currents beside
        /// onset and hold, charges that saturate, receptors that forget at once and hardly ever, a memory that halves the threshold.
        /// </summary>
        public static NetworkTables MakeEdges()
        {
            long[] bias = new long[]
            {
                0, -Formats.MaxCurrent, 46 * Microampere, 47 * Microampere, 107 * Microampere, 109 * Microampere, 200 * Microampere, Formats.MaxCurrent,
            };
            PopulationTable clocked = Population(new Thyristor(), bias.Length, s_small);
            clocked.Update = UpdateKind.Clocked;
            clocked.Receptors = new ReceptorTable[] { Receptor(2, false, 1), Receptor(1, true, int.MaxValue), Receptor(1, false, 2142919391) };
            clocked.Parameters[Thyristor.Bias] = bias;
            PopulationTable events = Population(new Thyristor(), bias.Length, s_small);
            events.Update = UpdateKind.Event;
            events.Parameters[Thyristor.Bias] = bias;
            events.Parameters[Thyristor.Memory] = new long[] { 5583457485 };
            XorShift random = new XorShift(29);
            NetworkTables tables = new NetworkTables();
            tables.Step = 1000;
            tables.QueueCapacity = 1500;
            tables.SpikeCapacity = 4096;
            tables.Populations = new PopulationTable[] { Sources(4), clocked, events };
            tables.Projections = new ProjectionTable[]
            {
                Project(random, 0, 4, 1, bias.Length, 6, ImageLayout.MaxWeightScale, 0),
                Project(random, 0, 4, 1, bias.Length, 3, 65536, 1),
                Project(random, 1, bias.Length, 1, bias.Length, 4, 65536, 2),
                Project(random, 0, 4, 2, bias.Length, 6, 65536, Formats.DeltaReceptor),
                Project(random, 2, bias.Length, 2, bias.Length, 3, 1000, Formats.DeltaReceptor),
            };
            PoissonTable poisson = new PoissonTable();
            poisson.Count = 4;
            poisson.MeanInterval = 30000;
            poisson.Seed = 29;
            poisson.Stop = int.MaxValue;
            tables.PoissonSources = new PoissonTable[] { poisson };
            tables.Drives = new DriveTable[] { Step(1, 0, 8, 130, 200000, 250000), Step(2, 0, 8, -130, 200000, 250000) };
            tables.Traces = new TraceTable[]
            {
                Trace(4, 1700, TraceQuantity.Current), Trace(7, 1900, TraceQuantity.Membrane), Trace(11, 2300, TraceQuantity.Membrane),
                Trace(13, 2900, TraceQuantity.Membrane), Trace(16, 3100, TraceQuantity.Membrane), Trace(19, 3700, TraceQuantity.Membrane),
            };
            return tables;
        }

        private static PopulationTable Sources(int size)
        {
            PopulationTable population = new PopulationTable();
            population.Model = new SourceModel();
            population.Size = size;
            population.Recorded = true;
            return population;
        }

        private static PopulationTable Driven(int size)
        {
            PopulationTable population = Population(new Thyristor(), size, s_small);
            population.Update = UpdateKind.Clocked;
            population.Receptors = new ReceptorTable[] { Receptor(2, false, 2142919391), Receptor(1, true, 2126115829) };
            long[] bias = new long[size];
            for (int i = 0; i < size; i++)
            {
                bias[i] = (40 + (5L * i)) * Microampere;
            }

            population.Parameters[Thyristor.Bias] = bias;
            return population;
        }

        private static PopulationTable Steady(int size)
        {
            PopulationTable population = Population(new Thyristor(), size, s_large);
            population.Update = UpdateKind.Event;
            return population;
        }

        private static PopulationTable Population(Model model, int size, long[] values)
        {
            PopulationTable population = new PopulationTable();
            population.Model = model;
            population.Size = size;
            population.Recorded = true;
            population.Parameters = new long[values.Length][];
            for (int i = 0; i < values.Length; i++)
            {
                population.Parameters[i] = new long[] { values[i] };
            }

            return population;
        }

        private static ReceptorTable Receptor(int stages, bool inhibitory, int decay)
        {
            ReceptorTable receptor = new ReceptorTable();
            receptor.Stages = stages;
            receptor.Inhibitory = inhibitory;
            receptor.Decay = decay;
            return receptor;
        }

        private static DriveTable Step(int population, int first, int count, int microamperes, int start, int stop)
        {
            DriveTable drive = new DriveTable();
            drive.Population = population;
            drive.First = first;
            drive.Count = count;
            drive.Amplitude = microamperes * Microampere;
            drive.Start = start;
            drive.Stop = stop;
            return drive;
        }

        private static TraceTable Trace(int neuron, int interval, int quantity)
        {
            TraceTable trace = new TraceTable();
            trace.Neuron = neuron;
            trace.Interval = interval;
            trace.Quantity = quantity;
            return trace;
        }

        private static ProjectionTable Project(XorShift random, int source, int rows, int target, int targets, int perRow, int scale, int receptor)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = source;
            projection.Target = target;
            projection.Receptor = receptor;
            projection.WeightScale = scale;
            projection.RowStart = new int[rows + 1];
            projection.Synapses = new int[rows * perRow];
            projection.Weights = new short[rows * perRow];
            int at = 0;
            for (int row = 0; row < rows; row++)
            {
                int start = at;
                for (int k = 0; k < perRow; k++)
                {
                    int synapse = (random.Next(20000) << Formats.TargetBits) | random.Next(targets);
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
                projection.Weights[i] = (short)(random.Next(20000) - (receptor == Formats.DeltaReceptor ? 8000 : 0));
            }

            return projection;
        }
    }
}
