// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>
    /// A network some of whose neurons are channels of a board: they excite software neurons, which excite and inhibit the channels in turn
    /// through a synapse block, while stored spikes come in from outside. Units of current: 4096 are 1 nA.
    /// </summary>
    internal static class HybridNetwork
    {
        /// <summary>Sources come first.</summary>
        public const int Sources = 2;

        /// <summary>Global index of the neuron that is channel 0.</summary>
        public const int FirstChannel = Sources;

        private const int Software = 4;
        private const int Step = 1000;
        private const int Microampere = 4096000;

        // exp(−1 ms / 5 ms) and exp(−1 ms / 8 ms) in Q0.31.
        private const int FastDecay = 1758218934;
        private const int SlowDecay = 1895125082;

        // log2(e) / 20 ms in Q.40.
        private const long SoftwareLeak = 79312999;

        // 0.1 µF, load 2 kΩ, threshold 2.6 V: the twin of a channel, which the board itself replaces.
        private static readonly long[] s_twin = new long[]
        {
            2951479051794, 11166914970, 2619930051, 772600280902, 369861622, 3006477107, 36479156982, 7833382582,
            3945786455, 117964800, 0, 0, 0, 0, 3040870400, 7077888000,
        };

        /// <summary>Makes the image.</summary>
        /// <param name="channels">Number of channels; channel k is driven with 45 µA and 3 µA more for each k.</param>
        /// <param name="charge">Weight of the synapses onto channels; 0 leaves every channel to its steady current.</param>
        public static byte[] Image(int channels, short charge)
        {
            NetworkTables tables = new NetworkTables();
            tables.Step = Step;
            tables.QueueCapacity = 256;
            tables.SpikeCapacity = 512;
            tables.Populations = new PopulationTable[] { Stored(), Channels(channels), Leaky() };
            tables.Projections = new ProjectionTable[]
            {
                Ring(0, Sources, 2, Software, 1, 300, Formats.MembraneOne / 10000, 12000, 0),
                Ring(1, channels, 2, Software, 0, 500, Formats.MembraneOne / 10000, 4000, 0),
                Ring(2, Software, 1, channels, 1, 1000, 2560, charge, 0),
                Ring(2, Software, 1, channels, 3, 2500, 2560, (short)(charge / 2), 1),
            };
            tables.SpikeTimes = new int[] { 10000, 20000, 250000, 250001, 600000 };
            tables.SpikeSources = new short[] { 0, 1, 0, 1, 0 };
            tables.PoissonSources = new PoissonTable[0];
            tables.Drives = new DriveTable[] { Pulse() };
            tables.Traces = new TraceTable[] { Trace(FirstChannel, TraceQuantity.Current), Trace(FirstChannel + channels, TraceQuantity.Membrane) };
            tables.Readouts = new ReadoutTable[0];
            tables.Hearing = new HearingTable[0];
            tables.Outputs = new OutputTable[0];
            tables.Channels = new ChannelTable[channels];
            for (int k = 0; k < channels; k++)
            {
                // No two parts are alike, and none of them is linear.
                ChannelTable table = new ChannelTable();
                table.Channel = k;
                table.MaxCode = 200;
                table.Currents = new int[] { 0, 20 * Microampere, 45 * Microampere, 100 * Microampere };
                table.Codes = new int[] { 0, 44 + k, 92 + (2 * k), 200 };
                tables.Channels[k] = table;
            }

            tables.Symbols = Encoding.UTF8.GetBytes("network hybrid\n");
            return ImageWriter.Write(tables);
        }

        private static PopulationTable Stored()
        {
            PopulationTable population = new PopulationTable();
            population.Model = new SourceModel();
            population.Size = Sources;
            return population;
        }

        private static PopulationTable Channels(int size)
        {
            PopulationTable population = new PopulationTable();
            population.Model = new Thyristor();
            population.Update = UpdateKind.Clocked;
            population.Recorded = true;
            population.Size = size;
            population.Parameters = new long[s_twin.Length][];
            for (int i = 0; i < s_twin.Length; i++)
            {
                population.Parameters[i] = new long[] { s_twin[i] };
            }

            long[] bias = new long[size];
            population.Channels = new int[size];
            for (int k = 0; k < size; k++)
            {
                bias[k] = (45L + (3 * k)) * Microampere;
                population.Channels[k] = k;
            }

            population.Parameters[Thyristor.Bias] = bias;
            ReceptorTable excitatory = new ReceptorTable();
            excitatory.Stages = 2;
            excitatory.Decay = FastDecay;
            ReceptorTable inhibitory = new ReceptorTable();
            inhibitory.Stages = 1;
            inhibitory.Inhibitory = true;
            inhibitory.Decay = SlowDecay;
            population.Receptors = new ReceptorTable[] { excitatory, inhibitory };
            return population;
        }

        private static PopulationTable Leaky()
        {
            PopulationTable population = new PopulationTable();
            population.Model = new Lif();
            population.Update = UpdateKind.Event;
            population.Recorded = true;
            population.Size = Software;
            population.Parameters = new long[Lif.ParameterCount][];
            population.Parameters[LeakyModel.Threshold] = new long[] { Formats.MembraneOne };
            population.Parameters[LeakyModel.ResetValue] = new long[] { 0 };
            population.Parameters[LeakyModel.Equilibrium] = new long[] { 0 };
            population.Parameters[LeakyModel.Floor] = new long[] { int.MinValue };
            population.Parameters[LeakyModel.Initial] = new long[] { 0 };
            population.Parameters[LeakyModel.Refractory] = new long[] { 0 };
            population.Parameters[LeakyModel.Reset] = new long[] { ResetKind.Value };
            population.Parameters[Lif.LeakRate] = new long[] { SoftwareLeak };
            population.Parameters[Lif.Decay] = new long[] { 0 };
            return population;
        }

        // Row k leads to the target shift + k, round and round.
        private static ProjectionTable Ring(int source, int rows, int target, int targets, int shift, int delay, int scale, short weight, int receptor)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = source;
            projection.Target = target;
            projection.Receptor = receptor;
            projection.WeightScale = scale;
            projection.RowStart = new int[rows + 1];
            projection.Synapses = new int[rows];
            projection.Weights = new short[rows];
            for (int row = 0; row < rows; row++)
            {
                projection.RowStart[row + 1] = row + 1;
                projection.Synapses[row] = (delay << Formats.TargetBits) | ((shift + row) % targets);
                projection.Weights[row] = weight;
            }

            return projection;
        }

        private static DriveTable Pulse()
        {
            DriveTable drive = new DriveTable();
            drive.Population = 1;
            drive.Count = 1;
            drive.Amplitude = 15 * Microampere;
            drive.Start = 100000;
            drive.Stop = 200000;
            return drive;
        }

        private static TraceTable Trace(int neuron, int quantity)
        {
            TraceTable trace = new TraceTable();
            trace.Neuron = neuron;
            trace.Interval = 5000;
            trace.Quantity = quantity;
            return trace;
        }
    }
}
