// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Image;

/// <summary>Tables that no image could hold are refused before anything is written or run, each with the kind of its mistake.</summary>
public sealed class TableShapeTests
{
    [Fact]
    public void NoTablesAtAll_AreRefused()
    {
        Assert.Equal(ImageError.Shape, Assert.Throws<ImageException>(() => new NetworkEngine(null!)).Code);
        Assert.Equal(ImageError.Shape, Assert.Throws<ImageException>(() => ImageWriter.Write(null!)).Code);
    }

    [Fact]
    public void WhatIsMissing_IsEmpty()
    {
        NetworkTables tables = new() { Step = 100, QueueCapacity = 1, SpikeCapacity = 1 };
        TableShape.Require(tables);
        NetworkEngine engine = new(ImageReader.Read(ImageWriter.Write(tables), 0, ImageWriter.Write(tables).Length, ModelList.All));
        engine.Advance(1000, 1000);
        Assert.Equal((0, 0, 0), (TableShape.Neurons(tables), TableShape.Synapses(tables), TableShape.RecordedNeurons(tables)));
    }

    [Fact]
    public void Populations()
    {
        Refuse(ImageError.Shape, t => t.Populations[1] = null!);
        Refuse(ImageError.Shape, t => t.Projections[0].RowStart = [0]);
        Refuse(ImageError.Range, t => Unconnected(t).Size = 0, t => Unconnected(t).Size = 4097, t => Unconnected(t).Update = 2);
        Refuse(ImageError.Shape, t => t.Populations[1].Threshold = null!, t => t.Populations[1].ResetValue = null!,
            t => t.Populations[1].Equilibrium = null!);
        Refuse(ImageError.Shape, t => t.Populations[1].Floor = null!, t => t.Populations[1].Initial = [],
            t => t.Populations[1].Refractory = null!);
        Refuse(ImageError.Shape, t => Lif(t, UpdateKind.Event).LeakRate = null!, t => Lif(t, UpdateKind.Event)
            .LeakRate = [1 << 20, 1 << 20]);
        Refuse(ImageError.Shape, t => Lif(t, UpdateKind.Clocked).MembraneDecay = null!, t => Lif(t, UpdateKind.Clocked)
            .MembraneDecay = [1, 2]);
        Refuse(ImageError.Shape, t => Exponential(t).ExcitatoryCoupling = null!, t => Exponential(t).InhibitoryCoupling = null!);
        Refuse(ImageError.Shape, t => Exponential(t).ExcitatoryCoupling = [1, 2], t => Exponential(t).InhibitoryCoupling = [1, 2]);
        Refuse(ImageError.Shape, t => t.Populations[^4].Parameters = null!, t => t.Populations[^4].Parameters[3] = null!);
        Refuse(ImageError.Shape, t => t.Populations[^3].Receptors[0] = null!);
        Refuse(ImageError.Range, t => t.Populations[^3].Receptors[1].Stages = 0, t => t.Populations[^3].Receptors[1].Stages = 3);
        Refuse(ImageError.Range, t => t.Populations[^3].Receptors[1].Decay = -1, t => t.Populations[^3].Receptors = Receptors(5));
        Refuse(ImageError.Shape, t => t.Populations[^1].Channels = [0], t => t.Populations[^1].Channels = [0, 1, 2]);
        Refuse(ImageError.Range, t => t.Populations[^1].Channels = [0, -1], t => t.Populations[^1].Channels = [0, 64]);
        Accept(t => t.Populations[^3].Receptors = Receptors(4), t => t.Populations[^1].Channels = [0, 63]);
        Refuse(ImageError.Count, t => t.Populations = [.. t.Populations, .. Enumerable.Range(0, 256).Select(_ => Build.Source(1))]);
        Refuse(ImageError.Count, t => t.Populations = [.. t.Populations, .. Enumerable.Range(0, 8).Select(_ => Build.Source(4096))]);
    }

