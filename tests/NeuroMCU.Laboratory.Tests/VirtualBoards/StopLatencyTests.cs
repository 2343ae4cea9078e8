// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>What a host sees at the drive pins when it stops a run, at the device's prices, however busy the loop is at that
/// moment.</summary>
public sealed class StopLatencyTests
{
    private const string Network = """
        neuromcu: 1
        name: stopped
        duration: 2 s
        step: 1 ms
        board: thyristor-starter
        populations:
          first: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 52 uA, receptors: {ampa: {tau: 20 ms}}}
          second: {model: thyristor, size: 1, preset: w25, channels: [n2], bias: 52 uA, receptors: {ampa: {tau: 20 ms}}}
        projections:
          - {from: first, to: second, connect: one-to-one, receptor: ampa, weight: 80 nC, delay: 0 ms}
          - {from: second, to: first, connect: one-to-one, receptor: ampa, weight: 80 nC, delay: 0 ms}
        """;

    private static readonly int[] s_drives = [25, 26];

    [Fact]
    public async Task Drives_are_safe_within_two_steps_of_the_request()
    {
        // With a heap that never fills: a collection in between adds its pause, which is measured elsewhere.
        using BenchDevice device = new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Unlimited = true,
            Board = new VirtualBoardOptions { Board = "thyristor-starter" },
        });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, TestContext.Current.CancellationToken);
        client.Observer = new RunRecorder();
        await client.ProgramAsync(NetworkCompiler.Compile(NetworkTexts.Parse(Network), null).Image);
        List<double> times = [];
        for (int k = 0; k < 40; k++)
        {
            await client.StartAsync(new RunOptions { Duration = 2_000_000 }, TestContext.Current.CancellationToken);
            await client.FollowAsync(TimeSpan.FromMilliseconds(200 + (k * 1.37)), TestContext.Current.CancellationToken);
            Assert.Contains(s_drives, pin => device.Bench.Pins.Value(pin) > 0);
            double asked = device.Time.TotalMicroseconds;
            await client.StopAsync(TestContext.Current.CancellationToken);
            double safe = s_drives.Max(pin => Last(device.Bench.Pins.Log(pin)));
            times.Add(safe - asked);
        }

        Assert.True(times.Max() <= 2000, string.Join(" ", times));
    }

    private static double Last(IReadOnlyList<PinChange> log)
    {
        Assert.Equal(0, log[^1].Value);
        return log[^1].Time;
    }
}
