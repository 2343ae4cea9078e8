// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Networks.Tests.Reading;

public sealed class ConnectorTests
{
    private const string Template = """
        neuromcu: 1
        populations:
          a: {model: lif, size: 4, tau: 10 ms, threshold: 1.0, positions: {line: 2.0}}
          b: {model: lif, size: 3, tau: 10 ms, threshold: 15 mV, positions: [[0.0], [1.0], [5.0]]}
        projections:
          - {from: FROM, to: TO, connect: CONNECT}
        """;

    private static Network Parse(string from, string to, string connect, string path = "net.yaml")
    {
        string text = Template.Replace("FROM", from, StringComparison.Ordinal)
            .Replace("TO", to, StringComparison.Ordinal)
            .Replace("CONNECT", connect, StringComparison.Ordinal);
        return NetworkFile.Parse(text, path);
    }

    [Fact]
    public void All_to_all_includes_self_unless_told_not_to()
    {
        Assert.Equal(16, Parse("a", "a", "all-to-all, weight: 1.0, delay: 1 ms").SynapseCount);
        Network without = Parse("a", "a", "all-to-all, weight: 1.0, delay: 1 ms, allow_self: false");
        Assert.Equal(12, without.SynapseCount);
        Assert.DoesNotContain(without.Projections[0].Connections, c => c.Pre == c.Post);
    }

