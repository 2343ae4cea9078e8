// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>A real broker on loopback, with the rules that the page gives for it.</summary>
public sealed class MosquittoTests
{
    internal static readonly string? Program = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto",
        "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_rules_of_the_page_let_sites_in_and_keep_them_apart(bool encrypted)
    {
        Assert.SkipWhen(Program is null, "mosquitto is not installed: its rules on the page were not tried");
        Assert.SkipWhen(encrypted && !AdministrationPage.HasOpenssl, "openssl is not installed: mosquitto with TLS was not tried");
        int port = Ports.Free();
        string text = HubLab.Chain
            .Replace("transports: {", "transports: {mqtt: {broker: \"127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture)
                + (encrypted ? "\", tls: {authority: ca.crt, certificate: neuromcu-hub.crt, key: neuromcu-hub.pem}}, "
                    : "\", password: hub.password}, "), StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)
            .Replace("padova: {key", "padova: {transport: mqtt, key", StringComparison.Ordinal);
        string folder = Directory.CreateTempSubdirectory("neuromcu-mosquitto-").FullName;
        File.WriteAllText(Path.Combine(folder, "hub.password"), "the hub's own\n");
        if (encrypted)
        {
            AdministrationPage.MakeCertificates(folder);
        }

        await using HubLab lab = new HubLab(text, folder).Start();
        using Process broker = Start(folder, port, lab, encrypted);
        IPEndPoint place = new(IPAddress.Loopback, port);
        try
        {
            // They are gone before their names are used again: of two clients with one name a broker ends the older, which comes back.
            await using (HubLink zurich = Link("zurich"))
            await using (HubLink padova = Link("padova"))
            {
                await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
                for (int k = 0; k < 200; k++)
                {
                    padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
                }

                await HubLab.Until(() => zurich.Tallies.Sum(t => t.Received) == 200);
                Assert.True(await padova.LeaveAsync() && await zurich.LeaveAsync());
                Assert.Equal((200, 0), (lab["padova"].Taken, lab["padova"].Lost));
                Assert.True(lab.Server.IsComplete);
            }

            // Another site's topics, with one's own right password: nothing arrives there.
            int strangers = 0;
            await using MqttConnection spy = new(place, "padova", encrypted ? null : MqttNames.Password(lab.Key("padova")), "neuromcu/#", null)
            {
                Tls = Files("padova"),
            };
            spy.Open((topic, _) => strangers += topic.StartsWith("neuromcu/zurich", StringComparison.Ordinal) ? 1 : 0);
            await using HubLink again = Link("zurich");
            await HubLab.Until(() => again.IsSynchronised && spy.IsConnected);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            Assert.Equal(0, strangers);

            string? refusal = null;
            await using MqttConnection wrong = new(place, "zurich2", "wrong", "neuromcu/#", null) { Say = line => refusal = line };
            wrong.Open((_, _) => { });
            await HubLab.Until(() => refusal is not null);
            Assert.Contains("refuses zurich2", refusal, StringComparison.Ordinal);
        }
        finally
        {
            broker.Kill();
        }

        HubLink Link(string site) => new(new MqttCarrier(place, site, lab.Key(site), null, Files(site)), site, lab.Key(site));

        TlsFiles? Files(string site) => !encrypted ? null : TlsFiles.Load(new TlsPlan(Path.Combine(folder, site + ".crt"),
            Path.Combine(folder, site + ".pem"), Path.Combine(folder, "ca.crt"), null));
    }

    [Fact]
    public async Task Killed_and_started_again_twenty_times_it_costs_only_what_was_under_way()
    {
        Assert.SkipWhen(Program is null, "mosquitto is not installed: the broker that is killed was not tried");
        int port = Ports.Free();
        string text = HubLab.Chain
            .Replace("transports: {", "transports: {mqtt: {broker: \"127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture)
                + "\", password: hub.password}, ", StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal);
        string folder = Directory.CreateTempSubdirectory("neuromcu-mosquitto-").FullName;
        File.WriteAllText(Path.Combine(folder, "hub.password"), "the hub's own\n");
        await using HubLab lab = new HubLab(text, folder).Start();
        Process broker = Start(folder, port, lab);
        try
        {
            await using HubLink zurich = new(new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), "zurich", lab.Key("zurich")),
                "zurich", lab.Key("zurich"));
            await HubLab.Until(() => zurich.IsSynchronised);
            List<double> waits = [];
            for (int round = 1; round <= 20; round++)
            {
                broker.Kill();
                await broker.WaitForExitAsync(TestContext.Current.CancellationToken);
                broker.Dispose();
                Send(20);
                broker = Start(folder, port, lab);
                await Ports.UntilOpen(port);
                Stopwatch wait = Stopwatch.StartNew();
                long before = lab["zurich"].Taken;
                await HubLab.Until(() =>
                {
                    Send(1);
                    return lab["zurich"].Taken > before;
                });
                waits.Add(wait.Elapsed.TotalSeconds);
            }

            TestContext.Current.TestOutputHelper?.WriteLine(
                FormattableString.Invariant($"first spike {waits.Average():0.00} s after the port was open, at most {waits.Max():0.00} s"));
            Assert.True(await zurich.LeaveAsync());
            await HubLab.Until(() => lab["zurich"].Closed);
            SiteAccount account = lab["zurich"];
            Assert.Equal(zurich.Sent, account.Taken + account.Lost);
            Assert.Equal((0, 0, 0, 0L), (account.Duplicates, account.Forged, account.Malformed, account.Refused));
            Assert.Equal(account.Taken, lab.Server.Record.Spikes.Count(s => s.Neuron.Name == "anpre" && s.Kind == SpikeKind.Spontaneous));

            void Send(int count)
            {
                for (int k = 0; k < count; k++)
                {
                    zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
                }
            }
        }
        finally
        {
            broker.Kill();
            broker.Dispose();
        }
    }

    private static Process Start(string folder, int port, HubLab lab, bool encrypted = false)
    {
        string conf = encrypted ? AdministrationPage.Block("internet-administration.md", "conf") : AdministrationPage.Block("internet.md", "conf");
        File.WriteAllText(
            Path.Combine(folder, "mosquitto.conf"),
            conf.Replace("1883 127.0.0.1", "PORT", StringComparison.Ordinal).Replace("8883", "PORT", StringComparison.Ordinal)
            .Replace("PORT", port.ToString(CultureInfo.InvariantCulture) + " 127.0.0.1", StringComparison.Ordinal)
            .Replace("/etc/mosquitto/", folder + "/", StringComparison.Ordinal)
            + (Environment.UserName == "root" ? "user root\n" : string.Empty));
        File.WriteAllText(Path.Combine(folder, "neuromcu.acl"), AdministrationPage.Block("internet.md", "conf", 1));
        string passwords = Path.Combine(folder, "neuromcu.passwords");
        File.WriteAllText(passwords,
            $"neuromcu-hub:the hub's own\nzurich:{MqttNames.Password(lab.Key("zurich"))}\npadova:{MqttNames.Password(lab.Key("padova"))}\n");
        using (Process hash = Process.Start(new ProcessStartInfo("mosquitto_passwd") { ArgumentList = { "-U", passwords } })!)
        {
            hash.WaitForExit();
        }

        return Process.Start(new ProcessStartInfo(Program!)
        {
            ArgumentList = { "-c", Path.Combine(folder, "mosquitto.conf") },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false
        })!;
    }
}
