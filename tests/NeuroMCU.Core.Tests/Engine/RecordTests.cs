// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Engine;

/// <summary>Spikes and samples come out whole and in order, in whatever portions they are taken.</summary>
public sealed class RecordTests
{
    private const int Until = 100_000;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(256)]
    public void SamplesComeOutWholeInPortions(int portion)
    {
        NetworkEngine engine = new(Traced(90));
        List<(int, long, int)> taken = [];
        Random random = new(portion);
        for (long time = 0; time < Until;)
        {
            time += random.Next(1, 90 * 60);
            Run.To(engine, Math.Min(time, Until));
            while (engine.Traces.Count > 0 && (engine.Traces.Free < 128 || time >= Until))
            {
                int count = Math.Min(portion, engine.Traces.Count);
                for (int i = 0; i < count; i++)
                {
                    taken.Add((engine.Traces.IndexAt(i), engine.Traces.TimeAt(i), engine.Traces.ValueAt(i)));
                }

                engine.Traces.Remove(count);
            }
        }

        Assert.Equal(0, engine.Traces.Dropped);
        Assert.Equal(engine.Traces.Total, taken.Count);
        Assert.Equal(taken.Select(t => t.Item2).Order(), taken.Select(t => t.Item2));
        Assert.Equal(Enumerable.Range(0, (Until / 90) + 1).Select(i => i * 90L), taken.Where(t => t.Item1 == 0).Select(t => t.Item2));

        // The membrane relaxes from one unit with 15 ms, so that no two samples are alike.
        Assert.All(taken.Where(t => t.Item1 == 0), t => Assert.InRange(t.Item3 / 16777216.0, (0.9 * Math.Exp(-t.Item2 / 15e3)) - 1e-6,
            (0.9 * Math.Exp(-t.Item2 / 15e3)) + 1e-6));
    }

    [Fact]
    public void SamplesWithoutAPlaceAreCountedAndTheOldestStay()
    {
        NetworkEngine engine = new(Traced(1000));
        Run.To(engine, Until);
        engine.Traces.Remove(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Traces.Remove(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Traces.Remove(engine.Traces.Count + 1));
        engine = new NetworkEngine(Traced(100));
        Run.To(engine, Until);
        Assert.Equal((256, 0, 256), (engine.Traces.Count, engine.Traces.Free, engine.Traces.HighWater));
        Assert.Equal(engine.Traces.Total - 256, engine.Traces.Dropped);
        Assert.Equal(0, engine.Traces.TimeAt(0));
        engine.Traces.Remove(256);
        Assert.Equal((0, 256, 256), (engine.Traces.Count, engine.Traces.Free, engine.Traces.HighWater));
        engine.Reset();
        Assert.Equal((0, 0L, 0L), (engine.Traces.HighWater, engine.Traces.Dropped, engine.Traces.Total));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void SpikesComeOutWholeInPortions(int portion)
    {
        Random random = new(3);
        (int Time, int Neuron)[] sent = [.. Enumerable.Range(0, 2000).Select(i => (i * 50, random.Next(9)))];
        NetworkTables tables = Build.Network([Build.Source(9, recorded: true)], null, sent);
        tables.SpikeCapacity = 64;
        NetworkEngine engine = new(tables);
        List<(long, int)> taken = [];
        for (long time = 0; time <= Until; time += 50)
        {
            Run.To(engine, time);
            if (engine.Spikes.Free == 0 || time == Until || random.Next(9) == 0)
            {
                int count = time == Until ? engine.Spikes.Count : Math.Min(portion, engine.Spikes.Count);
                taken.AddRange(Run.Spikes(engine).Take(count));
                engine.Spikes.Remove(count);
                Assert.Equal(64, engine.Spikes.Free + engine.Spikes.Count);
            }
        }

        Assert.Equal(engine.Spikes.Total - engine.Spikes.Dropped, taken.Count);
        Assert.Equal(sent.Length, engine.Spikes.Total);
        Assert.Equal(taken.Order(), taken);
        Assert.Empty(taken.Except(sent.Select(s => ((long)s.Time, s.Neuron))));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Spikes.Remove(-1));
    }

    private static NetworkTables Traced(int interval)
    {
        PopulationTable neuron = Build.EventLif(2, 15000);
        neuron.Initial = [Build.Q24(0.9)];
        NetworkTables tables = Build.Network([Build.Source(1), neuron], null);
        tables.Traces = [new TraceTable { Neuron = 1, Interval = interval }, new TraceTable { Neuron = 2, Interval = 3 * interval }];
        return tables;
    }
}
