// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Http.Json;
using System.Text.Json;
using NeuroMCU.Api;
using NeuroMCU.Cli.Errors;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Exchange.Tests;

/// <summary>Recordings of the API hold what it takes to run them again, or say why that cannot be.</summary>
public sealed class RepeatLiveTests : IDisposable
{
    private const string Network =
        """
        neuromcu: 1
        name: noisy
        populations:
          noise: {model: input, size: 5}
          cells: {model: lif, size: 5, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -65 mV, bias: 20 mV}
        projections:
          - {name: in, from: noise, to: cells, connect: {csv: joined.csv}}
        inputs:
          - {to: noise, poisson: {rate: 100 Hz, seed: 3}}
        record: {spikes: all}
        """;

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task One_without_a_hand_is_the_same_again()
    {
        string recording = await RecordAsync(".npz", async (http, device) =>
            await AskAsync(http, HttpMethod.Post, device + "/step", new { duration = "300 ms" }));

        (ExitCode code, string text, string error) = await Program.Run("repeat", recording);

        Assert.True(code == ExitCode.Ok, error);
        Assert.Contains("the same: all ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("all 0 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_changed_is_named()
    {
        string recording = await RecordAsync(".csv", async (http, device) =>
            await AskAsync(http, HttpMethod.Post, device + "/step", new { duration = "50 ms" }));
        await File.AppendAllTextAsync(_files.Path("joined.csv"), "0,1,3 mV,1 ms\n");

        (ExitCode code, _, string error) = await Program.Run("repeat", recording);

        Assert.Equal(ExitCode.CheckFailed, code);
        Assert.Contains("joined.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hand_at_a_weight_or_a_value_is_named_with_its_time()
    {
        string recording = await RecordAsync(".nwb", async (http, device) =>
        {
            await AskAsync(http, HttpMethod.Patch, device + "/weights/in", new { changes = new[] { new { pre = 0, post = 0, weight = 1.0 } } });
            await AskAsync(http, HttpMethod.Patch, device + "/network", new
            {
                settings = new Dictionary<string, string> { ["populations.cells.bias"] = "12 mV" },
            });
            await AskAsync(http, HttpMethod.Post, device + "/step", new { duration = "50 ms" });
        });

        (ExitCode code, _, string error) = await Program.Run("repeat", recording);

        Assert.Equal(ExitCode.CheckFailed, code);
        Assert.Contains("0 us: weights of in; 0 us: populations.cells.bias=12 mV", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_went_on_from_another_says_so()
    {
        string recording = await RecordAsync(".npz", async (http, device) =>
        {
            await AskAsync(http, HttpMethod.Post, device + "/step", new { duration = "50 ms" });
            await AskAsync(http, HttpMethod.Post, device + "/step", new { duration = "50 ms" });
        });

        (ExitCode code, _, string error) = await Program.Run("repeat", recording);

        Assert.Equal(ExitCode.CheckFailed, code);
        Assert.Contains("50000 us", error, StringComparison.Ordinal);
    }

    private async Task<string> RecordAsync(string ending, Func<HttpClient, string, Task> act)
    {
        await File.WriteAllTextAsync(_files.Path("joined.csv"),
            "pre,post,weight,delay\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"{i},{i},3 mV,1 ms\n")));
        await using ApiServer server = await ApiServer.StartAsync(new ApiOptions
        {
            Port = 0,
            DeviceKeyFile = _files.Path("key"),
            CalibrationFolder = _files.Path("calibrations"),
            Virtual = new VirtualDeviceOptions { Ephemeral = true },
        });
        using HttpClient http = new() { BaseAddress = new Uri(server.Url, "api/v1/") };
        JsonElement opened = await AskAsync(http, HttpMethod.Post, "devices", new { address = "virtual", clock = "free" });
        string device = "devices/" + opened.GetProperty("id").GetString();
        string path = _files.Path("noisy.yaml");
        await File.WriteAllTextAsync(path, Network);
        await AskAsync(http, HttpMethod.Put, device + "/network", new { text = Network, path });
        await act(http, device);
        JsonElement recordings = await AskAsync(http, HttpMethod.Get, "recordings", null);
        string id = recordings.GetProperty("recordings").EnumerateArray().Last().GetProperty("recording").GetString()!;
        string file = _files.Path("live" + ending);
        await File.WriteAllBytesAsync(file,
            await http.GetByteArrayAsync(new Uri($"recordings/{id}/file?format={ending[1..]}", UriKind.Relative)));
        return file;
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, HttpMethod method, string path, object? body)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
