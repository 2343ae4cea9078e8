// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Tests.Compare;

public sealed class SpikeMatcherTests
{
    [Theory]
    [InlineData(new long[] { 10, 20 }, new long[] { 10, 20 }, 0, 2)]
    [InlineData(new long[] { 10, 20 }, new long[] { 15 }, 5, 1)]
    [InlineData(new long[] { 0, 10 }, new long[] { 10, 20 }, 10, 2)]
    [InlineData(new long[] { 0, 10 }, new long[] { 10, 20 }, 9, 1)]
    [InlineData(new long[] { 10 }, new long[] { 8, 9, 11, 12 }, 5, 1)]
    [InlineData(new long[] { }, new long[] { 1 }, 100, 0)]
    public void Pairs_are_one_to_one(long[] first, long[] second, long window, int pairs)
    {
        Assert.Equal(pairs, SpikeMatcher.Match(first, second, window));
    }

    [Fact]
    public void No_matching_has_more_pairs()
    {
        Prop.ForAll(
            Gen.Choose(0, 60).ArrayOf().Resize(7).ToArbitrary(),
            Gen.Choose(0, 60).ArrayOf().Resize(7).ToArbitrary(),
            Gen.Choose(0, 12).ToArbitrary(),
            (a, b, window) =>
            {
                long[] first = a.Order().Select(t => (long)t).ToArray();
                long[] second = b.Order().Select(t => (long)t).ToArray();
                return SpikeMatcher.Match(first, second, window) == Best(first, second, 0, 0, window);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_train_matches_itself_and_order_of_arguments_does_not_matter()
    {
        Prop.ForAll(
            Gen.Choose(0, 100000).ArrayOf().ToArbitrary(),
            Gen.Choose(0, 100000).ArrayOf().ToArbitrary(),
            Gen.Choose(0, 2000).ToArbitrary(),
            (a, b, window) =>
            {
                long[] first = a.Order().Select(t => (long)t).ToArray();
                long[] second = b.Order().Select(t => (long)t).ToArray();
                int pairs = SpikeMatcher.Match(first, second, window);
                return SpikeMatcher.Match(first, first, 0) == first.Length
                    && pairs == SpikeMatcher.Match(second, first, window)
                    && pairs <= SpikeMatcher.Match(first, second, window + 1);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Spikes_of_different_neurons_never_match()
    {
        SpikeRecord first = new([5, 6, 7], [0, 1, 0]);
        SpikeRecord second = new([5, 6, 7], [1, 0, 2]);
        Assert.Equal(2, SpikeMatcher.Match(first, second, _ => true, 1));
        Assert.Equal(0, SpikeMatcher.Match(first, second, _ => true, 0));
        Assert.Equal(1, SpikeMatcher.Match(first, second, n => n == 0, 1));
    }

    // The largest matching by trying everything.
    private static int Best(long[] first, long[] second, int i, int used, long window)
    {
        if (i == first.Length)
        {
            return 0;
        }

        int best = Best(first, second, i + 1, used, window);
        for (int j = 0; j < second.Length; j++)
        {
            if ((used & (1 << j)) == 0 && Math.Abs(first[i] - second[j]) <= window)
            {
                best = Math.Max(best, 1 + Best(first, second, i + 1, used | (1 << j), window));
            }
        }

        return best;
    }
}
