// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.WebSockets;
using System.Text.Json;
using NeuroMCU.Api.Streams;

namespace NeuroMCU.Api.Tests;

public sealed class ListenerTests
{
    // 400 neurons at about 360 Hz.
    internal const string Flood =
        """
        neuromcu: 1
        name: flood
        populations:
          cells: {model: lif, size: 400, tau: 5 ms, rest: -65 mV, threshold: -50 mV, reset: -65 mV, bias: 30 mV}
        record: {spikes: all}
        """;

    [Fact]
    public async Task One_that_does_not_read_is_bounded_named_and_counted_and_slows_nobody()
    {
        await using Server server = await Server.StartAsync(o => o with { MostWaitingBytes = 100_000 });
        string device = await server.OpenAsync(Flood, address: "virtual:ideal");
        using ClientWebSocket deaf = await server.ListenAsync(device, ("X-Client", "the deaf one"));

        JsonElement run = await server.PostAsync(device + "/run", new { duration = "7 s", wait = true });
        JsonElement listener = (await server.GetAsync(device)).GetProperty("listeners")[0];

        // Everything came to the recording; of what the listener did not fetch no more waits than the bound allows.
        Assert.True(run.GetProperty("spikes").GetInt64() > 800_000, run.GetProperty("spikes").ToString());
        Assert.Equal(0, run.GetProperty("lost_spikes").GetInt64());
        Assert.Equal("the deaf one", listener.GetProperty("name").GetString());
        Assert.True(listener.GetProperty("dropped_spikes").GetInt64() > 0);
        Assert.InRange(listener.GetProperty("waiting_bytes").GetInt64(), 0, 1_000_000);
    }

    [Fact]
    public async Task What_was_dropped_shows_as_a_gap_in_the_numbers()
    {
        await using Server server = await Server.StartAsync(o => o with { MostWaitingBytes = 20_000 });
        string device = await server.OpenAsync(Flood, address: "virtual:ideal");
        using ClientWebSocket slow = await server.ListenAsync(device);

        // More than the buffers of two sockets can hold, which grow to several megabytes each.
        JsonElement run = await server.PostAsync(device + "/run", new { duration = "10 s", wait = true });

        long received = 0;
        long missing = 0;
        long next = 0;
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (await StreamMessages.NextAsync(slow, patience.Token) is { } message)
        {
            if (message is SpikeMessage { Kind: 1 } spikes)
            {
                Assert.True(spikes.Number >= next);
                missing += spikes.Number - next;
                received += spikes.Times.Length;
                next = spikes.Number + spikes.Times.Length;
            }
            else if (message is JsonElement document && document.GetProperty("type").GetString() == "run_ended")
            {
                break;
            }
        }

        long dropped = (await server.GetAsync(device)).GetProperty("listeners")[0].GetProperty("dropped_spikes").GetInt64();
        Assert.True(missing > 0);
        Assert.Equal(run.GetProperty("spikes").GetInt64(), received + dropped);
    }

    [Fact]
    public async Task The_newest_messages_stay_when_the_oldest_give_way()
    {
        using StreamClient client = new(1, "test", most: 10);
        for (int k = 0; k < 5; k++)
        {
            client.Post(new StreamItem([(byte)k, 0, 0, 0], false, 1));
        }

        client.Close();

        Assert.Equal(3, client.DroppedSpikes);
        Assert.Equal(3, (await client.NextAsync(CancellationToken.None))!.Body[0]);
        Assert.Equal(4, (await client.NextAsync(CancellationToken.None))!.Body[0]);
        Assert.Null(await client.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_closed_device_says_goodbye_to_its_listeners()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        using ClientWebSocket socket = await server.ListenAsync(device);

        await server.AskAsync(HttpMethod.Delete, device, null, 204);

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (await StreamMessages.NextAsync(socket, patience.Token) is not null)
        {
        }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await server.GetAsync(device, 404);
    }
}
