// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>A real broker on loopback, with the rules that the page gives for it.</summary>
public sealed class MosquittoTests
{
    private static readonly string? s_program = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto",
        "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists);

    [Fact]
    public async Task The_rules_of_the_page_let_sites_in_and_keep_them_apart()
    {
        Assert.SkipWhen(s_program is null, "mosquitto is not installed: its rules on the page were not tried");
        int port = FreePort();
        string text = HubLab.Chain
            .Replace("transports: {", "transports: {mqtt: {broker: \"127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture)
                + "\", password: hub.password}, ", StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)
            .Replace("padova: {key", "padova: {transport: mqtt, key", StringComparison.Ordinal);
        string folder = Directory.CreateTempSubdirectory("neuromcu-mosquitto-").FullName;
        File.WriteAllText(Path.Combine(folder, "hub.password"), "the hub's own\n");
        await using HubLab lab = new HubLab(text, folder).Start();
        using Process broker = Start(folder, port, lab);
        try
        {
            IPEndPoint place = new(IPAddress.Loopback, port);
            await using HubLink zurich = new(new MqttCarrier(place, "zurich", lab.Key("zurich")), "zurich", lab.Key("zurich"));
            await using HubLink padova = new(new MqttCarrier(place, "padova", lab.Key("padova")), "padova", lab.Key("padova"));
            await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
            for (int k = 0; k < 200; k++)
            {
                padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
            }

            await HubLab.Until(() => zurich.Tallies.Sum(t => t.Received) == 200);
            Assert.True(await padova.LeaveAsync() && await zurich.LeaveAsync());
            Assert.Equal((200, 0), (lab["padova"].Taken, lab["padova"].Lost));
            Assert.True(lab.Server.IsComplete);

            // Another site's topics, with one's own right password: nothing arrives there.
            int strangers = 0;
            await using MqttConnection spy = new(place, "padova", MqttNames.Password(lab.Key("padova")), "neuromcu/#", null);
            spy.Open((topic, _) => strangers += topic.StartsWith("neuromcu/zurich", StringComparison.Ordinal) ? 1 : 0);
            await using HubLink again = new(new MqttCarrier(place, "zurich", lab.Key("zurich")), "zurich", lab.Key("zurich"));
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
    }

    private static Process Start(string folder, int port, HubLab lab)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "guides", "internet.md"));
        string[] blocks = [.. Regex.Matches(page, "```conf\n(?<conf>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)
            .Select(m => m.Groups["conf"].Value)];
        File.WriteAllText(
            Path.Combine(folder, "mosquitto.conf"),
            blocks[0].Replace("1883", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("/etc/mosquitto/", folder + "/", StringComparison.Ordinal)
            + (Environment.UserName == "root" ? "user root\n" : string.Empty));
        File.WriteAllText(Path.Combine(folder, "neuromcu.acl"), blocks[1]);
        string passwords = Path.Combine(folder, "neuromcu.passwords");
        File.WriteAllText(passwords,
            $"neuromcu-hub:the hub's own\nzurich:{MqttNames.Password(lab.Key("zurich"))}\npadova:{MqttNames.Password(lab.Key("padova"))}\n");
        using (Process hash = Process.Start(new ProcessStartInfo("mosquitto_passwd") { ArgumentList = { "-U", passwords } })!)
        {
            hash.WaitForExit();
        }

        return Process.Start(new ProcessStartInfo(s_program!)
        {
            ArgumentList = { "-c", Path.Combine(folder, "mosquitto.conf") },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false
        })!;
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Root([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
