// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Thyristors;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>Networks at random that have something in every section of an image.</summary>
internal static class FullNetwork
{
    private static readonly PopulationTable s_bursting = new BurstingCell(2400).Table(1, 60e-6, 0.02);

    /// <summary>Makes the CRC of an image right again.</summary>
    internal static void Seal(byte[] image)
    {
        int end = image.Length - ImageLayout.ChecksumLength;
        BitConverter.GetBytes(Crc32.Compute(image, 0, end)).CopyTo(image, end);
    }

    internal static NetworkTables Make(int seed)
    {
        NetworkTables tables = RandomNetworks.Make(seed);
        int sources = tables.Populations[0].Size;
        tables.BoardId = 0xC0FFEE00u + (uint)seed;
        tables.QueueCapacity = 64;
        tables.SpikeCapacity = 128;
        tables.Readouts =
        [
            new ReadoutTable { Populations = [1], HalfWidth = 1, Window = 100000, MinSpikes = 3,
                Values = new int[tables.Populations[1].Size], Parameters = [] },
            new ReadoutTable { Kind = ReadoutKind.Direction, Populations = [1, 0, 1], Values = [], Parameters = [1, -2, 3] },
        ];
        tables.Hearing = [new HearingTable { Left = 0, Right = 0, SampleRate = 48000, Parameters = [sources, -2, 3] }];
        tables.Outputs =
        [
            new OutputTable { Source = OutputSource.Readout, Index = 0, Output = 1, From = -9000, To = 9000 },
            new OutputTable { Source = OutputSource.Neuron, Index = sources, Output = 2, From = 0, To = 500 },
        ];
        int first = tables.Populations.Length;
        PopulationTable physical = Cell.WithReceptor(Cell.W25.Table(2, 44e-6, 50e-6), 1, true, 0.01, 100);
        physical.Channels = [1, 0];
        tables.Populations =
        [
            .. tables.Populations,
            Cell.W25.Table(2, 80e-6, 60e-6),
            Cell.WithReceptor(Cell.WithReceptor(Cell.W23.Table(1, 60e-6), 2, false, 0.1, 100), 1, true, 0.01, 100),
            s_bursting,
            physical,
        ];
        tables.Projections =
        [
            .. tables.Projections,
            Build.Project(0, first, sources, [(0, 0, 300, 200), (0, 1, 0, -200)], 1024, Formats.DeltaReceptor),
            Build.Project(0, first + 1, sources, [(0, 0, 300, 200)], 900, 1),
            Build.Project(first, first + 3, 2, [(0, 1, 100, 200)], 900, 0),
        ];
        tables.Traces = [.. tables.Traces, new TraceTable { Neuron = TableShape.Neurons(tables) - 1, Interval = 500,
            Quantity = TraceQuantity.Current }];
        tables.Channels = [new ChannelTable { Channel = 1, Calibration = 0x12345678, MaxCode = 200, Currents = [0, 100, 2000],
            Codes = [0, 10, 200] }];
        tables.Symbols = Encoding.UTF8.GetBytes("population 0 ears 1 0 mV\nnetwork räuber\nprojection 0 all");
        return tables;
    }
}
