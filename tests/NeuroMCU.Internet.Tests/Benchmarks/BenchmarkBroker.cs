// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>A broker of its own process that knows the hub and its sites by password.</summary>
internal sealed class BenchmarkBroker : IDisposable
{
    private const string HubsPassword = "the hub's own";
    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-broker-").FullName;
    private readonly Dictionary<string, string> _passwords = new() { [MqttNames.Hub] = HubsPassword };
    private Process? _mosquitto;
    private RabbitNode? _rabbit;

    private BenchmarkBroker()
    {
        for (int k = 0; k < ISpikeLoop.Sites; k++)
        {
            (byte[] key, _) = KeyStore.FindOrCreate(Path.Combine(_folder, $"s{k}.key"));
            _passwords[$"s{k}"] = MqttNames.Password(key);
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="name"><c>embedded</c>, <c>mosquitto</c> or <c>rabbitmq</c>.</param>
    /// <returns>Null for the embedded one, which is the hub's.</returns>
    public static async Task<BenchmarkBroker?> StartAsync(string name)
    {
        if (name == "embedded")
        {
            return null;
        }

        BenchmarkBroker broker = new();
        await (name == "mosquitto" ? broker.StartMosquittoAsync() : broker.StartRabbitAsync());
        return broker;
    }

    /// <summary>What a site shows.</summary>
    public string Password(string user) => _passwords[user];

    /// <summary>A folder with the keys and the hub's password, for one hub.</summary>
    public string CopyOfKeys()
    {
        string copy = Directory.CreateTempSubdirectory("neuromcu-hub-").FullName;
        foreach (string key in Directory.EnumerateFiles(_folder, "*.key"))
        {
            File.Copy(key, Path.Combine(copy, Path.GetFileName(key)));
        }

        File.WriteAllText(Path.Combine(copy, "hub.password"), HubsPassword + "\n");
        return copy;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _mosquitto?.Kill();
        _mosquitto?.Dispose();
        _rabbit?.Dispose();
    }

    private async Task StartMosquittoAsync()
    {
        Assert.SkipWhen(MosquittoTests.Program is null, "mosquitto is not installed");
        int port = Ports.Free();
        string file = Path.Combine(_folder, "mosquitto.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture,
            $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 48000\n"));
        _mosquitto = Process.Start(new ProcessStartInfo(MosquittoTests.Program!, ["-c", file])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        await Ports.UntilOpen(port);
        Place = new IPEndPoint(IPAddress.Loopback, port);
    }

    private async Task StartRabbitAsync()
    {
        Assert.SkipUnless(RabbitNode.IsInstalled, "rabbitmq-server is not installed");
        string users = string.Join(",", _passwords.Select(p => "{\"name\":\"" + p.Key + "\",\"password_hash\":\"" + Hash(p.Value)
            + "\",\"hashing_algorithm\":\"rabbit_password_hashing_sha256\",\"tags\":\"\"}"));
        string permissions = string.Join(",", _passwords.Keys.Select(n => "{\"user\":\"" + n
            + "\",\"vhost\":\"/\",\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}"));
        string definitions = Path.Combine(_folder, "definitions.json");
        File.WriteAllText(definitions, "{\"vhosts\":[{\"name\":\"/\"}],\"users\":[" + users + "],\"permissions\":[" + permissions + "]}");
        _rabbit = await RabbitNode.StartAsync(_folder, "alone",
            "listeners.tcp = none\nmqtt.listeners.tcp.default = 127.0.0.1:PORT\nload_definitions = " + definitions + "\n");
        Place = new IPEndPoint(IPAddress.Loopback, _rabbit.Mqtt);
    }

    // Four bytes of salt, and the digest of both.
    private static string Hash(string password)
    {
        byte[] salt = [1, 2, 3, 4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData((byte[])[.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
