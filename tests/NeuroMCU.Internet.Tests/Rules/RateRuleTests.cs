// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Tests.Rules;

public sealed class RateRuleTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(0, WeightChange.Depress)]
    [InlineData(4, WeightChange.Depress)]
    [InlineData(5, WeightChange.None)]
    [InlineData(20, WeightChange.None)]
    [InlineData(21, WeightChange.Potentiate)]
    [InlineData(99, WeightChange.Potentiate)]
    internal void More_than_20_spikes_potentiate_and_fewer_than_5_depress(int spikes, WeightChange expected)
    {
        SpikeHistory history = Train(spikes, k => Second - 1 - (k * 10));
        Assert.Equal(expected, new RateRule().Decide(SpikeKind.Potential, Second, history));
        Assert.Equal(expected, new RateRule().Decide(SpikeKind.Spontaneous, Second, history));
        Assert.Equal(WeightChange.None, new RateRule().Decide(SpikeKind.Stimulated, Second, history));
    }

    // 20000 ticks of 50 µs: a spike that is exactly so old has left the window; one that is to come has not entered it.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(999_999, 1)]
    [InlineData(1_000_000, 0)]
    [InlineData(-1, 0)]
    public void The_window_is_one_second(long age, int count)
    {
        SpikeHistory history = new(100);
        history.Add((5 * Second) - age);
        Assert.Equal(count, history.CountWithin(5 * Second, new RateRule().Window));
    }

    [Fact]
    public void At_most_100_spikes_are_looked_back_at()
    {
        SpikeHistory history = Train(150, k => k);
        Assert.Equal(100, history.CountWithin(150, Second));
        Assert.Equal(50, history.CountWithin(99, Second));   // the first 50 are forgotten
    }

    [Theory]
    [InlineData(10, WeightChange.None)]
    [InlineData(20, WeightChange.None)]
    [InlineData(25, WeightChange.Potentiate)]
    [InlineData(2, WeightChange.Depress)]
    internal void A_regular_train_does_what_its_rate_says(int rate, WeightChange expected)
    {
        SpikeHistory history = new(100);
        RateRule rule = new();
        for (int k = 0; k < 10 * rate; k++)
        {
            long time = k * Second / rate;
            history.Add(time);
            if (time >= Second)
            {
                Assert.Equal(expected, rule.Decide(SpikeKind.Potential, time + 2000, history));
            }
        }
    }

    private static SpikeHistory Train(int spikes, Func<int, long> time)
    {
        SpikeHistory history = new(100);
        foreach (int k in Enumerable.Range(0, spikes))
        {
            history.Add(time(k));
        }

        return history;
    }
}