    [Fact]
    public void Projections()
    {
        Refuse(ImageError.Shape, t => t.Projections[0] = null!, t => t.Projections[0].RowStart = null!);
        Refuse(ImageError.Shape, t => t.Projections[0].Synapses = null!, t => t.Projections[0].Weights = null!);
        Refuse(ImageError.Shape, t => t.Projections[0].Source = -1, t => t.Projections[0].Source = t.Populations.Length);
        Refuse(ImageError.Shape, t => t.Projections[0].Target = -1, t => t.Projections[0].Target = t.Populations.Length);
        Refuse(ImageError.Shape, t => t.Projections[0].RowStart = [.. t.Projections[0].RowStart, 0],
            t => t.Projections[0].RowStart = t.Projections[0].RowStart[..^1]);
        Refuse(ImageError.Range, t => t.Projections[0].Receptor = 2, t => t.Projections[0].Receptor = -1);
        Refuse(ImageError.Range, t => t.Projections[0].WeightScale = 0, t => t.Projections[0].WeightScale = 65_537,
            t => t.Projections[0].Weights[0] = short.MinValue);
        Refuse(ImageError.Order, t => t.Projections[0].RowStart[0] = 1, t => t.Projections[0].RowStart[^1]--);

        // Delay and target in one number, rising within a row.
        ProjectionTable Two(params int[] synapses) => new()
        {
            Source = 0,
            Target = 1,
            WeightScale = 1,
            RowStart = [0, 2],
            Synapses = synapses,
            Weights = [1, 1]
        };
        NetworkTables Small(ProjectionTable p) =>
            new()
            {
                Step = 100,
                QueueCapacity = 1,
                SpikeCapacity = 1,
                Populations = [Build.Source(1), Build.EventLif(2)],
                Projections = [p]
            };
        const int delay = 1 << Formats.TargetBits;
        _ = new NetworkEngine(Small(Two(1, delay)));
        _ = new NetworkEngine(Small(Two(1, 1)));
        Assert.Equal(ImageError.Order, Assert.Throws<ImageException>(() => new NetworkEngine(Small(Two(delay, 1)))).Code);
        Assert.Equal(ImageError.Index, Assert.Throws<ImageException>(() => new NetworkEngine(Small(Two(1, 2)))).Code);
        ProjectionTable back = Two(0, 0);
        back.RowStart = [0, 3];
        Assert.Equal(ImageError.Index, Assert.Throws<ImageException>(() => new NetworkEngine(Small(back))).Code);
    }

