// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Tests.Site;

public sealed class ReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    public async Task What_was_recorded_reaches_the_hub_spike_by_spike_with_its_intervals_divided_by_the_speed(double speed)
    {
        Random random = new(4);
        long time = 0;
        long[] times = [.. Enumerable.Range(0, 120).Select(_ => time += random.Next(20, 8000))];
        int[] neurons = [.. times.Select(_ => random.Next(3))];
        RunRecording recording = new()
        {
            Network = "old",
            RanOn = "a public recording",
            Duration = time + 1,
            Populations = [new RecordedPopulation("other", 0, 1), new RecordedPopulation("units", 1, 2)],
            Spikes = new SpikeRecord(times, neurons),
            Produced = times.Length,
        };
        await using HubLab lab = new HubLab().Start();
        SiteRunPlan plan = new()
        {
            File = "site.yaml",
            Name = "padova",
            Hub = (IPEndPoint)lab.Server.KeyedPlace!,
            KeyFile = "padova.key",
            Recording = recording,
            Speed = speed,
            WaitForAll = false,
            Spikes = [new SpikeBinding(256, "units", 1, SpikeKind.Spontaneous)],
            Arrivals = [],
        };
        await using HubLink link = lab.Join("padova");
        ReplayRunner runner = new(plan, recording, link, _ => { });
        await runner.RunAsync(0, TestContext.Current.CancellationToken);
        await lab.EndAsync();

        long[] played = [.. Enumerable.Range(0, times.Length).Where(k => neurons[k] == 2).Select(k => (long)(times[k] / speed))];
        Assert.Equal(played.Length, runner.Result.Spikes);
        long[] taken = [.. lab.Server.Record.Spikes.Select(s => s.Time)];
        Assert.Equal(played, taken.Select(t => t - runner.Result.Started));
        Assert.All(lab.Server.Record.Spikes, s => Assert.Equal("bn", s.Neuron.Name));
        Assert.True(lab["padova"].IsComplete && link.Closed);
    }
}
