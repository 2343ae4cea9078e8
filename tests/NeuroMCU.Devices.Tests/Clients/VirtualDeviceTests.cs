// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Firmware.Store;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Storage;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Clients;

public sealed class VirtualDeviceTests
{
    [Fact]
    public async Task A_stored_network_with_its_changed_weights_survives_power_off_and_the_process()
    {
        using var folder = new TemporaryFolder();
        var options = new ConnectOptions { Virtual = new VirtualDeviceOptions { StateFolder = folder.File("flash") } };
        byte[] image = SmallNetworks.Chain().Image;
        await using (DeviceConnection first = await DeviceConnector.ConnectAsync("virtual", options))
        {
            UploadReport report = await first.Client.ProgramAsync(image, new ProgramOptions { Persist = true, StartAtBoot = false });
            Assert.Equal(ImageState.Stored, report.State);
            await first.Client.WriteWeightsAsync(2, new short[] { 123 });
            Assert.Equal(report.Generation + 1, await first.Client.PersistAsync(startAtBoot: false));
        }

        // Another object over the same folder is what another process sees.
        await using (DeviceConnection second = await DeviceConnector.ConnectAsync("virtual", options))
        {
            Assert.Equal("in memory and in the store", second.Client.Info.ImageText);
            Assert.Equal(123, (await second.Client.ReadWeightsAsync(2, 1))[0]);
            second.Device!.PowerCycle();
            await using DeviceClient again = await DeviceClient.OpenAsync(second.Device.Connect(), null, CancellationToken.None);
            Assert.Equal(123, (await again.ReadWeightsAsync(2, 1))[0]);
            Assert.Equal("power on", again.Info.ResetReasonText);
        }
    }