    [Fact]
    public void InputsAndOutputs()
    {
        static int Neurons(NetworkTables t) => TableShape.Neurons(t);
        static int Sources(NetworkTables t) => t.Populations[0].Size;
        Refuse(ImageError.Index, t => t.SpikeSources[0] = -1, t => t.SpikeSources[0] = (short)Neurons(t));
        Refuse(ImageError.Index, t => t.PoissonSources[0].First = -1, t => t.PoissonSources[0].First = Neurons(t));
        Refuse(ImageError.Index, t => t.PoissonSources[0].Count = -1, t => t.PoissonSources[0].Count = Neurons(t) + 1);
        Refuse(ImageError.Index, t => t.Traces[0].Neuron = -1, t => t.Traces[0].Neuron = Neurons(t));
        Refuse(ImageError.Index, t => Drive(t).Population = -1, t => Drive(t).Population = t.Populations.Length);
        Refuse(ImageError.Index, t => Drive(t).First = -1, t => Drive(t).First = 1, t => Drive(t).Count = 2, t => Drive(t).Count = -1);
        Refuse(ImageError.Range, t => t.Step = 9, t => t.Step = 100_001, t => t.QueueCapacity = 16_384, t => t.SpikeCapacity = 0,
            t => t.SpikeCapacity = 65_536);
        Refuse(ImageError.Shape, t => t.Readouts[0].Populations = null!, t => t.Readouts[0].Values = null!,
            t => t.Readouts[0].Parameters = null!);
        Refuse(ImageError.Index, t => t.Readouts[0].Populations = [-1], t => t.Readouts[0].Populations = [t.Populations.Length]);
        Refuse(ImageError.Shape, t => t.Hearing[0].Parameters = null!);
        Refuse(ImageError.Index, t => t.Hearing[0].Left = -1, t => t.Hearing[0].Left = t.Populations.Length);
        Refuse(ImageError.Index, t => t.Hearing[0].Right = -1, t => t.Hearing[0].Right = t.Populations.Length);
        Refuse(ImageError.Shape, t => t.Channels[0] = null!, t => t.Channels[0].Currents = null!, t => t.Channels[0].Codes = null!);
        Refuse(ImageError.Shape, t => t.Channels[0].Codes = [0, 1, 2, 3]);
        Refuse(ImageError.Index, t => t.Channels[0].Channel = -1, t => t.Channels[0].Channel = 64);
        Refuse(ImageError.Range, t => t.Channels[0].MaxCode = -1, t => t.Channels[0].MaxCode = 65_536);
        Refuse(ImageError.Count, t => t.Channels[0].Currents = t.Channels[0].Codes = [0],
            t => t.Channels[0].Currents = t.Channels[0].Codes = [.. Enumerable.Range(0, 257)]);
        Accept(t => t.Channels[0].Channel = 63, t => t.Channels[0].MaxCode = 65_535,
            t => t.Channels[0].Currents = t.Channels[0].Codes = [.. Enumerable.Range(0, 256)]);
        Accept(t => t.Step = 10, t => t.Step = 100_000, t => t.QueueCapacity = 16_383, t => t.QueueCapacity = 1,
            t => t.SpikeCapacity = 65_535, t => t.SpikeCapacity = 1);
        Accept(t => t.Traces[0].Interval = 1, t => t.PoissonSources[0].Count = Sources(t), t => t.PoissonSources[0].MeanInterval = 1,
            t => _ = Drive(t));
    }

    /// <summary>What the reader refuses in an image, writer and engine refuse in tables, with the same error.</summary>
    [Fact]
    public void RulesOfTheImage_HoldForTables()
    {
        Refuse(ImageError.Range, t => t.SpikeTimes[0] = -1, t => t.PoissonSources[0].MeanInterval = 0, t => t.PoissonSources[0].Start = -1);
        Refuse(ImageError.Order, t => t.SpikeTimes[0] = int.MaxValue, t => (t.PoissonSources[0].Start, t.PoissonSources[0].Stop) = (5, 4));
        Refuse(ImageError.Index, t => t.SpikeSources[0] = (short)t.Populations[0].Size,
            t => t.PoissonSources[0].Count = t.Populations[0].Size + 1);
        Refuse(ImageError.Count, t => t.PoissonSources = [.. Enumerable.Repeat(t.PoissonSources[0], 4097)]);
        Refuse(ImageError.Range, t => Drive(t).Amplitude = ImageLayout.MaxMembrane + 1, t => Drive(t)
            .Amplitude = -ImageLayout.MaxMembrane - 1, t => Drive(t).Start = -1);
        Refuse(ImageError.Order, t => Drive(t).Stop = -1);
        Refuse(ImageError.Index, t => (Drive(t).Population, t.Drives[0].Count) = (0, 1), t => t.Traces[0].Neuron = 0);
        Refuse(ImageError.Count, t => t.Drives = [.. Enumerable.Repeat(Drive(t), 256)],
            t => t.Traces = [.. Enumerable.Repeat(t.Traces[0], 256)]);
        Refuse(ImageError.Range, t => t.Traces[0].Interval = 0, t => t.Traces[0].Quantity = -2, t => t.Traces[0].Quantity = 99);
        Refuse(ImageError.Range, t => t.Readouts[0].Kind = -1, t => t.Readouts[0].Kind = 2, t => t.Readouts[0].HalfWidth = -1,
            t => t.Readouts[0].HalfWidth = 4097);
        Refuse(ImageError.Range, t => t.Readouts[0].Window = -1, t => t.Readouts[0].MinSpikes = -1, t => t.Hearing[0].SampleRate = 0);
        Refuse(ImageError.Count, t => t.Readouts[0].Populations = [], t => t.Readouts[0].Values = [.. t.Readouts[0].Values, 1],
            t => t.Hearing[0].Parameters = new int[4097]);
        Refuse(ImageError.Index, t => t.Hearing[0].Left = t.Populations.Length - 1, t => t.Hearing[0].Right = t.Populations.Length - 1);
        Refuse(ImageError.Range, t => t.Outputs[0].Source = -1, t => t.Outputs[0].Source = 2, t => t.Outputs[0].Output = -1,
            t => t.Outputs[0].Output = 256);
        Refuse(ImageError.Index, t => t.Outputs[0].Index = -1, t => t.Outputs[0].Index = 32_767);
        Refuse(ImageError.Range, t => t.Channels[0].Currents[^1] = Formats.MaxCurrent + 1,
            t => t.Channels[0].Currents[0] = -Formats.MaxCurrent - 1);
        Refuse(ImageError.Range, t => t.Channels[0].Codes[0] = -1, t => t.Channels[0].Codes[^1] = 65_536);
        Refuse(ImageError.Order, t => t.Channels[0].Currents[1] = t.Channels[0].Currents[0],
            t => (t.Channels[0].Codes[0], t.Channels[0].Codes[1]) = (5, 4));
    }

