// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Volatile nodes as synapses: what a run sends is what the law of the nodes does under the same spikes.</summary>
public class VolatileSynapseTests
{
    private const int Seed = 4;

    // ms; the last one after the node has forgotten.
    private static readonly int[] s_spikes = [50, 90, 130, 170, 210, 250, 290, 800];

    [Fact]
    public void A_fit_finds_the_share_and_the_relaxation_that_made_the_readings()
    {
        const int seed = 13;
        Random random = new(seed);
        for (int trial = 0; trial < 20; trial++)
        {
            double share = 0.05 + (0.5 * random.NextDouble());
            double relaxation = 0.03 * Math.Pow(20, random.NextDouble());
            double[] amplitudes = [0.2 + (0.6 * random.NextDouble()), 0.2 + (0.6 * random.NextDouble())];
            ResponsePoint[] times = [.. Enumerable.Range(0, 24).Select(k => new ResponsePoint(k * relaxation / 4, k is < 8 or 12, 0))];
            IReadOnlyList<double> course = VolatileResponse.Course(times, share, relaxation);
            VolatileResponse found = VolatileResponse.Of([.. amplitudes.Select(a => (IReadOnlyList<ResponsePoint>)
                [.. times.Select((p, k) => p with { Value = a * course[k] * (1 + (0.01 * (random.NextDouble() - 0.5))) })])]);
            Assert.True(Math.Abs((found.Relaxation / relaxation) - 1) < 0.1, $"seed {seed}, trial {trial}: {found.Relaxation}");
            IReadOnlyList<double> fitted = VolatileResponse.Course(times, found.Share, found.Relaxation);
            for (int n = 0; n < amplitudes.Length; n++)
            {
                double worst = Enumerable.Range(0, times.Length)
                    .Max(k => Math.Abs((found.Amplitudes[n] * fitted[k]) - (amplitudes[n] * course[k]))) / (amplitudes[n] * course.Max());
                Assert.True(worst < 0.025, $"seed {seed}, trial {trial}, node {n}: {worst}");
            }

            Assert.InRange(found.Error, 0, 0.01);
        }
    }

    [Fact]
    public void The_course_of_a_pulse_goes_a_share_of_the_rest_and_halves_in_its_time()
    {
        double half = 0.1 * Math.Log(2);
        Assert.Equal([0.5, 0.25, 0.625], VolatileResponse.Course(
            [new(0, true, 0), new(half, false, 0), new(half, true, 0)], 0.5, 0.1), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("facilitating")]
    [InlineData("depressing")]
    public async Task A_run_sends_what_the_law_of_the_node_does_under_the_same_spikes(string preset)
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Open(device);
        CompiledNetwork compiled = NetworkCompiler.Compile(Network(1, preset));
        NodeWeights weights = await NodeWeightSource.OfAsync(client, compiled, "net.yaml", n => NetworkCompiler.Compile(n));
        VolatileFigures figures = Assert.Single(weights.Volatile);
        Assert.Empty(weights.NotMeasured);
        Assert.Equal(preset == "facilitating", figures.Facilitates);

        double[] sent = await SentAsync(client, weights.Compiled);
        double[] law = Law(0, preset == "facilitating");
        for (int k = 0; k < sent.Length; k++)
        {
            Assert.True(Math.Abs((sent[k] / sent[0] / (law[k] / law[0])) - 1) < 0.05,
                $"spike {k}: sent {string.Join(' ', sent.Select(v => v / sent[0]))}, law {string.Join(' ', law.Select(v => v / law[0]))}");
        }

        // Facilitation and depression, and both are forgotten in half a second.
        Assert.True(preset == "facilitating" ? sent[6] > 1.8 * sent[0] : sent[6] < 0.8 * sent[0], $"{sent[6] / sent[0]}");
        Assert.InRange(sent[7] / sent[0], 0.9, 1.1);

        // The numbers of the file would have done something else.
        double[] file = await SentAsync(client, compiled);
        Assert.True(Math.Abs((file[6] / file[0]) - (law[6] / law[0])) > 0.1);
    }

