// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Compression;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Verbs on the virtual bench inside the process.</summary>
public sealed class DeviceVerbTests
{
    private const string Deep = """
        neuromcu: 1
        duration: 40 ms
        populations:
          i: {model: input, size: 4}
          deep: {model: lif, size: 1, tau: 20 ms, threshold: 1.0}
        projections:
          - {from: i, to: deep, connect: all-to-all, weight: -20000, delay: 1 ms}
        inputs:
          - {to: i, spikes: [[0, 5 ms], [1, 5 ms], [2, 5 ms], [3, 5 ms]]}
        """;

    [Fact]
    public async Task Compile_says_what_the_network_takes()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Golden.Check("compile", await CliRun.Of("compile", folder.File("chain.yaml", Chain.Text), "-o", folder.File("chain.img")), folder);
        CliRun json = await CliRun.Of("compile", folder.File("chain.yaml"), "--json");
        Assert.Equal("neuromcu.compile/1", json.Json.GetProperty("schema").GetString());
        Assert.Equal(new FileInfo(folder.File("chain.img")).Length, json.Json.GetProperty("image_bytes").GetInt64());
        Assert.Equal(["chain.img", "chain.yaml"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Run_draws_the_spikes_and_accounts_for_them()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Golden.Check("run", await CliRun.Of("run", folder.File("chain.yaml", Chain.Text), "--out", folder.File("out")), folder);
        string[] csv = File.ReadAllLines(folder.File("out/spikes.csv"));
        Assert.Equal("index,time_s,population", csv[0]);
        Assert.Equal(
            ["0,0.010000,kick", "0,0.011000,chain", "1,0.016000,chain", "2,0.021000,chain", "0,0.050000,kick", "0,0.051000,chain",
                "1,0.056000,chain", "2,0.061000,chain"],
            csv[1..]);
        using FileStream npz = File.OpenRead(folder.File("out/spikes.npz"));
        RunRecording back = RecordingNpz.Read(npz);
        Assert.Equal(8, back.Spikes.Count);
        Assert.Equal("mV", back.Traces[0].Unit);
        Assert.Equal(-65.0, back.Traces[0].Values[0], 5);
        Assert.EndsWith("</html>\n", File.ReadAllText(folder.File("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_as_json_is_one_document_and_messages_stay_off_it()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("chain.yaml", Chain.Text), "--for", "60 ms", "--json", "--report",
            folder.File("r.html"));
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonElement json = run.Json;
        Assert.Equal("neuromcu.run/1", json.GetProperty("schema").GetString());
        Assert.Equal(7, json.GetProperty("spikes").GetInt32());
        Assert.Equal(0, json.GetProperty("lost_spikes").GetInt32());
        Assert.Equal(0.06, json.GetProperty("duration_s").GetDouble(), 9);
        Assert.Contains("wrote", run.Error, StringComparison.Ordinal);
        CliRun quiet = await CliRun.Of("run", folder.File("chain.yaml"), "--json", "--quiet", "--report", folder.File("r.html"));
        Assert.Empty(quiet.Error);
    }

    [Fact]
    public async Task Values_beyond_the_range_are_told_by_every_verb_that_meets_them()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("deep.yaml", Deep);
        CliRun compile = await CliRun.Of("compile", file);
        Assert.Equal(ExitCode.Ok, compile.Code);
        Assert.Contains("`deep` can go", compile.Error, StringComparison.Ordinal);
        Assert.Contains("give `deep` a `floor`", compile.Error, StringComparison.Ordinal);

        CliRun run = await CliRun.Of("run", file, "--report", folder.File("r.html"));
        Assert.Equal(ExitCode.Saturated, run.Code);
        Assert.Contains("values of deep (once) were cut off", run.Out, StringComparison.Ordinal);
        Assert.Contains("values of deep (once) were cut off", File.ReadAllText(folder.File("r.html")), StringComparison.Ordinal);
        JsonElement told = (await CliRun.Of("run", file, "--json")).Json.GetProperty("saturations")[0];
        Assert.Equal(("deep", 1), (told.GetProperty("population").GetString(), told.GetProperty("count").GetInt32()));

        CliRun compare = await CliRun.Of("compare", file, "--report", folder.File("c.html"));
        Assert.Equal(ExitCode.Saturated, compare.Code);
        Assert.Contains("values of deep (once) were cut off", compare.Out, StringComparison.Ordinal);
        Assert.Contains("values of deep (once) were cut off", File.ReadAllText(folder.File("c.html")), StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.Of("compare", file, "--json")).Json.GetProperty("saturations").GetArrayLength());

        // With a floor the same volley is no business of the range.
        CliRun floored = await CliRun.Of("run", folder.File("floor.yaml",
            Deep.Replace("threshold: 1.0", "threshold: 1.0, floor: -50", StringComparison.Ordinal)
            .Replace("-20000", "-100", StringComparison.Ordinal)), "--json");
        Assert.Equal(ExitCode.Ok, floored.Code);
        Assert.Equal(0, floored.Json.GetProperty("saturations").GetArrayLength());
    }

    [Fact]
    public async Task Resolution_and_latency_of_neuron_channels_are_stated()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Assert.Contains("neurons     2 channels", (await CliRun.Of("info", "--board", "thyristor-starter")).Out, StringComparison.Ordinal);
        JsonElement fresh = (await CliRun.Of("info", "--board", "thyristor-starter", "--json")).Json.GetProperty("neuron_channels");
        Assert.Equal(2, fresh.GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("mean_latency_us").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await CliRun.Of("info", "--json")).Json.GetProperty("neuron_channels").ValueKind);

