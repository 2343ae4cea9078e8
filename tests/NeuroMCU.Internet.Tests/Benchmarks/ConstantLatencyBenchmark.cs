// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using NeuroMCU.Compiler;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>
/// How evenly spikes of one device arrive in another one: from the microsecond at which a neuron of the first device fires to the
/// microsecond at which its arrival is injected into the loop of the second, by the devices' own clocks. Rows and no test.
/// </summary>
public sealed class ConstantLatencyBenchmark(ITestOutputHelper output)
{
    private const int Spikes = 2000;
    private const int Tick = 1000;   // µs that a turn of the loop may take

    // The line to the second site takes 15 to 25 ms each way, so that packets overtake each other.
    [Fact(Explicit = true)]
    public async Task Constant_latency_of_40_ms_under_10_ms_of_jitter()
    {
        await using HubLab lab = new HubLab("""
            neuromcu-hub: 1
            transports: {keyed: {listen: "127.0.0.1:0"}}
            rule: none
            sites:
              first: {key: first.key, neurons: {clock: 1}}
              second: {key: second.key, neurons: {echo: 2}}
            nodes:
              n: {model: number, weight: 1}
            synapses: [{pre: clock, post: echo, node: n}]
            latency: {policy: constant, delay: 40 ms, late: deliver}
            """).Start(untilAllLeft: true);
        using Relay line = new(lab.Server.KeyedPlace!, 2, 0, 0, 0, 20, 5);
        Random random = new(5);
        long[] causes = [.. Enumerable.Range(0, Spikes).Select(k => 2_000_000 + (k * 10_000L) + random.Next(9000))];
        File.WriteAllText(Path.Combine(lab.Folder, "clock.yaml"),
            "neuromcu: 1\npopulations:\n  clock: {model: input, size: 1}\ninputs:\n  - {to: clock, spikes: ["
            + string.Join(", ", causes.Select(t => string.Create(CultureInfo.InvariantCulture, $"[0, {t} us]"))) + "]}\n");
        File.WriteAllText(Path.Combine(lab.Folder, "bits.yaml"), "neuromcu: 1\npopulations:\n  bits: {model: input, size: 8}\n");
        List<long> injected = [];
        SiteResult[] results = await Task.WhenAll(
            RunAsync(lab, lab.Server.KeyedPlace!, "first", "network: clock.yaml\nspikes: [{neuron: 1, population: clock}]\n", null),
            RunAsync(lab, line.Place, "second", "network: bits.yaml\narrivals: [{neuron: 2, population: bits}]\n", injected.Add));

        Assert.Equal(Spikes, injected.Count);
        long[] taken = [.. injected.Order().Zip(causes, (arrival, cause) => arrival - cause)];
        long middle = taken.Order().ElementAt(Spikes / 2);
        long[] off = [.. taken.Select(t => Math.Abs(t - middle)).Order()];
        Row("constant_latency_within_a_tick_percent", 100.0 * off.Count(t => t <= Tick) / Spikes, "0.00");
        Row("constant_latency_jitter_p50_us", off[Spikes / 2], "0");
        Row("constant_latency_jitter_p999_us", off[(int)(0.999 * Spikes) - 1], "0");
        Row("constant_latency_largest_us", off[^1], "0");
        Row("constant_latency_late", results[1].LateDelivered, "0");
        Row("constant_latency_arrival_p50_ms", results[1].Arrival.Percentile(0.5) / 1e3, "0.0");
        Row("constant_latency_arrival_p999_ms", results[1].Arrival.Percentile(0.999) / 1e3, "0.0");
    }

    private static async Task<SiteResult> RunAsync(HubLab lab, IPEndPoint hub, string site, string rest, Action<long>? fired)
    {
        string file = Path.Combine(lab.Folder, site + ".yaml");
        File.WriteAllText(file, $"neuromcu-site: 1\nname: {site}\nhub: \"{hub}\"\nkey: {site}.key\n{rest}");
        SiteRunPlan plan = SiteFile.Load(file, _ => throw new NotSupportedException());
        CompiledNetwork compiled = NetworkCompiler.Compile(plan.Network!);
        string key = Path.Combine(lab.Folder, site + ".device");
        await using VirtualServer server = new(new VirtualServerOptions
        {
            Device = new VirtualDeviceOptions { Name = site + "-" + Path.GetFileName(lab.Folder), Profile = "ideal", Ephemeral = true },
            TcpPort = 0,
            Terminal = false,
            KeyFile = key,
        });
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = key }, stop);
        await connection.Client.ProgramAsync(compiled.Image, new NeuroMCU.Devices.Client.ProgramOptions(), null, stop);
        await using HubLink link = lab.Join(site, hub);
        using SiteRunner runner = new(plan, compiled, connection.Client, link, _ => { }) { Fired = (_, time) => fired?.Invoke(time) };
        await runner.RunAsync(3_000_000 + (Spikes * 10_000L), stop);
        return runner.Result;
    }

    private void Row(string name, double value, string format) =>
        output.WriteLine(name + "," + value.ToString(format, CultureInfo.InvariantCulture));
}
