// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Keys;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Api.Tests;

/// <summary>The example page joins a hub from a browser, which has nothing but docs/reference/hub-packets.md in common with it.</summary>
public sealed class BrowserSiteTests
{
    [Fact]
    public async Task A_browser_joins_a_hub_fires_by_click_and_shows_what_arrives()
    {
        using TemporaryFolder folder = new();
        string examples = Path.Combine(PythonTests.Root(), "examples", "internet");
        int port = Ports.Free();
        string text = (await File.ReadAllTextAsync(Path.Combine(examples, "hub-browser.yaml"), TestContext.Current.CancellationToken))
            .Replace(":5006", ":0", StringComparison.Ordinal).Replace(":8080", $":{port}", StringComparison.Ordinal);
        using HubServer hub = new(HubFile.Parse(text, folder.File("hub.yaml")), _ => { });
        using CancellationTokenSource end = new();
        Task running = hub.RunAsync(false, end.Token);
        await using HubLink padova = new(new UdpCarrier(hub.KeyedPlace!), "padova", KeyStore.Find(folder.File("padova.key"))!);
        List<WireArrival> arrived = [];
        padova.Arrived = arrived.AddRange;
        await using Browser browser = await Browser.StartAsync(1000);
        await browser.OpenAsync(new Uri(Path.Combine(examples, "browser.html")));
        await browser.UntilAsync("window.site");
        string key = (await File.ReadAllTextAsync(folder.File("zurich.key"), TestContext.Current.CancellationToken)).Trim();
        await browser.EvaluateAsync($"document.querySelector('#hub').value = 'ws://127.0.0.1:{port}'; document.querySelector('#key').value = '{key}'");
        await browser.ClickAsync("#go");
        await browser.UntilAsync("site.policy?.all");

        await browser.ClickAsync("#fire");
        await browser.UntilAsync("site.sent === 1");
        while (arrived.Count == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        WireArrival first = Assert.Single(arrived);
        Assert.Equal((256, 71), (first.Neuron, (int)first.Weight));
        Assert.InRange(first.Cause, hub.Now - 2_000_000, hub.Now);

        // The answer: an arrival of a weight that makes the third neuron fire, and a potential before it.
        padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
        await browser.UntilAsync("site.arrivals === 1 && site.sent === 3");
        Assert.Equal("230", (await browser.EvaluateAsync("String(site.weight)")).GetString());
        Assert.InRange((await browser.EvaluateAsync("site.latency[0]")).GetDouble(), 0, 2e6);
        await browser.ClickAsync("#leave");
        await browser.UntilAsync("document.querySelector('#state').textContent === 'left'");
        await end.CancelAsync();
        await running;
        SiteAccount account = hub.Accounts.Single(a => a.Plan.Name == "zurich");
        Assert.Equal((3L, 0L, 0L), (account.Taken, account.Lost, account.Refused));
        Assert.Equal("0", (await browser.EvaluateAsync("String(site.refused + site.lost)")).GetString());
        Assert.Empty(browser.Problems);
    }
}
