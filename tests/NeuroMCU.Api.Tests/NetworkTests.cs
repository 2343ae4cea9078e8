// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class NetworkTests
{
    private const string Wrong =
        """
        neuromcu: 1
        populations:
          cells: {model: lif, size: 3, tau: 20, threshold: 1}
          more: {model: liff, size: 3}
        """;

    private const string Noisy =
        """
        neuromcu: 1
        name: noisy
        populations:
          noise: {model: input, size: 10}
          cells: {model: lif, size: 10, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -65 mV, bias: 20 mV}
        projections:
          - {name: in, from: noise, to: cells, connect: one-to-one, weight: 3 mV, delay: 1 ms}
        inputs:
          - {to: noise, poisson: {rate: 100 Hz, seed: 3}}
        record: {spikes: all}
        """;

    [Fact]
    public async Task Findings_have_file_line_column_and_the_next_step()
    {
        await using Server server = await Server.StartAsync();

        JsonElement found = await server.PostAsync("networks/check", new { text = Wrong });

        Assert.False(found.GetProperty("ok").GetBoolean());
        JsonElement[] errors = [.. found.GetProperty("errors").EnumerateArray()];
        (int, string)[] places = [.. errors.Select(e => (e.GetProperty("line").GetInt32(), e.GetProperty("path").GetString()!))];
        Assert.Contains((3, "populations.cells.tau"), places);
        Assert.Contains((4, "populations.more.model"), places);
        Assert.All(errors, e => Assert.NotEmpty(e.GetProperty("next").GetString()!));
        Assert.All(errors, e => Assert.True(e.GetProperty("column").GetInt32() > 0));
    }

    [Fact]
    public async Task A_wrong_network_leaves_the_former_one_in_the_device()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement refused = await server.AskAsync(HttpMethod.Put, device + "/network", new { text = Wrong }, 422);

        Assert.NotEqual(0, refused.GetProperty("diagnostics").GetArrayLength());
        Assert.Equal("chain", (await server.GetAsync(device + "/network")).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"text\": 5}", 400)]
    [InlineData("{\"txt\": \"\"}", 400)]
    [InlineData("{}", 400)]
    [InlineData("{\"text\": \"\"}", 422)]
    [InlineData("{\"example\": \"../../../etc/passwd\"}", 404)]
    public async Task Bodies_that_are_none_get_a_word(string body, int status)
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement refused = await server.AskAsync(HttpMethod.Put, device + "/network", body, status);

        Assert.NotEmpty(refused.GetProperty("what").GetString()!);
    }

    [Fact]
    public async Task A_watched_variable_is_recorded_beside_those_of_the_file()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(Server.Chain.Replace("neurons: all, every", "neurons: [0], every",
            StringComparison.Ordinal));

        JsonElement network = await server.AskAsync(HttpMethod.Patch, device + "/network",
            new { watch = new[] { new { population = "chain", neuron = 2, variable = "membrane" } } });
        JsonElement unknown = await server.AskAsync(HttpMethod.Patch, device + "/network",
            new { watch = new[] { new { population = "chain", neuron = 2, variable = "w" } } }, 404);

        Assert.Equal(["chain[0]", "chain[2]"], network.GetProperty("traces").EnumerateArray().Select(t =>
            t.GetProperty("name").GetString()));
        Assert.Contains("membrane", unknown.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    // On a clock of its own the run stands still between two requests, so that each change falls at a time that is known.
    [Theory]
    [InlineData("populations.cells.bias", "0 mV", true)]
    [InlineData("inputs.0.poisson.rate", "400 Hz", true)]
    [InlineData("projections.0.weight", "2 mV", true)]
    [InlineData("populations.cells.tau", "10 ms", false)]
    [InlineData("projections.0.delay", "2 ms", false)]
    public async Task A_value_changes_live_where_the_device_takes_it(string name, string value, bool live)
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(Noisy);
        await server.PostAsync(device + "/step", new { duration = "500 ms" });

        JsonElement network = await server.AskAsync(HttpMethod.Patch, device + "/network",
            new { settings = new Dictionary<string, string> { [name] = value } });
        JsonElement after = await server.PostAsync(device + "/step", new { duration = "500 ms" });

        Assert.Equal(live, network.GetProperty("changed_live").GetBoolean());
        Assert.Equal(live ? 1_000_000 : 500_000, after.GetProperty("time_us").GetInt64());
        Assert.Equal(value, network.GetProperty("settings").GetProperty(name).GetString());
        Assert.Equal(0, after.GetProperty("lost_spikes").GetInt64());
        JsonElement listed = network.GetProperty("parameters").EnumerateArray().FirstOrDefault(p => p.GetProperty("name").GetString() == name);
        Assert.True(listed.ValueKind == JsonValueKind.Undefined || listed.GetProperty("live").GetBoolean() == live);
    }

    [Fact]
    public async Task What_is_changed_live_holds_after_a_reset_as_if_it_had_been_loaded()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(Noisy);
        string fresh = await server.OpenAsync(Noisy.Replace("bias: 20 mV", "bias: 17 mV", StringComparison.Ordinal)
            .Replace("rate: 100 Hz", "rate: 250 Hz", StringComparison.Ordinal));
        await server.PostAsync(device + "/step", new { duration = "300 ms" });
        JsonElement network = await server.AskAsync(HttpMethod.Patch, device + "/network", new
        {
            settings = new Dictionary<string, string> { ["populations.cells.bias"] = "17 mV", ["inputs.0.poisson.rate"] = "250 Hz" },
        });
        Assert.True(network.GetProperty("changed_live").GetBoolean());

        await server.PostAsync(device + "/reset");
        JsonElement changed = await server.PostAsync(device + "/step", new { duration = "1 s" });
        JsonElement loaded = await server.PostAsync(fresh + "/step", new { duration = "1 s" });

        Assert.True(loaded.GetProperty("spikes").GetInt32() > 100);
        Assert.Equal(loaded.GetProperty("populations").ToString(), changed.GetProperty("populations").ToString());
    }

    [Fact]
    public async Task Every_example_that_ships_is_listed_and_can_be_read()
    {
        await using Server server = await Server.StartAsync();

        JsonElement examples = await server.GetAsync("examples");

        Assert.Contains("first-network.yaml", examples.GetProperty("networks").EnumerateArray().Select(n => n.GetString()));
        foreach (JsonElement name in examples.GetProperty("networks").EnumerateArray())
        {
            JsonElement example = await server.GetAsync("examples/" + name.GetString());
            Assert.Contains("neuromcu: 1", example.GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }
}
