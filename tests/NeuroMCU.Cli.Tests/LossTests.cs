// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Whatever a run loses is told in the text, the document, the report and the exit code, by its cause.</summary>
public sealed class LossTests
{
    // Forty inputs at once find an event queue with four places.
    private const string Crowded =
        """
        neuromcu: 1
        name: crowded
        duration: 50 ms
        capacity: {queue: 4}
        populations:
          s: {model: input, size: 40}
          r: {model: lif, size: 40, tau: 10 ms, threshold: 1.0}
        projections:
          - {from: s, to: r, connect: one-to-one, weight: 1.2, delay: 5 ms}
        inputs:
          - {to: s, poisson: {rate: 400 Hz}}
        """;

    [Fact]
    public async Task A_full_event_queue_is_told_everywhere()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("crowded.yaml", Crowded);
        CliRun run = await CliRun.Of("run", file, "--out", folder.File("out"));
        Assert.Equal(ExitCode.Incomplete, run.Code);
        Assert.Matches(@"[1-9]\d* lost of \d+: \d+ spikes did not travel on", run.Out);
        Assert.Contains("  next: write 'capacity: {queue: 8}' into the network file", run.Error, StringComparison.Ordinal);
        Assert.Matches("figure bad\"><b>1 thing</b><span>went wrong", File.ReadAllText(folder.File("out/report.html")));
        Assert.Contains("did not travel on", File.ReadLines(folder.File("out/spikes.csv")).Last(), StringComparison.Ordinal);
        using FileStream npz = File.OpenRead(folder.File("out/spikes.npz"));
        Assert.Equal(["event_queue"], RecordingNpz.Read(npz).Losses.Causes.Select(c => c.Name));

        CliRun json = await CliRun.Of("run", file, "--json");
        Assert.Equal(ExitCode.Incomplete, json.Code);
        Assert.False(json.Json.GetProperty("complete").GetBoolean());
        Assert.Equal(["event_queue"], Lost(json));
        Assert.Equal(json.Json.GetProperty("losses").GetProperty("event_queue").GetInt64(), json.Json.GetProperty("lost_spikes")
            .GetInt64());
    }

    [Fact]
    public async Task An_incomplete_run_is_not_compared()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("crowded.yaml", Crowded);
        CliRun run = await CliRun.Of("compare", file, "--require", "0.1", "--report", folder.File("r.html"));
        Assert.Equal(ExitCode.Incomplete, run.Code);
        Assert.DoesNotContain("matched", run.Out, StringComparison.Ordinal);
        Assert.Contains("is incomplete, so that it is not compared", run.Error, StringComparison.Ordinal);

        // What the device did is worth keeping all the same, as what it is.
        Assert.Contains("did not travel on", File.ReadAllText(folder.File("r.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("of spikes within", File.ReadAllText(folder.File("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Injections_that_find_no_place_are_told()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await CliRun.In(folder, "program", folder.File("wide.yaml",
            Crowded.Replace("capacity: {queue: 4}\n", string.Empty, StringComparison.Ordinal)
            .Replace("size: 40", "size: 200", StringComparison.Ordinal)
            .Replace("inputs:\n  - {to: s, poisson: {rate: 400 Hz}}", string.Empty, StringComparison.Ordinal)), "--persist",
            "--no-autostart");
        CliRun many = await CliRun.In(folder, "inject", "s", "0-199", "--step", "10 ms", "--json");
        Assert.Equal(ExitCode.Incomplete, many.Code);
        Assert.Equal(200, many.Json.GetProperty("asked").GetInt32());
        Assert.InRange(many.Json.GetProperty("injected").GetInt32(), 1, 199);
    }

    [Fact]
    public async Task A_device_that_cannot_hear_as_fast_listens_to_less_and_loses_nothing()
    {
        string recording = Shared("recordings/noise_white_clean_+20.wav");
        CliRun fast = await CliRun.Of("run", Shared("network.yaml"), "--wav", recording, "--for", "1 s", "--json");
        CliRun run = await CliRun.With(
            new VirtualDeviceOptions { Profile = "esp32-rev3", Ephemeral = true },
            CancellationToken.None,
            "run", Shared("network.yaml"), "--wav", recording, "--for", "1 s", "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Empty(Lost(run));
        double share = run.Json.GetProperty("listened_share").GetDouble();
        Assert.InRange(share, 0.01, fast.Json.GetProperty("listened_share").GetDouble() - 0.01);
    }

    [Fact]
    public async Task A_device_that_cannot_keep_its_step_lengthens_it_and_says_so()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        const string Text = """
            neuromcu: 1
            name: eight
            board: thyristor-8
            step: 0.1 ms
            duration: 400 ms
            populations:
              a: {model: thyristor, size: 8, preset: w25, channels: [n1, n2, n3, n4, n5, n6, n7, n8], bias: [50 uA, 54 uA, 60 uA, 64 uA, 70 uA, 75 uA, 82 uA, 90 uA], receptors: {ampa: {tau: 5 ms}}}
            """;
        VirtualDeviceOptions bench = new VirtualDeviceOptions { Ephemeral = true };
        CliRun fine = await CliRun.With(bench, CancellationToken.None, "run", folder.File("fine.yaml", Text), "--uncalibrated", "--report",
            folder.File("r.html"));
        Assert.Equal(ExitCode.Ok, fine.Code);
        Assert.Matches(@"note: the device could not keep the step of 100 us and lengthened it to [\d.]+ [um]s", fine.Error);
        Assert.Matches("figure warn\"><b>[\\d.]+ [^<]*s</b><span>step, lengthened from ", File.ReadAllText(folder.File("r.html")));

        CliRun json = await CliRun.With(bench, CancellationToken.None, "run", folder.File("fine.yaml"), "--uncalibrated", "--json");
        Assert.InRange(json.Json.GetProperty("lengthened_step_us").GetInt32(), 200, 6400);

        // The step that is chosen when the file names none is one that the device keeps.
        CliRun chosen = await CliRun.With(bench, CancellationToken.None, "run",
            folder.File("free.yaml", Text.Replace("step: 0.1 ms\n", string.Empty, StringComparison.Ordinal)), "--uncalibrated", "--json");
        Assert.Equal(ExitCode.Ok, chosen.Code);
        Assert.Equal(JsonValueKind.Null, chosen.Json.GetProperty("lengthened_step_us").ValueKind);

        // One that is too slow at any step says that the neurons were driven late, and that the result is incomplete.
        CliRun slow = await CliRun.With(bench with { Profile = "esp32-rev3" }, CancellationToken.None, "run", folder.File("fine.yaml"),
            "--uncalibrated", "--json");
        Assert.Equal(ExitCode.Incomplete, slow.Code);
        Assert.Equal(["late_drives"], Lost(slow));
        Assert.Equal(6400, slow.Json.GetProperty("lengthened_step_us").GetInt32());
    }

    private static string[] Lost(CliRun run) => [.. run.Json.GetProperty("losses").EnumerateObject().Where(l => l.Value.GetInt64() > 0)
        .Select(l => l.Name)];

    private static string Shared(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples", "sound-localization", name));
}
