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
