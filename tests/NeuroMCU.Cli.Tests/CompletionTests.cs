// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Text;

namespace NeuroMCU.Cli.Tests;

/// <summary>The tab key in the shells that this machine has, at a terminal: what is typed with it runs as what it completes to.</summary>
public sealed class CompletionTests
{
    // What is typed, with \t for the tab key, and the arguments that the program then gets.
    private static readonly (string Typed, string Runs)[] s_lines =
    [
        ("neuromcu reprod\t", "reproduce"),
        ("neuromcu run first-n\t", "run first-network.yaml"),
        ("cd . && true && neuromcu calibrate-h\t", "calibrate-head"),
        ("A=1 ./neuromcu run \"first-network.yaml\" --figu\tx.png", "run first-network.yaml --figure x.png"),
        ("neuromcu weights ge\t", "weights get"),
        ("neuromcu run x.yaml --board thyristor-st\t", "run x.yaml --board thyristor-starter"),
    ];

    [Theory]
    [InlineData("bash", "bash --norc --noprofile -i", "source <(neuromcu completion bash)")]
    [InlineData("zsh", "zsh -f -i", "source <(neuromcu completion zsh)")]
    [InlineData("fish", "fish --no-config -i", "neuromcu completion fish | source")]
    public async Task The_tab_key_completes(string shell, string start, string install)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Has("script"), "no terminal can be made here: util-linux's script is missing");
        Assert.SkipUnless(Has(shell), shell + " is not installed, so that its completion was not tried");
        using TemporaryFolder folder = new TemporaryFolder();
        folder.File("first-network.yaml", "neuromcu: 1\n");
        string log = folder.File("log");

        // Notes its arguments; what completion asks for goes to the program.
        string program = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "neuromcu.dll")}' \"$@\"";
        string stub = folder.File("neuromcu",
            $"#!/bin/sh\ncase \"$1\" in \"[suggest:\"*|completion) exec {program};; *) printf '%s\\n' \"$*\" >> '{log}';; esac\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(stub, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        ProcessStartInfo terminal = new ProcessStartInfo("script", ["--quiet", "--flush", "--command", start, "/dev/null"])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        terminal.Environment["PATH"] = folder.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        terminal.Environment["HOME"] = folder.Path;
        terminal.Environment["TERM"] = "xterm";
        using Process typed = Process.Start(terminal)!;
        using CancellationTokenSource given = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        StringBuilder shown = new StringBuilder();
        Task reading = ReadAsync(typed.StandardOutput, shown, given.Token);
        Task<string> errors = typed.StandardError.ReadToEndAsync(given.Token);
        int step = 0;
        foreach (string line in (IEnumerable<string>)[install, .. s_lines.Select(l => l.Typed)])
        {
            // The quotes part the mark that is printed from the one that is typed.
            await typed.StandardInput.WriteAsync($"{line}\necho DO\"\"NE{step}\n".AsMemory(), given.Token);
            await typed.StandardInput.FlushAsync(given.Token);
            while (!Text(shown).Contains($"DONE{step}", StringComparison.Ordinal))
            {
                Assert.False(typed.HasExited, Text(shown));
                await Task.Delay(20, given.Token);
            }

            step++;
        }

        await typed.StandardInput.WriteAsync("exit\n".AsMemory(), given.Token);
        typed.StandardInput.Close();
        await typed.WaitForExitAsync(given.Token);
        await reading;
        await errors;
        Assert.Equal(s_lines.Select(l => l.Runs), (await File.ReadAllLinesAsync(log, given.Token)).Select(l => l.TrimEnd()));
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Text(StringBuilder shown)
    {
        lock (shown)
        {
            return shown.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder shown, CancellationToken cancellation)
    {
        char[] part = new char[4096];
        for (int count = await from.ReadAsync(part, cancellation); count > 0; count = await from.ReadAsync(part, cancellation))
        {
            lock (shown)
            {
                shown.Append(part, 0, count);
            }
        }
    }
}
