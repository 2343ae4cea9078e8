// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

public sealed class NetworkFileTests
{
    [Fact]
    public void Everything_in_a_good_file_arrives_in_base_units()
    {
        Network network = NetworkTexts.Parse(NetworkTexts.Good);
        Assert.Equal("good", network.Name);
        Assert.Equal(100, network.Step);
        Assert.Equal(6, network.NeuronCount);
        Population cells = network.Populations[1];
        Assert.Equal(3, cells.FirstNeuron);
        Assert.Equal("mV", cells.MembraneUnit);
        Assert.Equal(-65, cells.Lif!.Rest);
        Assert.Equal(20000, cells.Lif!.Tau.At(2));
        Assert.Equal(-50, cells.Lif!.Threshold.At(1));
        Assert.Equal(-70, cells.Lif!.Reset.At(0));
        Assert.Equal(-65, cells.Lif!.Initial.At(0));
        Assert.Equal(2000, cells.Lif!.Refractory.At(0));
        Assert.Equal([new Connection(0, 0, 16, 1500), new Connection(1, 1, 16, 1500), new Connection(2, 2, 16, 1500)],
            network.Projections[0].Connections);
        Assert.Equal([new StoredSpike(0, 5000), new StoredSpike(2, 7500)], network.StoredSpikes);
        Assert.Equal([0, 2], network.Traces.Select(t => t.Neuron));
        Assert.All(network.Populations, p => Assert.True(p.Recorded));
    }

