// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Networks.Tests.Reading;

/// <summary>Tables that a network file names, as other programs write them.</summary>
public sealed class TableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Edges => new(
        "pre,post,weight,delay\n0,0,20,1\n1,1,16.5,1.5\n",
        "\"pre\",\"post\",\"weight\",\"delay\"\n\"0\",\"0\",\"20\",\"1\"\n\"1\",\"1\",\"16.5\",\"1.5\"\n",
        "Pre;Post;Weight;Delay\r0;0;20;1\r1;1;16,5;1,5\r",
        "pre\tpost\tweight_mV\tdelay_us\n0\t0\t20\t1000\n1\t1\t16.5\t1500\n",
        "delay,weight,post,pre\n1,20,0,0\n1.5,16.5,1,1\n",
        ",pre,post,weight,delay\n0,0,0,20,1\n1,1,1,16.5,1.5\n",
        "pre,post,weight,delay,\n0,0,20,1,\n1,1,16.5,1.5,\n,,,,\n",
        "pre, post, weight, delay\n0, 0, 20, 1 # strong\n1, 1, 16.5, 1.5\n",
        "# columns = [\"i\", \"j\", \"weight\", \"delay\"]\n0\t0\t20.0\t1.0\n1\t1\t16.5\t1.5\n",
        "# pre post weight delay\n0.000e+00 0.000e+00 2.000e+01 1.000e+00\n1.000e+00 1.000e+00 1.650e+01 1.500e+00\n",
        "  # made by me\n\npre,post,weight,delay\n0,0,\"20\",\"1\"\n1,1,\"16,5\",\"1,5\"\n",
        "pre,post,weight,delay\n0,0,20 mV,1 ms\n1,1,16500 uV,1.5 ms\n");

    [Theory]
    [MemberData(nameof(Edges))]
    public void An_edge_list_is_the_same_network_whatever_program_wrote_it(string text)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode,
            Encoding.BigEndianUnicode })
        {
            File.WriteAllText(Of("edges.csv"), text, encoding);
            Network network = NetworkFile.Parse(EdgeNetwork, Of("net.yaml"));
            Assert.Equal([new Connection(0, 0, 20, 1000), new Connection(1, 1, 16.5, 1500)], network.Projections[0].Connections);
            Assert.Empty(network.Warnings);
        }
    }

    [Theory]
    [InlineData("0,0,20,1\n1,1,20,1\n", 1, "there is no header line")]
    [InlineData("pre,post,weight,weight_mV,delay\n0,0,20,20,1\n", 1, "names `weight` 2 times")]
    [InlineData("pre,post,wieght,delay\n0,0,20,1\n", 1, "there is no column `wieght`")]
    [InlineData("pre,post,weight,delay\n", 8, "without a row")]
    [InlineData("x\npre,post,weight,delay\n1,1,20,1\n\n4,4,20,1\n", 5, "expected an index from 0 to 3")]
    [InlineData("pre,post,weight,delay\n0,-1,20,1\n", 2, "expected an index from 0 to 3")]
    [InlineData("pre,post,weight,delay\n0,1.5,20,1\n", 2, "expected an index from 0 to 3")]
    [InlineData("pre,post,weight,delay\n0,0,nan,1\n", 2, "expected a number")]
    [InlineData("pre,post,weight,delay\n0,0,20,1,5\n", 2, "has 5 cells, the header 4")]
    [InlineData("pre,post,weight,delay\n0,0,20,-1\n", 2, "expected a delay from 0 to 1 s")]
    [InlineData("pre,post,weight,delay\n0,0,20,1\n\0\0\n", 3, "is no text")]
    public void A_mistake_has_its_line_and_the_dialect_that_was_found(string text, int line, string message)
    {
        File.WriteAllText(Of("edges.csv"), text);
        Diagnostic first = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(EdgeNetwork, Of("net.yaml"))).Diagnostics[0];
        Assert.Contains(message, first.Message, StringComparison.Ordinal);
        Assert.Equal(line, first.Line);
        if (line is > 1 and < 8 && !message.Contains("text", StringComparison.Ordinal))
        {
            Assert.Contains("cells parted by commas, decimal point, UTF-8", first.Hint, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1,1,20,1\n4,4,20,1", "take 1 off all of its `pre`")]
    [InlineData("4,0,20,1", "correct the cell")]
    [InlineData("1,-1,20,1\n4,2,20,1", "correct the cell")]
    public void A_table_that_counts_from_one_is_known_by_all_of_its_indices(string edges, string hint)
    {
        File.WriteAllText(Of("edges.csv"), "pre,post,weight,delay\n" + edges + "\n");
        IReadOnlyList<Diagnostic> problems = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(EdgeNetwork, Of("net.yaml")))
            .Diagnostics;
        Assert.Contains(hint, problems[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_findings_are_listed_and_the_others_counted()
    {
        Assert.Equal(10, Listing.Of([.. Enumerable.Range(0, 10)], "there").Count());
        string[] eleven = [.. Listing.Of([.. Enumerable.Range(0, 12)], "there")];
        Assert.Equal((11, "9", "and 2 more like these: there"), (eleven.Length, eleven[9], eleven[10]));
    }

    [Fact]
    public void A_delay_that_rounds_to_zero_from_below_is_zero()
    {
        File.WriteAllText(Of("edges.csv"), "pre,post,weight,delay\n0,0,20,-1e-12\n");
        Assert.Equal(0, NetworkFile.Parse(EdgeNetwork, Of("net.yaml")).Projections[0].Connections[0].Delay);
    }

    [Fact]
    public void A_delay_or_weight_that_the_table_overrides_is_told()
    {
        File.WriteAllText(Of("edges.csv"), "pre,post,weight,delay\n0,0,20,1\n");
        Network network = NetworkFile.Parse(EdgeNetwork.Replace("edges.csv}", "edges.csv}, weight: 3 mV, delay: 9 ms",
            StringComparison.Ordinal), Of("net.yaml"));
        Assert.Equal(2, network.Warnings.Count(w => w.Message.Contains("has no effect", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("index,time_s\n0,0.01\n1,0.02\n")]
    [InlineData("index;time_s\n0;0,01\n1;0,02\n")]
    [InlineData("Index\tTime (ms)\n0\t10\n1\t20\n")]
    [InlineData("neuron,time_us,population\n0,10000,s\n1,20000,\"s\"\n")]
    [InlineData("index,time_s\n1,0.02 s\n0,10 ms\n")]
    public void Spikes_are_the_same_whatever_program_wrote_them(string text)
    {
        Assert.Equal([new StoredSpike(0, 10_000), new StoredSpike(1, 20_000)], Spikes(text).StoredSpikes);
    }

    [Theory]
    [InlineData("index,time_s,population\n0,0.01,S\n", "no row is for `s`: its populations are `S`", "case counts")]
    [InlineData("index,time_s,population\n0,0.01,stim\n0,0.02,c\n", "its populations are `stim`, `c`", "correct the names")]
    [InlineData("index,time_s,time_s\n0,0.01,0.02\n", "names `time` 2 times", "keep one")]
    [InlineData("index,time\n0,0.01\n", "`time` names no unit", "time_ms")]
    [InlineData("index,time_s\n0,-0.01\n", "expected a time from 0 to 2147 s", "correct the cell")]
    [InlineData("index,time_s\n0,2147.5\n", "expected a time from 0 to 2147 s", "correct the cell")]
    public void Spikes_that_would_be_dropped_are_refused(string text, string message, string hint)
    {
        Diagnostic problem = Assert.Single(Assert.Throws<NetworkFileException>(() => Spikes(text)).Diagnostics);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_of_a_spike_table_is_not_as_it_was_written_is_told()
    {
        Network fine = Spikes("index,time_s\n0,0.0100001\n0,0.0100004\n0,0.0100006\n");
        Assert.Equal(["3 of 3 times are no whole microseconds: they were rounded by up to 0.4 us",
            "gives 1 of 3 spikes at a microsecond at which the same neuron fires already: each one counts"],
            fine.Warnings.Select(w => w.Message));
        Assert.Contains("gives 2 of 5 spikes", Assert.Single(Spikes("index,time_s\n0,0.05\n0,0.01\n0,0.01\n0,0.01\n1,-1e-12\n").Warnings)
            .Message, StringComparison.Ordinal);
        Assert.Empty(Spikes("index,time_s\n0,0.05\n0,0.01\n1,0.01\n1,-1e-12\n").Warnings);
        Assert.Contains("not used: unit", Assert.Single(Spikes("index,time_s,unit\n0,0.01,3\n").Warnings).Message,
            StringComparison.Ordinal);
        Assert.Contains("2 rows for populations that this network does not have: `x`",
            Assert.Single(Spikes("index,time_s,population\n0,0.01,s\n0,0.01,x\n0,0.02,x\n0,0.03,c\n").Warnings).Message,
            StringComparison.Ordinal);
        Assert.Contains("stays silent", Assert.Single(Spikes("index,time_s\n").Warnings).Message, StringComparison.Ordinal);
        SpikeInput input = Assert.Single(Spikes("index,time_s\n0,10\n1,20\n2,35\n").SpikeInputs);
        Assert.Equal((3, 2, 1, 0), (input.CountAfter(100_000), input.CountAfter(19_999_999), input.CountAfter(20_000_000),
            input.CountAfter(35_000_000)));
    }

    [Fact]
    public void Times_that_become_another_value_are_told()
    {
        string text = EdgeNetwork.Replace("connect: {csv: edges.csv}", "connect: one-to-one, weight: 20 mV, delay: 0.4 us",
            StringComparison.Ordinal)
            .Replace("threshold: 15 mV", "threshold: 15 mV, refractory: 1.4 us", StringComparison.Ordinal);
        Assert.Equal(["is 1.4 us, which becomes 1 us", "is 0.4 us, which becomes 0 us"], NetworkFile.Parse(text, Of("net.yaml"))
            .Warnings.Select(w => w.Message));
        string[] Told(string delay) => [.. NetworkFile.Parse(text.Replace("0.4 us", delay, StringComparison.Ordinal)
            .Replace("1.4 us", "2.3 ms", StringComparison.Ordinal), Of("net.yaml")).Warnings.Select(w => w.Message)];

        // What is written counts to its last digit; what is drawn or computed is off by half a microsecond as a matter of course.
        Assert.Equal(["is 1000000.1 us, which becomes 1000000 us"], Told("1000.0001 ms"));
        Assert.Equal(["is 10000.4 us, which becomes 10000 us"], Told("[2 ms, 10.0004 ms, 3 ms, 4 ms]"));
        Assert.Empty(Told("{uniform: [1 ms, 20 ms]}"));
        Assert.Empty(Told("0.0023 s"));
    }

    [Fact]
    public void Depth_and_unfolding_are_bounded()
    {
        Diagnostic deep =
            Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse("neuromcu: 1\npopulations: "
                + new string('[', 200_000), "net.yaml")).Diagnostics);
        Assert.Equal((DiagnosticKind.Syntax, 2), (deep.Kind, deep.Line));
        string bomb = "a0: &a0 [1,1]\n" + string.Concat(Enumerable.Range(1, 30).Select(k => $"a{k}: &a{k} [*a{k - 1},*a{k - 1}]\n"));
        Assert.Contains("unfold", Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(bomb, "net.yaml")).Diagnostics)
            .Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 ns", "write `0.5 us`")]
    [InlineData("20 msec", "write `20 ms`")]
    [InlineData("0.0001 min", "write `0.006 s`")]
    [InlineData("20_000 us", "write `20000 us`")]
    [InlineData("\u22125 ms", "hyphen of the keyboard")]
    [InlineData("'0,02 s'", "decimal point")]
    public void A_quantity_of_elsewhere_is_refused_with_how_to_write_it(string tau, string hint)
    {
        string text = EdgeNetwork.Replace("tau: 20 ms", "tau: " + tau, StringComparison.Ordinal)
            .Replace("connect: {csv: edges.csv}", "connect: one-to-one, weight: 20 mV, delay: 1 ms", StringComparison.Ordinal);
        Assert.Contains(hint, Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(text, Of("net.yaml"))).Diagnostics[0].Hint,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string EdgeNetwork = """
        neuromcu: 1
        duration: 100 ms
        populations:
          s: {model: input, size: 4}
          c: {model: lif, size: 4, tau: 20 ms, rest: 0 mV, threshold: 15 mV}
        projections:
          # one edge list
          - {from: s, to: c, connect: {csv: edges.csv}}
        """;

    private string Of(string name) => Path.Combine(_folder, name);

    private Network Spikes(string text)
    {
        File.WriteAllText(Of("spikes.csv"), text);
        string network = EdgeNetwork[..EdgeNetwork.IndexOf("projections", StringComparison.Ordinal)]
            + "inputs:\n  - {to: s, csv: spikes.csv}\n";
        return NetworkFile.Parse(network, Of("net.yaml"));
    }
}
