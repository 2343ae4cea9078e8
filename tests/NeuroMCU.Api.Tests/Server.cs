// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Api.Tests;

/// <summary>A server on a free port, and what asks it.</summary>
internal sealed class Server : IAsyncDisposable
{
    public const string Chain =
        """
        neuromcu: 1
        name: chain
        duration: 100 ms
        populations:
          kick: {model: input, size: 2}
          chain: {model: lif, size: 3, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -70 mV, refractory: 2 ms}
        projections:
          - {name: in, from: kick, to: chain, connect: {list: [[0, 0]]}, weight: 16 mV, delay: 1 ms}
          - {name: links, from: chain, to: chain, connect: {list: [[0, 1], [1, 2]]}, weight: 16 mV, delay: 5 ms}
        inputs:
          - {to: kick, spikes: [[0, 10 ms], [0, 50 ms]]}
        record:
          spikes: all
          traces:
            - {population: chain, neurons: all, every: 1 ms}
        """;

    private readonly string _folder;

    private Server(ApiServer api, string folder)
    {
        Api = api;
        _folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(api.Url, "api/v1/"), Timeout = TimeSpan.FromSeconds(100) };
    }

    public ApiServer Api { get; }

    public HttpClient Http { get; }

    public static async Task<Server> StartAsync(Func<ApiOptions, ApiOptions>? change = null)
    {
        string folder = Directory.CreateTempSubdirectory("neuromcu-api-").FullName;
        ApiOptions options = new()
        {
            Port = 0,
            DeviceKeyFile = Path.Combine(folder, "key"),
            CalibrationFolder = Path.Combine(folder, "calibrations"),
            NodeFolder = Path.Combine(folder, "nodes"),
            Virtual = new VirtualDeviceOptions { StateFolder = Path.Combine(folder, "flash") },
        };
        return new Server(await ApiServer.StartAsync(change is null ? options : change(options)), folder);
    }

    /// <summary>Asks, and expects an answer of a status.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null, int status = 200,
        params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, body, headers);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null,
        params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = body switch
        {
            null => null,
            byte[] bytes => new ByteArrayContent(bytes),
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    public Task<JsonElement> GetAsync(string path, int status = 200) => AskAsync(HttpMethod.Get, path, null, status);

    public Task<JsonElement> PostAsync(string path, object? body = null, int status = 200) => AskAsync(HttpMethod.Post, path, body
        ?? new { }, status);

    /// <summary>Opens a virtual device with a network.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> OpenAsync(string network = Chain, string clock = "free", string address = "virtual")
    {
        JsonElement device = await PostAsync("devices", new { address, clock }, 201);
        string path = "devices/" + device.GetProperty("id").GetString();
        await AskAsync(HttpMethod.Put, path + "/network", new { text = network });
        return path;
    }

    public async Task<ClientWebSocket> ListenAsync(string device, params (string Name, string Value)[] headers)
    {
        ClientWebSocket socket = new();
        foreach ((string name, string value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        UriBuilder url = new(new Uri(Http.BaseAddress!, device + "/stream")) { Scheme = "ws" };
        // The system would hold megabytes for one that does not read.
        using HttpMessageInvoker line = new(new SocketsHttpHandler
        {
            ConnectCallback = async (asked, cancellation) =>
            {
                Socket narrow = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16384, NoDelay = true };
                await narrow.ConnectAsync(asked.DnsEndPoint, cancellation);
                return new NetworkStream(narrow, ownsSocket: true);
            },
        });
        await socket.ConnectAsync(url.Uri, line, CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
