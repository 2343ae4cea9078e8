// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Core.Tests.Readout;

public sealed class ReadoutTests
{
    private const int Size = 9;

    [Fact]
    public void The_mean_around_the_peak_counts()
    {
        (NetworkEngine engine, PopulationReadout readout) = Make(halfWidth: 1, minSpikes: 1);
        Fire(engine, 6, 4);
        Fire(engine, 7, 2);
        Fire(engine, 0, 3);

        readout.Evaluate();

        // (4·600 + 2·700) / 6; the three spikes far away count against the confidence only.
        Assert.True(readout.IsValid);
        Assert.Equal(633, readout.Value);
        Assert.Equal(666, readout.Confidence);
        Assert.Equal(9, readout.Spikes);
    }

    [Fact]
    public void Too_few_spikes_give_no_answer_and_forgotten_ones_do_not_count()
    {
        (NetworkEngine engine, PopulationReadout readout) = Make(halfWidth: 1, minSpikes: 3);
        Fire(engine, 2, 2);

        readout.Evaluate();
        Assert.False(readout.IsValid);

        Fire(engine, 2, 1);
        readout.Evaluate();
        Assert.True(readout.IsValid);
        Assert.Equal(200, readout.Value);

        readout.Forget();
        readout.Evaluate();
        Assert.False(readout.IsValid);
        Assert.Equal(0, readout.Spikes);
    }

    [Fact]
    public void Read_outs_that_do_not_fit_the_network_are_refused()
    {
        NetworkEngine engine = new(Tables());
        ReadoutTable table = Table(1, 1);
        table.Values = new int[Size - 1];
        Assert.Throws<ImageException>(() => new PopulationReadout(table, engine));
    }

    [Fact]
    public void A_map_is_monotone_hits_its_points_and_ends_flat()
    {
        int[] table = [-100, 0, 30, 1000, -9000, 0, 100, 9000];

        Prop.ForAll(Gen.Choose(-2000, 2000).ToArbitrary(), x =>
            MonotoneMap.Value(table, 0, 4, x) <= MonotoneMap.Value(table, 0, 4, x + 1)).QuickCheckThrowOnFailure();
        Assert.Equal([-9000, 0, 100, 9000], table[..4].Select(x => MonotoneMap.Value(table, 0, 4, x)));
        Assert.Equal(-9000, MonotoneMap.Value(table, 0, 4, int.MinValue));
        Assert.Equal(9000, MonotoneMap.Value(table, 0, 4, int.MaxValue));
        Assert.Equal(50, MonotoneMap.Value(table, 0, 4, 15));
        Assert.Equal(-4500, MonotoneMap.Value(table, 0, 4, -50));
    }

    private static (NetworkEngine Engine, PopulationReadout Readout) Make(int halfWidth, int minSpikes)
    {
        NetworkEngine engine = new(Tables());
        return (engine, new PopulationReadout(Table(halfWidth, minSpikes), engine));
    }

    private static NetworkTables Tables() => new()
    {
        Step = 100,
        QueueCapacity = 4,
        SpikeCapacity = 64,
        Populations = [new PopulationTable { Model = new SourceModel(), Size = Size }],
    };

    private static ReadoutTable Table(int halfWidth, int minSpikes) => new()
    {
        Kind = ReadoutKind.Population,
        Populations = [0],
        Values = Enumerable.Range(0, Size).Select(i => 100 * i).ToArray(),
        HalfWidth = halfWidth,
        MinSpikes = minSpikes,
        Parameters = [],
    };

    private static void Fire(NetworkEngine engine, int neuron, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.True(engine.Inject(neuron, engine.Time + 1));
            engine.Advance(engine.Time + 1, int.MaxValue);
        }
    }
}