    /// <summary>
    /// The disk fails at every step of storing, once or for good, and then the process is killed or the machine loses its power. What was
    /// acknowledged is there afterwards; what was refused is not, unless nothing could be done about it any more.
    /// </summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_a_device_says_to_have_stored_is_on_the_disk_and_what_it_refuses_is_not(bool recovers, bool namesKept)
    {
        for (int steps = 0; ; steps++)
        {
            using var folder = new TemporaryFolder();
            var disk = new FailingDisk { Recovers = recovers };
            var console = new List<string>();
            var options = new VirtualDeviceOptions { StateFolder = folder.File("flash"), Disk = disk, ConsoleWritten = console.Add };
            using var device = new BenchDevice(options);
            await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            UploadReport stored = await client.ProgramAsync(SmallNetworks.Chain().Image,
                new ProgramOptions { Persist = true, StartAtBoot = false });
            await client.WriteWeightsAsync(2, new short[] { 77 });
            await client.PersistAsync(startAtBoot: false);
            disk.StepsLeft = steps;
            await client.WriteWeightsAsync(2, new short[] { 123 });
            var refused = (DeviceException?)await Record.ExceptionAsync(() => client.PersistAsync(startAtBoot: true));
            uint kept = Newest(disk, folder.File("flash"), namesKept);
            if (refused is null)
            {
                Assert.True(steps >= 4, "created, flushed, moved, folder flushed");
                Assert.Equal((uint)stored.Generation + 2, kept);
                return;
            }

            Assert.Equal(DeviceErrorKind.StoreFault, refused.Kind);
            Assert.Contains(console, line => line.Contains("no power", StringComparison.Ordinal)
                && line.Contains(folder.File("flash"), StringComparison.Ordinal));
            Assert.True(kept == stored.Generation + 1 || (!recovers && namesKept && kept == stored.Generation + 2),
                $"generation {kept} after {steps} steps");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_device_says_to_have_erased_does_not_come_back(bool namesKept)
    {
        for (int steps = 0; ; steps++)
        {
            using var folder = new TemporaryFolder();
            var disk = new FailingDisk();
            using var device = new BenchDevice(new VirtualDeviceOptions { StateFolder = folder.File("flash"), Disk = disk });
            await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            await client.ProgramAsync(SmallNetworks.Chain().Image, new ProgramOptions { Persist = true, StartAtBoot = false });
            await client.PersistAsync(startAtBoot: false);
            disk.StepsLeft = steps;
            bool done = await Record.ExceptionAsync(() => client.EraseAsync()) is null;
            Assert.False(done && Newest(disk, folder.File("flash"), namesKept) != 0, $"after {steps} steps");
            if (done)
            {
                Assert.True(steps >= 4, "two files, each deleted, and its folder flushed");
                return;
            }
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_is_removed()
    {
        using var folder = new TemporaryFolder();
        var options = new VirtualDeviceOptions { StateFolder = folder.File("flash") };
        Directory.CreateDirectory(options.StateFolder);
        await File.WriteAllTextAsync(Path.Combine(options.StateFolder, ".net_a.bin.abcdefgh.xyz"), "half",
            TestContext.Current.CancellationToken);
        using var device = new BenchDevice(options);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Chain().Image, new ProgramOptions { Persist = true });
        Assert.Equal([".lock", "net_a.bin"], Directory.GetFiles(options.StateFolder).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>Where nothing costs time, a request that waits for a time while bytes wait on the line must end all the same.</summary>
    [Theory]
    [InlineData("ideal")]
    [InlineData("esp32-rev3")]
    public void No_request_stops_the_clock_while_others_wait_on_the_line(string profile)
    {
        for (int type = 1; type < 0x40; type++)
        {
            using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = profile });
            var encoder = new FrameEncoder();
            void Say(int what, Action<BodyWriter>? write = null)
            {
                BodyWriter body = encoder.Begin(what, what);
                write?.Invoke(body);
                Assert.True(encoder.End());
                device.Uart.HostWrite(encoder.Wire.AsSpan(0, encoder.WireLength));
            }

            Say(MessageType.Hello, new HelloRequest().Write);
            device.Pump(TimeSpan.FromMilliseconds(20));
            Say(type);
            Say(MessageType.Ping);
            device.Uart.HostWrite([1]);
            device.Pump(TimeSpan.FromSeconds(2));
            var decoder = new FrameDecoder();
            byte[] wire = new byte[4096];
            int count = device.Uart.HostRead(wire);
            bool ping = false;
            for (int at = 0; at < count;)
            {
                at += decoder.Feed(wire, at, count - at);
                ping |= decoder.HasFrame && decoder.Type == (MessageType.Ping | MessageType.Answer);
            }

            Assert.True(ping, $"request {type:X2}");
        }
    }

    [Fact]
    public async Task A_network_that_is_not_stored_is_gone_after_power_off()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        device.PowerCycle();
        await using DeviceClient again = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        Assert.False(again.Info.HasNetwork);
    }

    [Fact]
    public async Task A_network_that_starts_at_boot_runs_without_a_host()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true });
        await using (DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None))
        {
            await client.ProgramAsync(SmallNetworks.Chain("alone").Image, new ProgramOptions { Persist = true });
        }

        device.PowerCycle();
        device.Pump(TimeSpan.FromMilliseconds(200));
        Assert.Equal(DeviceState.Running, device.Firmware.State);
        Assert.Equal(8, device.Firmware.Engine.Counters.Spikes);
        Assert.Contains(device.Console, line => line.Contains("alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_host_the_device_says_what_it_found_and_moves_its_pointer()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true });
        await using (DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None))
        {
            await client.ProgramAsync(SmallNetworks.Pointer().Image, new ProgramOptions { Persist = true });
        }

        device.PowerCycle();
        Assert.Equal(1500, device.Servo(0)!.PulseMicroseconds, 2.0);
        device.Pump(TimeSpan.FromMilliseconds(100));

        // The pointer turns from 1000 µs at −90° to 2000 µs at 90°: 60° is at 1833 µs.
        Assert.Equal(1833, device.Servo(0)!.PulseMicroseconds, 2.0);
        Assert.Null(device.Servo(1));
        Assert.Contains(device.Console, line => line.Contains("direction", StringComparison.Ordinal)
            && line.Contains("60", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Power_lost_at_any_point_of_storing_leaves_the_old_or_the_new_network()
    {
        byte[] old = SmallNetworks.Chain("old").Image;
        byte[] image = SmallNetworks.Chain("new one").Image;
        uint[] allowed = [Crc32.Compute(old, 0, old.Length - 4), Crc32.Compute(image, 0, image.Length - 4)];
        int olds = 0;
        int news = 0;
        for (int step = 0; ; step += 7)
        {
            using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = "ideal" });
            await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            await client.ProgramAsync(old, new ProgramOptions { Persist = true, StartAtBoot = false });
            device.Flash.CutPowerAfter(step);
            bool stored = true;
            try
            {
                await client.ProgramAsync(image, new ProgramOptions { Persist = true, StartAtBoot = false });
            }
            catch (Exception problem) when (problem is DeviceException or PowerLostException)
            {
                stored = false;
            }

            device.Flash.RestorePower();
            device.PowerCycle();
            await using DeviceClient after = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            Assert.Contains(after.Info.ImageCrc, allowed);
            _ = after.Info.ImageCrc == allowed[0] ? olds++ : news++;
            if (stored)
            {
                Assert.Equal(allowed[1], after.Info.ImageCrc);
                Assert.True(olds > 50, "many cuts must have hit the write");
                return;
            }
        }
    }

    [Fact]
    public async Task Two_processes_do_not_share_one_flash()
    {
        using var folder = new TemporaryFolder();
        var options = new VirtualDeviceOptions { StateFolder = folder.Path, Patience = TimeSpan.FromMilliseconds(100) };
        using var first = new BenchDevice(options);
        var problem = await Assert.ThrowsAsync<DeviceException>(() => Task.Run(() => new BenchDevice(options)));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
        Assert.Contains(folder.Path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_profile_in_the_folder_is_used_and_a_wrong_one_is_told()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("board.txt");
        File.WriteAllText(path, NeuroMCU.Hardware.Boards.BuiltInBoard.Text.Replace("ears-devkit", "my-board", StringComparison.Ordinal));
        using (var device = new BenchDevice(new VirtualDeviceOptions { StateFolder = folder.Path }))
        {
            Assert.Equal("my-board", device.Board.Name);
        }

        File.WriteAllBytes(path, Encoding.UTF8.GetBytes("nonsense"));
        var problem = Assert.Throws<DeviceException>(() => new BenchDevice(new VirtualDeviceOptions { StateFolder = folder.Path }));
        Assert.Equal(DeviceErrorKind.FileAccess, problem.Kind);
        Assert.Contains(path, problem.Next!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_cost_profile_is_told_with_those_that_exist()
    {
        var problem =
            Assert.Throws<DeviceException>(() => new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = "esp33" }));
        Assert.Equal(DeviceErrorKind.AddressInvalid, problem.Kind);
        Assert.Contains("esp32-rev3", problem.Next!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_costs_of_the_device_show_in_its_time_and_the_ideal_device_has_none()
    {
        TimeSpan[] times = new TimeSpan[2];
        string[] profiles = ["esp32-rev3", "ideal"];
        for (int k = 0; k < 2; k++)
        {
            using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = profiles[k] });
            await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            await client.ProgramAsync(SmallNetworks.Fan(200).Image);
            await client.InjectNowAsync([.. Enumerable.Repeat(0, 20)]);
            TimeSpan begin = device.Time;
            await client.StepAsync(10_000);
            times[k] = device.Time - begin;
        }

        // 4000 synaptic events at some 4 to 10 µs each.
        Assert.True(times[0] > times[1] + TimeSpan.FromMilliseconds(10), $"{times[0]} against {times[1]}");
    }

    // The generation that a device would start with after a power failure.
    private static uint Newest(FailingDisk disk, string folder, bool namesKept)
    {
        var flash = new VirtualFlash(1 << 20);
        foreach (string name in new[] { ImageStore.FileA, ImageStore.FileB })
        {
            flash.Put(name, disk.AfterPowerFailure(Path.Combine(folder, name), namesKept));
        }

        return new ImageStore(flash).Newest?.Generation ?? 0;
    }
}