    [Theory]
    [InlineData("size: 3\n    tau: 20 ms", "size: 3\n    tua: 20 ms", 12, 5, "populations.cells.tua", "did you mean `tau`?")]
    [InlineData("tau: 20 ms", "tau: 20", 12, 10, "populations.cells.tau", "write `20 ms` or `20 us`")]
    [InlineData("tau: 20 ms", "tau: 20 mS", 12, 10, "populations.cells.tau", "did you mean `20 ms`?")]
    [InlineData("tau: 20 ms", "tau: 20 mV", 12, 10, "populations.cells.tau", "write a time such as `20 ms`")]
    [InlineData("tau: 20 ms", "tau: fast", 12, 10, "populations.cells.tau", "write a number with its unit, such as `20 ms`")]
    [InlineData("tau: 20 ms", "tau: [20 ms, 21 ms]", 12, 10, "populations.cells.tau", "write 3 values, or one for all")]
    [InlineData("tau: 20 ms", "tau: 1 us", 12, 10, "populations.cells.tau", "write a time constant from 2 us to 10 s")]
    [InlineData("threshold: -50 mV", "threshold: -50", 14, 16, "populations.cells.threshold", "mV")]
    [InlineData("reset: -70 mV", "reset: -50 mV", 15, 12, "populations.cells.reset", "raise `threshold`")]
    [InlineData("model: lif", "model: no-such-model", 10, 12, "populations.cells.model", "lif")]
    [InlineData("model: lif", "model: life", 10, 12, "populations.cells.model", "did you mean `lif`?")]
    [InlineData("from: stim", "from: stin", 19, 11, "projections[0].from", "did you mean `stim`?")]
    [InlineData("to: cells", "to: stim", 20, 9, "projections[0].to", "connect to a population of another model")]
    [InlineData("connect: one-to-one", "connect: one-2-one", 21, 14, "projections[0].connect", "did you mean `one-to-one`?")]
    [InlineData("connect: one-to-one", "connect: {probability: 1.5}", 21, 28, "projections[0].connect.probability", "from 0 to 1")]
    [InlineData("weight: 16 mV", "weight: 16", 22, 13, "projections[0].weight", "write `16 mV`")]
    [InlineData("delay: 1.5 ms", "delay: 1.5 s", 23, 12, "projections[0].delay", "the longest delay is 1 s")]
    [InlineData("delay: 1.5 ms", "delay: -1 ms", 23, 12, "projections[0].delay", "cannot be negative")]
    [InlineData("    delay: 1.5 ms\n", "", 18, 5, "projections[0]", "add `delay: 1 ms`")]
    [InlineData("to: stim\n    spikes", "to: cells\n    spikes", 25, 9, "inputs[0].to", "`model: input`")]
    [InlineData("[2, 7.5 ms]", "[3, 7.5 ms]", 26, 26, "inputs[0].spikes[1][0]", "write an index from 0 to 2")]
    [InlineData("neurons: [0, 2]", "neurons: [0, 9]", 30, 40, "record.traces[0].neurons[1]", "write an index from 0 to 2")]
    [InlineData("step: 0.1 ms", "step: 1 us", 3, 7, "step", "from 10 us to 100 ms")]
    [InlineData("neuromcu: 1", "neuromcu: 2", 1, 11, "neuromcu", "update NeuroMCU")]
    [InlineData("size: 3\n    tau", "size: 5000\n    tau", 11, 11, "populations.cells.size", "from 1 to 4096")]
    public void One_mistake_gives_one_finding_with_place_and_advice(string old, string replacement, int line, int column, string path,
        string hint)
    {
        Diagnostic error = NetworkTexts.OnlyError(NetworkTexts.With(old, replacement));
        Assert.Equal("net.yaml", error.File);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Equal(path, error.Path);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_in_the_order_of_the_file()
    {
        string text = NetworkTexts.Good
            .Replace("tau: 20 ms", "tau: 20", StringComparison.Ordinal)
            .Replace("refractory: 2 ms", "refractry: 2 ms", StringComparison.Ordinal)
            .Replace("delay: 1.5 ms", "delay: 1.5", StringComparison.Ordinal)
            .Replace("[2, 7.5 ms]", "[2, 7.5 mV]", StringComparison.Ordinal);
        int[] lines = NetworkTexts.Errors(text).Select(e => e.Line).ToArray();
        Assert.Equal([12, 16], lines.Take(2));

        // What depends on the broken population is not reported as well; what does not, is.
        Assert.Contains(26, lines);
        Assert.Equal(lines.Order(), lines);
    }

    [Fact]
    public void A_misspelt_field_is_reported_once_and_not_as_missing_too()
    {
        Diagnostic error = NetworkTexts.OnlyError(NetworkTexts.With("threshold: -50 mV", "treshold: -50 mV"));
        Assert.Equal("did you mean `threshold`?", error.Hint);
    }

    [Fact]
    public void A_field_of_another_model_says_why_it_has_no_effect()
    {
        Diagnostic error = NetworkTexts.OnlyError(NetworkTexts.With("model: input\n    size: 3",
            "model: input\n    size: 3\n    tau: 1 ms"));
        Assert.Equal("populations.stim.tau", error.Path);
        Assert.Contains("no effect", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("populations: [", "is not YAML")]
    [InlineData("neuromcu: 1\n\tname: x", "is not YAML")]
    [InlineData("neuromcu: 1\nname: a\nname: b", "`name` stands twice")]
    [InlineData("", "is empty")]
    [InlineData("neurmcu: 1\npopulations: {}", "is no network file")]
    [InlineData("a: 1\n---\nb: 2", "holds more than one document")]
    [InlineData("just text", "expected a network")]
    [InlineData("- 1\n- 2", "expected a network")]
    public void What_is_no_network_is_refused_with_a_place(string text, string message)
    {
        Diagnostic error = NetworkTexts.OnlyError(text);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line >= 1);
    }

    [Fact]
    public void A_tab_is_named_where_it_stands()
    {
        Diagnostic error = NetworkTexts.OnlyError("neuromcu: 1\npopulations:\n  a: 1\n \tb: 2");
        Assert.Equal((4, 2), (error.Line, error.Column));
    }

    [Fact]
    public void A_folder_is_no_network_file()
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Load(Path.GetTempPath()));
        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_so()
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Load("/nowhere/net.yaml"));
        Assert.Contains("cannot be read", Assert.Single(error.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Membrane_quantities_of_a_population_must_agree()
    {
        Diagnostic error = NetworkTexts.OnlyError(NetworkTexts.With("rest: -65 mV", "rest: -65"));
        Assert.Equal("populations.cells.rest", error.Path);
    }

    [Fact]
    public void Distributions_depend_on_seed_and_place_only()
    {
        string drawn = NetworkTexts.With("tau: 20 ms", "tau: {uniform: [10 ms, 20 ms]}");
        double[] first = NetworkTexts.Parse(drawn).Populations[1].Lif!.Tau.Values.ToArray();
        double[] again = NetworkTexts.Parse(drawn.Replace("model: input\n    size: 3", "model: input\n    size: 9",
            StringComparison.Ordinal)
            .Replace("connect: one-to-one", "connect: all-to-all", StringComparison.Ordinal)).Populations[1].Lif!.Tau.Values.ToArray();
        double[] other = NetworkTexts.Parse(drawn.Replace("seed: 5", "seed: 6", StringComparison.Ordinal))
            .Populations[1].Lif!.Tau.Values.ToArray();
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.All(first, t => Assert.InRange(t, 10000, 20000));
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public void A_diagnostic_prints_as_editors_link_it()
    {
        Diagnostic error = NetworkTexts.OnlyError(NetworkTexts.With("tau: 20 ms", "tau: 20"));
        Assert.StartsWith("net.yaml:12:10: populations.cells.tau: is `20`", error.ToString(), StringComparison.Ordinal);
    }
}
