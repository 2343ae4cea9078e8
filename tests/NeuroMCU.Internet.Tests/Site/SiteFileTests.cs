// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Site;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Tests.Site;

public sealed class SiteFileTests : IDisposable
{
    private const string Right = """
        neuromcu-site: 1
        name: padova
        hub: "127.0.0.1:5006"
        key: padova.key
        network: biological.yaml
        spikes: [{neuron: 256, population: bn}]
        arrivals: [{neuron: 256, population: epsp}]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-site-").FullName;

    public SiteFileTests()
    {
        foreach (string name in ShippedFiles.Names)
        {
            File.WriteAllText(Path.Combine(_folder, name), ShippedFiles.Text(name));
        }
    }

    [Theory]
    [InlineData("neuron: 256, population: epsp", "neuron: 256, population: bn",
        "7:38: arrivals[0].population: is `bn`, whose neurons fire by themselves; arrivals go into a population of `model: input`")]
    [InlineData("population: epsp", "population: epps", "7:38: arrivals[0].population: is `epps`, which is no population of ")]
    [InlineData("population: epsp", "population: excitation",
        "7:12: arrivals[0]: needs 8 neurons from 0 on, and `excitation` has 1; write `size: 8`: one neuron for each bit of the weight, "
        + "or `weight: ignore`")]
    [InlineData("population: epsp", "population: epsp, first: 1", "7:12: arrivals[0]: needs 8 neurons from 1 on, and `epsp` has 8")]
    [InlineData("population: bn}", "population: bn, index: 1}", "6:47: spikes[0].index: is `1`, out of range; write a number from 0 to 0")]
    [InlineData("population: bn}", "population: epsp}",
        "6:10: spikes[0]: the spikes of `epsp` are not recorded, so that none comes from the device; add the population to ")]
    [InlineData("127.0.0.1:5006", "127.0.0.1:0", "3:6: hub: is `127.0.0.1:0`, expected an address with a port")]
    [InlineData("key: padova.key", "kye: padova.key", "4:1: kye: unknown field `kye`; did you mean `key`?")]
    [InlineData("neuromcu-site: 1", "neuromcu-hub: 1", "1:1: begins with `neuromcu-hub` and not with `neuromcu-site`; read it with: neuromcu hub ")]
    [InlineData("biological.yaml", "none.yaml", "5:10: network: is `none.yaml`: there is no file ")]
    public void A_mistake_is_named_with_its_place_and_the_next_step(string right, string wrong, string message)
    {
        string path = Path.Combine(_folder, "site.yaml");
        SiteFile.Parse(Right, path, NoRecording);
        Assert.Contains(right, Right, StringComparison.Ordinal);
        NetworkFileException problem = Assert.Throws<NetworkFileException>(
            () => SiteFile.Parse(Right.Replace(right, wrong, StringComparison.Ordinal), path, NoRecording));
        Assert.Contains(problem.Diagnostics, d => d.ToString().Contains("site.yaml:" + message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("speed: 4", "speed: 400", "5:8: speed: is `400`, out of range")]
    [InlineData("speed: 4", "network: biological.yaml", "5:10: network: `network` has no effect here: a recording plays")]
    [InlineData("population: bn", "population: bm", "7:36: spikes[0].population: is `bm`, which is no population of "
        + "old.nwb; did you mean `bn`?")]
    public void A_recording_takes_the_place_of_a_device(string right, string wrong, string? message)
    {
        const string Text = """
            neuromcu-site: 1
            name: padova
            hub: "127.0.0.1:5006"
            key: padova.key
            speed: 4
            recording: old.nwb
            spikes: [{neuron: 256, population: bn, index: 1}]
            """;
        RunRecording recording = new()
        {
            Network = "old",
            RanOn = "somewhere",
            Duration = 10,
            Populations = [new RecordedPopulation("bn", 0, 2)],
            Spikes = SpikeRecord.Empty,
            Produced = 0,
        };
        string path = Path.Combine(_folder, "site.yaml");
        File.WriteAllText(Path.Combine(_folder, "old.nwb"), string.Empty);
        RunRecording Read(string file) => file == Path.Combine(_folder, "old.nwb") ? recording : throw new FileNotFoundException(file);
        if (message is null)
        {
            SiteRunPlan plan = SiteFile.Parse(Text, path, Read);
            Assert.Equal((recording, 4.0, 1), (plan.Recording, plan.Speed, plan.Spikes.Count));
            return;
        }

        NetworkFileException problem = Assert.Throws<NetworkFileException>(
            () => SiteFile.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), path, Read));
        Assert.Contains(problem.Diagnostics, d => d.ToString().Contains("site.yaml:" + message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_the_network_is_named_in_its_own_file()
    {
        File.WriteAllText(Path.Combine(_folder, "biological.yaml"), "neuromcu: 1\npopulations: {bn: {model: lif}}\n");
        File.WriteAllText(Path.Combine(_folder, "site.yaml"), Right);
        NetworkFileException problem = Assert.Throws<NetworkFileException>(
            () => SiteFile.Load(Path.Combine(_folder, "site.yaml"), NoRecording));
        Assert.All(problem.Diagnostics, d => Assert.EndsWith("biological.yaml", d.File, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zurich.yaml", 2, 1)]
    [InlineData("padova.yaml", 1, 1)]
    public void The_shipped_sites_are_right(string file, int spikes, int arrivals)
    {
        SiteRunPlan plan = SiteFile.Load(Path.Combine(_folder, file), NoRecording);
        Assert.Equal((spikes, arrivals), (plan.Spikes.Count, plan.Arrivals.Count));
    }

    private static RunRecording NoRecording(string path) => throw new NotSupportedException(path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
