// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>Nodes of RabbitMQ on loopback as processes of this test: a home, a cookie, an epmd and folders of their own.</summary>
internal sealed class RabbitNode : IDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly Process _epmd;
    private readonly bool _ownEpmd;
    private readonly Dictionary<string, string> _environment;
    private readonly string _home;
    private Process? _server;

    private RabbitNode(string folder, string name, int mqtt, string configuration, Process? epmd, int epmdPort)
    {
        string home = _home = Path.Combine(folder, name);
        Directory.CreateDirectory(home);
        string cookie = Path.Combine(home, ".erlang.cookie");
        File.WriteAllText(cookie, "NEUROMCU" + epmdPort.ToString(CultureInfo.InvariantCulture));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }

        File.WriteAllText(Path.Combine(home, "plugins"), "[rabbitmq_mqtt].");
        File.WriteAllText(Path.Combine(home, "rabbitmq.conf"), configuration);
        EpmdPort = epmdPort;
        Mqtt = mqtt;
        _ownEpmd = epmd is null;
        _epmd = epmd ?? Start("epmd", home, ["-port", EpmdPort.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1"], []);
        Name = name + "@localhost";
        _environment = new Dictionary<string, string>
        {
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(home, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(home, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(home, "rabbitmq"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(home, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_PID_FILE"] = Path.Combine(home, "pid"),
            ["RABBITMQ_DIST_PORT"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_PORT"] = EpmdPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
        };
    }

    public static bool IsInstalled => File.Exists(Program);

    public string Name { get; }

    public int Mqtt { get; }

    public int EpmdPort { get; }

    public static async Task<RabbitNode> StartAsync(string folder, string name, string configuration, RabbitNode? beside = null)
    {
        int mqtt = Ports.Free();
        RabbitNode node = new(folder, name, mqtt,
            configuration.Replace("PORT", mqtt.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), beside?._epmd,
            beside?.EpmdPort ?? Ports.Free());
        try
        {
            await node.BootAsync();
        }
        catch
        {
            node.Dispose();
            throw;
        }

        return node;
    }

    // A node that finds no epmd dies at once, and one on a busy machine takes as long as it takes: what is waited for is its end or its
    // port, not a time.
    private async Task BootAsync()
    {
        await Ports.UntilOpen(EpmdPort);
        _server = Start(Program, _home, [], _environment);
        long begin = Stopwatch.GetTimestamp();
        while (!await Ports.IsOpen(Mqtt))
        {
            bool over = _server.HasExited || Stopwatch.GetElapsedTime(begin) > s_patience;
            Assert.False(over, $"RabbitMQ's node {Name} {(_server.HasExited ? "has ended" : "does not open its port")}:\n{Log()}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private string Log()
    {
        string folder = Path.Combine(_home, "log");
        return !Directory.Exists(folder) ? "(no log)"
            : string.Join('\n', Directory.EnumerateFiles(folder, "*.log").SelectMany(f => File.ReadLines(f).TakeLast(20)));
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            End(_server);
        }

        if (_ownEpmd)
        {
            End(_epmd);
        }
    }

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static Process Start(string program, string home, string[] arguments, Dictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = home;
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
