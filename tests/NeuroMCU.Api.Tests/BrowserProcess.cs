// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

[assembly: AssemblyFixture(typeof(NeuroMCU.Api.Tests.BrowserProcess))]

namespace NeuroMCU.Api.Tests;

/// <summary>One Chromium without a window for all tests, started by the first that asks for it. Each test has pages in a context of its
/// own.</summary>
public sealed class BrowserProcess : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_starting = new(1, 1);
    private static BrowserProcess? s_started;

    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-browser-").FullName;
    private Process? _process;
    private DevTools? _line;

    public BrowserProcess() => s_started = this;

    /// <summary>Path of the browser; null where there is none.</summary>
    internal static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "google-chrome", "chromium-browser" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>What speaks for the browser as a whole; starts it when it does not run.</summary>
    internal static async Task<DevTools> ConnectAsync()
    {
        Assert.SkipWhen(Program is null, "Chromium is missing: sudo apt-get install chromium");
        await s_starting.WaitAsync();
        try
        {
            return s_started!._line ??= await s_started.StartAsync();
        }
        finally
        {
            s_starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_line is not null)
        {
            await _line.DisposeAsync();
        }

        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may still be ending; the folder is a temporary one.
        }
    }

    private async Task<DevTools> StartAsync()
    {
        ProcessStartInfo start = new(Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0", "--no-first-run",
                "--autoplay-policy=no-user-gesture-required", "--disable-renderer-backgrounding",
                "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", $"--user-data-dir={_folder}",
                "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        string? line;
        while ((line = await _process.StandardError.ReadLineAsync()) is not null
            && !line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
        {
        }

        Assert.True(line is not null, "Chromium ended before it listened");
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        return await DevTools.ConnectAsync(new Uri(line!["DevTools listening on ".Length..]));
    }
}