    [Fact]
    public void One_to_one_needs_equal_sizes()
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Parse("a", "b", "one-to-one, weight: 1 mV, delay: 1 ms"));
        Assert.Contains("same size", Assert.Single(error.Diagnostics).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_may_carry_weight_and_delay()
    {
        Network network = Parse("a", "b", "{list: [[3, 0, 1.5 mV, 20 us], [0, 2]]}, weight: -2 mV, delay: 1 ms");
        Assert.Equal([new Connection(3, 0, 1.5, 20), new Connection(0, 2, -2, 1000)], network.Projections[0].Connections);
    }

    [Fact]
    public void Probability_is_seeded_and_close_to_what_was_asked()
    {
        const string big = """
            neuromcu: 1
            populations: {a: {model: lif, size: 200, tau: 10 ms, threshold: 1.0}}
            projections: [{from: a, to: a, connect: {probability: 0.1, seed: SEED}, weight: 0.1, delay: 1 ms}]
            """;
        int[] Of(string seed) => NetworkFile.Parse(big.Replace("SEED", seed, StringComparison.Ordinal), "net.yaml")
            .Projections[0].Connections.Select(c => (c.Pre * 200) + c.Post).ToArray();
        Assert.Equal(Of("3"), Of("3"));
        Assert.NotEqual(Of("3"), Of("4"));

        // 4000 expected, standard deviation 60: five of them is far enough for a fixed seed and near enough to catch a wrong probability.
        Assert.InRange(Of("3").Length, 3700, 4300);
    }

    [Fact]
    public void Weights_of_lists_and_tables_measure_what_the_receptor_does()
    {
        const string Cell = """
            neuromcu: 1
            populations:
              a: {model: input, size: 2}
              b: {model: pinsky-rinzel, size: 1}
            projections:
              - {from: a, to: b, receptor: S, delay: 1 ms, connect: CONNECT}
            """;
        string csv = Path.GetTempFileName();
        File.WriteAllText(csv, "pre,post,weight\n0,0,0.25\n1,0,2\n");
        try
        {
            foreach (string connect in new[] { "{list: [[0, 0, 0.25], [1, 0, 2]]}", $"{{csv: {csv}}}" })
            {
                Network network = NetworkFile.Parse(Cell.Replace("CONNECT", connect, StringComparison.Ordinal), "net.yaml");
                Assert.Equal([0.25, 2], network.Projections[0].Connections.Select(c => c.Weight));
            }
        }
        finally
        {
            File.Delete(csv);
        }

        Diagnostic error = Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(
            Cell.Replace("CONNECT", "{list: [[0, 0, 2 mV]]}", StringComparison.Ordinal), "net.yaml")).Diagnostics);
        Assert.Contains("2 mV", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Delays_may_grow_with_the_index_or_with_distance()
    {
        Network byIndex = Parse("a", "b", "all-to-all, weight: 1 mV, delay: {start: 100 us, per_pre: 10 us, per_post: -1 us}");
        Assert.All(byIndex.Projections[0].Connections, c => Assert.Equal(100 + (10 * c.Pre) - c.Post, c.Delay));
        Network byDistance = Parse("a", "b", "all-to-all, weight: 1 mV, delay: {start: 1 ms, per_distance: 0.1 ms}");
        double[] b = [0, 1, 5];
        Assert.All(byDistance.Projections[0].Connections, c => Assert.Equal(1000 + (100 * Math.Abs((2 * c.Pre) - b[c.Post])), c.Delay));
    }

    [Fact]
    public void Delays_below_zero_are_refused()
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => Parse("a", "b", "all-to-all, weight: 1 mV, delay: {start: 10 us, per_pre: -10 us}"));
        Assert.Contains("cannot be negative", Assert.Single(error.Diagnostics).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sign_of_the_weights_chooses_the_receptor()
    {
        Assert.Equal(Receptor.Inhibitory, Parse("a", "b", "all-to-all, weight: -1 mV, delay: 1 ms").Projections[0].Receptor);
        Assert.Equal(Receptor.Excitatory, Parse("a", "b", "all-to-all, weight: 1 mV, delay: 1 ms").Projections[0].Receptor);
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => Parse("a", "b", "all-to-all, weight: 1 mV, receptor: inhibitory, delay: 1 ms"));
        Assert.Contains("minus sign", Assert.Single(error.Diagnostics).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_edges_are_read_and_their_mistakes_have_a_place_in_the_csv()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string csv = Path.Combine(folder, "edges.csv");
            string net = Path.Combine(folder, "net.yaml");
            File.WriteAllText(csv, "# comment\npre,post,weight,delay\n3,2,-1.5,0.25\n0,0,2,1\n");
            Network network = Parse("a", "b", "{csv: edges.csv}, receptor: excitatory", net);
            Assert.Equal([new Connection(3, 2, -1.5, 250), new Connection(0, 0, 2, 1000)], network.Projections[0].Connections);

            File.WriteAllText(csv, "pre,post,weight_mV,delay_us\n3,2,1.5,250\n");
            Assert.Equal([new Connection(3, 2, 1.5, 250)], Parse("a", "b", "{csv: edges.csv}", net).Projections[0].Connections);

            File.WriteAllText(csv, "pre,post,weight,delay\n3,2,1.5,1\n0,7,x,1\n0,0,1,2000\n");
            Diagnostic[] errors = Assert.Throws<NetworkFileException>(() => Parse("a", "b", "{csv: edges.csv}", net)).Diagnostics.ToArray();
            Assert.Equal([(3, 3), (3, 5), (4, 7)], errors.Select(e => (e.Line, e.Column)));
            Assert.All(errors, e => Assert.Equal(csv, e.File));

            File.WriteAllText(csv, "from,to\n0,1\n");
            Assert.Contains("header", Assert.Single(Assert.Throws<NetworkFileException>(() => Parse("a", "b", "{csv: edges.csv}", net))
                .Diagnostics).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_list_of_weights_must_fit_the_connector()
    {
        Assert.Equal([1, 2, 3, 4], Parse("a", "a", "one-to-one, weight: [1, 2, 3, 4], delay: 1 ms")
            .Projections[0].Connections.Select(c => c.Weight));
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Parse("a", "a", "one-to-one, weight: [1, 2], delay: 1 ms"));
        Assert.Contains("2 values for 4 synapses", Assert.Single(error.Diagnostics).Message, StringComparison.Ordinal);
    }
}
