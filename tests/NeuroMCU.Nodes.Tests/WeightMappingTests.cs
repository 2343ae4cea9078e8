// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Weights onto conductances and back, and around nodes that cannot be used.</summary>
public class WeightMappingTests
{
    private static readonly NodeArrayInfo s_array = new(8, 8, 1e-5, new NodeInfo { FormFromMillivolts = 2000 });

    [Theory]
    [InlineData(0, 4, false, WeightCode.Direct)]
    [InlineData(-4, 0, false, WeightCode.Direct)]
    [InlineData(-4, 4, false, WeightCode.Offset)]
    [InlineData(-4, 4, true, WeightCode.Pair)]
    public void Nodes_at_their_targets_give_the_weights_back(double least, double most, bool pairs, WeightCode code)
    {
        var random = new Random(7);
        (int Pre, int Post, double Weight)[] weights = [.. Enumerable.Range(0, 32).Select(k => (k / 4, k % 4, least
            + ((most - least) * random.NextDouble())))];
        NodeEntry[] entries = Entries(random);
        WeightMapping mapping = WeightMapping.Plan(s_array, entries, weights, pairs);
        IReadOnlyDictionary<int, double?> targets = mapping.Targets();
        Assert.Equal(code, mapping.Code);
        Assert.Equal(pairs ? 64 : 32, targets.Count);
        Assert.All(targets, t => Assert.InRange(t.Value!.Value, entries[t.Key].Low, entries[t.Key].High!.Value));
        Assert.All(mapping.Placed, p => Assert.Equal(weights[p.Synapse].Weight, mapping.Realised(p, n => targets[n]!.Value), 1e-9));
        Assert.DoesNotContain(mapping.Placed, p => p.Moved);
    }

    [Fact]
    public void Bad_nodes_hold_no_weight_and_no_node_holds_two()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            int[] bad = [.. Enumerable.Range(0, 64).OrderBy(_ => random.Next()).Take(8)];
            (int Pre, int Post, double Weight)[] weights = [.. Enumerable.Range(0, 49).Select(k => (k / 7, k % 7, random.NextDouble()))];
            WeightMapping mapping = WeightMapping.Plan(s_array, Entries(random, bad), weights, false);
            int[] used = [.. mapping.Placed.Select(p => p.Node)];
            Assert.Equal(49, used.Distinct().Count());
            Assert.Empty(used.Intersect(bad));

            // What was not moved stands in the row of its source and the column of its target.
            PlacedWeight[] kept = [.. mapping.Placed.Where(p => !p.Moved)];
            Assert.All(kept.GroupBy(p => weights[p.Synapse].Pre), g => Assert.Single(g.Select(p => p.Node / 8).Distinct()));
            Assert.All(kept.GroupBy(p => weights[p.Synapse].Post), g => Assert.Single(g.Select(p => p.Node % 8).Distinct()));
        }
    }

    [Fact]
    public void Too_many_weights_or_none_are_refused()
    {
        var random = new Random(1);
        (int, int, double)[] many = [.. Enumerable.Range(0, 60).Select(k => (k, 0, 1.0))];
        Assert.Throws<ArgumentException>(() => WeightMapping.Plan(s_array, Entries(random, [.. Enumerable.Range(0, 8)]), many, false));
        Assert.Throws<ArgumentException>(() => WeightMapping.Plan(s_array, Entries(random), [(0, 0, 0.0)], false));
    }

    [Fact]
    public void An_array_is_programmed_for_the_weights_of_its_targets_alone()
    {
        var random = new Random(3);
        (int Pre, int Post, double Weight)[] weights = [.. Enumerable.Range(0, 24).Select(k => (k / 4, k % 4, 0.1 + random.NextDouble()))];
        NodeEntry[] virgin = Entries(random);
        WeightMapping mapping = WeightMapping.Plan(s_array, virgin, weights, false);
        IReadOnlyDictionary<int, double?> targets = mapping.Targets();

        // The device holds targets in millionths.
        NodeEntry[] held = [.. virgin.Select(e => targets.TryGetValue(e.Node, out double? t)
            ? e with { Target = Math.Round(t!.Value, 6) } : e)];
        Assert.False(mapping.IsProgrammed(virgin));
        Assert.True(mapping.IsProgrammed(held));
        foreach (int node in targets.Keys)
        {
            Assert.False(mapping.IsProgrammed([.. held.Select(e => e.Node == node ? e with { Target = e.Target + 1e-4 } : e)]));
            Assert.False(mapping.IsProgrammed([.. held.Select(e => e.Node == node ? e with { Target = null } : e)]));
        }

        weights[5] = (weights[5].Pre, weights[5].Post, weights[5].Weight + 0.01);
        Assert.False(WeightMapping.Plan(s_array, held, weights, false).IsProgrammed(held));
    }

    private static NodeEntry[] Entries(Random random, int[]? bad = null) => [.. Enumerable.Range(0, 64).Select(n =>
    {
        double low = 0.1 + (0.02 * random.NextDouble());
        double high = 0.95 + (0.1 * random.NextDouble());
        return new NodeEntry(n, NodeMode.Keeping, false, null, low, bad?.Contains(n) == true ? low + 0.01 : high);
    })];
}
