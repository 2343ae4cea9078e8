// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>What the link does to frames, and what must hold all the same.</summary>
public sealed class FaultTests
{
    private static readonly VirtualDeviceOptions s_options = new() { Ephemeral = true };

    [Fact]
    public async Task With_a_tenth_of_all_frames_lost_each_way_every_write_is_applied_exactly_once()
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect(), seed: 3)
        {
            LossToDevice = 0.05,
            DamageToDevice = 0.05,
            LossToHost = 0.05,
            DamageToHost = 0.05
        };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Fan(1000).Image);

        // A write that is applied twice is not seen in a weight, an injected spike that is applied twice is seen in the count of spikes.
        await client.StartAsync(new RunOptions { LinkTimeout = 0 });
        int spikes = 0;
        for (int k = 0; k < 500; k++)
        {
            spikes += await client.InjectNowAsync([0]);
            await client.WriteWeightsAsync(k, new[] { (short)(k - 250) });
        }

        await client.FollowAsync(TimeSpan.FromMilliseconds(100));
        IReadOnlyList<KeyValuePair<string, long>> counters = await client.ReadCountersAsync();
        await client.StopAsync();
        Assert.Equal(500, spikes);
        Assert.Equal(500, counters.Single(counter => counter.Key == "synaptic_events").Value / 1000);
        Assert.Equal(Enumerable.Range(-250, 500).Select(k => (short)k), await client.ReadWeightsAsync(0, 500));
        Assert.True(client.RepeatedRequests > 50, "the faults must have had an effect");
    }

    [Theory]
    [InlineData(90, false)]
    [InlineData(400, true)]
    [InlineData(1500, true)]
    public async Task A_late_answer_costs_at_most_repeats_and_nothing_is_applied_twice(int milliseconds, bool repeats)
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Fan(10).Image);
        await client.StartAsync(new RunOptions { LinkTimeout = 0 });
        link.DelayToHost = TimeSpan.FromMilliseconds(milliseconds);
        for (int k = 0; k < 20; k++)
        {
            Assert.Equal(1, await client.InjectNowAsync([0]));
        }

        link.DelayToHost = TimeSpan.Zero;
        RunReport report = await client.StopAsync();
        Assert.Equal(repeats, client.RepeatedRequests > 0);
        Assert.Equal(20, (await client.ReadCountersAsync()).Single(counter => counter.Key == "synaptic_events").Value / 10);
        Assert.Equal(0, report.Spikes.Lost);
    }

    [Fact]
    public void Whatever_the_link_does_the_device_holds_what_the_host_wrote()
    {
        byte[] image = SmallNetworks.Fan(200).Image;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(30),
            Prop.ForAll<int, byte, (byte First, short Value, byte Count)[]>((seed, loss, writes) =>
            {
                return HoldsAsync(image, seed, loss / 2550.0, writes).GetAwaiter().GetResult();
            }));
    }

    private static async Task<bool> HoldsAsync(byte[] image, int seed, double loss, (byte First, short Value, byte Count)[] writes)
    {
        using var device = new BenchDevice(s_options with { Profile = "ideal" });
        var link = new FaultyLink(device.Connect(), seed);
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(image);
        short[] model = await client.ReadWeightsAsync(0, 200);
        link.LossToDevice = loss / 2;
        link.DamageToDevice = loss / 2;
        link.LossToHost = loss / 2;
        link.DamageToHost = loss / 2;
        foreach ((byte first, short value, byte count) in writes)
        {
            int at = first % 200;
            short[] block = [.. Enumerable.Repeat(Math.Max(value, (short)-32767), Math.Min((int)count, 200 - at))];
            block.CopyTo(model, at);
            await client.WriteWeightsAsync(at, block);
        }

        short[] held = await client.ReadWeightsAsync(0, 200);
        return model.SequenceEqual(held);
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.01, 2)]
    [InlineData(0.10, 3)]
    [InlineData(0.30, 4)]
    public async Task Every_spike_is_either_there_or_counted_as_lost(double loss, int seed)
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect(), seed);
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Noise(50, 100).Image);
        link.LossToHost = loss / 2;
        link.DamageToHost = loss / 2;
        var record = new RunRecorder();
        client.Observer = record;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 2_000_000, RealTime = false });
        link.LossToHost = 0;
        link.DamageToHost = 0;
        long produced = (await client.ReadCountersAsync()).Single(counter => counter.Key == "spikes").Value;

        Assert.InRange(produced, 8_000, 12_000);
        Assert.Equal(produced, report.Spikes.Total);
        Assert.Equal(record.SpikeCount, report.Spikes.Received);
        Assert.Equal(0, report.Spikes.DroppedByDevice);
        Assert.True(report.Spikes.LostOnWire > 0 || loss < 0.1, "the faults must have had an effect");
        Assert.Equal(record.SpikeCount, record.Spikes.Times.Zip(record.Spikes.Neurons).Distinct().Count());
    }

    [Fact]
    public async Task An_upload_under_loss_arrives_whole()
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect(), seed: 5)
        {
            LossToDevice = 0.05,
            LossToHost = 0.05,
            DamageToDevice = 0.05,
            DamageToHost = 0.05
        };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        byte[] image = SmallNetworks.Fan(800).Image;
        UploadReport report = await client.ProgramAsync(image);
        Assert.Equal(Crc32.Compute(image, 0, image.Length - 4), report.Crc);
        Assert.True(report.RepeatedChunks > 0);
    }

    [Fact]
    public async Task A_cable_pulled_at_any_frame_of_an_upload_leaves_the_old_network_in_place()
    {
        using var device = new BenchDevice(s_options);
        byte[] old = SmallNetworks.Chain("old").Image;
        byte[] image = SmallNetworks.Fan(300).Image;
        uint oldCrc = Crc32.Compute(old, 0, old.Length - 4);
        await using (DeviceClient first = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None))
        {
            await first.ProgramAsync(old, new ProgramOptions { Persist = true, StartAtBoot = false });
        }

        for (int cut = 1; ; cut++)
        {
            var link = new FaultyLink(device.Connect());
            await using (DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None))
            {
                link.CutAfter = link.SentFrames + cut;
                try
                {
                    await client.ProgramAsync(image);
                    Assert.True(cut > 5, "the upload must take some frames");
                    return;
                }
                catch (DeviceException problem)
                {
                    Assert.Contains(problem.Kind, (DeviceErrorKind[])[DeviceErrorKind.UploadInterrupted, DeviceErrorKind.LinkLost]);
                }
            }

            await using DeviceClient after = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
            Assert.Equal(oldCrc, after.Info.ImageCrc);
            Assert.Equal(4, after.Info.Neurons);
        }
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_leaves_the_old_network_running()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Chain("old").Image);
        await client.StartAsync(new RunOptions());
        using var cancel = new CancellationTokenSource();
        var progress = new CancelAt(2000, cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ProgramAsync(SmallNetworks.Fan(1000).Image, progress: progress, cancellation: cancel.Token));

        Assert.Equal("running", (await client.ReadStateAsync()).StateText);
        Assert.Equal(4, (await client.RefreshInfoAsync()).Neurons);
        RunReport report = await client.StopAsync();
        Assert.Equal(0, report.Spikes.Lost);
    }

    [Fact]
    public async Task A_cable_pulled_during_a_run_breaks_the_link_and_makes_the_device_safe()
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Noise(10, 50).Image);
        await client.StartAsync(new RunOptions { LinkTimeout = 500 });
        await client.FollowAsync(TimeSpan.FromMilliseconds(200));
        link.Cut = true;
        var problem = await Assert.ThrowsAsync<RunBrokenException>(() => client.WaitForEndAsync());
        Assert.Equal(DeviceErrorKind.LinkLost, problem.Kind);
        Assert.Equal(DeviceState.Running, device.Firmware.State);

        device.Pump(TimeSpan.FromMilliseconds(600));
        Assert.Equal(DeviceState.Safe, device.Firmware.State);
        await using DeviceClient again = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        Assert.Contains("host was silent", again.Info.FaultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_last_message_is_lost_ends_all_the_same_with_the_right_account()
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        link.SwallowedType = MessageType.RunEnded;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 100_000 });
        Assert.Equal(EndReason.Duration, report.Reason);
        Assert.Equal("0 lost of 8", report.Spikes.ToString());
        Assert.Equal(1, link.Faults);
    }

    [Fact]
    public async Task A_device_that_is_silent_is_told_from_one_that_speaks_another_language()
    {
        await using var silent = new ScriptedLink([]);
        var nothing = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(silent, null, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.NoAnswer, nothing.Kind);
        Assert.Contains("nothing arrived", nothing.Why!, StringComparison.Ordinal);

        await using var noise = new ScriptedLink("ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n"u8.ToArray());
        var babble = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(noise, null, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.NoAnswer, babble.Kind);
        Assert.Contains("no whole frame", babble.Why!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.5)]
    [InlineData(3.5)]
    public async Task A_device_that_boots_for_some_seconds_is_waited_for(double seconds)
    {
        await using var link = new ScriptedLink("ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n"u8.ToArray())
        {
            Silence = TimeSpan.FromSeconds(seconds),
            Answer = ScriptedLink.Hello(_ => { }),
        };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        Assert.InRange(link.Elapsed.TotalSeconds, seconds, seconds + 1);
    }

    [Fact]
    public async Task Another_protocol_version_is_refused_with_both_versions()
    {
        await using var link = new ScriptedLink([]) { Answer = ScriptedLink.Hello(hello => hello.Major = 2) };
        var problem = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(link, null, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.VersionMismatch, problem.Kind);
        Assert.Contains($"protocol 2.{WireFormat.ProtocolMinor}", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"program {WireFormat.ProtocolMajor}.{WireFormat.ProtocolMinor}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_message_table_is_refused_with_both_hashes()
    {
        await using var link = new ScriptedLink([]) { Answer = ScriptedLink.Hello(hello => hello.Schema = 0xabcd1234) };
        var problem = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(link, null, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.VersionMismatch, problem.Kind);
        Assert.Contains("abcd1234", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"{MessageTable.Hash:x8}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_with_any_byte_changed_is_refused_and_the_network_stays()
    {
        using var device = new BenchDevice(s_options with { Profile = "ideal" });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        byte[] image = SmallNetworks.Chain().Image;
        await client.ProgramAsync(image);
        for (int place = 0; place < image.Length; place++)
        {
            byte[] damaged = (byte[])image.Clone();
            damaged[place] ^= 0x10;
            var problem = await Assert.ThrowsAsync<DeviceException>(() => client.ProgramAsync(damaged));
            Assert.Equal(DeviceErrorKind.ImageInvalid, problem.Kind);
        }

        Assert.Equal(Crc32.Compute(image, 0, image.Length - 4), (await client.RefreshInfoAsync()).ImageCrc);
    }

    [Fact]
    public async Task An_image_for_another_board_is_refused()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        NetworkTables tables = SmallNetworks.Chain().Tables;
        tables.BoardId = 0x01020304;
        var problem = await Assert.ThrowsAsync<DeviceException>(() => client.ProgramAsync(ImageWriter.Write(tables)));
        Assert.Equal(DeviceErrorKind.OtherBoard, problem.Kind);
        Assert.Contains("01020304", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_networks_that_do_not_fit_together_follow_each_other_and_a_bad_one_never_takes_the_place()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        byte[] first = SmallNetworks.Fan(800).Image;
        byte[] second = SmallNetworks.Fan(700).Image;
        await client.ProgramAsync(first);
        Assert.True(device.Board.MaxNetworkBytes < 2 * ImageHeader.Peek(second, 0, second.Length).HeapBytes, "they must not fit together");
        await client.ProgramAsync(second);
        Assert.Equal(701, (await client.RefreshInfoAsync()).Neurons);

        byte[] bad = (byte[])first.Clone();
        bad[^20] ^= 1;
        var problem = await Assert.ThrowsAsync<DeviceException>(() => client.ProgramAsync(bad));
        Assert.Equal(DeviceErrorKind.ImageInvalid, problem.Kind);
        Assert.Equal(701, (await client.RefreshInfoAsync()).Neurons);
    }

    [Fact]
    public async Task An_image_that_is_too_large_is_refused_before_it_is_sent()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        long before = client.BytesSent;
        var problem = await Assert.ThrowsAsync<DeviceException>(() => client.ProgramAsync(new byte[200_000]));
        Assert.Equal(DeviceErrorKind.TooBig, problem.Kind);
        Assert.Contains("48128", problem.Message, StringComparison.Ordinal);
        Assert.InRange(client.BytesSent - before, 1, 1000);
    }

    private sealed class CancelAt(int bytes, CancellationTokenSource cancel) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value.Done >= bytes)
            {
                cancel.Cancel();
            }
        }
    }
}
