// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

public sealed class LiveVerbTests
{
    private static Task<CliRun> RunAsync(TemporaryFolder folder, CancellationToken cancellation, params string[] arguments) =>
        CliRun.With(new VirtualDeviceOptions { StateFolder = folder.File("flash") }, cancellation,
            ["live", .. arguments, "--headless", "--key-file", folder.File("key")]);

    private static string FreePort()
    {
        using TcpListener free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Beyond_this_machine_it_takes_a_certificate_and_a_key()
    {
        using TemporaryFolder folder = new TemporaryFolder();

        CliRun run = await RunAsync(folder, CancellationToken.None, "--listen", "0.0.0.0", "--port", "0");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--certificate FILE.pem --api-key-file FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_named()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        using TcpListener other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        CliRun run = await RunAsync(folder, CancellationToken.None, "--empty", "--port", port);

        Assert.Equal(ExitCode.PortBusy, run.Code);
        Assert.Contains(port, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_network_ends_it_with_the_line()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("wrong.yaml");
        await File.WriteAllTextAsync(file, "neuromcu: 1\npopulations:\n  c: {model: lif, size: 1, tau: 20, threshold: 1}\n");

        CliRun run = await RunAsync(folder, CancellationToken.None, file, "--port", "0");

        Assert.Equal(ExitCode.NetworkUnit, run.Code);
        Assert.Contains(file + ":3:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_until_it_is_told_to_end_and_says_where()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        using CancellationTokenSource end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string port = FreePort();
        string file = Path.Combine(Repository.Root(), "examples", "first-network.yaml");
        Task<CliRun> running = RunAsync(folder, end.Token, file, "--port", port, "--json");
        using HttpClient client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/api/v1/") };
        string seen = string.Empty;
        while (!running.IsCompleted && !seen.Contains("\"running\"", StringComparison.Ordinal))
        {
            await Task.Delay(50);
            try
            {
                seen = await client.GetStringAsync("devices");
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        await end.CancelAsync();
        CliRun run = await running;

        Assert.Equal(ExitCode.Ok, run.Code);
        JsonElement document = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("neuromcu.live/1", document.GetProperty("schema").GetString());
        Assert.Equal("d1", document.GetProperty("device").GetString());
        Assert.StartsWith("http://localhost:", document.GetProperty("url").GetString(), StringComparison.Ordinal);
    }
}
