// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Laboratory.Localization;

namespace NeuroMCU.Api.Tests;

public sealed class PageTests
{
    // Fires in its own time, so that there is something to see.
    private const string Busy =
        """
        neuromcu: 1
        name: busy
        populations:
          kick: {model: input, size: 2}
          cells: {model: lif, size: 20, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -65 mV, bias: 20 mV}
        projections:
          - {name: in, from: kick, to: cells, connect: {list: [[0, 0], [1, 5]]}, weight: 16 mV, delay: 1 ms}
        record:
          spikes: all
          traces: [{population: cells, neurons: [0], every: 1 ms}]
        """;

    private const string Thousand =
        """
        neuromcu: 1
        name: thousand
        populations:
          cells: {model: lif, size: 1000, tau: 14.4 ms, rest: -65 mV, threshold: -50 mV, bias: 30 mV, initial: {uniform: [-65 mV, -50.1 mV]}}
        record: {spikes: all}
        """;

    private static async Task<(Server Server, Browser Browser, string Device)> ShowAsync(string network = Busy, int width = 1280,
        string scheme = "light", string address = "virtual")
    {
        Browser browser = await Browser.StartAsync(width);
        Server server = await Server.StartAsync();
        string device = await server.OpenAsync(network, "wall", address);
        await browser.OpenAsync(server.Api.Url, scheme);
        await browser.UntilAsync("window.neuromcu?.state.network");
        return (server, browser, device);
    }

    [Fact]
    public async Task Start_shows_spikes_and_stop_a_recording_without_loss()
    {
        (Server server, Browser browser, _) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;

        await browser.ClickAsync("#start");
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 100");
        await browser.ClickAsync("#stop");
        await browser.UntilAsync("document.querySelector('#recordings tbody tr')");

        Assert.Equal("idle", await browser.TextAsync("#link"));
        Assert.Equal(0, (await browser.EvaluateAsync("neuromcu.state.stream.missed")).GetInt32());
        JsonElement run = (await server.GetAsync("recordings")).GetProperty("recordings")[0];
        Assert.Equal(0, run.GetProperty("lost_spikes").GetInt64());
        Assert.Equal(run.GetProperty("spikes").GetInt64(), (await browser.EvaluateAsync("neuromcu.state.stream.received")).GetInt64());
        Assert.Empty(browser.Problems);
        Assert.Equal(string.Empty, await browser.TextAsync("#problem"));
    }

    /// <summary>An array is shown, a node chosen with the keys, programmed and masked; a second hand's pulse is told.</summary>
    [Fact]
    public async Task Nodes_are_chosen_programmed_and_masked()
    {
        await using Browser browser = await Browser.StartAsync();
        await using Server server = await Server.StartAsync();
        JsonElement opened = await server.PostAsync("devices", new { address = "virtual", clock = "wall", board = "nodes-16" }, 201);
        string device = "devices/" + opened.GetProperty("id").GetString();
        await server.AskAsync(HttpMethod.Put, device + "/network", new { text = Busy }, 200);
        await browser.OpenAsync(server.Api.Url);
        await browser.UntilAsync("window.neuromcu?.nodes.array?.rows === 5 && !document.querySelector('#nodeSection').hidden");
        await browser.EvaluateAsync("document.querySelector('#nodes').focus()");
        await browser.PressAsync("ArrowDown", 40);
        await browser.PressAsync("ArrowRight", 39);
        await browser.UntilAsync("document.querySelector('#nodeSays').textContent.startsWith('node 5 (row 1, column 1)')");
        await browser.EvaluateAsync("document.querySelector('#nodeSiemens').value = 2.5");
        await browser.ClickAsync("#nodeTarget button");
        await browser.UntilAsync("document.querySelector('#nodeSays').textContent.includes('2.5 µS, target 2.5 µS')");
        await browser.ClickAsync("#nodeMask");
        await browser.UntilAsync("document.querySelector('#nodeSays').textContent.includes('masked')");
        Assert.True((await server.GetAsync(device + "/nodes")).GetProperty("nodes")[5].GetProperty("masked").GetBoolean());
        await server.PostAsync(device + "/nodes/6/pulse?client=hand", new { volts = 2.0, width = "100 us" });
        await browser.UntilAsync("document.querySelector('#log').textContent.includes('hand worked on node 6')");
        Assert.True(browser.Problems.Count == 0, string.Join("\n", browser.Problems));
        Assert.Equal(string.Empty, await browser.TextAsync("#problem"));
    }

