// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.IO.Ports;
using System.Net;
using System.Net.Sockets;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench;

namespace NeuroMCU.Firmware.Tests;

public class TransportTests
{
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void Tcp_passes_bytes_both_ways_and_notices_that_the_host_has_gone()
    {
        using var door = Door(1);
        var line = door.Lines[0];
        Assert.False(line.IsOpen);
        Assert.True(line.RequiresAuthentication);
        Assert.Equal(0, line.Available);
        Assert.Equal(0, line.Write([1, 2], 0, 2));
        Assert.False(door.Knock());

        using (var host = Connect(door))
        {
            Wait(door.Knock);
            door.Admit(line);
            host.GetStream().Write([1, 2, 3]);
            Wait(() => line.Available == 3);
            Assert.True(line.IsOpen);
            Assert.Equal(3, line.Read(_buffer, 5, 3));
            Assert.Equal([1, 2, 3], _buffer[5..8]);
            Assert.Equal(2, line.Write([8, 9], 0, 2));
            Assert.Equal(8, host.GetStream().ReadByte());
            Assert.Equal(9, host.GetStream().ReadByte());
        }

        Wait(() => line.Available == 0 && !line.IsOpen);
    }

    [Fact]
    public void A_port_that_cannot_be_opened_is_tried_again_until_it_can()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var holder = new TcpListener(IPAddress.Any, 0) { ExclusiveAddressUse = true };
        holder.Start();
        var profile = BoardText.Parse(BuiltInBoard.Text);
        profile.WifiSsid = "lab";
        profile.WifiPassword = "secret";
        profile.TcpPort = ((IPEndPoint)holder.LocalEndpoint).Port;
        bench.Wifi.AccessPoint = profile.WifiSsid;
        bench.Wifi.Passphrase = profile.WifiPassword;
        using var door = new WifiDoor(new WifiJoin(profile, new BenchConsole(bench), 20), profile, new BenchConsole(bench), 20);
        int Refusals() => bench.Console.Count(l => l.Text.EndsWith("cannot be opened, trying again", StringComparison.Ordinal));
        Wait(() => !door.Knock() && Refusals() >= 2);
        holder.Stop();
        Wait(() => !door.Knock() && bench.Console.Any(l => l.Text.StartsWith("listening on TCP port", StringComparison.Ordinal)));
        using var host = new TcpClient();
        host.Connect(IPAddress.Loopback, profile.TcpPort);
        host.GetStream().Write([5, 6]);
        Wait(door.Knock);
        door.Admit(door.Lines[0]);
        Wait(() => door.Lines[0].Available == 2);
    }

    [Fact]
    public void Each_host_has_a_line_of_its_own_and_whoever_gets_it_next_is_another_connection()
    {
        using var door = Door(2);
        using var first = Connect(door);
        Wait(door.Knock);
        Assert.True(door.Knock(), "it waits until it is let in");
        door.Admit(door.Lines[0]);
        Assert.False(door.Knock());
        var connection = door.Lines[0].Connection;
        using var second = Connect(door);
        Wait(door.Knock);
        Assert.Equal(door.Address(door.Lines[0]), door.Address(null));
        Assert.NotEqual(door.Address(door.Lines[1]), door.Address(null));
        door.Admit(door.Lines[1]);
        second.GetStream().Write([7]);
        first.GetStream().Write([1]);
        Wait(() => door.Lines.All(line => line.Available == 1));
        Assert.All(new[] { (0, 1), (1, 7) }, pair => Assert.Equal((1, pair.Item2),
            (door.Lines[pair.Item1].Read(_buffer, 0, 1), _buffer[0])));

        // The third one takes the place of the first, which loses its connection.
        using var third = Connect(door);
        Wait(door.Knock);
        door.Admit(door.Lines[0]);
        Assert.NotEqual(connection, door.Lines[0].Connection);
        Assert.Equal(0, first.GetStream().Read(_buffer, 0, 1));
        Assert.True(door.Lines[1].IsOpen);

        // And a fourth one is turned away.
        using var fourth = Connect(door);
        Wait(door.Knock);
        door.Refuse();
        Assert.False(door.Knock());
        Assert.Equal(0, fourth.GetStream().Read(_buffer, 0, 1));
    }

    [Fact]
    public void Another_machine_has_another_address()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has all of 127.0.0.0/8");
        using var door = Door(1);
        using var first = Connect(door, "127.0.0.1");
        Wait(door.Knock);
        door.Admit(door.Lines[0]);
        using var second = Connect(door, "127.0.0.2");
        Wait(door.Knock);
        Assert.NotEqual(door.Address(door.Lines[0]), door.Address(null));
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_and_can_be_opened_later()
    {
        var first = Door(1);
        using var second = new TcpDoor(1);
        Assert.ThrowsAny<SocketException>(() => second.Listen(IPAddress.Loopback, first.Port));
        Assert.False(second.Knock());
        Assert.Equal(0, second.Port);
        var port = first.Port;
        first.Dispose();
        second.Listen(IPAddress.Loopback, port);
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public void A_host_that_does_not_read_stops_the_line_without_stopping_the_device()
    {
        using var door = Door(1);
        using var host = Connect(door);
        Wait(door.Knock);
        door.Admit(door.Lines[0]);
        var block = new byte[64 * 1024];
        long total = 0;
        int taken;
        do
        {
            taken = door.Lines[0].Write(block, 0, block.Length);
            total += taken;
        }
        while (taken > 0 && total < 1L << 30);

        Assert.Equal(0, taken);
    }

    [Fact]
    public void Serial_reads_what_has_arrived_and_never_waits()
    {
        var bench = new Bench();
        using var use = Bench.Use(bench);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(17, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_TX);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(16, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_RX);
        var transport = new SerialTransport(new SerialPort("COM2", 921_600), new BenchClock(bench));
        Assert.True(transport.IsOpen);
        Assert.False(transport.RequiresAuthentication);
        Assert.Equal(0, transport.Available);
        Assert.Equal(3, transport.Write([4, 5, 6], 0, 3));
    }

    [Theory]
    [InlineData(921_600)]
    [InlineData(115_200)]
    [InlineData(9600)]
    public void Serial_writes_no_more_than_the_line_has_room_for(int baudRate)
    {
        // The hardware holds 128 bytes; a write beyond them would stop the whole device for up to a tick of 10 ms.
        const int Hardware = 128;
        var bench = new Bench();
        using var use = Bench.Use(bench);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(17, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_TX);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(16, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_RX);
        var clock = new BenchClock(bench);
        var transport = new SerialTransport(new SerialPort("COM2", baudRate), clock);
        byte[] sent = new byte[1000];
        for (int i = 0; i < sent.Length; i++)
        {
            sent[i] = (byte)(i * 7);
        }

        long perByte = 10_000_000 / baudRate;
        long begin = clock.Now;
        int done = 0;
        bool parts = false;
        while (done < sent.Length)
        {
            long before = clock.Now;
            int taken = transport.Write(sent, done, sent.Length - done);
            Assert.InRange(clock.Now - before, 0, 200);
            Assert.InRange(taken, 0, Hardware);
            parts |= taken > 0 && taken < sent.Length - done;
            done += taken;

            // What has been taken is either still in the hardware or has had its time on the line.
            long drained = (clock.Now - begin) * baudRate / 10_000_000;
            Assert.InRange(done - drained, long.MinValue, Hardware);
            clock.Idle(clock.Now + (10 * perByte));
        }

        Assert.True(parts);
        byte[] arrived = new byte[2000];
        int count = 0;
        for (int i = 0; i < 2 * Hardware; i++)
        {
            clock.Idle(clock.Now + perByte + 1);
            count += bench.Uart("COM2").HostRead(arrived.AsSpan(count));
        }

        Assert.Equal(sent, arrived[..count]);
    }

    [Fact]
    public void Serial_takes_nothing_rather_than_a_few_bytes_while_the_line_is_full()
    {
        var bench = new Bench();
        using var use = Bench.Use(bench);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(17, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_TX);
        nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(16, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_RX);
        var clock = new BenchClock(bench);
        var transport = new SerialTransport(new SerialPort("COM2", 9600), clock);
        int first = transport.Write(new byte[300], 0, 300);
        Assert.InRange(first, 64, 128);
        Assert.Equal(0, transport.Write(new byte[300], 0, 300));

        // A part that fits goes at once, however short it is.
        clock.Idle(clock.Now + 20_000);
        Assert.Equal(3, transport.Write(new byte[3], 0, 3));
    }

    private static TcpDoor Door(int lines)
    {
        var door = new TcpDoor(lines);
        door.Listen(IPAddress.Loopback, 0);
        return door;
    }

    private static TcpClient Connect(TcpDoor door, string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        client.Connect(IPAddress.Loopback, door.Port);
        return client;
    }

    private static void Wait(Func<bool> condition)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(20), "nothing happened for 20 s");
            Thread.Sleep(1);
        }
    }
}
