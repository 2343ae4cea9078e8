// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>RabbitMQ with its MQTT plug-in and the files of the page, alone and as a cluster.</summary>
public sealed class RabbitTests
{
    private const string Missing = "rabbitmq-server is not installed: the files of the page for it were not tried";

    [Fact]
    public async Task The_files_of_the_page_let_sites_in_by_certificate_and_keep_them_apart()
    {
        Assert.SkipUnless(RabbitNode.IsInstalled && AdministrationPage.HasOpenssl, Missing);
        string folder = Directory.CreateTempSubdirectory("neuromcu-rabbit-").FullName;
        AdministrationPage.MakeCertificates(folder);
        File.WriteAllText(Path.Combine(folder, "neuromcu.json"), AdministrationPage.Block("internet-administration.md", "json"));
        using RabbitNode rabbit = await RabbitNode.StartAsync(folder, "alone", AdministrationPage.Block("internet-administration.md", "ini")
            .Replace("= 8883", "= 127.0.0.1:PORT", StringComparison.Ordinal).Replace("/etc/rabbitmq/", folder + "/", StringComparison.Ordinal));
        string text = HubLab.Chain
            .Replace("transports: {", "transports: {mqtt: {broker: \"127.0.0.1:" + rabbit.Mqtt.ToString(CultureInfo.InvariantCulture)
                + "\", tls: {authority: ca.crt, certificate: neuromcu-hub.crt, key: neuromcu-hub.pem}}, ", StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)
            .Replace("padova: {key", "padova: {transport: mqtt, key", StringComparison.Ordinal);
        await using HubLab lab = new HubLab(text, folder).Start();
        IPEndPoint place = new(IPAddress.Loopback, rabbit.Mqtt);
        await using HubLink zurich = Join("zurich");
        await using HubLink padova = Join("padova");
        await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
        for (int k = 0; k < 200; k++)
        {
            padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
        }

        await HubLab.Until(() => zurich.Tallies.Sum(t => t.Received) == 200);

        // Another site's topics, with one's own certificate.
        int strangers = 0;
        await using MqttConnection spy = new(place, "spy", null, MqttNames.Down("zurich"), null) { Tls = Files("padova") };
        spy.Open((_, _) => strangers++);
        padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
        await HubLab.Until(() => zurich.Tallies.Sum(t => t.Received) == 201);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(0, strangers);

        Assert.True(await padova.LeaveAsync() && await zurich.LeaveAsync());
        Assert.Equal((201, 0), (lab["padova"].Taken, lab["padova"].Lost));
        Assert.True(lab.Server.IsComplete);

        HubLink Join(string site) => new(new MqttCarrier(place, site, lab.Key(site), null, Files(site)), site, lab.Key(site));

        TlsFiles Files(string site) => TlsFiles.Load(new TlsPlan(Path.Combine(folder, site + ".crt"), Path.Combine(folder, site + ".pem"),
            Path.Combine(folder, "ca.crt"), null));
    }

    [Fact]
    public async Task A_cluster_carries_spikes_from_node_to_node()
    {
        Assert.SkipUnless(RabbitNode.IsInstalled, Missing);
        const string plain = """
            listeners.tcp = none
            mqtt.listeners.tcp.default = 127.0.0.1:PORT
            mqtt.allow_anonymous = true
            mqtt.default_user = guest
            mqtt.default_pass = guest
            cluster_formation.peer_discovery_backend = classic_config
            cluster_formation.classic_config.nodes.1 = one@localhost
            cluster_formation.classic_config.nodes.2 = two@localhost
            """;
        string folder = Directory.CreateTempSubdirectory("neuromcu-rabbit-").FullName;
        using RabbitNode one = await RabbitNode.StartAsync(folder, "one", plain);
        using RabbitNode two = await RabbitNode.StartAsync(folder, "two", plain, beside: one);
        List<string> received = [];
        await using MqttConnection hub = Connect(two, MqttNames.Hub, MqttNames.AllUp);
        await using MqttConnection site = Connect(one, "zurich", MqttNames.Down("zurich"));
        hub.Open((topic, packet) =>
        {
            lock (received)
            {
                received.Add(topic + " " + packet[0].ToString(CultureInfo.InvariantCulture));
            }
        });
        site.Open((_, _) => { });
        await HubLab.Until(() => hub.IsConnected && site.IsConnected);
        await Task.Delay(500, TestContext.Current.CancellationToken);   // the subscription is known to both nodes
        for (int k = 0; k < 100; k++)
        {
            site.Send(MqttNames.Up("zurich"), [(byte)k]);
        }

        await HubLab.Until(() => received.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(k => FormattableString.Invariant($"neuromcu/zurich/up {k}")), received);
        Directory.Delete(folder, recursive: true);

        static MqttConnection Connect(RabbitNode node, string client, string topic) =>
            new(new IPEndPoint(IPAddress.Loopback, node.Mqtt), client, null, topic, null);
    }
}
