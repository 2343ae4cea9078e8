// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

public sealed class InputTests
{
    private const string Template = """
        neuromcu: 1
        populations:
          stim: {model: input, size: 6}
          cells: {model: lif, size: 4, tau: 10 ms, threshold: 15 mV}
        inputs:
          - {to: POPULATION, INPUT}
        """;

    private static Network Parse(string population, string input, string path = "net.yaml")
    {
        return NetworkFile.Parse(
            Template.Replace("POPULATION", population, StringComparison.Ordinal).Replace("INPUT", input, StringComparison.Ordinal), path);
    }

    private static Diagnostic Error(string population, string input)
    {
        return Assert.Single(Assert.Throws<NetworkFileException>(() => Parse(population, input)).Diagnostics);
    }

    [Fact]
    public void Poisson_neurons_keep_their_seed_whatever_else_is_selected()
    {
        PoissonInput all = Assert.Single(Parse("stim", "poisson: {rate: 20 Hz, seed: 7}").PoissonInputs);
        Assert.Equal((0, 6, 7u, 50000), (all.First, all.Count, all.Seed, all.MeanInterval));
        PoissonInput[] some = Parse("stim", "poisson: {rate: 20 Hz, seed: 7, neurons: [1, 2, 5]}").PoissonInputs.ToArray();
        Assert.Equal([(1, 2, 7u), (5, 1, 9u)], some.Select(p => (p.First, p.Count, p.Seed)));
    }

    [Fact]
    public void Poisson_rates_may_differ_per_neuron()
    {
        PoissonInput[] inputs = Parse("stim", "poisson: {rate: [10 Hz, 20 Hz], seed: 3, neurons: {from: 2, to: 3}}")
            .PoissonInputs.ToArray();
        Assert.Equal([(2, 100000, 3u), (3, 50000, 4u)], inputs.Select(p => (p.First, p.MeanInterval, p.Seed)));
    }

    [Fact]
    public void Overlapping_seeds_are_warned_of()
    {
        string two = Template.Replace("POPULATION", "stim", StringComparison.Ordinal)
            .Replace("INPUT", "poisson: {rate: 20 Hz, seed: 7}", StringComparison.Ordinal)
            + "\n  - {to: stim, poisson: {rate: 20 Hz, seed: 9}}";
        Assert.Contains("not independent", Assert.Single(NetworkFile.Parse(two, "net.yaml").Warnings).Message, StringComparison.Ordinal);
        Assert.Empty(NetworkFile.Parse(two.Replace("seed: 9", "seed: 13", StringComparison.Ordinal), "net.yaml").Warnings);
    }

    [Fact]
    public void Drive_goes_to_membranes_and_spikes_to_inputs()
    {
        DriveInput drive = Assert.Single(Parse("cells", "dc: {amplitude: 20 mV, neurons: 2, start: 10 ms, stop: 20 ms}").Drives);
        Assert.Equal((2, 1, 20.0, 10000, 20000), (drive.First, drive.Count, drive.Amplitude, drive.Start, drive.Stop));
        Assert.Contains("no membrane", Error("stim", "dc: {amplitude: 20 mV}").Message, StringComparison.Ordinal);
        Assert.Contains("cannot be told", Error("cells", "poisson: {rate: 20 Hz}").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poisson: {rate: 20}", "write `20 Hz` or `20 kHz`")]
    [InlineData("poisson: {rate: 0 Hz}", "0.001 Hz")]
    [InlineData("poisson: {rat: 20 Hz}", "did you mean `rate`?")]
    [InlineData("poisson: {rate: 20 Hz, start: 2 s, stop: 1 s}", "after `start`")]
    [InlineData("spikes: [[0, 1 ms, 2]]", "[0, 5 ms]")]
    [InlineData("spikes: [[0, -1 ms]]", "from 0 ms")]
    [InlineData("spikes: 5", "begin each item with a hyphen")]
    [InlineData("spikes: [], poisson: {rate: 1 Hz}", "one list item per input")]
    [InlineData("csv: nothing.csv", "folder of the network file")]
    public void Mistakes_say_what_to_write(string input, string hint)
    {
        Assert.Contains(hint, Error("stim", input).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Recorded_spikes_can_be_played_back()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "s.csv"), "index,time_s,population\n5,0.002,stim\n1,0.001,other\n0,0.0015,stim\n");
            Network network = Parse("stim", "csv: s.csv", Path.Combine(folder, "net.yaml"));
            Assert.Equal([new StoredSpike(0, 1500), new StoredSpike(5, 2000)], network.StoredSpikes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_recording_needs_ears()
    {
        string text = Template.Replace("to: POPULATION, INPUT", "wav: net.yaml", StringComparison.Ordinal);
        Assert.Contains("no file", Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(text, "/nowhere/net.yaml"))
            .Diagnostics).Message, StringComparison.Ordinal);
        string here = Path.Combine(NetworkTexts.Examples(), "net.yaml");
        string sound = text.Replace("wav: net.yaml", "wav: first-network.yaml", StringComparison.Ordinal);
        Assert.Contains("hearing", Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(sound, here)).Diagnostics)
            .Message, StringComparison.Ordinal);
        Network network = NetworkFile.Parse(
            sound.Replace("  stim: {model: input, size: 6}", "  stim: {model: input, size: 6}\n  ear: {model: input, size: 6}",
                StringComparison.Ordinal)
                + "\nhearing: {left: stim, right: ear, sample_rate: 44.1 kHz, parameters: {lowest: 300 Hz, bands: [1, 2]}}\n",
            here);
        Assert.Equal(44100, network.Hearing!.SampleRate);
        Assert.Equal(["lowest", "bands"], network.Hearing.Settings.Select(s => s.Name));
        Assert.EndsWith("first-network.yaml", network.Sound!.Path, StringComparison.Ordinal);
    }
}