        CliRun run = await CliRun.Of(
            "run", folder.File("pair.yaml", Pair), "--board", "thyristor-starter", "--uncalibrated", "--report", folder.File("r.html"));
        Assert.Matches(
            @"neurons: 2 channels; spike times to [\d.]+ [um]s; a look each [\d.]+ [um]s \(at most [\d.]+ [um]s\); pin to pin [\d.]+ [um]s \([\d.]+ ticks\), at most [\d.]+ [um]s \([\d.]+ ticks\)",
            run.Out);
    }

    [Fact]
    public async Task A_channel_that_is_given_up_is_named_and_ends_with_its_code()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string pair = folder.File("pair.yaml", Pair);
        string[] line = ["run", pair, "--for", "800 ms", "--board", "thyristor-starter", "--uncalibrated", "--fault", "latched:n1@0.1"];
        CliRun run = await CliRun.Of([.. line, "--report", folder.File("r.html")]);
        Assert.Equal(ExitCode.ChannelsFailed, run.Code);
        Assert.Matches(@"device: at 0\.\d+ s, n1 \(\w+\[0\]\): disabled", run.Error);
        string page = File.ReadAllText(folder.File("r.html"));
        Assert.Matches("<tr class=\"bad\"><td>0.*n1 \\(\\w+\\[0\\]\\): disabled", page);
        Assert.Matches("<tr class=\"warn\"><td>0.*n1 \\(\\w+\\[0\\]\\): latched", page);

        CliRun json = await CliRun.Of([.. line, "--json"]);
        Assert.Equal(ExitCode.ChannelsFailed, json.Code);
        JsonElement first = json.Json.GetProperty("troubles")[0];
        Assert.True(first.GetProperty("serious").GetBoolean());
        Assert.Matches(@"^n1 \(\w+\[0\]\): disabled", first.GetProperty("what").GetString());
        Assert.All(json.Json.GetProperty("channel_news").EnumerateArray(),
            n => Assert.StartsWith("n1 (", n.GetProperty("name").GetString(), StringComparison.Ordinal));

        CliRun sound = await CliRun.Of("run", pair, "--for", "800 ms", "--board", "thyristor-starter", "--uncalibrated", "--json");
        Assert.Equal(ExitCode.Ok, sound.Code);
        Assert.DoesNotContain(sound.Json.GetProperty("troubles").EnumerateArray(), t => t.GetProperty("serious").GetBoolean());
    }

    [Theory]
    [InlineData("time-unit", "--for", "60")]
    [InlineData("time-kind", "--for", "60 mV")]
    [InlineData("time-slip", "--for", "60 msec")]
    public async Task A_time_without_its_unit_is_refused(string name, params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of(["run", folder.File("chain.yaml", Chain.Text), .. options]);
        Golden.Check(name, run, folder);
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public async Task What_is_stored_survives_the_command_and_what_is_not_does_not()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("chain.yaml", Chain.Text);
        Golden.Check("program", await CliRun.In(folder, "program", file), folder);
        Golden.Check("weights-none", await CliRun.In(folder, "weights", "get", "links"), folder);
        Golden.Check("program-persist", await CliRun.In(folder, "program", file, "--persist"), folder);
        Golden.Check("weights-get", await CliRun.In(folder, "weights", "get", "links"), folder);
        Golden.Check("weights-set", await CliRun.In(folder, "weights", "set", "links", "1", "2", "14 mV", "--persist"), folder);
        CliRun after = await CliRun.In(folder, "weights", "get", "links", "--json", "-o", folder.File("edges.csv"));
        double[] weights = after.Json.GetProperty("weights").EnumerateArray().Select(w => w.GetProperty("weight").GetDouble()).ToArray();
        Assert.Equal(16.0, weights[0], 3);
        Assert.Equal(14.0, weights[1], 3);
        Assert.Equal(3, File.ReadAllLines(folder.File("edges.csv")).Length);
        Golden.Check("info", await CliRun.In(folder, "info"), folder);
    }

    [Fact]
    public async Task An_edge_list_from_a_device_is_one_that_network_files_read()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist");
        await CliRun.In(folder, "weights", "get", "links", "-o", folder.File("edges.csv"));
        string again = Chain.Text.Replace("connect: {list: [[0, 1], [1, 2]]}, weight: 16 mV, delay: 5 ms", "connect: {csv: edges.csv}",
            StringComparison.Ordinal);
        CliRun run = await CliRun.Of("run", folder.File("again.yaml", again), "--json");
        Assert.Equal(8, run.Json.GetProperty("spikes").GetInt32());
    }

    [Theory]
    [InlineData("weights-range", "weights", "set", "links", "0", "1", "-3000 mV")]
    [InlineData("weights-unit", "weights", "set", "links", "0", "1", "14")]
    [InlineData("weights-projection", "weights", "get", "lnks")]
    [InlineData("weights-pair", "weights", "get", "links", "0", "2")]
    [InlineData("weights-neuron", "weights", "get", "links", "0-9")]
    [InlineData("inject-neuron", "inject", "chain")]
    [InlineData("inject-population", "inject", "kcik")]
    public async Task What_the_network_does_not_have_is_refused_by_name(string name, params string[] arguments)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist", "--no-autostart");
        CliRun run = await CliRun.In(folder, arguments);
        Golden.Check(name, run, folder);
        Assert.NotEqual(ExitCode.Ok, run.Code);
        Assert.NotEqual(ExitCode.Unexpected, run.Code);
    }

    [Fact]
    public async Task A_weight_that_is_too_weak_silences_the_rest_of_the_chain()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist", "--no-autostart");
        CliRun before = await CliRun.In(folder, "inject", "kick", "--step", "40 ms", "--json");
        Assert.True(before.Code == ExitCode.Ok, before.Error);
        Assert.Equal(8, before.Json.GetProperty("spikes").GetInt32());   // the file's spike at 10 ms, and the injected one at 0
        await CliRun.In(folder, "weights", "set", "links", "all", "all", "8 mV", "--persist", "--no-autostart");
        CliRun after = await CliRun.In(folder, "inject", "kick", "--step", "40 ms", "--json");
        Assert.Equal(4, after.Json.GetProperty("spikes").GetInt32());
        Golden.Check("inject", await CliRun.In(folder, "inject", "kick", "0", "--at", "5 ms", "--step", "40 ms"), folder);
    }

    [Fact]
    public async Task A_network_that_runs_by_itself_is_stopped_before_it_is_stepped()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist");
        CliRun run = await CliRun.In(folder, "inject", "kick", "--step", "40 ms");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("stopped it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_changed_byte_of_an_image_is_found_before_anything_is_sent()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.Of("compile", folder.File("chain.yaml", Chain.Text), "-o", folder.File("chain.img"));
        byte[] image = File.ReadAllBytes(folder.File("chain.img"));

        // Each field of the head, then one byte in a hundred: that the check finds any changed byte is a test of the image's own.
        byte[] changed = [.. image];
        for (int at = 0; at < image.Length; at += at < 64 ? 4 : 101)
        {
            image.CopyTo(changed, 0);
            changed[at] ^= 0x10;
            File.WriteAllBytes(folder.File("changed.img"), changed);
            CliRun run = await CliRun.Of("program", folder.File("changed.img"));
            Assert.True(run.Code is ExitCode.ImageDamaged or ExitCode.Version, $"byte {at}: {run.Code} {run.Error}");
        }

        Golden.Check("image-damaged", await CliRun.Of("program", folder.File("changed.img")), folder);
        File.WriteAllBytes(folder.File("changed.img"), image[..^1]);
        Golden.Check("image-short", await CliRun.Of("program", folder.File("changed.img")), folder);
    }

    [Fact]
    public async Task An_image_of_another_version_is_told_apart_from_a_damaged_one()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.Of("compile", folder.File("chain.yaml", Chain.Text), "-o", folder.File("chain.img"));
        byte[] image = File.ReadAllBytes(folder.File("chain.img"));
        image[ImageLayout.VersionOffset]++;
        BitConverter.TryWriteBytes(image.AsSpan(image.Length - 4), Crc32.Compute(image, 0, image.Length - 4));
        File.WriteAllBytes(folder.File("chain.img"), image);
        CliRun run = await CliRun.Of("program", folder.File("chain.img"));
        Golden.Check("image-version", run, folder);
        Assert.Equal(ExitCode.Version, run.Code);
    }

    [Fact]
    public async Task A_stored_network_of_another_version_is_named_as_such()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist", "--no-autostart");
        string slot = Assert.Single(Directory.GetFiles(folder.File("flash"), "net_*.bin", SearchOption.AllDirectories));
        byte[] stored = File.ReadAllBytes(slot);

        // Head of the slot, image with its check sum, check sum of the slot.
        const int Head = 16;
        stored[Head + ImageLayout.VersionOffset]++;
        BitConverter.TryWriteBytes(stored.AsSpan(stored.Length - 8), Crc32.Compute(stored, Head, stored.Length - Head - 8));
        BitConverter.TryWriteBytes(stored.AsSpan(stored.Length - 4), Crc32.Compute(stored, 0, stored.Length - 4));
        File.WriteAllBytes(slot, stored);
        Golden.Check("info-version", await CliRun.In(folder, "info"), folder);
    }

    [Fact]
    public async Task An_image_for_another_board_is_refused_and_the_device_keeps_its_network()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist", "--no-autostart");
        await CliRun.Of("compile", folder.File("chain.yaml"), "-o", folder.File("other.img"));
        byte[] image = File.ReadAllBytes(folder.File("other.img"));
        BitConverter.TryWriteBytes(image.AsSpan(ImageLayout.BoardOffset), 0x12345678);
        BitConverter.TryWriteBytes(image.AsSpan(image.Length - 4), Crc32.Compute(image, 0, image.Length - 4));
        File.WriteAllBytes(folder.File("other.img"), image);
        CliRun run = await CliRun.In(folder, "program", folder.File("other.img"), "--persist");
        Golden.Check("image-other-board", run, folder);
        Assert.Equal(ExitCode.OtherBoard, run.Code);
        Assert.Equal("chain", (await CliRun.In(folder, "info", "--json")).Json.GetProperty("network").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Compare_finds_no_difference_that_matters()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("chain.yaml", Chain.Text);
        Golden.Check("compare", await CliRun.Of("compare", file, "--report", folder.File("compare.html")), folder);
        CliRun run = await CliRun.Of("compare", file, "--json", "--require", "1");
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonElement json = run.Json;
        Assert.Equal((6, 6), (json.GetProperty("spikes_reference").GetInt32(), json.GetProperty("spikes_device").GetInt32()));
        Assert.Equal((1.0, 1.0, 0.0), (json.GetProperty("matched_100us").GetDouble(), json.GetProperty("matched_1ms").GetDouble(),
            json.GetProperty("count_error").GetDouble()));
        Assert.True(json.GetProperty("largest_trace_error").GetProperty("membrane_units").GetDouble() < 1e-5);
    }

    [Fact]
    public async Task A_requirement_that_is_not_met_has_its_code()
    {
        // Charges both ways push a thyristor near its block onto the unstable phase between two locked ones. There a difference of a few
        // microseconds, the rounding of the arrivals, grows about fourfold per volley until one of the two has a period more.
        const string NearTheBlock = """
            neuromcu: 1
            name: near-the-block
            duration: 1 s
            seed: 211
            populations:
              s: {model: input, size: 2}
              p0: {model: bursting, size: 3, bias: 45 uA, receptors: {ampa: {tau: 20 ms}, gaba_a: {tau: 10 ms}}}
              p1: {model: thyristor, size: 2, preset: w25-33n, bias: 110 uA}
            projections:
              - {from: s, to: p0, connect: all-to-all, receptor: ampa, weight: 5 nC, delay: 3 ms}
              - {from: s, to: p1, connect: all-to-all, weight: -60 nC, delay: 0 ms}
              - {from: p0, to: p0, connect: all-to-all, receptor: gaba_a, weight: 5 nC, delay: 0 ms}
              - {from: p0, to: p1, connect: all-to-all, weight: 20 nC, delay: 1 ms}
              - {from: p0, to: p1, connect: all-to-all, weight: -5 nC, delay: 1 ms}
            inputs:
              - {to: s, spikes: [[0, 27 ms], [0, 127 ms], [0, 141 ms], [0, 174 ms], [0, 222 ms], [0, 245 ms], [0, 275 ms], [0, 445 ms],
                                 [1, 82 ms], [1, 139 ms], [1, 152 ms], [1, 181 ms], [1, 224 ms], [1, 243 ms], [1, 352 ms], [1, 380 ms]]}

            """;
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("compare", folder.File("block.yaml", NearTheBlock), "--require", "1", "--quiet", "--device",
            "virtual:ideal");
        Assert.Equal(ExitCode.CheckFailed, run.Code);
    }

    [Fact]
    public async Task Cancelling_leaves_the_device_with_the_network_that_it_had()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("chain.yaml", Chain.Text), "--persist", "--no-autostart");
        using CancellationTokenSource cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        VirtualDeviceOptions bench = new VirtualDeviceOptions { Profile = "ideal", StateFolder = folder.File("flash") };
        string other = folder.File("other.yaml", Chain.Text.Replace("name: chain", "name: other", StringComparison.Ordinal));
        CliRun run = await CliRun.With(bench, cancel.Token, "program", other, "--persist");
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Equal("chain", (await CliRun.In(folder, "info", "--json")).Json.GetProperty("network").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Bench_prints_ratios_and_costs()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        JsonElement ratios = (await CliRun.Of("bench", "--json", "--quiet")).Json.GetProperty("ratios");
        Assert.True(ratios.GetProperty("clocked_update_in_lean_updates").GetDouble() > 0);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("bench", "--profile", "esp33")).Code);
        JsonElement network = (await CliRun.Of("bench", folder.File("chain.yaml", Chain.Text), "--json")).Json;
        Assert.Equal((8, 6), (network.GetProperty("spikes").GetInt32(), network.GetProperty("synaptic_events").GetInt32()));
    }

    [Fact]
    public async Task Doctor_answers_in_lines_and_as_a_document()
    {
        CliRun text = await CliRun.Of("doctor");
        Assert.All(
            text.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("next:", StringComparison.Ordinal))
            .SkipLast(1),
            line => Assert.Matches("^(ok|optional|PROBLEM) ", line));
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun json = await CliRun.Of("doctor", "--json", "--report", folder.File("report.zip"));
        Assert.Equal("neuromcu.doctor/1", json.Json.GetProperty("schema").GetString());
        Assert.Equal(json.Code == ExitCode.Ok, json.Json.GetProperty("sound").GetBoolean());
        using ZipArchive zip = ZipFile.OpenRead(folder.File("report.zip"));
        Assert.Equal(["doctor.txt", "system.txt"], zip.Entries.Select(e => e.FullName).Order());
    }

    private const string Pair =
        """
        neuromcu: 1
        name: pair
        duration: 300 ms
        step: 5 ms
        board: thyristor-starter
        populations:
          first: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 60 uA}
          second: {model: thyristor, size: 1, preset: w25, channels: [n2], bias: 60 uA, receptors: {ampa: {tau: 20 ms}}}
        projections:
          - {from: first, to: second, connect: one-to-one, receptor: ampa, weight: 20 nC, delay: 0 ms}
        record:
          spikes: all
        """;
}
