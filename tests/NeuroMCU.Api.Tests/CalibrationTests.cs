// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.WebSockets;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public async Task A_board_is_measured_and_the_network_then_driven_by_what_was_found()
    {
        await using Server server = await Server.StartAsync();
        JsonElement device = await server.PostAsync("devices", new
        {
            address = "virtual",
            clock = "free",
            board = "thyristor-starter",
            board_seed = 3,
        }, 201);
        string path = "devices/" + device.GetProperty("id").GetString();
        using ClientWebSocket socket = await server.ListenAsync(path);
        await server.GetAsync(path + "/calibration", 404);

        JsonElement made = await server.PostAsync(path + "/calibration");
        JsonElement kept = await server.GetAsync(path + "/calibration");

        // As the command finds for this specimen: both channels good, the first one from 129 to 144 Hz on, as the noise falls at its
        // onset.
        JsonElement[] channels = [.. made.GetProperty("channels").EnumerateArray()];
        Assert.True(made.GetProperty("kept").GetBoolean());
        Assert.Equal([true, true], channels.Select(c => c.GetProperty("good").GetBoolean()));
        Assert.InRange(channels[0].GetProperty("lowest_rate_hz").GetDouble(), 120, 150);
        Assert.NotEmpty(kept.ToString());
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        List<string> types = [];
        while (!types.Contains("calibrated") && await StreamMessages.NextAsync(socket, patience.Token) is { } message)
        {
            types.Add(message is JsonElement document ? document.GetProperty("type").GetString()! : string.Empty);
        }

        Assert.Contains("calibrating", types);
    }

    [Fact]
    public async Task A_board_without_neurons_says_that_there_is_nothing_to_calibrate()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement refused = await server.PostAsync(device + "/calibration", null, 409);

        Assert.Contains("nothing to calibrate", refused.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(refused.GetProperty("why").GetString()!);
    }
}
