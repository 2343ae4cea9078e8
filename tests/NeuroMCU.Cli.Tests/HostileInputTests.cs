// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Input that must not be taken for something else, and output that must not harm what is there.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public async Task A_crc_tells_one_image_from_another_and_is_the_same_everywhere()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string other = Chain.Text.Replace("delay: 5 ms", "delay: 6 ms", StringComparison.Ordinal);
        string one = (await CliRun.Of("compile", folder.File("a.yaml", Chain.Text), "--json")).Json.GetProperty("crc").GetString()!;
        string two = (await CliRun.Of("compile", folder.File("b.yaml", other), "--json")).Json.GetProperty("crc").GetString()!;
        Assert.NotEqual(one, two);
        Assert.Equal(one, (await CliRun.In(folder, "program", folder.File("a.yaml"), "--persist", "--json")).Json.GetProperty("crc")
            .GetString());
        Assert.Equal(one, (await CliRun.In(folder, "info", "--json")).Json.GetProperty("network").GetProperty("crc").GetString());
        Assert.Equal(two, (await CliRun.In(folder, "program", folder.File("b.yaml"), "--persist", "--json")).Json.GetProperty("crc")
            .GetString());
    }

    [Theory]
    [InlineData("compare", "x.yaml", "--require", "0,9")]
    [InlineData("render", "x.wav", "--azimuth", "2,5", "--out", "y.wav")]
    [InlineData("render", "x.wav", "--signal-to-noise", "1,000", "--out", "y.wav")]
    [InlineData("render", "x.wav", "--seed", "2,5", "--out", "y.wav")]
    [InlineData("calibrate", "--check", "--tolerance", "2,5")]
    [InlineData("virtual", "--port", "53,33")]
    [InlineData("info", "--board", "lui", "--board-seed", "2,5")]
    [InlineData("run", "FILE", "--for", "0,5 s")]
    [InlineData("sweep", "--currents", "2,5 uA")]
    [InlineData("sweep", "--currents", "30..2,5:1 uA")]
    [InlineData("sweep", "--settle", "2,5 ms")]
    [InlineData("calibrate", "--csv", "FILE", "--capacitance", "0,1 uF")]
    public async Task A_comma_in_a_number_is_refused_and_named(params string[] line)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("chain.yaml", Chain.Text);
        CliRun run = await CliRun.Of(Array.ConvertAll(line, word => word == "FILE" ? file : word));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("comma", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_of_circuits_are_written_as_in_network_files()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("c.yaml", Circuit), "--persist");
        CliRun set = await CliRun.In(folder, "weights", "set", "drive", "all", "all", "50 nC", "--json");
        Assert.Equal((50.0, "nC"), (Math.Round(set.Json.GetProperty("weight").GetDouble(), 1), set.Json.GetProperty("unit").GetString()));
        Assert.Equal(ExitCode.Usage, (await CliRun.In(folder, "weights", "set", "drive", "all", "all", "50")).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.In(folder, "weights", "set", "drive", "all", "all", "50 mV")).Code);
        CliRun large = await CliRun.In(folder, "weights", "set", "drive", "all", "all", "5 uC");
        Assert.Equal(ExitCode.NetworkWeight, large.Code);

        // What is advised can be written.
        string field = large.Error[large.Error.IndexOf("weight_limit:", StringComparison.Ordinal)..].Split('\'')[0];
        Assert.Equal(ExitCode.Ok,
            (await CliRun.Of("compile", folder.File("d.yaml",
                Circuit.Replace("weight: 100 nC", "weight: 100 nC, " + field, StringComparison.Ordinal)))).Code);
    }

    [Theory]
    [InlineData("compile", "chain.yaml", "-o", "chain.yaml")]
    [InlineData("compile", "chain.yaml", "-o", "sub/../chain.yaml")]
    [InlineData("run", "chain.yaml", "--out", ".")]
    [InlineData("compare", "chain.yaml", "--out", ".")]
    [InlineData("calibrate", "--csv", "f.html", "--out", "f.html")]
    public async Task No_output_replaces_an_input(params string[] line)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        folder.File("chain.yaml", Chain.Text.Replace("spikes: [[0, 10 ms], [0, 50 ms]]", "csv: spikes.csv", StringComparison.Ordinal));
        folder.File("spikes.csv", "index,time_s\n0,0.01\n0,0.05\n");
        folder.File("f.html", "current_uA,rate_Hz\n30,0\n50,20\n60,50\n70,80\n80,110\n");
        string[] before = Directory.GetFiles(folder.Path).Select(File.ReadAllText).ToArray();
        CliRun run = await CliRun.Of(Array.ConvertAll(line, word => word == "." || word.Contains('.', StringComparison.Ordinal)
            ? Path.Combine(folder.Path, word) : word));
        Assert.True(run.Code == ExitCode.Usage, run.Error + run.Out);
        Assert.Contains("would be overwritten", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder.Path).Select(File.ReadAllText).ToArray());
    }

    [Theory]
    [InlineData("run", "--out", "a.yaml2", "is a file, and --out names a folder")]
    [InlineData("run", "--report", "folder.html", "is a folder, and the output a file")]
    [InlineData("compare", "--out", "a.yaml2", "is a file, and --out names a folder")]
    [InlineData("compile", "-o", "folder", "is a folder, and the output a file")]
    public async Task A_file_for_a_folder_and_a_folder_for_a_file_are_refused_before_anything_runs(string verb, string option,
        string output, string reason)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        folder.File("a.yaml2", "what was there");
        Directory.CreateDirectory(folder.File("folder"));
        Directory.CreateDirectory(folder.File("folder.html"));
        CliRun run = await CliRun.Of(verb, folder.File("a.yaml", Chain.Text), option, folder.File(output));
        Assert.Equal((ExitCode.Usage, string.Empty), (run.Code, run.Out));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal("what was there", File.ReadAllText(folder.File("a.yaml2")));
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Results_that_nobody_can_write_down_are_an_error_on_the_other_stream(params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        StringWriter error = new StringWriter();
        CliEnvironment environment = new CliEnvironment
        {
            Out = new FullDisk(),
            Error = error,
            Virtual = new VirtualDeviceOptions { Profile = "ideal", Ephemeral = true },
            CalibrationFolder = folder.File("calibrations"),
        };
        ExitCode code = await Application.RunAsync(["run", folder.File("a.yaml", Chain.Text), "--fast", .. options], environment,
            TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.FileAccess, code);
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Write(char value) => throw new IOException("No space left on device");
    }

    [Fact]
    public async Task Nothing_that_is_printed_steers_the_terminal()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string named = Chain.Text.Replace("name: chain", "name: \"\\e[31m\\e]0;pwned\\a\\e[2Jnet\"", StringComparison.Ordinal);
        foreach (string[] line in new string[][]
        {
            ["run", folder.File("a.yaml", named), "--report", folder.File("a.html")],
            ["run", folder.File("a.yaml"), "--json"],
            ["compile", folder.File("a.yaml")],
            ["compare", folder.File("a.yaml")],
            ["compile", folder.File("b.yaml", Chain.Text.Replace("model: lif", "model: \"\\e[2J\\e]0;x\\a\"", StringComparison.Ordinal))],
        })
        {
            CliRun run = await CliRun.Of(line);
            Assert.DoesNotContain((run.Out + run.Error).ToCharArray(), c => char.IsControl(c) && c is not '\n');
        }

        Assert.DoesNotContain('\u001b', File.ReadAllText(folder.File("a.html")));
        CliRun deep = await CliRun.Of("compile", folder.File("deep.yaml", "neuromcu: 1\npopulations: " + new string('[', 200_000)));
        Assert.Equal(ExitCode.NetworkSyntax, deep.Code);
    }

    [Fact]
    public async Task Spikes_that_no_run_reaches_are_told_and_a_table_of_them_is_refused()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string table = folder.File("t.yaml", Chain.Text.Replace("spikes: [[0, 10 ms], [0, 50 ms]]", "csv: spikes.csv",
            StringComparison.Ordinal));
        folder.File("spikes.csv", "index,time_s\n0,10\n0,50\n");
        CliRun none = await CliRun.Of("run", table);
        Assert.Equal(ExitCode.NetworkFile, none.Code);
        Assert.Contains("2 spikes of 2", none.Error, StringComparison.Ordinal);
        Assert.Contains("time_ms", none.Error, StringComparison.Ordinal);
        CliRun longer = await CliRun.Of("run", table, "--for", "20 s", "--fast", "--json");
        Assert.Equal(ExitCode.Ok, longer.Code);
        Assert.Contains("1 spike of 2", longer.Error, StringComparison.Ordinal);
        CliRun inline = await CliRun.Of("run", folder.File("i.yaml", Chain.Text), "--for", "20 ms");
        Assert.Equal(ExitCode.Ok, inline.Code);
        Assert.Contains("1 spike of 2 for 'kick' come after the end of the run at 20 ms", inline.Error, StringComparison.Ordinal);

        // A run serves its last microsecond too.
        CliRun whole = await CliRun.Of("run", folder.File("i.yaml"), "--for", "50 ms", "--json");
        Assert.Equal(2, whole.Json.GetProperty("populations")[0].GetProperty("spikes").GetInt32());
        Assert.DoesNotContain("after the end", whole.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50", "the rate is the same at every current")]
    [InlineData("RATE kilo", "explains 0 % of their variance")]
    public async Task A_fit_that_explains_nothing_is_no_fit(string rate, string reason)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 20)
            .Select(k => $"{30 + (3 * k)},{(rate == "50" ? 50 : k < 4 ? 0 : 30 + (10 * k))}\n"));
        string file = folder.File("f.csv", $"current_uA,rate_{(rate == "50" ? "Hz" : "kHz")}\n" + rows);
        CliRun text = await CliRun.Of("calibrate", "--csv", file);
        CliRun json = await CliRun.Of("calibrate", "--csv", file, "--json");
        Assert.Equal((ExitCode.MeasuredData, ExitCode.MeasuredData), (text.Code, json.Code));
        Assert.Contains("the fit failed: " + (rate == "50" ? reason : string.Empty), text.Error, StringComparison.Ordinal);
        Assert.Contains(reason, json.Json.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    // What stands before the first spike: origin and populations.
    private const int HeadBytes = 4000;

    [Fact]
    public async Task A_served_device_that_dies_leaves_the_recording()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        VirtualServer server = new VirtualServer(new VirtualServerOptions
        {
            Device = new VirtualDeviceOptions { Name = Path.GetFileName(folder.Path), Profile = "ideal", Ephemeral = true },
            TcpPort = 0,
            KeyFile = folder.File("key"),
        });
        string text = Chain.Text.Replace("spikes: [[0, 10 ms], [0, 50 ms]]", "poisson: {rate: 200 Hz}", StringComparison.Ordinal);
        Task<CliRun> running = CliRun.With(
            new VirtualDeviceOptions(),
            CancellationToken.None,
            "run", folder.File("chain.yaml", text), "--for", "600 s", "--json", "--out", folder.File("out"), "--device", server.TcpAddress!,
            "--key-file", folder.File("key"));
        string growing = folder.File("out/spikes.partial.csv");
        while (!running.IsCompleted && !(File.Exists(growing) && new FileInfo(growing).Length > HeadBytes + 200))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // What has arrived is on disk while the run goes on.
        Assert.False(running.IsCompleted);
        await server.DisposeAsync();
        CliRun run = await running;
        Assert.True(run.Code == ExitCode.LinkLost, run.Error + run.Out);
        Assert.False(run.Json.GetProperty("complete").GetBoolean());
        Assert.Contains("what the device recorded after that is not here", run.Json.GetProperty("incomplete").GetString(),
            StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(folder.File("out/spikes.csv"));
        Assert.Equal(run.Json.GetProperty("spikes").GetInt32(), lines.Length - 2);
        Assert.StartsWith("# incomplete: ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(["report.html", "spikes.csv", "spikes.npz", "traces.csv"], Directory.GetFiles(folder.File("out"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private const string Circuit = """
        neuromcu: 1
        name: circuit
        duration: 100 ms
        populations:
          s: {model: input, size: 1}
          n: {model: thyristor, size: 2, receptors: {ampa: {tau: 10 ms}}, bias: 20 uA}
        projections:
          - {name: drive, from: s, to: n, connect: all-to-all, weight: 100 nC, delay: 1 ms, receptor: ampa}
        inputs:
          - {to: s, spikes: [[0, 10 ms]]}

        """;
}