    /// <summary>A thousand neurons at 10^5 spikes a second. How many frames that leaves is said (-diagnostics), not judged: it is the
    /// machine's.</summary>
    [Fact]
    public async Task Of_a_flood_of_spikes_the_page_draws_every_one()
    {
        await using Browser browser = await Browser.StartAsync();
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(Thousand, "wall", "virtual:ideal");
        await browser.OpenAsync(server.Api.Url);
        await browser.UntilAsync("window.neuromcu?.state.network");

        await browser.ClickAsync("#start");
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 10000");
        await browser.EvaluateAsync("window.begin = { at: performance.now(), drawn: neuromcu.raster.drawnSpikes, "
            + "dropped: neuromcu.state.dropped, frames: 0 }; requestAnimationFrame(function count() { begin.frames++; "
            + "requestAnimationFrame(count); })");
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 310000");
        JsonElement drawn = await browser.EvaluateAsync("(() => { const s = (performance.now() - begin.at) / 1000; return { "
            + "seconds: s, frames: begin.frames / s, left_out: neuromcu.state.dropped - begin.dropped, "
            + "spikes: (neuromcu.raster.drawnSpikes - begin.drawn) / s }; })()");
        TestContext.Current.SendDiagnosticMessage(FormattableString.Invariant(
            $"{drawn.GetProperty("frames").GetDouble():0} frames/s over {drawn.GetProperty("seconds").GetDouble():0.0} s, ")
            + FormattableString.Invariant($"{drawn.GetProperty("left_out").GetInt64()} frames left out, ")
            + FormattableString.Invariant($"{drawn.GetProperty("spikes").GetDouble():0} spikes/s drawn"));
        JsonElement run = (await server.PostAsync(device + "/stop")).GetProperty("recording");
        long spikes = run.GetProperty("spikes").GetInt64();
        await browser.UntilAsync(FormattableString.Invariant($"neuromcu.raster.drawnSpikes >= {spikes}"));

        Assert.Equal(spikes, (await browser.EvaluateAsync("neuromcu.raster.drawnSpikes")).GetInt64());
        Assert.Equal(0, (await browser.EvaluateAsync("neuromcu.state.stream.missed")).GetInt64());
        Assert.Equal(0, run.GetProperty("lost_spikes").GetInt64());
    }

    /// <summary>10^5 spikes a second whatever the device of this machine can give, as the page's stream hands them on.</summary>
    [Fact]
    public async Task A_hundred_thousand_spikes_a_second_are_drawn_whole()
    {
        const string Feed =
            """
            new Promise(done => {
              const take = neuromcu.state.stream.handlers.spikes, begin = performance.now();
              let base = 0, frames = 0, sent = 0;
              const dropped = neuromcu.state.dropped;
              const timer = setInterval(() => {
                const span = (performance.now() - begin) * 1000 - base, count = Math.round(span / 10);
                const offsets = new Uint32Array(count).map((_, k) => k * span / count);
                take({ base, count, offsets, indices: new Int32Array(count).map((_, k) => (sent + 7919 * k) % 1000) });
                sent += count;
                base += span;
              }, 16);
              requestAnimationFrame(function frame() {
                frames++;
                const seconds = (performance.now() - begin) / 1000;
                if (seconds < 2) return requestAnimationFrame(frame);
                clearInterval(timer);
                requestAnimationFrame(() => requestAnimationFrame(() => done({ sent, drawn: neuromcu.raster.drawnSpikes,
                  says: `${(frames / seconds).toFixed(0)} frames/s, ${neuromcu.state.dropped - dropped} left out, ${(sent / seconds).toFixed(0)} spikes/s` })));
              });
            })
            """;
        (Server server, Browser browser, _) = await ShowAsync(Thousand, address: "virtual:ideal");
        await using Server s = server;
        await using Browser b = browser;
        await browser.EvaluateAsync("neuromcu.state.running = true");
        JsonElement drawn = await browser.EvaluateAsync(Feed);
        TestContext.Current.SendDiagnosticMessage(drawn.GetProperty("says").GetString()!);
        Assert.InRange(drawn.GetProperty("sent").GetInt32(), 190_000, 400_000);
        Assert.Equal(drawn.GetProperty("sent").GetInt32(), drawn.GetProperty("drawn").GetInt32());
    }

