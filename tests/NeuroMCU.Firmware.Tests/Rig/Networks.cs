// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using System.Text;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Firmware.Tests.Rig
{
    /// <summary>Small networks whose spikes can be told beforehand.</summary>
    internal static class Networks
    {
        public const int Step = 100;

        /// <summary>Sources that fire every <paramref name="interval" /> µs in turn, each onto one neuron that fires 50 µs later.</summary>
        public static NetworkTables Relay(int size = 4, int interval = 1000, int spikes = 100, uint board = 0, int capacity = 256, string name = "relay")
        {
            var tables = new NetworkTables
            {
                Step = Step,
                BoardId = board,
                QueueCapacity = 64,
                SpikeCapacity = capacity,
                Populations = [Sources(size), Neurons(size)],
                Projections = [OneToOne(size, 50)],
                SpikeTimes = Enumerable.Range(1, spikes).Select(k => k * interval).ToArray(),
                SpikeSources = Enumerable.Range(1, spikes).Select(k => (short)(k % size)).ToArray(),
                PoissonSources = [],
                Drives = [],
                Traces = [],
                Readouts = [],
                Hearing = [],
                Outputs = [],
                Symbols = Encoding.UTF8.GetBytes($"network {name}\n"),
            };
            return tables;
        }

        public static PopulationTable Sources(int size) => new()
        {
            Model = ModelKind.Source,
            Update = UpdateKind.Event,
            Recorded = false,
            Size = size,
        };

        public static PopulationTable Neurons(int size) => new()
        {
            Model = ModelKind.Lif,
            Update = UpdateKind.Event,
            Synapse = SynapseKind.Delta,
            Reset = ResetKind.Value,
            Recorded = true,
            Size = size,
            Threshold = [Formats.MembraneOne],
            ResetValue = [0],
            Equilibrium = [0],
            Floor = [int.MinValue],
            Initial = [0],
            Refractory = [0],
            LeakRate = [(long)Math.Round(Math.Log2(Math.E) / 20_000 * (1L << 40))],
        };

        public static ProjectionTable OneToOne(int size, int delay, short weight = 20_000) => new()
        {
            Source = 0,
            Target = 1,
            WeightScale = Formats.MembraneOne / 10_000,
            RowStart = Enumerable.Range(0, size + 1).ToArray(),
            Synapses = Enumerable.Range(0, size).Select(k => (delay << Formats.TargetBits) | k).ToArray(),
            Weights = Enumerable.Repeat(weight, size).ToArray(),
        };

        public static byte[] Image(NetworkTables tables) => ImageWriter.Write(tables);
    }
}
