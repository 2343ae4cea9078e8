// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

/// <summary>One line to Chromium in its DevTools protocol: to the browser as a whole, or to a page.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly List<string> _problems = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _reading = Task.CompletedTask;
    private int _numbers;

    private DevTools(Uri address) => Address = address;

    /// <summary>Where it goes to.</summary>
    public Uri Address { get; }

    /// <summary>Exceptions and failed requests of the page.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
            {
                return [.. _problems];
            }
        }
    }

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        DevTools line = new(address);
        await line._socket.ConnectAsync(address, CancellationToken.None);
        line._reading = Task.Run(line.ReadAsync);
        return line;
    }

    public async Task<JsonElement> SendAsync(string method, object? parameters = null)
    {
        int id = Interlocked.Increment(ref _numbers);
        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } }, s_json);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        byte[] part = new byte[1 << 16];
        using MemoryStream whole = new();
        try
        {
            while (true)
            {
                whole.SetLength(0);
                WebSocketReceiveResult got;
                do
                {
                    got = await _socket.ReceiveAsync(part, CancellationToken.None);
                    whole.Write(part, 0, got.Count);
                }
                while (!got.EndOfMessage);
                Take(JsonDocument.Parse(Encoding.UTF8.GetString(whole.ToArray())).RootElement);
            }
        }
        catch (Exception over) when (over is WebSocketException or OperationCanceledException or ObjectDisposedException or JsonException)
        {
            foreach (TaskCompletionSource<JsonElement> waiting in _waiting.Values)
            {
                waiting.TrySetException(new InvalidOperationException("the browser has ended", over));
            }
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out JsonElement id) && _waiting.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? answer))
        {
            answer.TrySetResult(message.TryGetProperty("result", out JsonElement result) ? result : message);
            return;
        }

        string method = message.TryGetProperty("method", out JsonElement name) ? name.GetString()! : string.Empty;
        if (method == "Runtime.exceptionThrown" || (method == "Log.entryAdded"
            && message.GetProperty("params").GetProperty("entry").GetProperty("level").GetString() == "error"))
        {
            lock (_problems)
            {
                _problems.Add(message.GetProperty("params").ToString());
            }
        }
    }
}
