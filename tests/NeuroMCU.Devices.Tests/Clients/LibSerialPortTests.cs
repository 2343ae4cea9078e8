// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Links;
using NeuroMCU.Devices.Serial;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>
/// The unchanged libserialport against a virtual device. The library refuses pseudo-terminals, because they have no modem lines; a
/// child process gets them from a small library that is loaded before it (Preload/modem_lines.c).
/// </summary>
public sealed class LibSerialPortTests
{
    private const string LinesVariable = "MODEM_LINES";

    [Fact]
    public async Task A_virtual_device_is_driven_through_libserialport()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "LD_PRELOAD and /dev/pts are Linux's");
        Assert.SkipWhen(SerialPorts.LibraryVersion is null, "libserialport is not installed: apt-get install libserialport0");
        using var folder = new TemporaryFolder();
        string library = folder.File("modem_lines.so");
        string lines = folder.File("lines");
        string source = Path.Combine(AppContext.BaseDirectory, "Clients", "Preload", "modem_lines.c");
        (int code, string said) = await RunAsync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"], null, null);
        Assert.SkipWhen(code == 127, "there is no C compiler: apt-get install gcc");
        Assert.True(code == 0, said);

        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string method = $"{typeof(LibSerialPortTests).FullName}.{nameof(Inside_the_child_process)}";
        (code, said) = await RunAsync(
            host, [typeof(LibSerialPortTests).Assembly.Location, "-explicit", "only", "-method", method], library, lines);
        Assert.True(code == 0, said);
        Assert.Contains("Total: 1", said, StringComparison.Ordinal);
        Assert.Contains("Failed: 0", said, StringComparison.Ordinal);
        Assert.Contains("Skipped: 0", said, StringComparison.Ordinal);

        // An ESP32 restarts when DTR and RTS differ. Opening, using and closing the port never made them differ.
        if (File.Exists(lines))
        {
            Assert.All(await File.ReadAllLinesAsync(lines), state => Assert.True(state is "6" or "0", $"DTR and RTS differed: {state}"));
        }
    }

    [Fact(Explicit = true)]
    public async Task Inside_the_child_process()
    {
        Assert.NotNull(Environment.GetEnvironmentVariable(LinesVariable));
        var server = new VirtualServer(new VirtualServerOptions
        {
            Device = new VirtualDeviceOptions { Name = "libserialport", Ephemeral = true },
            TcpPort = null,
        });
        string path = server.TerminalPath!;
        ISerialPort port = HardwarePort.Open(path, 921600);
        var busy = Assert.Throws<DeviceException>(() => HardwarePort.Open(path, 921600));
        Assert.Equal(DeviceErrorKind.PortBusy, busy.Kind);

        await using DeviceClient client = await DeviceClient.OpenAsync(new SerialLink(port, path), null, CancellationToken.None);
        byte[] image = SmallNetworks.Fan(1000).Image;
        await client.ProgramAsync(image);
        Assert.Equal(image, await client.ReadImageAsync());
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        RunReport report = await client.RunAsync(new RunOptions { Duration = 200_000 });
        Assert.Equal("0 lost of 8", report.Spikes.ToString());

        await server.DisposeAsync();
        var lost = await Assert.ThrowsAsync<DeviceException>(() => client.PingAsync());
        Assert.Equal(DeviceErrorKind.LinkLost, lost.Kind);
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, string? preload, string? lines)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        if (preload is not null)
        {
            start.Environment["LD_PRELOAD"] = preload;
            start.Environment[LinesVariable] = lines;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, $"there is no program '{program}'");
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
    }
}
