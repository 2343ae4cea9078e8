// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>Small networks whose spikes can be told beforehand.</summary>
internal static class Networks
{
    public const int Step = 100;

    /// <summary>Sources that fire every <paramref name="interval" /> µs in turn, each onto one neuron that fires 50 µs later.</summary>
    public static NetworkTables Relay(int size = 4, int interval = 1000, int spikes = 100, uint board = 0, int capacity = 256,
        string name = "relay")
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

    /// <summary>
    /// Neurons that are channels of the board, each with a steady current of <paramref name="microamps" />; 100 µA are code 200. Neuron
    /// after neuron excites the next one when <paramref name="charge" /> is not 0, through a receptor of 5 ms.
    /// </summary>
    public static NetworkTables Hybrid(double[] microamps, int step = 1000, short charge = 0, uint calibration = 0)
    {
        var size = microamps.Length;
        var parameters = new long[Thyristor.ParameterCount][];
        for (var k = 0; k < parameters.Length; k++)
        {
            parameters[k] = [0];
        }

        // What a board channel does is the board's affair; its twin has the published component set.
        const double Volt = 1L << 32;
        parameters[Thyristor.Ramp] = [(long)(1e-9 / 4096 / 0.1e-6 * 1e-6 * Math.Pow(2, 80))];
        parameters[Thyristor.Threshold] = [(long)(2.6 * Volt)];
        parameters[Thyristor.Knee] = [(long)(0.61 * Volt)];
        parameters[Thyristor.LeakGain] = [(long)(42888 * 1e-9 / 4096 * Math.Pow(2, 66))];
        parameters[Thyristor.LeakRate] = [(long)(Math.Log2(Math.E) / (42888 * 0.1) * Math.Pow(2, 40))];
        parameters[Thyristor.OnVoltage] = [(long)(0.7 * Volt)];
        parameters[Thyristor.OnGain] = [(long)(2025 * 1e-9 / 4096 * Math.Pow(2, 66))];
        parameters[Thyristor.OnRate] = [(long)(Math.Log2(Math.E) / (2025 * 0.1) * Math.Pow(2, 40))];
        parameters[Thyristor.HoldVoltage] = [(long)(0.919 * Volt)];
        parameters[Thyristor.Release] = [1800L << 16];
        parameters[Thyristor.Onset] = [(long)(46.4 * 1000 * (1 << 16))];
        parameters[Thyristor.Hold] = [(long)(108.0 * 1000 * (1 << 16))];
        parameters[Thyristor.Bias] = microamps.Select(value => (long)Math.Round(value * 1000 * 4096)).ToArray();
        var tables = Relay(1, spikes: 1);
        tables.Step = step;
        tables.Populations =
        [
            new PopulationTable
            {
                Model = new Thyristor(),
                Update = UpdateKind.Clocked,
                Recorded = true,
                Size = size,
                Parameters = parameters,
                Receptors = [new ReceptorTable { Stages = 1, Decay = (int)Math.Round(Math.Exp(-step / 5000.0) * (1L << 31)) }],
                Channels = Enumerable.Range(0, size).ToArray(),
            },
        ];
        tables.Projections = charge == 0
            ? []
            :
            [
                new ProjectionTable
                {
                    Source = 0,
                    Target = 0,
                    Receptor = 0,
                    WeightScale = 256 * 10,
                    RowStart = Enumerable.Range(0, size + 1).ToArray(),
                    Synapses = Enumerable.Range(0, size).Select(k => (k + 1) % size).ToArray(),
                    Weights = Enumerable.Repeat(charge, size).ToArray(),
                },
            ];
        tables.SpikeTimes = [];
        tables.SpikeSources = [];
        tables.Channels = Enumerable.Range(0, size).Select(k => new ChannelTable
        {
            Channel = k,
            Calibration = calibration,
            MaxCode = 200,
            Currents = [0, 50_000 * 4096, 100_000 * 4096],
            Codes = [0, 100, 200],
        }).ToArray();
        return tables;
    }

    public static PopulationTable Sources(int size) => new()
    {
        Model = new SourceModel(),
        Update = UpdateKind.Event,
        Recorded = false,
        Size = size,
    };

    public static PopulationTable Neurons(int size) => new()
    {
        Model = new Lif(),
        Update = UpdateKind.Event,
        Recorded = true,
        Size = size,
        Parameters =
        [
            [Formats.MembraneOne], [0], [0], [int.MinValue], [0], [0], [ResetKind.Value],
                [(long)Math.Round(Math.Log2(Math.E) / 20_000 * (1L << 40))], [0],
        ],
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
