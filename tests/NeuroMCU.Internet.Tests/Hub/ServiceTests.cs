// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Text.Json;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Service;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class ServiceTests
{
    private static readonly HttpClient s_http = new();

    // On a slow machine a short time is over before all has started.
    [Fact]
    public async Task A_hub_whose_time_is_over_before_it_begins_ends_in_order()
    {
        await using HubLab lab = new();
        ServiceSettings settings = new() { Place = null, Health = lab.Server.Metrics.Health, Registry = lab.Server.Metrics.Registry };
        await ServiceHost.RunAsync(settings, stop => lab.Server.RunAsync(false, stop), new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task Health_and_metrics_follow_the_sites_and_a_stop_is_clean()
    {
        await using HubLab lab = new();
        IPEndPoint place = new(IPAddress.Loopback, Ports.Free());
        using CancellationTokenSource end = new();
        ServiceSettings settings = new() { Place = place, Health = lab.Server.Metrics.Health, Registry = lab.Server.Metrics.Registry };
        Task running = ServiceHost.RunAsync(settings, stop => lab.Server.RunAsync(false, stop), end.Token);
        await Ports.UntilOpen(place.Port);
        await using HubLink zurich = lab.Join("zurich");
        await HubLab.Until(() => zurich.IsSynchronised);
        await UntilHealth(("zurich", "there"), ("padova", "not there yet"));
        (HttpStatusCode code, JsonElement health) = await Health();
        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, health.GetProperty("status").GetString()));
        Assert.Equal("1", await Metric("neuromcu_hub_site_there{site=\"zurich\"}"));
        Assert.Equal("0", await Metric("neuromcu_hub_site_there{site=\"padova\"}"));

        await using HubLink padova = lab.Join("padova");
        await HubLab.Until(() => padova.IsSynchronised);
        zurich.Send([.. Enumerable.Repeat(new WireSpike(63, SpikeKind.Spontaneous, 0), 7)]);
        await UntilHealth(("zurich", "there"), ("padova", "there"));
        Assert.Equal("healthy", (await Health()).Json.GetProperty("status").GetString());
        await HubLab.Until(() => Metric("neuromcu_hub_spikes_taken_total{site=\"zurich\"}").Result == "7");
        Assert.Equal("1", await Metric("neuromcu_hub_site_there{site=\"zurich\"}"));
        Assert.Equal("71", await Metric("neuromcu_hub_weight{synapse=\"anpre->bn\"}"));

        padova.Send([new WireSpike(63, SpikeKind.Spontaneous, 0)]);   // a neuron of another site
        await UntilHealth(("zurich", "there"), ("padova", "cut off"));
        await end.CancelAsync();
        await running;
        await HubLab.Until(() => zurich.Closed);   // it was told
        await Assert.ThrowsAsync<HttpRequestException>(() => s_http.GetAsync(new Uri($"http://{place}/health")));

        async Task UntilHealth(params (string Site, string State)[] expected)
        {
            for (int k = 0; k < 200; k++)
            {
                JsonElement parts = (await Health()).Json.GetProperty("parts");
                if (expected.All(e => parts.GetProperty(e.Site).GetString() == e.State))
                {
                    return;
                }

                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            Assert.Fail((await Health()).Json.ToString());
        }

        async Task<(HttpStatusCode Code, JsonElement Json)> Health()
        {
            using HttpResponseMessage answer = await s_http.GetAsync(new Uri($"http://{place}/health"));
            return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
        }

        async Task<string?> Metric(string name)
        {
            string text = await s_http.GetStringAsync(new Uri($"http://{place}/metrics"));
            return text.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal))?[(name.Length + 1)..];
        }
    }

    [Fact]
    public async Task A_port_that_is_in_use_and_work_that_fails_are_said()
    {
        using System.Net.Sockets.TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        SiteMetrics metrics = new();
        ServiceSettings settings = new() { Place = (IPEndPoint)taken.LocalEndpoint, Health = metrics.Health, Registry = metrics.Registry };
        bool worked = false;
        DeviceException problem = await Assert.ThrowsAsync<DeviceException>(() => ServiceHost.RunAsync(settings, async stop =>
        {
            worked = true;
            await Task.Delay(Timeout.Infinite, stop);
        }, CancellationToken.None));
        Assert.Equal(DeviceErrorKind.PortBusy, problem.Kind);
        Assert.False(worked);
        InvalidOperationException own = new("its own");
        Assert.Same(own, await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServiceHost.RunAsync(settings with { Place = null }, _ => Task.FromException(own), CancellationToken.None)));
    }
}