    [Fact]
    public async Task A_broken_node_is_left_out_and_too_few_are_said()
    {
        using BenchDevice device = Device(new NodeFault(0, NodeFaultKind.StuckOpen), new NodeFault(1, NodeFaultKind.StuckBetween));
        await using DeviceClient client = await Open(device);
        for (int node = 3; node < 64; node++)
        {
            await client.SetNodeAsync(node, NodeMode.Unknown, true);
        }

        CompiledNetwork one = NetworkCompiler.Compile(Network(1, "facilitating"));
        NodeWeights measured = await NodeWeightSource.OfAsync(client, one, "net.yaml", n => NetworkCompiler.Compile(n));
        Assert.InRange(Assert.Single(measured.Volatile).Error, 0, 0.05);

        CompiledNetwork two = NetworkCompiler.Compile(Network(2, "facilitating"));
        NodeWeights file = await NodeWeightSource.OfAsync(client, two, "net.yaml", n => NetworkCompiler.Compile(n));
        Assert.Same(two, file.Compiled);
        Assert.Empty(file.Volatile);
        Assert.Contains("the array has 1 volatile nodes", Assert.Single(file.Troubles).What, StringComparison.Ordinal);
    }

    private static Network Network(int size, string preset) => NetworkFile.Parse($$"""
        neuromcu: 1
        name: short-term
        duration: 1 s
        populations:
          train: {model: input, size: {{size}}}
          cells: {model: lif, size: {{size}}, tau: 5 ms, rest: -70 mV, threshold: 0 mV, reset: -70 mV}
        projections:
          - {from: train, to: cells, connect: one-to-one, weight: 40 mV, weight_limit: 60 mV, delay: 1 ms, learning: {rule: short-term, preset: {{preset}}}, on: nodes}
        inputs:
          - {to: train, spikes: [{{string.Join(", ", s_spikes.Select(t => $"[0, {t} ms]"))}}]}
        record:
          traces:
            - {population: cells, neurons: 0, every: 1 ms}

        """, "net.yaml");

    // Largest potential after each spike, above rest.
    private static async Task<double[]> SentAsync(DeviceClient client, CompiledNetwork network)
    {
        await client.ProgramAsync(network.Image, new ProgramOptions());
        RunRecorder recorder = new();
        client.Observer = recorder;
        await client.ResetAsync();
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync();
        RunReport end = await client.RunAsync(new RunOptions { Duration = 1_000_000, RealTime = false });
        client.Observer = null;
        RunRecording run = DeviceRecording.Of(network.Tables, network.Symbols, "bench", recorder, end, await client.ReadCountersAsync(),
            null, before, 1_000_000);
        TraceRecord trace = Assert.Single(run.Traces);
        return [.. s_spikes.Select(t => 70 + Enumerable.Range(0, trace.Times.Length)
            .Where(k => trace.Times[k] >= t * 1000 && trace.Times[k] < (t + 10) * 1000).Max(k => trace.Values[k]))];
    }

    // The law in double precision, another specimen of the same seed: what it has above rest after each pulse, or what it leaves of its
    // range before it.
    private static double[] Law(int node, bool facilitates)
    {
        NodeArrayPlan plan = BoardCatalog.Find("virtual-array").NodePlan!;
        VirtualNodeArray array = new(plan with { CycleSpread = 0 }, Seed);
        double rest = array.Conductance(node, 0);
        VirtualNodeArray full = new(plan with { CycleSpread = 0 }, Seed);
        // Until it is excited for long a node relaxes beside the pulse and stays below the end of its range.
        full.Pulse(node, 2, 5, 1e-3, 0);
        double range = full.Conductance(node, 5) - rest;
        return [.. s_spikes.Select(t =>
        {
            double before = array.Conductance(node, t / 1000.0) - rest;
            array.Pulse(node, 2, 0.005, 1e-3, t / 1000.0);
            double after = array.Conductance(node, (t / 1000.0) + 0.005) - rest;
            return facilitates ? after : range - before;
        })];
    }

    private static BenchDevice Device(params NodeFault[] faults) => new(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Profile = "ideal",
        Board = new VirtualBoardOptions
        {
            Board = "virtual-array",
            Seed = Seed,
            Faults = [.. faults.Select(f => $"{NodeFaultText.Of(f.Kind)}:{f.Node}")],
        },
    });

    private static Task<DeviceClient> Open(BenchDevice device) => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
}
