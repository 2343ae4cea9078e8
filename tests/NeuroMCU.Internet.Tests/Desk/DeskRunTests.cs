// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Sites;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Networks.Sites;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;
using Xunit;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>Boards in step are the one network that they share, to the microsecond.</summary>
public class DeskRunTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 3)]
    public async Task Boards_fire_as_the_one_network_does(int boards, int seed)
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(8, 20, seed), "ring.yaml");
        RunRecording whole = DeskBench.Whole(network, 200_000);
        DeskResult desk = await DeskBench.RunAsync(DeskBench.Compile(network, boards), 200_000);

        Assert.Equal(boards > 1, desk.OnWire > 100);
        Assert.Equal(DeskBench.Sorted(whole.Spikes), DeskBench.Sorted(desk.Run.Spikes));
        Assert.True(desk.Run.Losses.IsComplete, desk.Run.LossLine);
        Assert.Equal(desk.OnWire, desk.Boards.Sum(b => b.Taken + b.UnderWay));
        Assert.Equal(whole.Produced, desk.Run.Produced);
        Assert.Equal(whole.Spikes.Count, desk.Run.Produced);
    }

    [Fact]
    public async Task Boards_keep_step_with_the_clock_on_the_wall_and_say_how_far_they_were_behind()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(3, 10), "ring.yaml");
        SiteImages images = DeskBench.Compile(network, 3);
        DeskResult fast = await DeskBench.RunAsync(images, 200_000);
        DeskResult paced = await DeskBench.RunAsync(images, 200_000, realTime: true);

        Assert.Null(fast.Behind);
        Assert.True(paced.Elapsed.TotalMilliseconds >= 190);
        Assert.InRange(paced.Behind!.Value.TotalMilliseconds, 0, paced.Elapsed.TotalMilliseconds);
        Assert.Equal(fast.Run.Spikes.Times, paced.Run.Spikes.Times);
    }

    [Fact]
    public async Task Networks_at_random_fire_the_same_on_boards()
    {
        int crossing = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            int boards = 2 + (seed % 3);
            Network network = NetworkFile.Parse(DeskTexts.Random(new Random(seed), boards), "random.yaml");
            RunRecording whole = DeskBench.Whole(network, 100_000);
            SiteImages images = DeskBench.Compile(network, boards);
            DeskResult desk = await DeskBench.RunAsync(images, 100_000);

            if (!whole.Losses.IsComplete)
            {
                continue;   // too busy for the one board that all is compared with
            }

            crossing += desk.Boards.Sum(b => (int)b.Taken) > 20 ? 1 : 0;
            Assert.True(DeskBench.Sorted(whole.Spikes).SequenceEqual(DeskBench.Sorted(desk.Run.Spikes)), $"spikes of seed {seed}: "
                + DeskBench.FirstDifference(network, whole.Spikes, desk.Run.Spikes));
            Assert.True(desk.Run.Losses.IsComplete, $"seed {seed}: {desk.Run.LossLine}");
            Assert.Equal(0, images.Split.LengthenedSynapses);
            Assert.Equal(whole.Traces.Select(t => t.Name), desk.Run.Traces.Select(t => t.Name));
            foreach ((TraceRecord a, TraceRecord b) in whole.Traces.Zip(desk.Run.Traces))
            {
                Assert.Equal(a.Neuron, b.Neuron);
                Assert.Equal(a.Times, b.Times);
                Assert.Equal(a.Values, b.Values);
            }
        }

        Assert.True(crossing > 12, $"{crossing} of 20 networks with spikes on the wire");
    }

    [Fact]
    public async Task A_model_as_text_fires_the_same_on_boards()
    {
        Network network = NetworkFile.Parse(
            """
            neuromcu: 1
            sites: {s0: {}, s1: {}}
            populations:
              a: {model: adex, size: 4, I: 600 pA, site: s0}
              b: {model: adex, size: 4, I: 300 pA, site: s1}
            projections:
              - {from: a, to: b, connect: all-to-all, weight: 4 mV, delay: 6 ms}
              - {from: b, to: a, connect: one-to-one, weight: -2 mV, delay: 5 ms}
            """, "adex.yaml");
        RunRecording whole = DeskBench.Whole(network, 300_000);
        DeskResult desk = await DeskBench.RunAsync(DeskBench.Compile(network, 2), 300_000);

        Assert.True(desk.OnWire > 20);
        Assert.Equal(DeskBench.Sorted(whole.Spikes), DeskBench.Sorted(desk.Run.Spikes));
    }

    [Fact]
    public async Task A_population_that_is_not_recorded_is_heard_by_other_boards_all_the_same()
    {
        string text = DeskTexts.Ring(2, 20) + "record: {spikes: [m1]}\n";
        Network network = NetworkFile.Parse(text, "ring.yaml");
        DeskResult desk = await DeskBench.RunAsync(DeskBench.Compile(network, 2), 200_000);

        RunRecording whole = DeskBench.Whole(network, 200_000);
        Assert.Equal(DeskBench.Sorted(whole.Spikes), DeskBench.Sorted(desk.Run.Spikes));
        Assert.Equal(whole.Produced, desk.Run.Produced);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(128, 0)]
    [InlineData(200, 72)]
    public async Task A_volley_that_a_board_cannot_hold_comes_in_parts_and_what_is_late_is_counted(int size, int late)
    {
        // All fire in one microsecond; a device holds 64 spikes from outside.
        Network network = NetworkFile.Parse(
            $$"""
            neuromcu: 1
            sites: {s0: {}, s1: {} }
            populations:
              bell: {model: input, size: 1}
              choir: {model: lif, size: {{size}}, tau: 10 ms, threshold: 1, site: s0}
              hall: {model: lif, size: {{size}}, tau: 10 ms, threshold: 1, site: s1}
            projections:
              - {from: bell, to: choir, connect: all-to-all, weight: 2, delay: 1 ms}
              - {from: choir, to: hall, connect: one-to-one, weight: 2, delay: 10 ms}
            inputs:
              - {to: bell, spikes: [[0, 5 ms], [0, 40 ms]]}
            """, "choir.yaml");
        DeskResult desk = await DeskBench.RunAsync(DeskBench.Compile(network, 2), 100_000);

        Assert.Equal(2 * size, desk.OnWire);
        Assert.Equal(2 * size, desk.Boards.Single(b => b.Part.Site.Name == "s1").Taken);
        Assert.Equal(2 * late, desk.Run.Losses.Of(LossCause.LateInjections));
        Assert.Equal(late == 0, desk.Run.Losses.IsComplete);
        Assert.Equal(2 + (4 * size), desk.Run.Spikes.Count);
        long[] hall = [.. desk.Run.Spikes.Times.Where((t, k) => desk.Run.Spikes.Neurons[k] > size && t < 30_000)];
        Assert.Equal(size - late, hall.Count(t => t == 16_000));
        Assert.All(hall, t => Assert.InRange(t, 16_000, 16_003));
    }

    [Fact]
    public async Task A_board_whose_cable_is_pulled_ends_the_run_and_is_named()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(3, 10), "ring.yaml");
        FaultyLink? faulty = null;
        DeskResult desk = await DeskBench.RunAsync(DeskBench.Compile(network, 3), 200_000, (board, link) => board != 1 ? link
            : faulty = new FaultyLink(link) { CutAfter = 60 });

        Assert.True(faulty!.Cut);
        Assert.NotNull(desk.Broken);
        Assert.Contains("site s1", desk.Run.EndedEarly, StringComparison.Ordinal);
        Assert.InRange(desk.Run.Duration, 1, 199_999);
        Assert.NotEmpty(desk.Run.Spikes.Times);
    }

    [Fact]
    public async Task Eight_boards_on_cables_are_the_network()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(8, 10), "ring.yaml");
        SiteImages images = DeskBench.Compile(network, 8);
        List<VirtualServer> servers = [];
        List<DeviceConnection> connections = [];
        try
        {
            for (int k = 0; k < 8; k++)
            {
                servers.Add(new VirtualServer(new VirtualServerOptions
                {
                    Device = new VirtualDeviceOptions { Name = $"cable{k}-{Environment.ProcessId}", Ephemeral = true },
                    TcpPort = null,
                    Fast = true,
                }));
                Assert.SkipWhen(servers[^1].TerminalPath is null, "no pseudo-terminals on this system");
                connections.Add(await DeviceConnector.ConnectAsync("serial:" + servers[^1].TerminalPath, null, DeskBench.Stop));
            }

            DeskResult desk = await new DeskRun(images, [.. connections.Select(c => c.Client)]).RunAsync(50_000, DeskBench.Stop);

            Assert.Equal(8, desk.Boards.Count);
            Assert.Equal(DeskBench.Sorted(DeskBench.Whole(network, 50_000).Spikes), DeskBench.Sorted(desk.Run.Spikes));
            Assert.True(desk.Run.Losses.IsComplete, desk.Run.LossLine);
        }
        finally
        {
            foreach (IAsyncDisposable part in connections.Concat<IAsyncDisposable>(servers))
            {
                await part.DisposeAsync();
            }
        }
    }

    [Fact]
    public void Each_synapse_has_the_delay_that_the_wire_leaves()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(4, 10), "ring.yaml");
        NetworkSplit split = DeskBench.Compile(network, 4).Split;

        List<(int, int, double, int)> found = [];
        foreach (NetworkPart part in split.Parts)
        {
            foreach (Projection projection in part.Network.Projections)
            {
                PartPopulation source = part.Populations[projection.Source.Index];
                found.AddRange(projection.Connections.Select(c => (part.WholeNeuron(projection.Source.FirstNeuron + c.Pre),
                    part.WholeNeuron(projection.Target.FirstNeuron + c.Post), c.Weight,
                    c.Delay + (source.Role == PartRole.Remote ? 5000 : 0))));
            }
        }

        IEnumerable<(int, int, double, int)> wanted = network.Projections.SelectMany(p => p.Connections.Select(c =>
            (p.Source.FirstNeuron + c.Pre, p.Target.FirstNeuron + c.Post, c.Weight, c.Delay)));
        Assert.Equal(wanted.Order(), found.Order());
    }
}
