// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Cli.Tests;

/// <summary>Real signals to the real program: Ctrl-C, SIGTERM and SIGHUP end every verb in the same way.</summary>
public sealed class InterruptTests
{
    private const string Busy = """
        neuromcu: 1
        name: busy
        duration: 2000 s
        populations:
          drive: {model: input, size: 4}
          cells: {model: lif, size: 4, tau: 10 ms, threshold: 1.0, refractory: 2 ms}
        inputs:
          - {to: drive, poisson: {rate: 50 Hz}}
        projections:
          - {from: drive, to: cells, connect: one-to-one, weight: 1.5, delay: 1 ms}
        record: {spikes: [cells]}
        """;

    // Signal, seconds of processor time before it, whether there is something to show by then, command line.
    public static TheoryData<string, double, bool, string> Verbs { get; } = new()
    {
        { "INT", 1.3, true, "run busy.yaml --out o" },
        { "HUP", 1.3, true, "run busy.yaml --out o --json" },
        { "HUP", 1.8, true, "run busy.yaml --fast --for 1s --sweep populations.cells.tau=5..40:0.05ms --out o" },
        { "TERM", 1.3, true, "compare busy.yaml --out o" },
        { "INT", 1.0, false, "bench busy.yaml" },
        { "HUP", 1.5, true, "sweep --window 20s --csv o/sweep.csv -o o/sweep.html" },
        { "TERM", 1.1, true, "calibrate --board thyristor-8 -o o/report.html" },
        { "INT", 1.1, true, "bringup --board thyristor-8 --yes -o o/report.html" },
        { "HUP", 1.8, true, "reproduce all --on engine,reference -o o/report.html" },
        { "TERM", 1.5, true, "render --set EXAMPLES/sound-localization/recordings.yaml -o o" },
        { "INT", 2.2, true, "demo sound-localization -o o" },
        { "HUP", 0.8, false, "locate EXAMPLES/sound-localization/recordings/click_clean_+30.wav" },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_signal_ends_every_verb_in_order(string signal, double after, bool shows, string command)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Ended run;
        do
        {
            Directory.CreateDirectory(folder.File("o"));
            folder.File("busy.yaml", Busy);
            run = await RunAsync(folder, signal, after, command);
            after *= 0.75;
        }
        while (CameTooLate(run) && after > 0.3 && Emptied(folder));

        Assert.True(run.Code == 130, $"exit code {run.Code}\n{run.Out}\n{run.Error}");
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains("error: interrupted\n", run.Error, StringComparison.Ordinal);
        string[] files = [.. Directory.GetFiles(folder.File("o"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/flash", StringComparison.Ordinal))];
        Assert.DoesNotContain(files, f => Path.GetFileName(f).StartsWith('.') || f.EndsWith(".partial.csv", StringComparison.Ordinal));
        bool partly = run.Error.Contains("marked incomplete", StringComparison.Ordinal);
        Assert.True(partly || !shows || run.Error.Contains("there was no result yet", StringComparison.Ordinal), run.Error);
        foreach (string file in files.Where(f => partly && Path.GetExtension(f) is ".csv" or ".html"))
        {
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.True(
                Path.GetFileName(file) == "index.csv" || text.Contains("incomplete", StringComparison.Ordinal)
                || text.Contains("broken off", StringComparison.Ordinal),
                $"{file} does not say that it is incomplete");
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_served_device_ends_as_it_is_meant_to(string signal)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Ended run = await RunAsync(folder, signal, 0, "virtual --port 0 --ephemeral --key-file key", "Ctrl-C ends it.");
        Assert.True(run.Code == 0, $"exit code {run.Code}\n{run.Error}");
        Assert.EndsWith("stopped\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_that_was_ignored_when_it_began_stays_so()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        folder.File("busy.yaml", Busy);
        Ended run = await RunAsync(folder, "HUP", 1.3, "run busy.yaml --for 200s", ignored: "HUP");
        Assert.True(run.Code is 0, $"exit code {run.Code}\n{run.Error}");
    }

    // A fast machine was through before the signal came, or as it came; the same is asked again of an earlier one.
    private static bool CameTooLate(Ended run) => run.Code != 130 || run.Error.Contains("was whole", StringComparison.Ordinal);

    private static bool Emptied(TemporaryFolder folder)
    {
        Directory.Delete(folder.File("o"), recursive: true);
        return true;
    }

    private static async Task<Ended> RunAsync(TemporaryFolder folder, string signal, double after, string command, string? announced = null,
        string? ignored = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals of Unix");
        ProcessStartInfo start = new ProcessStartInfo("env")
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["HOME"] = folder.Path;
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "neuromcu.dll")];

        // A shell without job control starts what runs in the background deaf to Ctrl-C; a test must not depend on who started it.
        foreach (string word in (IEnumerable<string>)[
            "--default-signal=INT,TERM,HUP", .. ignored is null ? [] : (string[])["--ignore-signal=" + ignored], .. program,
                .. Words(command)])
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource given = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        StringWriter written = new StringWriter();
        Task<string> error = process.StandardError.ReadToEndAsync(given.Token);
        Task reading = Task.Run(
            async () =>
            {
                while (await process.StandardOutput.ReadLineAsync(given.Token) is { } line)
                {
                    lock (written)
                    {
                        written.Write(line + "\n");
                    }
                }
            },
            given.Token);
        while (!process.HasExited && !(Used(process) >= after && (announced is null || Said(written, announced))))
        {
            await Task.Delay(10, given.Token);
        }

        if (!process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-" + signal,
                process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(given.Token);
        }

        await process.WaitForExitAsync(given.Token);
        await reading;
        return new Ended(process.ExitCode, written.ToString(), await error);
    }

    // Seconds of processor time; of a process that has just ended the system knows none.
    private static double Used(Process process)
    {
        try
        {
            return process.TotalProcessorTime.TotalSeconds;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static bool Said(StringWriter written, string text)
    {
        lock (written)
        {
            return written.ToString().Contains(text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Words(string command) =>
        command.Replace("EXAMPLES", Path.Combine(Repository.Root(), "examples"), StringComparison.Ordinal).Split(' ');

    private sealed record Ended(int Code, string Out, string Error);
}
