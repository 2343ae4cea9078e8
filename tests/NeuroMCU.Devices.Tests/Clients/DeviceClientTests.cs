// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>The client against the real firmware on the virtual bench, at the cost of the real device.</summary>
public sealed class DeviceClientTests
{
    private static readonly VirtualDeviceOptions s_options = new() { Ephemeral = true };

    [Fact]
    public async Task A_new_device_says_what_it_is_and_that_it_is_empty()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        Assert.Equal("ears-devkit", client.Info.BoardName);
        Assert.Equal("1.6", client.Info.Protocol);
        Assert.Equal(MessageTable.Hash, client.Info.Schema);
        Assert.Equal("power on", client.Info.ResetReasonText);
        Assert.False(client.Info.HasNetwork);
        Assert.Equal("idle", client.Info.StateText);
        Assert.InRange((await client.PingAsync()).TotalMilliseconds, 0.01, 30);
    }

    [Fact]
    public async Task What_was_uploaded_is_read_back_byte_for_byte()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        byte[] image = SmallNetworks.Fan(1000).Image;
        var seen = new ProgressLog();
        UploadReport report = await client.ProgramAsync(image, progress: seen);
        Assert.Equal(image, await client.ReadImageAsync());
        Assert.Equal(image.Length, seen.Last.Done);
        Assert.Equal(0, report.RepeatedChunks);

        // The bar of the project: image bytes ÷ bytes on the wire at least 0.92, both directions counted.
        Assert.InRange(report.Efficiency, 0.92, 1.0);
    }

    [Fact]
    public async Task A_run_gives_the_spikes_and_traces_of_the_network_and_loses_none()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        client.Observer = record;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 100_000, RealTime = false });

        Assert.Equal(EndReason.Duration, report.Reason);
        Assert.Equal(100_000, report.Time);
        Assert.Equal("0 lost of 8", report.Spikes.ToString());
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3], record.Spikes.Neurons);
        Assert.Equal([10_000, 11_000, 16_000, 21_000, 50_000, 51_000, 56_000, 61_000], record.Spikes.Times);
        Assert.Equal(0, report.Samples.Lost);
        Assert.Equal(report.Samples.Received, record.Samples.Count);
        Assert.True(record.Samples.Count >= 100);
    }

    [Fact]
    public async Task Two_runs_of_the_same_device_are_alike_to_the_byte()
    {
        (long Sent, long Received, TimeSpan End)[] results = new (long, long, TimeSpan)[2];
        for (int k = 0; k < 2; k++)
        {
            using var device = new BenchDevice(s_options);
            await using DeviceClient client = await OpenAsync(device);
            await client.ProgramAsync(SmallNetworks.Noise(20, 100).Image);
            await client.RunAsync(new RunOptions { Duration = 500_000 });
            results[k] = (client.BytesSent, client.BytesReceived, client.Elapsed);
        }

        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public async Task Weights_changed_while_the_network_runs_take_effect()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        client.Observer = record;
        await client.StartAsync(new RunOptions { Duration = 100_000 });
        Assert.True(await client.FollowAsync(TimeSpan.FromMilliseconds(30)));

        // Synapse 2 is the last link of the chain: without it the last neuron does not fire a second time.
        short[] before = await client.ReadWeightsAsync(0, 3);
        await client.WriteWeightsAsync(2, new short[1]);
        RunReport report = await client.WaitForEndAsync();

        Assert.True(before[2] > 0);
        Assert.Equal(0, (await client.ReadWeightsAsync(2, 1))[0]);
        Assert.Equal([0, 1, 2, 3, 0, 1, 2], record.Spikes.Neurons);
        Assert.Equal("0 lost of 7", report.Spikes.ToString());
    }

    [Fact]
    public async Task Whole_blocks_of_weights_are_written_and_read_back()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Fan(700).Image);
        short[] weights = [.. Enumerable.Range(0, 700).Select(k => (short)((k * 93) - 32_000))];
        await client.WriteWeightsAsync(0, weights);
        Assert.Equal(weights, await client.ReadWeightsAsync(0, 700));
        byte[] image = await client.ReadImageAsync();
        Assert.Equal(weights, ImageReader.Read(image, 0, image.Length, ModelList.All).Projections[0].Weights);
    }

    [Fact]
    public async Task A_synapse_that_does_not_exist_is_refused_with_its_number()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var problem = await Assert.ThrowsAsync<DeviceException>(() => client.WriteWeightsAsync(2, new short[2]));
        Assert.Equal(DeviceErrorKind.OutOfRange, problem.Kind);
        Assert.Contains("3", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Injected_spikes_arrive_at_their_times()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var record = new RunRecorder();
        client.Observer = record;
        await client.StartAsync(new RunOptions { Duration = 200_000 });
        int accepted = await client.InjectAsync([new InjectedSpike(0, 120_000), new InjectedSpike(0, 150_000)]);
        await client.WaitForEndAsync();

        Assert.Equal(2, accepted);
        Assert.Equal([10_000, 50_000, 120_000, 150_000], record.Spikes.Times.Where((_, k) => record.Spikes.Neurons[k] == 0));
    }

    [Fact]
    public async Task A_step_a_reset_and_a_step_give_the_same_twice()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        var first = new RunRecorder();
        client.Observer = first;
        RunReport one = await client.StepAsync(30_000);
        int[] membrane = await client.ReadMembraneAsync(0, 4);
        await client.ResetAsync();
        var second = new RunRecorder();
        client.Observer = second;
        await client.StepAsync(30_000);

        Assert.Equal(30_000, one.Time);
        Assert.Equal(4, first.SpikeCount);
        Assert.Equal(first.Spikes.Times, second.Spikes.Times);
        Assert.Equal(membrane, await client.ReadMembraneAsync(0, 4));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_stops_and_reports_what_came_until_then()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Noise(10, 50).Image);
        using var cancel = new CancellationTokenSource();
        var record = new RunRecorder { TimeReached = time => { if (time > 300_000) { cancel.Cancel(); } } };
        client.Observer = record;
        RunReport report = await client.RunAsync(new RunOptions(), cancel.Token);

        Assert.Equal(EndReason.Stopped, report.Reason);
        Assert.InRange(report.Time, 300_001, 2_000_000);
        Assert.Equal(0, report.Spikes.Lost);
        Assert.Equal(report.Spikes.Received, record.SpikeCount);
        Assert.Equal("idle", (await client.ReadStateAsync()).StateText);
    }

    [Fact]
    public async Task A_run_that_goes_on_without_a_host_can_be_joined_and_its_account_begins_there()
    {
        using var device = new BenchDevice(s_options);
        await using (DeviceClient first = await OpenAsync(device))
        {
            await first.ProgramAsync(SmallNetworks.Noise(10, 50).Image);
            await first.StartAsync(new RunOptions { LinkTimeout = 0 });
            await first.FollowAsync(TimeSpan.FromSeconds(1));
        }

        device.Pump(TimeSpan.FromSeconds(1));
        await using DeviceClient second = await OpenAsync(device);
        var record = new RunRecorder();
        second.Observer = record;
        Assert.True(await second.JoinAsync());
        await second.FollowAsync(TimeSpan.FromSeconds(1));
        RunReport report = await second.StopAsync();

        Assert.Equal(0, report.Spikes.Lost);
        Assert.Equal(record.SpikeCount, report.Spikes.Received);
        Assert.InRange(report.Spikes.Received, 300, 1500);
        Assert.Equal(0, report.LostFrames);
        Assert.False(await second.JoinAsync());
    }

    [Fact]
    public async Task A_host_may_stop_a_run_that_another_one_has_started()
    {
        using var device = new BenchDevice(s_options);
        await using (DeviceClient first = await OpenAsync(device))
        {
            await first.ProgramAsync(SmallNetworks.Noise(10, 50).Image);
            await first.StartAsync(new RunOptions { LinkTimeout = 0 });
        }

        device.Pump(TimeSpan.FromSeconds(1));
        await using DeviceClient second = await OpenAsync(device);
        RunReport report = await second.StopAsync();
        Assert.Equal(EndReason.Stopped, report.Reason);
        Assert.Equal(0, report.Spikes.Lost);
        Assert.Equal("idle", (await second.ReadStateAsync()).StateText);
    }

    [Fact]
    public async Task Counters_and_self_test_come_with_their_names()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        await client.ProgramAsync(SmallNetworks.Chain().Image);
        await client.RunAsync(new RunOptions { Duration = 100_000, RealTime = false });
        Assert.Equal(8, (await client.ReadCountersAsync()).Single(counter => counter.Key == "spikes").Value);

        SelfTestReport test = await client.SelfTestAsync();
        Assert.Empty(test.Failed);
        Assert.Contains("store", test.Passed);
        Assert.Contains("arithmetic", test.Passed);
    }

    [Fact]
    public async Task Without_a_network_there_is_no_run()
    {
        using var device = new BenchDevice(s_options);
        await using DeviceClient client = await OpenAsync(device);
        var problem = await Assert.ThrowsAsync<DeviceException>(() => client.RunAsync(new RunOptions { Duration = 1000 }));
        Assert.Equal(DeviceErrorKind.NoNetwork, problem.Kind);
        Assert.Contains("neuromcu program", problem.Next!, StringComparison.Ordinal);
    }

    private static Task<DeviceClient> OpenAsync(BenchDevice device)
        => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);

    private sealed class ProgressLog : IProgress<TransferProgress>
    {
        public TransferProgress Last { get; private set; }

        public void Report(TransferProgress value) => Last = value;
    }
}
