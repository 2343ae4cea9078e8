// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.WebSockets;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class RunTests
{
    // From the file: a kick at 10 and 50 ms, 1 ms to the first neuron, 5 ms from one to the next.
    private static readonly (int Neuron, long Time)[] s_expected =
        [(0, 10000), (2, 11000), (3, 16000), (4, 21000), (0, 50000), (2, 51000), (3, 56000), (4, 61000)];

    [Fact]
    public async Task A_run_gives_the_spikes_of_the_file_and_a_recording_in_every_format()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement run = await server.PostAsync(device + "/run", new { duration = "100 ms", wait = true });

        Assert.Equal(s_expected.Length, run.GetProperty("spikes").GetInt32());
        Assert.True(run.GetProperty("complete").GetBoolean());
        Assert.Equal(100000, run.GetProperty("time_us").GetInt64());
        string recording = run.GetProperty("recording").GetString()!;
        string csv = await server.Http.GetStringAsync($"recordings/{recording}/file?format=csv");
        Assert.Equal(s_expected.Length, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => char.IsAsciiDigit(line[0])));
        foreach (JsonElement format in (await server.GetAsync("recordings")).GetProperty("formats").EnumerateArray())
        {
            Assert.NotEmpty(await server.Http.GetByteArrayAsync($"recordings/{recording}/file?format={format.GetString()}"));
        }

        JsonElement refusal = await server.GetAsync($"recordings/{recording}/file?format=doc", 400);
        Assert.Contains("npz", refusal.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_has_every_spike_under_ascending_numbers()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();
        using ClientWebSocket socket = await server.ListenAsync(device);

        await server.PostAsync(device + "/run", new { duration = 0.1, wait = true });

        List<(int, long)> spikes = [];
        List<SpikeMessage> samples = [];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (await StreamMessages.NextAsync(socket, patience.Token) is { } message)
        {
            if (message is SpikeMessage { Kind: 1 } some)
            {
                Assert.Equal(spikes.Count, some.Number);
                spikes.AddRange(some.Indices.Zip(some.Times));
            }
            else if (message is SpikeMessage some2)
            {
                samples.Add(some2);
            }
            else if (message is JsonElement document && document.GetProperty("type").GetString() == "run_ended")
            {
                break;
            }
        }

        Assert.Equal(s_expected, spikes.OrderBy(s => s.Item2).ThenBy(s => s.Item1));
        Assert.Equal(-65, samples[0].Values[0], 1e-3f);
        Assert.Equal([0, 1, 2], samples.SelectMany(s => s.Indices).Distinct().Order());
    }

    [Fact]
    public async Task A_run_goes_on_where_it_was_stopped_and_a_reset_begins_anew()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        await server.PostAsync(device + "/step", new { duration = "20 ms" });
        JsonElement second = await server.PostAsync(device + "/step", new { duration = "5 ms" });
        await server.PostAsync(device + "/reset");
        JsonElement again = await server.PostAsync(device + "/step", new { duration = "12 ms" });

        Assert.Equal(25000, second.GetProperty("time_us").GetInt64());
        Assert.Equal(1, second.GetProperty("spikes").GetInt32());
        Assert.Equal(12000, again.GetProperty("time_us").GetInt64());
        Assert.Equal(2, again.GetProperty("spikes").GetInt32());
    }

    [Fact]
    public async Task A_device_with_a_clock_runs_until_it_is_stopped_and_takes_injected_spikes()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(clock: "wall");
        await server.PostAsync(device + "/run", new { }, 202);

        JsonElement injected = await server.PostAsync(device + "/inject", new
        {
            spikes = new[] { new { population = "kick",
            neurons = new[] { 1 } } }
        });
        JsonElement refused = await server.PostAsync(device + "/run", new { }, 409);
        JsonElement stopped = await server.PostAsync(device + "/stop");

        Assert.Equal(1, injected.GetProperty("injected").GetInt32());
        Assert.Equal("conflict", refused.GetProperty("error").GetString());
        JsonElement recording = stopped.GetProperty("recording");
        Assert.Equal(0, recording.GetProperty("lost_spikes").GetInt64());
        Assert.Contains(recording.GetProperty("populations").EnumerateArray(), p => p.GetProperty("name").GetString() == "kick"
            && p.GetProperty("spikes").GetInt32() > 0);
    }

    [Fact]
    public async Task Only_inputs_can_be_made_to_fire()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        JsonElement refused = await server.PostAsync(device + "/inject", new
        {
            spikes = new[] { new { population = "chain",
            neurons = new[] { 0 } } }
        }, 422);

        Assert.Contains("kick", refused.GetProperty("next").GetString(), StringComparison.Ordinal);
    }
}