    [Fact]
    public async Task A_weight_is_dragged_while_the_network_runs()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        await browser.ClickAsync("#start");

        JsonElement box = await browser.BoxAtRestAsync("#weights");
        double x = box[0].GetDouble() + (0.5 / 20 * box[2].GetDouble());
        double y = box[1].GetDouble() + (0.25 * box[3].GetDouble());

        await browser.DragAsync(x, y, 60);
        await browser.UntilAsync("document.getElementById('weightVersion').textContent.startsWith('version') && !neuromcu.sending.busy");

        double shown = (await browser.EvaluateAsync("neuromcu.matrix.weights.weight[0]")).GetDouble();
        JsonElement held = await server.GetAsync(device + "/weights/in");
        Assert.True(shown < 12, FormattableString.Invariant($"{shown}"));
        Assert.Equal(shown, held.GetProperty("weight")[0].GetDouble(), 1e-2);
        Assert.Equal(16, held.GetProperty("weight")[1].GetDouble(), 1e-2);
        Assert.Equal("running", (await server.GetAsync(device)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Two_pages_see_each_other_change_a_weight()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        await browser.UntilAsync("neuromcu.matrix.weights");

        await server.AskAsync(HttpMethod.Patch, device + "/weights/in", new { changes = new[] { new { pre = 0, post = 0, weight = 3.0 } } }, 200,
            ("X-Client", "the other page"));

        await browser.UntilAsync("document.getElementById('weightSays').textContent.includes('the other page')");
        Assert.Equal(3, (await browser.EvaluateAsync("neuromcu.matrix.weights.weight[0]")).GetDouble(), 1e-2);
    }

    [Fact]
    public async Task An_error_in_the_text_stands_at_its_line_and_a_right_text_runs()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        async Task WriteAsync(string text) => await browser.EvaluateAsync(
            $"(() => {{ const t = document.getElementById('text'); t.value = {JsonSerializer.Serialize(text)}; t.dispatchEvent(new Event('input')); }})()");

        await WriteAsync(Busy.Replace("tau: 20 ms", "tau: 20", StringComparison.Ordinal));
        await browser.ClickAsync("#editor button[type=submit]");
        await browser.UntilAsync("document.querySelector('#findings .error')");
        string found = await browser.TextAsync("#findings .error");
        string marked = await browser.TextAsync("#lines b");
        Assert.Equal("busy", (await server.GetAsync(device)).GetProperty("network").GetString());

        await WriteAsync(Busy.Replace("name: busy", "name: other", StringComparison.Ordinal));
        await browser.ClickAsync("#editor button[type=submit]");
        await browser.UntilAsync("neuromcu.state.network.name === 'other' && neuromcu.state.running");

        Assert.Contains("line 5", found, StringComparison.Ordinal);
        Assert.Contains("20 ms", found, StringComparison.Ordinal);
        Assert.Equal("5", marked.Trim());
    }

    [Fact]
    public async Task An_input_fires_by_keyboard_alone()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        await browser.EvaluateAsync("document.getElementById('raster').focus()");

