// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Serial;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Devices;

/// <summary><c>devices</c>: lists what --device can name. Opens no port, so that nothing is disturbed.</summary>
internal static class DevicesVerb
{
    public static Command Create(VerbRunner runner)
        => runner.Bind(new Command("devices", "List what --device can name; opens no port"), usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        bool library = SerialPorts.LibraryVersion is not null;
        IReadOnlyList<SerialPortInfo> ports = library ? SerialPorts.List() : [];
        List<Row> rows = [new Row("virtual", "virtual", "the virtual bench in this process (default)")];
        foreach (RunningDevice device in RunningDevices.List())
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"virtual device '{device.Name}' of process {device.ProcessId}, cost profile {device.Profile}");
            rows.AddRange(new[] { device.Tcp, device.Serial is null ? null : "serial:" + device.Serial }.OfType<string>()
                .Select(a => new Row(a, "served", what)));
        }

        rows.AddRange(ports.OrderByDescending(p => p.IsUsb).Select(p => new Row(Address(p), "serial", Describe(p), p.Path, p.UsbSerial)));
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.devices/1", Devices = rows, SerialPortsListed = library });
            return Task.FromResult(ExitCode.Ok);
        }

        Grid grid = Tables.Plain("address", "what it is");
        foreach (Row row in rows)
        {
            Tables.Add(grid, row.Address, row.Description);
        }

        context.Out.Write(grid);
        context.WriteLine();
        context.WriteLine("A device on the network is tcp://HOST:PORT; 'neuromcu virtual' serves one on this machine.");
        if (!library)
        {
            context.Say("note: serial ports are not listed, for libserialport is missing; next: sudo apt-get install libserialport0");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static string Describe(SerialPortInfo port) =>
        port.Description.Length == 0 || port.Path.EndsWith(port.Description, StringComparison.Ordinal) ? "serial port " + port.Path
        : $"{port.Description}, {port.Path}";

    private static string Address(SerialPortInfo port) => string.IsNullOrEmpty(port.UsbSerial) ? "serial:" + port.Path
        : "id:" + port.UsbSerial;

    private sealed record Row(string Address, string Kind, string Description, string? Path = null, string? UsbSerial = null);
}