    private static PopulationTable Unconnected(NetworkTables tables)
    {
        tables.Populations = [.. tables.Populations, Build.Source(1)];
        return tables.Populations[^1];
    }

    private static DriveTable Drive(NetworkTables tables)
    {
        int population = tables.Populations.Length - 2;
        tables.Drives = [new DriveTable { Population = population, First = 0, Count = tables.Populations[population].Size, Amplitude = 1,
            Stop = 1000 }];
        return tables.Drives[0];
    }

    private static PopulationTable Lif(NetworkTables tables, int update)
    {
        tables.Populations = [.. tables.Populations, update == UpdateKind.Event ? Build.EventLif(3) : Build.ClockedLif(3)];
        return tables.Populations[^1];
    }

    private static PopulationTable Exponential(NetworkTables tables)
    {
        tables.Populations = [.. tables.Populations, Build.ExponentialLif(3, 15000, 4000, 8000)];
        return tables.Populations[^1];
    }

    private static ReceptorTable[] Receptors(int count) => [.. Enumerable.Range(0, count)
        .Select(_ => new ReceptorTable { Stages = 1, Decay = 100 })];

    private static void Refuse(int code, params Action<NetworkTables>[] spoil)
    {
        for (int i = 0; i < spoil.Length; i++)
        {
            NetworkTables tables = FullNetwork.Make(3);
            spoil[i](tables);
            ImageException? run = Record.Exception(() => new NetworkEngine(tables)) as ImageException;
            Assert.True(run?.Code == code, $"mistake {i} of those with error {code}: run gave {run?.Code}");
            ImageException? written = Record.Exception(() => ImageWriter.Write(tables)) as ImageException;
            Assert.True(written?.Code == code, $"mistake {i} of those with error {code}: writing gave {written?.Code}");
        }
    }

    private static void Accept(params Action<NetworkTables>[] change)
    {
        foreach (Action<NetworkTables> make in change)
        {
            NetworkTables tables = FullNetwork.Make(3);
            make(tables);
            _ = new NetworkEngine(tables);
            byte[] image = ImageWriter.Write(tables);
            Assert.Equivalent(tables, ImageReader.Read(image, 0, image.Length, ModelList.All), strict: true);
        }
    }
}
