// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Diagnostics;
using System.IO.Ports;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.Firmware.Tests
{
    public class TransportTests
    {
        private readonly byte[] _buffer = new byte[64];

        [Fact]
        public void Tcp_passes_bytes_both_ways_and_notices_that_the_host_has_gone()
        {
            using var transport = new TcpTransport(IPAddress.Loopback, 0);
            Assert.False(transport.IsOpen);
            Assert.True(transport.RequiresAuthentication);
            Assert.Equal(0, transport.Available);
            Assert.Equal(0, transport.Write([1, 2], 0, 2));

            using (var host = Connect(transport))
            {
                host.GetStream().Write([1, 2, 3]);
                Wait(() => transport.Available == 3);
                Assert.True(transport.IsOpen);
                Assert.Equal(3, transport.Read(_buffer, 5, 3));
                Assert.Equal([1, 2, 3], _buffer[5..8]);
                Assert.Equal(2, transport.Write([8, 9], 0, 2));
                Assert.Equal(8, host.GetStream().ReadByte());
                Assert.Equal(9, host.GetStream().ReadByte());
            }

            Wait(() => transport.Available == 0 && !transport.IsOpen);
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
            using var transport = new WifiTransport(profile, new BenchConsole(bench), 20);
            int Refusals() => bench.Console.Count(l => l.Text.EndsWith("cannot be opened, trying again", StringComparison.Ordinal));
            Wait(() => transport.Available == 0 && Refusals() >= 2);
            holder.Stop();
            Wait(() => transport.Available == 0 && bench.Console.Any(l => l.Text.StartsWith("listening on TCP port", StringComparison.Ordinal)));
            using var host = new TcpClient();
            host.Connect(IPAddress.Loopback, profile.TcpPort);
            host.GetStream().Write([5, 6]);
            Wait(() => transport.Available == 2);
        }

        [Fact]
        public void A_new_host_is_a_new_connection_and_a_second_one_has_to_wait()
        {
            using var transport = new TcpTransport(IPAddress.Loopback, 0);
            using var first = Connect(transport);
            Wait(() => transport.Available == 0 && transport.IsOpen);
            var connection = transport.Connection;
            using var second = Connect(transport);
            second.GetStream().Write([7]);
            Wait(() => transport.HostWaiting);
            first.GetStream().Write([1]);
            Wait(() => transport.Available == 1);
            Assert.Equal(1, transport.Read(_buffer, 0, 1));
            Assert.Equal(1, _buffer[0]);

            transport.Disconnect();
            Assert.False(transport.IsOpen);
            Wait(() => transport.Available == 1);
            Assert.NotEqual(connection, transport.Connection);
            Assert.Equal(1, transport.Read(_buffer, 0, 1));
            Assert.Equal(7, _buffer[0]);
        }

        [Fact]
        public void A_host_that_does_not_read_stops_the_line_without_stopping_the_device()
        {
            using var transport = new TcpTransport(IPAddress.Loopback, 0);
            using var host = Connect(transport);
            Wait(() => transport.Available == 0 && transport.IsOpen);
            var block = new byte[64 * 1024];
            long total = 0;
            int taken;
            do
            {
                taken = transport.Write(block, 0, block.Length);
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

        private static TcpClient Connect(TcpTransport transport)
        {
            var client = new TcpClient();
            client.Connect(IPAddress.Loopback, transport.Port);
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
}
