// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.WebSockets;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

/// <summary>Nodes of an array over HTTP: the same limits, outcomes and history as with the verbs of the command line.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task Nodes_are_programmed_and_read_and_what_was_done_is_kept()
    {
        await using Server server = await Server.StartAsync();
        string device = await ArrayAsync(server);
        using ClientWebSocket socket = await server.ListenAsync(device);
        JsonElement array = await server.GetAsync(device + "/nodes?samples=16");
        Assert.Equal((5, 4, 20), (array.GetProperty("rows").GetInt32(), array.GetProperty("columns").GetInt32(),
            array.GetProperty("nodes").GetArrayLength()));
        double full = array.GetProperty("full_scale_s").GetDouble();
        double[] wanted = [0.2 * full, 0.8 * full];
        JsonElement made = await server.PostAsync(device + "/nodes", new
        {
            targets = new[] { new { node = 3, siemens = wanted[0] }, new { node = 12, siemens = wanted[1] } },
            tolerance_percent = 1,
        });
        Assert.Equal(2, made.GetProperty("reached").GetInt32());
        JsonElement[] nodes = [.. (await server.GetAsync(device + "/nodes?samples=16")).GetProperty("nodes").EnumerateArray()];
        foreach ((int node, double target) in new[] { (3, wanted[0]), (12, wanted[1]) })
        {
            Assert.Equal(target, nodes[node].GetProperty("target_s").GetDouble(), 1e-6 * full);
            Assert.Equal(target, nodes[node].GetProperty("siemens").GetDouble(), 0.015 * full);
            Assert.Equal((node / 4, node % 4), (nodes[node].GetProperty("row").GetInt32(), nodes[node].GetProperty("column").GetInt32()));
        }

        JsonElement[] steps = [.. (await server.GetAsync(device + "/nodes/history?node=12&last=1000")).GetProperty("steps")
            .EnumerateArray()];
        Assert.All(steps, s => Assert.Equal((12, "api program"), (s.GetProperty("node").GetInt32(), s.GetProperty("what").GetString())));
        Assert.InRange(made.GetProperty("nodes")[1].GetProperty("pulses").GetInt32(), 1, steps.Length);
        Assert.Equal(wanted[1], steps[^1].GetProperty("siemens").GetDouble(), 0.02 * full);

        // Other pages hear of it.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        JsonElement? heard = null;
        while (heard is null && await StreamMessages.NextAsync(socket, patience.Token) is { } message)
        {
            heard = message is JsonElement document && document.GetProperty("type").GetString() == "nodes" ? document : null;
        }

        Assert.Equal([3, 12], heard!.Value.GetProperty("nodes").EnumerateArray().Select(n => n.GetInt32()));
    }

    [Fact]
    public async Task A_pulse_moves_a_node_and_nothing_moves_a_masked_one()
    {
        await using Server server = await Server.StartAsync();
        string device = await ArrayAsync(server);
        double full = (await server.GetAsync(device + "/nodes")).GetProperty("full_scale_s").GetDouble();
        JsonElement up = await server.PostAsync(device + "/nodes/5/pulse", new { volts = 2.0, width = "100 us", count = 8 });
        Assert.True(up.GetProperty("after_s").GetDouble() > up.GetProperty("before_s").GetDouble() + (0.05 * full));
        JsonElement down = await server.PostAsync(device + "/nodes/5/pulse", new { volts = -2.0, width = 100e-6, count = 8 });
        Assert.True(down.GetProperty("after_s").GetDouble() < down.GetProperty("before_s").GetDouble() - (0.05 * full));
        await server.AskAsync(HttpMethod.Patch, device + "/nodes/5", new { masked = true }, 200);
        JsonElement refused = await server.AskAsync(HttpMethod.Post, device + "/nodes/5/pulse", new { volts = 2.0, width = "100 us" }, 409);
        Assert.Equal("leave the node out, or unmask it", refused.GetProperty("next").GetString());
        Assert.True((await server.GetAsync(device + "/nodes")).GetProperty("nodes")[5].GetProperty("masked").GetBoolean());
    }

    [Theory]
    [InlineData("POST", "/nodes", """{"targets":[]}""", 400)]
    [InlineData("POST", "/nodes", """{"targets":[{"node":1,"siemens":-1}]}""", 400)]
    [InlineData("POST", "/nodes", """{"targets":[{"node":1,"siemens":1e-6},{"node":1,"siemens":2e-6}]}""", 400)]
    [InlineData("POST", "/nodes", """{"targets":[{"node":1,"siemens":1e-6}],"tolerance_percent":50}""", 400)]
    [InlineData("POST", "/nodes/1/pulse", """{"volts":2}""", 400)]
    [InlineData("POST", "/nodes/1/pulse", """{"volts":2,"width":"1 V"}""", 400)]
    [InlineData("POST", "/nodes/1/pulse", """{"volts":2,"width":"100 us","count":65}""", 400)]
    [InlineData("POST", "/nodes/x/pulse", """{"volts":2,"width":"100 us"}""", 404)]
    [InlineData("PATCH", "/nodes/1", """{}""", 400)]
    [InlineData("PATCH", "/nodes/1", """{"mode":"solid"}""", 400)]
    [InlineData("GET", "/nodes?samples=65", null, 400)]
    [InlineData("GET", "/nodes/history?node=20", null, 404)]
    [InlineData("GET", "/nodes/history?last=0", null, 400)]
    public async Task What_cannot_be_done_is_refused_with_a_next_step(string method, string path, string? body, int status)
    {
        await using Server server = await Server.StartAsync();
        string device = await ArrayAsync(server);
        JsonElement refused = await server.AskAsync(new HttpMethod(method), device + path,
            body is null ? null : JsonDocument.Parse(body).RootElement, status);
        Assert.NotEqual(string.Empty, refused.GetProperty("what").GetString());
    }

    /// <summary>Beyond the board's limits the device itself refuses, and no pulse is given.</summary>
    [Fact]
    public async Task Limits_of_the_board_hold()
    {
        await using Server server = await Server.StartAsync();
        string device = await ArrayAsync(server);
        JsonElement refused = await server.AskAsync(HttpMethod.Post, device + "/nodes/1/pulse", new { volts = 30.0, width = "100 us" }, 422);
        Assert.NotEqual(string.Empty, refused.GetProperty("what").GetString());
        JsonElement steps = (await server.GetAsync(device + "/nodes/history?node=1")).GetProperty("steps");
        Assert.All(steps.EnumerateArray(), s => Assert.Equal(0, s.GetProperty("volts").GetDouble()));
        await server.AskAsync(HttpMethod.Post, device + "/nodes", new { targets = new[] { new { node = 99, siemens = 1e-6 } } }, 422);
    }

    [Fact]
    public async Task A_board_without_nodes_shows_none_and_says_so_when_asked_to_do_something()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        JsonElement array = await server.GetAsync(device + "/nodes");
        Assert.Equal((0, 0), (array.GetProperty("rows").GetInt32(), array.GetProperty("nodes").GetArrayLength()));
        JsonElement refused = await server.AskAsync(HttpMethod.Post, device + "/nodes/0/pulse", new { volts = 1, width = "1 us" }, 409);
        Assert.Contains("virtual-array", refused.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Numbers of a projection whose nodes were measured would do nothing: they are refused, and others go on.</summary>
    [Fact]
    public async Task A_weight_that_is_on_nodes_is_not_set_without_a_word()
    {
        await using Server server = await Server.StartAsync();
        JsonElement opened = await server.PostAsync("devices", new { address = "virtual", clock = "free", board = "virtual-array" }, 201);
        string device = "devices/" + opened.GetProperty("id").GetString();
        string text = """
            neuromcu: 1
            name: on nodes
            duration: 1 s
            populations:
              train: {model: input, size: 1}
              cells: {model: lif, size: 1, tau: 5 ms, rest: -70 mV, threshold: 0 mV, reset: -70 mV}
            projections:
              - {name: warm, from: train, to: cells, connect: one-to-one, weight: 40 mV, weight_limit: 60 mV, delay: 1 ms, learning: {rule: short-term, preset: facilitating}, on: nodes}
            inputs:
              - {to: train, spikes: [[0, 50 ms]]}

            """;
        JsonElement loaded = await server.AskAsync(HttpMethod.Put, device + "/network", new { text });
        Assert.Equal("measured", loaded.GetProperty("node_weights").GetProperty("source").GetString());
        JsonElement before = (await server.GetAsync(device + "/weights/warm")).GetProperty("weight");
        foreach ((string path, object body) in new (string, object)[]
        {
            ("/network", new { settings = new Dictionary<string, string> { ["projections.0.weight"] = "20 mV" } }),
            ("/weights/warm", new { changes = new[] { new { pre = 0, post = 0, weight = 20.0 } } }),
        })
        {
            JsonElement refused = await server.AskAsync(HttpMethod.Patch, device + path, body, 409);
            Assert.Contains("neuromcu node map FILE.yaml", refused.GetProperty("next").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(before.ToString(), (await server.GetAsync(device + "/weights/warm")).GetProperty("weight").ToString());
        await server.AskAsync(HttpMethod.Patch, device + "/network",
            new { settings = new Dictionary<string, string> { ["populations.cells.tau"] = "10 ms" } });
    }

    private static async Task<string> ArrayAsync(Server server)
    {
        JsonElement device = await server.PostAsync("devices", new { address = "virtual", clock = "free", board = "nodes-16" }, 201);
        return "devices/" + device.GetProperty("id").GetString();
    }
}
