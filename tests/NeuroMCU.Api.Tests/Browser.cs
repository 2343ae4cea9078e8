// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

/// <summary>Chromium without a window, driven over its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Process _process;
    private readonly string _folder;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly List<string> _problems = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _reading = Task.CompletedTask;
    private int _numbers;

    private Browser(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Path of the browser; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "google-chrome", "chromium-browser" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

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

    /// <summary>Starts it with an empty page.</summary>
    public static async Task<Browser> StartAsync(int width = 1280, int height = 900)
    {
        Assert.SkipWhen(Program is null, "Chromium is missing: sudo apt-get install chromium");
        string folder = Directory.CreateTempSubdirectory("neuromcu-browser-").FullName;
        ProcessStartInfo start = new(Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0", "--no-first-run",
                "--autoplay-policy=no-user-gesture-required", $"--user-data-dir={folder}",
                FormattableString.Invariant($"--window-size={width},{height}"), "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        Browser browser = new(process, folder);
        try
        {
            string? line;
            while ((line = await process.StandardError.ReadLineAsync()) is not null
                && !line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
            {
            }

            Uri listening = new(line!["DevTools listening on ".Length..]);
            _ = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            using HttpClient http = new();
            JsonElement pages = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://{listening.Authority}/json"))).RootElement;
            string page = pages.EnumerateArray().First(p => p.GetProperty("type").GetString() == "page")
                .GetProperty("webSocketDebuggerUrl").GetString()!;
            await browser._socket.ConnectAsync(new Uri(page), CancellationToken.None);
            browser._reading = Task.Run(browser.ReadAsync);
            await browser.SendAsync("Runtime.enable");
            await browser.SendAsync("Log.enable");
            await browser.SendAsync("Page.enable");
            await browser.SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page in a style.</summary>
    public async Task OpenAsync(Uri page, string scheme = "light")
    {
        await SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });
        await SendAsync("Page.navigate", new { url = page.ToString() });
    }

    /// <summary>Evaluates an expression in the page; a promise is waited for.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        JsonElement answer = await SendAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out JsonElement details), $"{expression}: {details}");
        return answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression, int seconds = 40)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            JsonElement answer = await SendAsync("Runtime.evaluate", new { expression = $"!!({expression})", returnByValue = true });
            if (answer.GetProperty("result").TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.True)
            {
                return;
            }

            Assert.True(waited.Elapsed.TotalSeconds < seconds,
                $"not within {seconds} s: {expression}; {await TextAsync("#problem")} {string.Join("; ", Problems)}");
            await Task.Delay(50);
        }
    }

    public async Task<string> TextAsync(string selector) =>
        (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.textContent ?? ''")).GetString()!;

    public Task ClickAsync(string selector) => EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).click()");

    /// <summary>Presses a key in what has the focus.</summary>
    public async Task PressAsync(string key, int code)
    {
        string? text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
        await SendAsync("Input.dispatchKeyEvent", new { type = text is null ? "rawKeyDown" : "keyDown", key, windowsVirtualKeyCode = code, text });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code });
    }

    /// <summary>Presses, moves and releases the mouse.</summary>
    public async Task DragAsync(double x, double y, double dy)
    {
        await SendAsync("Input.dispatchMouseEvent", new { type = "mousePressed", x, y, button = "left", buttons = 1, clickCount = 1 });
        for (int k = 1; k <= 4; k++)
        {
            await SendAsync("Input.dispatchMouseEvent", new { type = "mouseMoved", x, y = y + (dy * k / 4), button = "left", buttons = 1 });
        }

        await SendAsync("Input.dispatchMouseEvent", new { type = "mouseReleased", x, y = y + dy, button = "left", buttons = 0, clickCount = 1 });
    }

    /// <summary>A picture of what is on view.</summary>
    public async Task<byte[]> PictureAsync() =>
        (await SendAsync("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetBytesFromBase64();

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
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _socket.Dispose();
        _sending.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may still be ending; the folder is a temporary one.
        }
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
