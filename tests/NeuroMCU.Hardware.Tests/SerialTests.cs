// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Ports;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.Hardware.Tests;

public sealed class SerialTests
{
    [Fact]
    public void Bytes_take_their_time_on_the_line()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using SerialPort port = Open(9600);
        bench.Uart("COM2").HostWrite([1, 2, 3]);
        Assert.Equal(0, port.BytesToRead);
        bench.Clock.AdvanceTo(1042);
        Assert.Equal(1, port.BytesToRead);

        // The third byte is there after 30 bits: 3125 µs.
        byte[] read = new byte[3];
        Assert.Equal(3, port.Read(read, 0, 3));
        Assert.Equal(3125, bench.Clock.Now);
        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public void Writing_blocks_until_the_rest_fits_the_hardwares_buffer()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using SerialPort port = Open(100_000);
        port.Write(new byte[128], 0, 128);
        Assert.Equal(0, bench.Clock.Now);
        port.Write(new byte[100], 0, 100);

        // 228 bytes of 100 µs, less the 128 that may wait.
        Assert.Equal(10_000, bench.Clock.Now);
        Assert.Equal(100, bench.Uart("COM2").HostBytesToRead);
        bench.Clock.AdvanceTo(22_800);
        Assert.Equal(228, bench.Uart("COM2").HostBytesToRead);
    }

    [Fact]
    public void A_write_that_takes_too_long_times_out_but_its_bytes_go_out()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using SerialPort port = Open(100_000);
        port.WriteTimeout = 5;
        Assert.Throws<TimeoutException>(() => port.Write(new byte[228], 0, 228));
        Assert.Equal(5_000, bench.Clock.Now);
        bench.Clock.AdvanceTo(22_800);
        Assert.Equal(228, bench.Uart("COM2").HostBytesToRead);
    }

    [Fact]
    public void A_full_receive_buffer_loses_bytes_and_counts_them()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using SerialPort port = Open(1_000_000, 300);
        VirtualUart line = bench.Uart("COM2");
        line.HostWrite(Enumerable.Range(0, 500).Select(i => (byte)i).ToArray());
        bench.Clock.AdvanceTo(100_000);
        Assert.Equal(300, port.BytesToRead);
        Assert.Equal(200, line.ReceiveOverruns);
        byte[] read = new byte[300];
        port.Read(read, 0, 300);
        Assert.Equal(299 - 256, read[299]);
    }

    [Fact]
    public void Whatever_is_sent_arrives_in_order_on_a_line_without_faults()
    {
        Prop.ForAll<byte[], PositiveInt>((bytes, chunk) =>
        {
            var bench = new Bench();
            using IDisposable scope = Bench.Use(bench);
            using SerialPort port = Open(921_600, 100_000);
            VirtualUart line = bench.Uart("COM2");
            line.HostWrite(bytes);
            bench.Clock.AdvanceTo(10_000_000);
            byte[] buffer = new byte[chunk.Get];
            while (port.BytesToRead > 0)
            {
                int count = port.Read(buffer, 0, Math.Min(buffer.Length, port.BytesToRead));
                port.Write(buffer, 0, count);
            }

            bench.Clock.AdvanceTo(20_000_000);
            byte[] back = new byte[bytes.Length + 1];
            int got = line.HostRead(back);
            return got == bytes.Length && back.AsSpan(0, got).SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Noise_and_a_pulled_plug_reach_the_other_end()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using SerialPort port = Open(115_200);
        VirtualUart line = bench.Uart("COM2");
        line.Unlimited = true;
        line.ToDeviceFault = (index, value) => index == 1 ? -1 : value ^ (index == 2 ? 0x10 : 0);
        line.HostWrite([7, 7, 7]);
        byte[] read = new byte[2];
        Assert.Equal(2, port.BytesToRead);
        port.Read(read, 0, 2);
        Assert.Equal([7, 0x17], read);
        line.Connected = false;
        line.HostWrite([1]);
        port.Write([1], 0, 1);
        Assert.Equal(0, port.BytesToRead);
        Assert.Equal(0, line.HostBytesToRead);
    }

    [Fact]
    public void Misuse_throws_what_the_device_throws()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        Assert.Throws<ArgumentException>(() => new SerialPort("COM1").Open());

        // COM3 has no pins yet.
        Assert.Contains("PIN_UNAVAILABLE", Assert.Throws<Exception>(() => new SerialPort("COM3").Open()).Message, StringComparison.Ordinal);
        using SerialPort port = Open(115_200);
        Assert.Throws<ArgumentException>(() => new SerialPort("COM2"));
        Assert.Throws<InvalidOperationException>(port.Open);
        Assert.Throws<InvalidOperationException>(() => port.ReadBufferSize = 1000);
        Assert.Throws<ArgumentException>(() => port.Write(new byte[4], 2, 3));
        port.ReadTimeout = 50;
        Assert.Throws<TimeoutException>(() => port.Read(new byte[1], 0, 1));
        Assert.Equal(50_000, bench.Clock.Now);
        port.ReadTimeout = -1;
        Assert.Contains("waits without limit", Assert.Throws<InvalidOperationException>(() => port.Read(new byte[1], 0, 1)).Message,
            StringComparison.Ordinal);
        port.Dispose();
        Assert.Throws<ObjectDisposedException>(() => port.BytesToRead);
        using var again = new SerialPort("COM2");
        again.Open();
    }

    internal static SerialPort Open(int baud, int buffer = 4096)
    {
        BoardDrivers.SetPortPins(BoardText.Parse(BuiltInBoard.Text));
        var port = new SerialPort("COM2", baud) { ReadBufferSize = buffer };
        port.Open();
        return port;
    }
}