        await browser.PressAsync("ArrowDown", 40);
        await browser.PressAsync("Enter", 13);
        await browser.UntilAsync("document.getElementById('rasterSays').textContent.includes('fires')");

        Assert.Contains("kick[1]", await browser.TextAsync("#rasterSays"), StringComparison.Ordinal);
        JsonElement step = await server.PostAsync(device + "/step", new { duration = "1 ms" });
        Assert.Equal(1, step.GetProperty("populations").EnumerateArray().First(p => p.GetProperty("name").GetString() == "kick")
            .GetProperty("spikes").GetInt32());
    }

    [Fact]
    public async Task An_input_fires_by_a_click_and_pictures_of_the_raster_are_saved()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        JsonElement box = await browser.BoxAtRestAsync("#raster");

        // The second of 22 rows.
        await browser.DragAsync(box[0].GetDouble() + (box[2].GetDouble() / 2), box[1].GetDouble() + (1.5 / 22 * box[3].GetDouble()), 0);
        await browser.UntilAsync("document.getElementById('rasterSays').textContent === 'kick[1] fires'");
        JsonElement step = await server.PostAsync(device + "/step", new { duration = "1 ms" });
        Assert.Equal(1, step.GetProperty("populations")[0].GetProperty("spikes").GetInt32());

        await browser.EvaluateAsync("window.saved = []; URL.createObjectURL = (blob) => { saved.push(blob); return 'blob:none'; }; 0");
        await browser.ClickAsync("#svg");
        await browser.ClickAsync("#png");
        await browser.UntilAsync("saved.length === 2");
        Assert.Contains(">busy<", (await browser.EvaluateAsync("saved[0].text()")).GetString(), StringComparison.Ordinal);
        Assert.Equal("image/png", (await browser.EvaluateAsync("saved[1].type")).GetString());
    }

    /// <summary>What a teacher does: open the page, play a recording, see where it came from.</summary>
    [Fact]
    public async Task A_sound_that_is_played_is_located_on_the_page()
    {
        await using Browser browser = await Browser.StartAsync();
        await using Server server = await Server.StartAsync();
        string network = ShippedExample.Network;
        string device = await server.Api.OpenDeviceAsync("virtual:" + RecordingPlayer.DefaultProfile, null, null, []);
        await server.Api.LoadAsync(device, await File.ReadAllTextAsync(network), network, [], start: true);
        await browser.OpenAsync(server.Api.Url);
        await browser.UntilAsync("window.neuromcu?.state.running && document.querySelector('#soundName option')");

        await browser.EvaluateAsync("(() => { const s = document.getElementById('soundName'); "
            + "s.value = [...s.options].map(o => o.value).find(v => v.includes('60')); })()");
        await browser.ClickAsync("#play button");
        await browser.UntilAsync("document.getElementById('polarSays').textContent.includes('°')");
        string said = await browser.TextAsync("#polarSays");
        Assert.InRange(double.Parse(said.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), 55, 65);
        Assert.Empty(browser.Problems);
    }

    /// <summary>A page of another origin, in the same browser: it reads nothing, starts nothing and hears nothing.</summary>
    [Fact]
    public async Task A_page_of_another_origin_reaches_nothing()
    {
        await using Browser browser = await Browser.StartAsync();
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(Busy);
        string path = JsonSerializer.Serialize(new Uri(server.Http.BaseAddress!, device).ToString());

        Assert.Equal("refused", (await browser.EvaluateAsync($"fetch({path}).then(() => 'read', () => 'refused')")).GetString());
        await browser.EvaluateAsync($"fetch({path} + '/run', {{ method: 'POST', mode: 'no-cors', body: '{{}}' }}).catch(() => 0).then(() => 0)");
        Assert.Equal("closed", (await browser.EvaluateAsync($"new Promise(done => {{ const s = new WebSocket({path}.replace('http', 'ws') + '/stream');"
            + " s.onopen = () => done('open'); s.onclose = () => done('closed'); })")).GetString());

        Assert.Equal(0, (await server.GetAsync(device)).GetProperty("run").GetInt32());
    }

    [Fact]
    public async Task A_slider_of_the_bias_moves_it_while_the_run_goes_on()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        await browser.ClickAsync("#start");
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 50");

        await MoveAsync(browser, "populations.cells.bias", 0);
        await browser.UntilAsync("neuromcu.state.network.settings['populations.cells.bias'] === '0 mV'");
        await browser.UntilAsync("document.getElementById('parameterSays').textContent !== ''");
        JsonElement after = await server.GetAsync(device);

        // One run, which has fallen silent and goes on.
        Assert.Equal("running", after.GetProperty("state").GetString());
        Assert.Equal(1, after.GetProperty("run").GetInt32());
        Assert.True(after.GetProperty("spikes").GetInt64() > 50);
        Assert.Contains("the run goes on", await browser.TextAsync("#parameterSays"), StringComparison.Ordinal);
        JsonElement run = (await server.PostAsync(device + "/stop")).GetProperty("recording");
        Assert.Equal(0, run.GetProperty("lost_spikes").GetInt64());
    }

    [Fact]
    public async Task A_slider_that_starts_the_run_over_says_so_before()
    {
        (Server server, Browser browser, string device) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;
        await browser.ClickAsync("#start");
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 50");
        string said = (await browser.EvaluateAsync(
            "document.querySelector('[data-name=\"populations.cells.tau\"]').closest('label').textContent")).GetString()!;

        await MoveAsync(browser, "populations.cells.tau", 10);
        await browser.UntilAsync("neuromcu.state.network.settings['populations.cells.tau'] === '10 ms' && neuromcu.state.running");

        Assert.Contains("starts the run over", said, StringComparison.Ordinal);
        Assert.Equal(2, (await server.GetAsync(device)).GetProperty("run").GetInt32());
    }

    private static Task MoveAsync(Browser browser, string name, double value) => browser.EvaluateAsync(FormattableString.Invariant(
        $"(() => {{ const i = document.querySelector('[data-name=\"{name}\"]'); i.value = {value}; i.dispatchEvent(new Event('change')); }})()"));

    [Fact]
    public async Task A_page_that_only_shows_offers_no_change()
    {
        await using Browser browser = await Browser.StartAsync();
        await using Server server = await Server.StartAsync(o => o with { ReadOnly = true });
        string device = await server.Api.OpenDeviceAsync(null, null, null, []);
        await server.Api.LoadAsync(device, Busy, "busy.yaml", [], start: true);
        await browser.OpenAsync(server.Api.Url);
        await browser.UntilAsync("neuromcu.raster.drawnSpikes > 50");

        JsonElement shown = await browser.EvaluateAsync(
            "[...document.querySelectorAll('#start, #stop, #reset, #step, #weightForm, #parameters, #editor [type=submit]')]"
            + ".filter(e => e.checkVisibility()).map(e => e.id)");

        Assert.Equal(0, shown.GetArrayLength());
        Assert.Equal(string.Empty, await browser.TextAsync("#problem"));
    }

    [Fact]
    public async Task A_phone_scrolls_down_and_not_sideways()
    {
        (Server server, Browser browser, _) = await ShowAsync(width: 375);
        await using Server s = server;
        await using Browser b = browser;

        Assert.True((await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32() <= 375);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_elsewhere()
    {
        (Server server, Browser browser, _) = await ShowAsync();
        await using Server s = server;
        await using Browser b = browser;

        JsonElement places = await browser.EvaluateAsync("performance.getEntriesByType('resource').map(r => new URL(r.name).origin)");

        Assert.All(places.EnumerateArray(), place => Assert.Equal(server.Api.Url.GetLeftPart(UriPartial.Authority), place.GetString()));
    }
}
