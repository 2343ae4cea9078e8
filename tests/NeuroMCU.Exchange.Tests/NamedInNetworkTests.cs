// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Compiler;
using NeuroMCU.Exchange.Named;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Exchange.Sonata;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

/// <summary>Files of other programs that a network file names, instead of being imported first.</summary>
public sealed class NamedInNetworkTests : IDisposable
{
    private readonly NirFiles _files = new();

    public NamedInNetworkTests() => ForeignFiles.Register();

    public static TheoryData<string> Endings => RecordingFileTests.Endings;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("run.npz", "neuromcu report")]
    [InlineData("RUN.NWB", "recording: RUN.NWB")]
    [InlineData("run.csv", "neuromcu report")]
    [InlineData("sound.wav", "neuromcu locate")]
    [InlineData("picture.png", "neuromcu: 1")]
    public void A_file_that_is_no_network_is_called_what_it_is(string name, string next)
    {
        string file = _files.Path(name);
        File.WriteAllBytes(file, [0x50, 0x4b, 0, 1, 0xff, (byte)'{']);

        Diagnostic said = Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Load(file)).Diagnostics);

        Assert.Contains(next, said.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("document end", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_NIR_file_in_a_network_gives_the_image_of_its_import()
    {
        string path = Two();
        NirImport import = NirImport.Read(path, "two", new NirOptions { SubtractReset = true, Duration = 7000 });
        foreach ((string table, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(table))!);
            File.WriteAllText(_files.Path(table), text);
        }

        byte[] image = NetworkCompiler.Compile(NetworkFile.Parse(import.Text, _files.Path("two.yaml"))).Image;
        Network named = Parse("name: two\nduration: 7 ms\nimport: {file: two.nir, reset: subtract}");
        Assert.Equal(image, NetworkCompiler.Compile(named).Image);
        Assert.Contains(named.Warnings, w => w.Line == 4 && w.Message.Contains("one step later", StringComparison.Ordinal));
        Assert.NotEqual(image, NetworkCompiler.Compile(Parse("name: two\nduration: 7 ms\nimport: two.nir")).Image);
    }

    [Fact]
    public void What_stands_in_the_file_comes_first_and_reaches_what_it_imports()
    {
        Two();
        Network network = Parse("""
            import: two.nir
            step: 0.2 ms
            populations:
              mine: {model: input, size: 3}
            projections:
              - {from: mine, to: cells, receptor: x, connect: all-to-all, weight: 0.5, delay: 1 ms}
            inputs:
              - {to: mine, spikes: [[0, 5 ms]]}
            """, new NetworkSetting("populations.cells.v_threshold", "7"));
        Assert.Equal(["mine", "input", "cells", "last"], network.Populations.Select(p => p.Name));
        Assert.Equal(["mine->cells", "input->cells", "cells->last"], network.Projections.Select(p => p.Name));
        Assert.Equal(200, network.Step);
        Assert.Equal([7.0], network.Populations[2].Equations!.Values("v_threshold"));
    }

    [Fact]
    public void A_SONATA_circuit_in_a_network_gives_the_image_of_its_import()
    {
        string config = Circuit();
        SonataImport import = SonataImport.Read(config, "again");
        foreach ((string table, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(table))!);
            File.WriteAllText(_files.Path(table), text);
        }

        Network named = Parse("name: again\nimport: circuit.json");
        Assert.Equal(NetworkCompiler.Compile(NetworkFile.Parse(import.Text, _files.Path("again.yaml"))).Image,
            NetworkCompiler.Compile(named).Image);

        // All that it was read from is known: a recording says which files they were.
        Assert.All(Directory.GetFiles(_files.Path("circuit")), file => Assert.Contains(file, named.FilesRead));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_recording_of_any_format_plays_to_a_population(string ending)
    {
        RunRecording run = RecordingFileTests.Make([2, 3, 1], [(1000, 2), (2500, 4), (7001, 0)]);
        string path = _files.Path("run" + ending);
        using (FileStream stream = File.Create(path))
        {
            RecordingFile.Write(path, run, DateTimeOffset.UnixEpoch, stream);
        }

        Network network = Parse("populations: {cells: {model: input, size: 4}}\n"
            + "inputs: [{to: cells, recording: {file: run" + ending + ", population: p1}}]");
        Assert.Equal([new StoredSpike(0, 1000), new StoredSpike(2, 2500)], network.StoredSpikes);
    }

    [Theory]
    [InlineData("import: cut.nir", "2:9: import: cannot be used: ", "cut off")]
    [InlineData("import: none.nir", "2:9: import: cannot read `none.nir`", "no such file")]
    [InlineData("import: {file: circuit.json, reset: value}", "2:16: import.file: ", "says `decay` and `reset` itself")]
    [InlineData("import: {file: two.nir, decay: half}", "2:32: import.decay: is `half`", "`euler` or `exact`")]
    [InlineData("import: two.nir\npopulations:\n  cells: {model: input, size: 1}", "4:3: populations.cells: ", "`import`")]
    [InlineData("import: two.nir\ninputs: [{to: input, recording: run.npz}]", "3:33: inputs[0].recording: ", "p0, p1")]
    [InlineData("import: two.nir\ninputs: [{to: input, recording: {file: run.npz, population: p1}}]", "3:40: inputs[0].recording.file: ",
        "neuron 4 of `p1`")]
    public void What_cannot_be_used_is_named_with_its_place(string text, string place, string says)
    {
        File.WriteAllBytes(_files.Path("cut.nir"), File.ReadAllBytes(Two())[..900]);
        Circuit();
        using (FileStream stream = File.Create(_files.Path("run.npz")))
        {
            RecordingFile.Write("run.npz", RecordingFileTests.Make([2, 5], [(1, 6)]), DateTimeOffset.UnixEpoch, stream);
        }

        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Parse(text));
        Assert.Contains("net.yaml:" + place, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_NIR_file_runs_as_it_is_and_a_repetition_sees_that_it_changed()
    {
        string path = Two();
        (ExitCode code, _, string error) = await Program.Run("run", path, "--fast", "--for", "5ms", "--out", _files.Path("run.npz"));
        Assert.True(code == ExitCode.Ok, error);
        Assert.Equal(ExitCode.Ok, (await Program.Run("repeat", _files.Path("run.npz"))).Code);
        Two(weight: 0.25f);
        Assert.Equal(ExitCode.CheckFailed, (await Program.Run("repeat", _files.Path("run.npz"))).Code);
    }

    private Network Parse(string text, params NetworkSetting[] settings) =>
        NetworkFile.Parse("neuromcu: 1\n" + text, _files.Path("net.yaml"), settings);

    private string Two(float weight = 0.75f)
    {
        double[] All(double value) => [value, value];
        PureHDF.H5Group Cells() => NirFiles.Node("LIF", ("tau", All(1e-3)), ("r", All(10)), ("v_leak", All(0)), ("v_threshold", All(1)));
        return _files.Write("two.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 2 }))),
                ("fc", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([weight, 0, 0.5f, 1], 2, 2)))), ("cells", Cells()),
                ("fc2", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([1, 0.1f, 0, weight], 2, 2)))), ("last", Cells()),
                ("output", NirFiles.Node("Output", ("shape", new long[] { 2 })))],
            ("input", "fc"), ("fc", "cells"), ("cells", "fc2"), ("fc2", "last"), ("last", "output")));
    }

    private string Circuit()
    {
        Network network = Parse("""
            populations:
              in: {model: input, size: 2}
              cells: {model: lif, size: 3, tau: 20 ms, rest: -65 mV, threshold: -50 mV}
            projections: [{from: in, to: cells, connect: all-to-all, weight: 8 mV, delay: 1 ms}]
            """);
        foreach ((string path, byte[] content) in SonataExport.Of(network, "circuit").Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(path))!);
            File.WriteAllBytes(_files.Path(path), content);
        }

        return _files.Path("circuit.json");
    }
}
