// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>A virtual device in real time behind TCP and a pseudo-terminal, as another process sees it.</summary>
public sealed class VirtualServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeyFile => _folder.File("key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Over_tcp_a_network_is_programmed_run_and_changed_while_it_runs()
    {
        await using var server = new VirtualServer(Options());
        Assert.Equal(KeyFile, server.CreatedKeyPath);
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        Assert.False(connection.Client.Info.AuthenticationNeeded);
        await RunChainAsync(connection.Client);
    }

    [Fact]
    public async Task Over_the_serial_port_a_network_is_programmed_run_and_changed_while_it_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options() with { TcpPort = null });
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TerminalPath);
        await RunChainAsync(connection.Client);
    }

    /// <summary>A program that sends without pause waits for the line, as on a cable, and not the next host.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_flood_of_bytes_does_not_pile_up_before_the_next_host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options() with { TcpPort = null, Fast = true });
        Task flood = File.WriteAllBytesAsync(server.TerminalPath!, Enumerable.Repeat((byte)0x55, 60_000).ToArray());
        int most = 0;
        while (!flood.IsCompleted)
        {
            server.OnDevice(device => most = Math.Max(most, device.Bench.Uart(device.Board.UartPort).HostBytesUnderWay));
        }

        await flood;
        Assert.InRange(most, 1, 8000);
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TerminalPath);
        Assert.False(connection.Client.Info.HasNetwork);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_host_changes_weights_while_the_first_one_receives_the_spikes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options());
        await using DeviceConnection first = await DeviceConnector.ConnectAsync(server.TerminalPath);
        await first.Client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        first.Client.Observer = record;
        Task<RunReport> run = first.Client.RunAsync(new RunOptions());
        await using DeviceConnection second = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });

        // With its last link the chain gives four spikes for one of the input, three without it.
        await WaitForSpikesAsync(record, 8);
        await second.Client.InjectNowAsync([0]);
        await WaitForSpikesAsync(record, 12);
        await second.Client.WriteWeightsAsync(2, new short[1]);
        await second.Client.InjectNowAsync([0]);
        await WaitForSpikesAsync(record, 15);
        var refused = await Assert.ThrowsAsync<DeviceException>(() => second.Client.StopAsync());
        Assert.Equal(DeviceErrorKind.PortBusy, refused.Kind);
        RunReport report = await first.Client.StopAsync();
        Assert.Equal(EndReason.Stopped, (await run).Reason);
        Assert.Equal(0, report.Spikes.Lost);
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], record.Spikes.Neurons);
    }

    [Fact]
    public async Task A_host_may_follow_one_that_has_just_left_another_transport()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options());
        await using (DeviceConnection first = await DeviceConnector.ConnectAsync(server.TerminalPath))
        {
            await first.Client.ProgramAsync(SmallNetworks.Chain().Image);
        }

        await using DeviceConnection second = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        RunReport report = await second.Client.RunAsync(new RunOptions { Duration = 100_000, RealTime = false });
        Assert.Equal("0 lost of 8", report.Spikes.ToString());
    }

    [Fact]
    public async Task A_servo_that_moves_is_told()
    {
        await using var server = new VirtualServer(Options());
        var moves = new ConcurrentQueue<(int Output, double Pulse)>();
        server.ServoMoved = (output, pulse) => moves.Enqueue((output, pulse));
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        await connection.Client.ProgramAsync(SmallNetworks.Pointer().Image);
        await connection.Client.RunAsync(new RunOptions { Duration = 100_000 });

        // 60° of a pointer that turns from 1000 µs at −90° to 2000 µs at 90°.
        Assert.Contains(moves, m => m.Output == 0 && Math.Abs(m.Pulse - 1833) < 2);
    }

    [Fact]
    public async Task A_large_image_passes_the_serial_port_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options() with { TcpPort = null });
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TerminalPath);
        byte[] image = SmallNetworks.Fan(1300).Image;
        await connection.Client.ProgramAsync(image);
        Assert.Equal(image, await connection.Client.ReadImageAsync());
    }

    [Fact]
    public async Task A_host_with_another_key_is_not_let_in_and_one_without_is_asked_for_it()
    {
        await using var server = new VirtualServer(Options());
        string other = _folder.File("other");
        await File.WriteAllTextAsync(other, new string('7', 64));
        var wrong = await Assert.ThrowsAsync<DeviceException>(
            () => DeviceConnector.ConnectAsync(server.TcpAddress, new ConnectOptions { KeyFile = other }));
        Assert.Equal(DeviceErrorKind.WrongKey, wrong.Kind);
        Assert.Contains("--key-file", wrong.Next!, StringComparison.Ordinal);

        await using (DeviceConnection right = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile }))
        {
            await right.Client.PingAsync();
        }

        NeuroMCU.Devices.Links.TcpLink link = await NeuroMCU.Devices.Links.TcpLink.ConnectAsync(
            (TcpAddress)DeviceAddress.Parse(server.TcpAddress), CancellationToken.None);
        var missing = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(link, () => null, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.KeyMissing, missing.Kind);
    }

    [Fact]
    public async Task A_second_host_on_the_serial_port_finds_it_busy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");
        await using var server = new VirtualServer(Options() with { TcpPort = null });
        await using DeviceConnection first = await DeviceConnector.ConnectAsync(server.TerminalPath);
        var problem = await Assert.ThrowsAsync<DeviceException>(() => DeviceConnector.ConnectAsync(server.TerminalPath));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
    }

    [Fact]
    public async Task A_second_host_on_tcp_may_look_and_learns_that_another_one_is_in_control()
    {
        await using var server = new VirtualServer(Options());
        await using DeviceConnection first = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        await first.Client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        first.Client.Observer = record;
        Task<RunReport> run = first.Client.RunAsync(new RunOptions());
        await using DeviceConnection second = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        Assert.Equal(4, second.Client.Info.Neurons);
        await second.Client.InjectNowAsync([0]);
        var problem = await Assert.ThrowsAsync<DeviceException>(() => second.Client.ProgramAsync(SmallNetworks.Chain().Image));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
        Assert.Contains("another host", problem.Message, StringComparison.Ordinal);
        await first.Client.StopAsync();
        Assert.Equal(0, (await run).Spikes.Lost);
    }

    [Fact]
    public async Task A_device_that_is_switched_off_during_a_run_breaks_the_link()
    {
        var server = new VirtualServer(Options());
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        await connection.Client.ProgramAsync(SmallNetworks.Noise(5, 20).Image);
        Task<RunReport> run = connection.Client.RunAsync(new RunOptions());
        await server.DisposeAsync();

        // With or without what the run had brought until then.
        var problem = await Assert.ThrowsAnyAsync<DeviceException>(() => run);
        Assert.Equal(DeviceErrorKind.LinkLost, problem.Kind);
    }

    [Fact]
    public async Task Running_devices_are_listed_and_gone_from_the_list_when_they_end()
    {
        string name = "listed-" + Guid.NewGuid().ToString("N")[..8];
        await using (var server = new VirtualServer(Options(name)))
        {
            FoundDevice[] found = [.. DeviceList.Find()
                .Devices.Where(device => device.Description.Contains(name, StringComparison.Ordinal))];
            Assert.Contains(found, device => string.Equals(device.Address, server.TcpAddress, StringComparison.Ordinal));
            Assert.Equal(server.TerminalPath is null ? 1 : 2, found.Length);
        }

        Assert.DoesNotContain(DeviceList.Find().Devices, device => device.Description.Contains(name, StringComparison.Ordinal));
        Assert.Contains(DeviceList.Find().Devices, device => device.Address is "virtual");
    }

    [Fact]
    public async Task The_flash_of_a_served_device_is_taken_and_its_address_is_told_at_once()
    {
        var device = new VirtualDeviceOptions { Name = "served", StateFolder = _folder.File("flash") };
        await using var server = new VirtualServer(Options() with { Device = device });
        var problem = await Assert.ThrowsAsync<DeviceException>(
            () => DeviceConnector.ConnectAsync("virtual",
                new ConnectOptions { Virtual = device with { Patience = TimeSpan.FromMinutes(10) } }));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
        Assert.Contains(server.TcpAddress!, problem.Next!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tcp_port_that_is_taken_is_told_with_its_number_and_free_again_afterwards()
    {
        int port;
        await using (var server = new VirtualServer(Options()))
        {
            port = ((TcpAddress)DeviceAddress.Parse(server.TcpAddress)).Port;
            await using (await DeviceConnector.ConnectAsync(server.TcpAddress, new ConnectOptions { KeyFile = KeyFile }))
            {
                var problem = Assert.Throws<DeviceException>(() => new VirtualServer(Options() with { TcpPort = port }));
                Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
                Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), problem.Message,
                    StringComparison.Ordinal);
            }
        }

        await using var again = new VirtualServer(Options() with { TcpPort = port });
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), again.TcpAddress!, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_that_hangs_can_be_switched_off()
    {
        var server = new VirtualServer(Options() with { Farewell = TimeSpan.FromMilliseconds(50) });
        using var free = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        Task asked = Task.Run(() => server.OnDevice(_ =>
        {
            hangs.Set();
            free.Wait();
        }));
        hangs.Wait(TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        Assert.False(asked.IsCompleted);
        free.Set();
        await asked;
    }

    [Fact]
    public async Task A_port_on_which_nobody_listens_is_told_with_the_address()
    {
        var problem = await Assert.ThrowsAsync<DeviceException>(() => DeviceConnector.ConnectAsync("tcp://127.0.0.1:1"));
        Assert.Equal(DeviceErrorKind.NotFound, problem.Kind);
        Assert.Contains("tcp://127.0.0.1:1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fast_device_runs_a_minute_of_network_time_in_less_than_that()
    {
        await using var server = new VirtualServer(Options() with { Fast = true });
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = KeyFile });
        await connection.Client.ProgramAsync(SmallNetworks.Noise(5, 20).Image);
        RunReport report = await connection.Client.RunAsync(new RunOptions { Duration = 60_000_000, RealTime = false, LinkTimeout = 0 });
        Assert.Equal(60_000_000, report.Time);
        Assert.Equal(0, report.Spikes.Lost);
        Assert.True(connection.Client.Elapsed < TimeSpan.FromSeconds(60));
    }

    private static async Task WaitForSpikesAsync(RunRecorder record, int count)
    {
        while (record.SpikeCount < count)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task RunChainAsync(DeviceClient client)
    {
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        client.Observer = record;
        Task<RunReport> run = client.RunAsync(new RunOptions { Duration = 600_000 });

        // From another task, while the run is waited for.
        short[] weights = await client.ReadWeightsAsync(0, 3);
        await client.WriteWeightsAsync(0, weights);
        Assert.Equal(1, await client.InjectAsync([new InjectedSpike(0, 500_000)]));
        RunReport report = await run;

        Assert.Equal(EndReason.Duration, report.Reason);
        Assert.Equal("0 lost of 12", report.Spikes.ToString());
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], record.Spikes.Neurons);
    }

    private VirtualServerOptions Options(string name = "test") => new()
    {
        Device = new VirtualDeviceOptions { Name = name, Ephemeral = true },
        TcpPort = 0,
        KeyFile = KeyFile,
    };
}
