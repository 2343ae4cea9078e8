// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

/// <summary>A window of Chromium that nobody sees, with cookies and storage of its own.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly DevTools _browser;
    private readonly DevTools _page;
    private readonly string _context;

    private Browser(DevTools browser, DevTools page, string context)
    {
        _browser = browser;
        _page = page;
        _context = context;
    }

    /// <summary>Exceptions and failed requests of the page.</summary>
    public IReadOnlyList<string> Problems => _page.Problems;

    /// <summary>Opens it with an empty page.</summary>
    public static async Task<Browser> StartAsync(int width = 1280, int height = 900)
    {
        DevTools browser = await BrowserProcess.ConnectAsync();
        string context = (await browser.SendAsync("Target.createBrowserContext")).GetProperty("browserContextId").GetString()!;
        JsonElement target = await browser.SendAsync("Target.createTarget",
            new { url = "about:blank", browserContextId = context, newWindow = true, width, height });
        Uri address = new(browser.Address, "/devtools/page/" + target.GetProperty("targetId").GetString());
        DevTools page = await DevTools.ConnectAsync(address);
        await page.SendAsync("Runtime.enable");
        await page.SendAsync("Log.enable");
        await page.SendAsync("Page.enable");
        await page.SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        return new Browser(browser, page, context);
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

    /// <summary>Where an element has come to rest: what comes in after the start still moves what stands below it.</summary>
    /// <returns>Left, top, width and height.</returns>
    public async Task<JsonElement> BoxAtRestAsync(string selector)
    {
        string element = $"document.querySelector({JsonSerializer.Serialize(selector)})";
        await UntilAsync($"(() => {{ const w = {element}; w.scrollIntoView({{ block: 'center' }}); "
            + "const at = w.getBoundingClientRect().top; window.still = at === window.lastTop ? (window.still || 0) + 1 : 0; "
            + "window.lastTop = at; return window.still >= 5; })()");
        return await EvaluateAsync($"(() => {{ const r = {element}.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; }})()");
    }

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

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        await _browser.SendAsync("Target.disposeBrowserContext", new { browserContextId = _context });
    }

    private Task<JsonElement> SendAsync(string method, object? parameters = null) => _page.SendAsync(method, parameters);
}
