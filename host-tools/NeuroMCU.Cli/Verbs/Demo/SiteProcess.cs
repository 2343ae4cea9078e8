// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Text.Json;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>A site in a process of its own: this program once more, with the verb <c>site</c>.</summary>
internal sealed class SiteProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    public SiteProcess(string name, string file, string time, string? device = null)
    {
        Name = name;
        ProcessStartInfo start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        string host = Environment.ProcessPath ?? "dotnet";
        start.FileName = host;
        if (!string.Equals(Path.GetFileNameWithoutExtension(host), "neuromcu", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(SiteProcess).Assembly.Location);
        }

        foreach (string argument in new[] { "site", file, "--for", time, "--json", "--quiet" }
            .Concat(device is null ? [] : ["--device", device]))
        {
            start.ArgumentList.Add(argument);
        }

        // A device of the user's is not meant: the demo's devices are virtual.
        start.Environment.Remove("NEUROMCU_DEVICE");
        start.Environment.Remove("NEUROMCU_BOARD");
        _process = Process.Start(start) ?? throw new InvalidOperationException("the process of a site did not start");
        _out = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public string Name { get; }

    /// <summary>Ends when the process does.</summary>
    public Task Ended => _process.WaitForExitAsync();

    public ExitCode Code => (ExitCode)_process.ExitCode;

    /// <summary>What the site printed as its result.</summary>
    public async Task<JsonElement> ResultAsync()
    {
        await Ended;
        string text = await _out;
        if (Code is ExitCode.Ok or ExitCode.Incomplete)
        {
            return JsonDocument.Parse(text).RootElement;
        }

        throw new CliException(Code, $"site {Name} ended with exit code {(int)Code}", (await _error).Trim(),
            "neuromcu demo internet, again; or its three commands by hand: docs/guides/internet.md");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
