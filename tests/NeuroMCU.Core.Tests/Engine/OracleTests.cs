// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class OracleTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 400));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomNetworksGiveTheSpikesOfThePlainRulesBitForBit(int seed)
    {
        NetworkTables tables = RandomNetworks.Make(seed);
        Oracle oracle = new(tables, exact: false);
        oracle.Run(60000);
        NetworkEngine engine = new(tables);
        Run.To(engine, 60000);
        Assert.Equal(oracle.Spikes, Run.Spikes(engine));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomNetworksGiveTheTracesOfThePlainRulesBitForBit(int seed)
    {
        NetworkTables tables = RandomNetworks.Make(seed);
        tables.Traces[0].Interval *= 4;
        Oracle oracle = new(tables, exact: false);
        oracle.Run(40000);
        NetworkEngine engine = new(tables);
        Run.To(engine, 40000);
        List<(long, int, int)> samples = [];
        for (int i = 0; i < engine.Traces.Count; i++)
        {
            samples.Add((engine.Traces.TimeAt(i), engine.Traces.IndexAt(i), engine.Traces.ValueAt(i)));
        }

        Assert.Equal(0, engine.Traces.Dropped);
        Assert.Equal(oracle.Samples, samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    public void CuttingARunIntoPiecesChangesNothing(int work)
    {
        for (int seed = 1; seed < 40; seed++)
        {
            NetworkTables tables = RandomNetworks.Make(seed);
            NetworkEngine whole = new(tables);
            Run.To(whole, 50000);
            NetworkEngine pieces = new(tables);
            Random random = new(seed);
            long time = 0;
            while (time < 50000)
            {
                time = Math.Min(50000, time + random.Next(900));
                while (pieces.Advance(time, work) >= work)
                {
                }

                Assert.Equal(time, pieces.Time);
                Assert.True(pieces.HasReached(time));
            }

            Assert.Equal(Run.Spikes(whole), Run.Spikes(pieces));
            Assert.Equal(whole.Counters.SynapticEvents, pieces.Counters.SynapticEvents);
        }
    }

    [Fact]
    public void ARunAfterResetRepeatsTheFirst()
    {
        for (int seed = 1; seed < 40; seed++)
        {
            NetworkEngine engine = new(RandomNetworks.Make(seed));
            Run.To(engine, 30000);
            List<(long, int)> first = Run.Spikes(engine);
            engine.Reset();
            Assert.Equal(0, engine.Time);
            Assert.Equal(0, engine.Spikes.Count);
            Run.To(engine, 30000);
            Assert.Equal(first, Run.Spikes(engine));
        }
    }
}
