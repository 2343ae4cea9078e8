// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Compiler;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Tests;

/// <summary>An array that another process serves: nodes change while its network runs, and two hosts do not work on it together.</summary>
public sealed class ServedNodesTests : IDisposable
{
    private const string Text = """
        neuromcu: 1
        name: two nodes
        duration: 2000 s
        populations:
          noise: {model: input, size: 1}
          cells: {model: lif, size: 2, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -70 mV}
        projections:
          - {name: readout, from: noise, to: cells, connect: all-to-all, weight: [4 mV, 9 mV], delay: 1 ms, weight_limit: 12 mV, on: nodes}
        inputs:
          - {to: noise, poisson: {rate: 80 Hz}}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_is_formed_while_the_network_runs_and_its_weights_are_said()
    {
        await using VirtualServer server = Serve(fast: false, NetworkFile.Parse(Text, "two.yaml"));
        CliRun formed = await On(server, "node", "form", "-n", "5", "--json");
        Assert.True(formed.Code == ExitCode.Ok, formed.Error);
        Assert.True(formed.Json.GetProperty("network_runs").GetBoolean());
        Assert.Equal("formed", formed.Json.GetProperty("nodes")[0].GetProperty("outcome").GetString());
        CliRun pulse = await On(server, "node", "pulse", "-n", "5", "--volts", "2 V", "--width", "100 us");
        Assert.Contains("goes on with the weights that its nodes had when it started", pulse.Error, StringComparison.Ordinal);

        // What pulses and reads without a pause would hold the run.
        CliRun survey = await On(server, "node", "survey", "-n", "5");
        Assert.Equal(ExitCode.DeviceRefused, survey.Code);
        Assert.Contains("while the network runs", survey.Error, StringComparison.Ordinal);

        // What was formed stays so in the next run, which takes it for a node that keeps its weight.
        CliRun list = await On(server, "node", "list", "--json");
        Assert.Equal("keeping", list.Json.GetProperty("nodes")[5].GetProperty("mode").GetString());
    }

    /// <summary>The image says which weights were measured, so that a host which did not measure them knows it too.</summary>
    [Fact]
    public async Task A_weight_that_was_measured_on_nodes_is_not_written()
    {
        Network network = NetworkFile.Parse(Text, "two.yaml");
        await using VirtualServer server = Serve(
            fast: true, network with { Projections = [network.Projections[0] with { IsMeasured = true }] });

        CliRun set = await On(server, "weights", "set", "readout", "all", "0", "5 mV");

        Assert.Equal(ExitCode.DeviceRefused, set.Code);
        Assert.Contains("the weights of 'readout' are on nodes", set.Error, StringComparison.Ordinal);
        Assert.Contains("neuromcu node map NETWORK.yaml", set.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_masks_nodes_beside_the_run_of_the_first()
    {
        await using VirtualServer server = Serve(fast: false, null);
        string file = _folder.File("two.yaml");
        await File.WriteAllTextAsync(file, Text, TestContext.Current.CancellationToken);
        using CancellationTokenSource end = new();
        Task<CliRun> first = CliRun.With(new VirtualDeviceOptions { StateFolder = _folder.File("flash") }, end.Token,
            ["run", file, "--json", "--device", server.TcpAddress!, "--key-file", _folder.File("key")]);
        for (bool runs = false; !runs;)
        {
            Assert.False(first.IsCompleted);
            await Task.Delay(20, TestContext.Current.CancellationToken);
            server.OnDevice(device => runs = device.Firmware.Engine is { Time: > 0 });
        }

        CliRun mask = await On(server, "node", "mode", "-n", "3", "--mask");
        Assert.True(mask.Code == ExitCode.Ok, mask.Error);
        Assert.Contains("goes on with the weights that its nodes had when it started", mask.Error, StringComparison.Ordinal);

        // The first one's run is not the second one's to end.
        Assert.Contains("another host", (await On(server, "stop")).Error, StringComparison.Ordinal);
        await end.CancelAsync();
        CliRun run = await first;
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Equal(0, run.Json.GetProperty("lost_spikes").GetInt32());
    }

    [Fact]
    public async Task A_second_host_at_the_array_is_refused_with_the_reason()
    {
        await using VirtualServer server = Serve(fast: true, null);
        using CancellationTokenSource end = new();
        Task<CliRun> first = CliRun.With(new VirtualDeviceOptions { StateFolder = _folder.File("flash") }, end.Token,
            ["node", "form", "--device", server.TcpAddress!, "--key-file", _folder.File("key"), "--file",
            _folder.File("first.db")]);
        CliRun second = await On(server, "node", "pulse", "-n", "2", "--volts", "2 V", "--width", "100 us");
        while (second.Code == ExitCode.Ok)
        {
            Assert.False(first.IsCompleted);
            second = await On(server, "node", "pulse", "-n", "2", "--volts", "2 V", "--width", "100 us");
        }

        Assert.Contains("another host", second.Error, StringComparison.Ordinal);
        Assert.Contains("next:", second.Error, StringComparison.Ordinal);
        await end.CancelAsync();
        await first;
    }

    /// <summary>Hung up for longer than the board allows the host to be silent, the device ends the work: not "did not form".</summary>
    [Fact]
    public async Task Work_that_the_device_ends_says_so_and_keeps_what_was_done()
    {
        await using VirtualServer server = Serve(fast: true, null);
        Task<CliRun> form = On(server, "node", "form");
        while (!form.IsCompleted)
        {
            server.OnDevice(device =>
            {
                if (device.Nodes!.Changes > 0)
                {
                    device.Bench.Clock.Charge(60_000_000_000);
                }
            });
        }

        CliRun run = await form;
        Assert.Equal(ExitCode.DeviceRefused, run.Code);
        Assert.Contains("the device cancelled the work when ", run.Error, StringComparison.Ordinal);
        Assert.Contains("do the same again for the nodes that are left", run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> On(VirtualServer server, params string[] arguments) => CliRun.In(_folder, [.. arguments, "--device",
        server.TcpAddress!, "--key-file", _folder.File("key"),
        .. arguments[0] == "node" ? (string[])["--file", _folder.File("nodes.db")] : []]);

    private VirtualServer Serve(bool fast, Network? network) => new(new VirtualServerOptions
    {
        Device = new VirtualDeviceOptions
        {
            Ephemeral = true,
            Profile = "ideal",
            Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 3 },
        },
        TcpPort = 0,
        Terminal = false,
        KeyFile = _folder.File("key"),
        Fast = fast,
        Network = network is null ? null : NetworkCompiler.Compile(network).Image,
    });
}
