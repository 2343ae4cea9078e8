// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;
using NeuroMCU.Devices.Serial;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Clients;

public sealed class SerialPortTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Every_byte_value_passes_a_pseudo_terminal_unchanged_both_ways()
    {
        SkipWithoutTerminals();
        using PseudoTerminal terminal = PseudoTerminal.Open();
        await using var link = new SerialLink(SerialPorts.Open(terminal.Path, 921600), terminal.Path);
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        await link.WriteAsync(all, CancellationToken.None);
        Assert.Equal(all, ReadAll(terminal, all.Length));

        terminal.Write(all);
        byte[] back = new byte[256];
        for (int got = 0; got < back.Length;)
        {
            int count = await link.ReadAsync(back.AsMemory(got), s_long, CancellationToken.None);
            Assert.NotEqual(0, count);
            got += count;
        }

        Assert.Equal(all, back);
    }

    [Fact]
    public void A_port_that_is_open_already_is_busy()
    {
        SkipWithoutTerminals();
        using PseudoTerminal terminal = PseudoTerminal.Open();
        using ISerialPort first = SerialPorts.Open(terminal.Path, 921600);
        var problem = Assert.Throws<DeviceException>(() => SerialPorts.Open(terminal.Path, 921600));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
        Assert.Contains(terminal.Path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_can_be_opened_again_after_it_was_closed()
    {
        SkipWithoutTerminals();
        using PseudoTerminal terminal = PseudoTerminal.Open();
        SerialPorts.Open(terminal.Path, 921600).Dispose();
        SerialPorts.Open(terminal.Path, 921600).Dispose();
    }

    [Fact]
    public async Task A_port_that_goes_away_breaks_the_link()
    {
        SkipWithoutTerminals();
        using PseudoTerminal terminal = PseudoTerminal.Open();
        await using var link = new SerialLink(SerialPorts.Open(terminal.Path, 921600), terminal.Path);
        terminal.Dispose();
        var problem = await Assert.ThrowsAsync<DeviceException>(
            async () => await link.ReadAsync(new byte[8], s_long, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.LinkLost, problem.Kind);
    }

    [Fact]
    public void A_host_that_does_not_read_loses_bytes_but_never_stops_the_device()
    {
        SkipWithoutTerminals();
        using PseudoTerminal terminal = PseudoTerminal.Open();
        byte[] block = new byte[10_000];
        for (int k = 0; k < 100; k++)
        {
            terminal.Write(block);
        }

        Assert.InRange(terminal.Dropped, 1, 1_000_000);
    }

    [Fact]
    public void A_port_that_is_not_there_is_told_with_its_name()
    {
        SkipWithoutLibrary();
        var problem = Assert.Throws<DeviceException>(() => SerialPorts.Open("/dev/ttyUSB97", 921600));
        Assert.Equal(DeviceErrorKind.NotFound, problem.Kind);
        Assert.Contains("/dev/ttyUSB97", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_no_serial_port()
    {
        SkipWithoutLibrary();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("port"), "");
        var problem = Assert.Throws<DeviceException>(() => SerialPorts.Open(folder.File("port"), 921600));
        Assert.Equal(DeviceErrorKind.NotFound, problem.Kind);
        Assert.Contains("no serial port", problem.Why!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_usb_serial_number_is_told()
    {
        SkipWithoutLibrary();
        var problem = Assert.Throws<DeviceException>(() => SerialPorts.FindByUsbSerial("no-such-number"));
        Assert.Equal(DeviceErrorKind.NotFound, problem.Kind);
        Assert.Contains("no-such-number", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] ReadAll(PseudoTerminal terminal, int count)
    {
        byte[] all = new byte[count];
        byte[] part = new byte[count];
        for (int got = 0; got < count;)
        {
            int more = terminal.Read(part, 20_000);
            Assert.NotEqual(0, more);
            part.AsSpan(0, more).CopyTo(all.AsSpan(got));
            got += more;
        }

        return all;
    }

    private static void SkipWithoutTerminals() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals");

    private static void SkipWithoutLibrary() =>
        Assert.SkipWhen(SerialPorts.LibraryVersion is null, "libserialport is not installed: apt-get install libserialport0");
}
