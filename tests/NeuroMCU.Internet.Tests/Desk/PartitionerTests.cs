// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Networks.Sites;
using Xunit;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>The compiler keeps heavy traffic on a board.</summary>
public class PartitionerTests
{
    [Fact]
    public void Clusters_that_a_file_mixes_up_are_found_again()
    {
        // Four clusters of three populations, named in an order that hides them; heavy within, light between.
        Random random = new(11);
        int[] order = [.. Enumerable.Range(0, 12)];
        random.Shuffle(order);
        StringBuilder text = new("neuromcu: 1\npopulations:\n");
        Array.ForEach(order, k => text.Append(CultureInfo.InvariantCulture,
            $"  c{k}: {{model: lif, size: 8, tau: 10 ms, threshold: 1, bias: {{uniform: [1.2, 2]}}}}\n"));
        text.Append("projections:\n");
        for (int k = 0; k < 12; k++)
        {
            for (int other = 0; other < 12; other++)
            {
                double p = k / 3 == other / 3 ? 0.8 : 0.02;
                text.Append(CultureInfo.InvariantCulture, $"  - {{from: c{k}, to: c{other}, connect: {{probability: {p}}}, weight: 0.01, delay: 6 ms}}\n");
            }
        }

        Network network = NetworkFile.Parse(text.ToString(), "clusters.yaml");
        Placement placement = Place(network, 4, false);

        static int ClusterOf(Population population) => int.Parse(population.Name[1..], CultureInfo.InvariantCulture) / 3;
        foreach (IGrouping<int, Population> cluster in network.Populations.GroupBy(ClusterOf))
        {
            Assert.Single(cluster.SelectMany(p => placement.Homes[p.Index]).Distinct());
        }

        Assert.True(placement.Traffic < placement.TrafficInTurn / 2, $"{placement.Traffic} of {placement.TrafficInTurn}");
    }

    [Fact]
    public void The_cut_is_near_the_best_one_that_there_is()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            const int Count = 8;
            StringBuilder text = new("neuromcu: 1\npopulations:\n");
            for (int k = 0; k < Count; k++)
            {
                // One neuron each, so that a piece is a population.
                text.Append(CultureInfo.InvariantCulture, $"  c{k}: {{model: lif, size: 1, tau: 10 ms, threshold: 1, bias: {1.2 + random.NextDouble():0.###}}}\n");
            }

            text.Append("projections:\n");
            for (int k = 0; k < 3 * Count; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {{name: p{k}, from: c{random.Next(Count)}, to: c{random.Next(Count)}, connect: all-to-all, weight: 0.01, delay: 6 ms}}\n");
            }

            Network network = NetworkFile.Parse(text.ToString(), "small.yaml");
            Activity activity = Activity.Measure(network);
            double Cost(int[] sites) => network.Projections.Select(p => (From: p.Source.Index, To: sites[p.Target.Index])).Distinct()
                .Where(w => sites[w.From] != w.To).Sum(w => activity.Rates[w.From]);
            double Work(int[] sites, int site) => network.Populations.Where(p => sites[p.Index] == site).Sum(p =>
                40 + (8 * network.Projections.Count(q => q.Target.Index == p.Index)));
            Placement placement = Place(network, 2, false);
            int[] chosen = [.. network.Populations.Select(p => placement.Homes[p.Index][0])];
            double most = Math.Max(Work(chosen, 0), Work(chosen, 1));
            double best = Enumerable.Range(0, 1 << Count).Select(bits => Enumerable.Range(0, Count).Select(k => bits >> k & 1).ToArray())
                .Where(s => Math.Max(Work(s, 0), Work(s, 1)) <= most).Min(Cost);

            Assert.Equal(Cost(chosen), placement.Traffic, 6);
            Assert.True(placement.Traffic <= (best * 1.35) + 1e-6, $"seed {seed}: {placement.Traffic} spikes/s, the best cut has {best}");
            Assert.True(most <= 1.3 * (Work(chosen, 0) + Work(chosen, 1)) / 2, $"seed {seed}: {most}");
        }
    }

    [Fact]
    public void What_talks_faster_than_the_wire_stays_together_unless_it_may_be_slower()
    {
        Network network = NetworkFile.Parse(
            """
            neuromcu: 1
            populations:
              a: {model: lif, size: 40, tau: 10 ms, threshold: 1, bias: 1.5}
              b: {model: lif, size: 40, tau: 10 ms, threshold: 1}
              c: {model: lif, size: 40, tau: 10 ms, threshold: 1}
            projections:
              - {from: a, to: b, connect: one-to-one, weight: 2, delay: 1 ms}
              - {from: b, to: c, connect: one-to-one, weight: 2, delay: 9 ms}
            """, "chain.yaml");
        Placement placement = Place(network, 3, false);
        Assert.Equal(placement.Homes[0], placement.Homes[1]);
        Assert.True(placement.Homes.SelectMany(h => h).Distinct().Count() == 3);
        NetworkSplitter.Split(network, DeskBench.Sites(network, 3), placement.Homes, 5000, false);
    }

    [Fact]
    public void The_same_network_is_always_cut_in_the_same_way_and_named_sites_are_kept()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(6, 15).Replace("refractory: 2 ms}", "refractory: 2 ms, site: s1}", StringComparison.Ordinal)
            .Replace("populations:", "sites: {s0: {}, s1: {}, s2: {}}\npopulations:", StringComparison.Ordinal), "ring.yaml");
        Placement first = Place(network, 3, false);
        Assert.All(network.Populations.Where(p => !p.IsSource), p => Assert.All(first.Homes[p.Index], h => Assert.Equal(1, h)));

        Network free = NetworkFile.Parse(DeskTexts.Ring(6, 15), "ring.yaml");
        Assert.Equal(Place(free, 3, false).Homes, Place(free, 3, false).Homes);
    }

    private static Placement Place(Network network, int sites, bool lengthens)
        => Partitioner.Place(network, Activity.Measure(network), [.. Enumerable.Range(0, sites).Select(s => "s" + s)], 5000, lengthens);
}
