// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>The hub's own broker with TLS, and the certificates that the page makes.</summary>
public sealed class EncryptedBrokerTests
{
    private static readonly Lazy<string> s_certificates = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("neuromcu-certificates-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        AdministrationPage.MakeCertificates(folder);
        return folder;
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sites_come_in_with_their_password_or_with_their_certificate(bool certificates)
    {
        Assert.SkipUnless(AdministrationPage.HasOpenssl, "openssl is not installed: the certificates of the page were not made");
        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(port, certificates)).Start(untilAllLeft: true);
        await using HubLink zurich = Join(lab, port, certificates ? Files("zurich") : Files(null));
        await HubLab.Until(() => zurich.IsSynchronised);
        for (int k = 0; k < 300; k++)
        {
            zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
        }

        Assert.True(await zurich.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed);
        Assert.Equal((300, 0, 0), (lab["zurich"].Taken, lab["zurich"].Lost, lab.Server.RefusedByBroker));
    }

    // No certificate, that of another site, one of an authority that the hub does not trust, a broker that the site does not trust,
    // and one that is not who it should be.
    [Theory]
    [InlineData(null, null, "ca.crt")]
    [InlineData("padova", null, "ca.crt")]
    [InlineData("stranger", null, "ca.crt")]
    [InlineData("zurich", null, "other.crt")]
    [InlineData("zurich", "geneva", "ca.crt")]
    public async Task Nobody_else_does(string? certificate, string? name, string authority)
    {
        Assert.SkipUnless(AdministrationPage.HasOpenssl, "openssl is not installed: the certificates of the page were not made");
        string folder = s_certificates.Value;
        lock (s_certificates)
        {
            if (!File.Exists(Path.Combine(folder, "other.crt")))
            {
                string second = Directory.CreateTempSubdirectory("neuromcu-certificates-").FullName;
                AdministrationPage.MakeCertificates(second);
                File.Copy(Path.Combine(second, "zurich.crt"), Path.Combine(folder, "stranger.crt"));
                File.Copy(Path.Combine(second, "zurich.pem"), Path.Combine(folder, "stranger.pem"));
                File.Copy(Path.Combine(second, "ca.crt"), Path.Combine(folder, "other.crt"));
                Directory.Delete(second, recursive: true);
            }
        }

        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(port, certificates: true)).Start();
        List<string> said = [];
        TlsPlan plan = new(certificate is null ? null : Path.Combine(folder, certificate + ".crt"),
            certificate is null ? null : Path.Combine(folder, certificate + ".pem"), Path.Combine(folder, authority), name);
        await using MqttConnection site = new(new IPEndPoint(IPAddress.Loopback, port), "zurich", MqttNames.Password(lab.Key("zurich")),
            MqttNames.Down("zurich"), null)
        { Say = said.Add, Tls = TlsFiles.Load(plan) };
        site.Open((_, _) => { });
        await HubLab.Until(() => said.Count > 0);
        Assert.False(site.IsConnected);
        Assert.StartsWith($"the broker at 127.0.0.1:{port} refuses zurich: ", said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tls_the_port_says_nothing()
    {
        Assert.SkipUnless(AdministrationPage.HasOpenssl, "openssl is not installed: the certificates of the page were not made");
        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(port, certificates: false)).Start();
        await using MqttConnection site = new(new IPEndPoint(IPAddress.Loopback, port), "zurich", MqttNames.Password(lab.Key("zurich")),
            MqttNames.Down("zurich"), null);
        site.Open((_, _) => { });
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(site.IsConnected);
    }

    [Theory]
    [InlineData("{certificate: none.crt, key: hub.pem}", "the file '*none.crt' cannot be used for TLS")]
    [InlineData("{certificate: hub.pem, key: hub.pem}", "the file '*hub.pem' cannot be used for TLS")]
    [InlineData("{certificate: hub.crt, key: zurich.pem}", "the file '*hub.crt' cannot be used for TLS")]
    [InlineData("{certificate: hub.crt, key: hub.pem, authority: hub.pem}", "the file '*hub.pem' cannot be used for TLS")]
    public void A_file_that_is_none_is_named(string tls, string expected)
    {
        Assert.SkipUnless(AdministrationPage.HasOpenssl, "openssl is not installed: the certificates of the page were not made");
        string folder = s_certificates.Value;
        HubPlan plan = HubFile.Parse(Text(Ports.Free(), false).Replace(Tls(false), tls, StringComparison.Ordinal),
            Path.Combine(folder, "hub.yaml"));
        DeviceException problem = Assert.Throws<DeviceException>(() => new HubServer(plan, _ => { }));
        Assert.Equal(DeviceErrorKind.KeyMissing, problem.Kind);
        Assert.Equal(expected.Replace("*", folder + Path.DirectorySeparatorChar, StringComparison.Ordinal), problem.Message);
    }

    private static string Text(int port, bool certificates) => HubLab.Chain
        .Replace("transports: {", "transports: {mqtt: {listen: \"127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture) + "\", tls: "
            + Tls(certificates) + "}, ", StringComparison.Ordinal)
        .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)
        .Replace("padova: {key", "padova: {transport: mqtt, key", StringComparison.Ordinal);

    private static string Tls(bool certificates)
    {
        string folder = s_certificates.Value;
        return $"{{certificate: {folder}/hub.crt, key: {folder}/hub.pem{(certificates ? $", authority: {folder}/ca.crt" : string.Empty)}}}";
    }

    private static TlsFiles Files(string? site)
    {
        string folder = s_certificates.Value;
        return TlsFiles.Load(new TlsPlan(site is null ? null : Path.Combine(folder, site + ".crt"),
            site is null ? null : Path.Combine(folder, site + ".pem"), Path.Combine(folder, "ca.crt"), null));
    }

    private static HubLink Join(HubLab lab, int port, TlsFiles tls) =>
        new(new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), "zurich", lab.Key("zurich"), null, tls), "zurich", lab.Key("zurich"));
}
