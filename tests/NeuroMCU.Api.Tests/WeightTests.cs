// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class WeightTests
{
    private static object Change(double weight, int pre = 0, int post = 1) => new { changes = new[] { new { pre, post, weight } } };

    [Fact]
    public async Task A_weight_that_is_too_small_stops_the_chain()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement set = await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(12));
        JsonElement run = await server.PostAsync(device + "/run", new { duration = "100 ms", wait = true });

        Assert.Equal(12, set.GetProperty("weights")[0].GetProperty("weight").GetDouble(), 1e-3);
        Assert.Equal(4, run.GetProperty("spikes").GetInt32());
        JsonElement read = await server.GetAsync(device + "/weights/links");
        Assert.Equal([12, 16], read.GetProperty("weight").EnumerateArray().Select(w => Math.Round(w.GetDouble(), 2)));
    }

    [Fact]
    public async Task Of_two_who_change_one_weight_the_last_one_wins_and_both_hear_of_it()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        using System.Net.WebSockets.ClientWebSocket listener = await server.ListenAsync(device);

        await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(10), 200, ("X-Client", "first"));
        await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(11), 200, ("X-Client", "second"));

        List<(string?, double)> told = [];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (told.Count < 2 && await StreamMessages.NextAsync(listener, patience.Token) is { } message)
        {
            if (message is JsonElement document && document.GetProperty("type").GetString() == "weights")
            {
                told.Add((document.GetProperty("by").GetString(),
                    Math.Round(document.GetProperty("changes")[0].GetProperty("weight").GetDouble(), 2)));
            }
        }

        Assert.Equal([("first", 10), ("second", 11)], told);
        JsonElement read = await server.GetAsync(device + "/weights/links");
        Assert.Equal(11, read.GetProperty("weight")[0].GetDouble(), 1e-2);
    }

    [Fact]
    public async Task A_write_that_would_undo_one_that_its_writer_has_not_seen_is_refused()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        using HttpResponseMessage read = await server.SendAsync(HttpMethod.Get, device + "/weights/links");
        string tag = read.Headers.ETag!.Tag;

        await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(10), 200, ("X-Client", "first"));
        JsonElement refused = await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(11), 412, ("If-Match", tag));
        await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(9, 1, 2), 200, ("If-Match", tag));

        Assert.Contains("first", refused.GetProperty("what").GetString(), StringComparison.Ordinal);
        JsonElement now = await server.GetAsync(device + "/weights/links");
        Assert.Equal([10, 9], now.GetProperty("weight").EnumerateArray().Select(w => Math.Round(w.GetDouble(), 2)));
    }

    [Theory]
    [InlineData(1e6, 422)]
    [InlineData(-1e6, 422)]
    public async Task A_weight_beyond_the_range_is_refused_with_the_range(double weight, int status)
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement refused = await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(weight), status);

        Assert.Contains("weight_limit", refused.GetProperty("next").GetString(), StringComparison.Ordinal);
        JsonElement now = await server.GetAsync(device + "/weights/links");
        Assert.All(now.GetProperty("weight").EnumerateArray(), w => Assert.Equal(16, w.GetDouble(), 1e-2));
    }

    [Fact]
    public async Task Changed_weights_stay_when_another_parameter_is_moved()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        await server.AskAsync(HttpMethod.Patch, device + "/weights/links", Change(12));

        JsonElement network = await server.AskAsync(HttpMethod.Patch, device + "/network",
            new { settings = new Dictionary<string, string> { ["populations.chain.tau"] = "10 ms" } });

        JsonElement now = await server.GetAsync(device + "/weights/links");
        Assert.Equal(12, now.GetProperty("weight")[0].GetDouble(), 1e-2);
        Assert.Contains(network.GetProperty("parameters").EnumerateArray(), p =>
            p.GetProperty("name").GetString() == "populations.chain.tau"
            && p.GetProperty("value").GetDouble() == 10 && p.GetProperty("file").GetDouble() == 20);
    }
}
