// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Verbs.Hub;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary><c>hub</c> and <c>site</c> as a user sees them.</summary>
public sealed class InternetTests
{
    private static string Examples => Path.Combine(Repository.Root(), "examples", "internet");

    [Fact]
    public async Task A_hub_file_with_mistakes_is_refused_with_all_of_them()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string text = File.ReadAllText(Path.Combine(Examples, "hub.yaml"));
        string wrong = text.Replace("post: bn", "post: bm", StringComparison.Ordinal).Replace("5.4 kOhm", "5.4", StringComparison.Ordinal)
            .Replace("rule: rate", "rool: rate", StringComparison.Ordinal);
        CliRun run = await CliRun.Of("hub", folder.File("hub.yaml", wrong));
        Golden.Check("hub-mistakes", run, folder);
        Assert.Equal(ExitCode.NetworkUnit, run.Code);
    }

    [Theory]
    [InlineData("hub-check", "hub", "hub.yaml")]
    [InlineData("site-check", "site", "padova.yaml")]
    public async Task A_right_file_is_said_to_be_right_and_nothing_is_done(string golden, string verb, string file)
    {
        string[] before = Directory.GetFiles(Examples);
        CliRun run = await CliRun.Of(verb, Path.Combine(Examples, file), "--check");
        Golden.Check(golden, run);
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(before, Directory.GetFiles(Examples));
    }

    [Fact]
    public async Task A_site_without_its_key_says_which_one_is_missing()
    {
        using TemporaryFolder folder = Lab();
        CliRun run = await CliRun.Of("site", folder.File("padova.yaml"));
        Golden.Check("site-no-key", run, folder);
        Assert.Equal(ExitCode.Authentication, run.Code);
    }

    [Fact]
    public async Task A_check_looks_at_the_keys_too_and_names_the_line()
    {
        using TemporaryFolder folder = Lab();
        folder.File("padova.key", "no key\n");
        CliRun hub = await CliRun.Of("hub", folder.File("hub.yaml"), "--check");
        Assert.Equal(ExitCode.Authentication, hub.Code);
        Assert.Contains("hub.yaml:11:17: sites.padova.key: the key file", hub.Error, StringComparison.Ordinal);
        CliRun site = await CliRun.Of("site", folder.File("padova.yaml"), "--check");
        Assert.Equal(ExitCode.Authentication, site.Code);
        Assert.Contains("copy the key of padova unchanged", site.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_everybody_can_read_is_named_and_that_of_a_board_is_not_written_so()
    {
        if (OperatingSystem.IsWindows())
        {
            return;   // which has other rights
        }

        using TemporaryFolder folder = Lab();
        string key = folder.File("zurich.key", new string('7', 64) + "\n");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        CliRun run = await CliRun.Of("hub", folder.File("hub.yaml"), "--for", "20 ms");
        Assert.Contains("everybody on this machine can read " + key + "; next: chmod 600", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("padova.key; next: chmod", run.Error, StringComparison.Ordinal);
        string board = folder.File("board.txt");
        CliRun text = await CliRun.Of("board", "text", "ears-devkit", "--site", folder.File("zurich.yaml"), "-o", board);
        Assert.True(text.Code == ExitCode.Ok, text.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(board));
    }

    [Fact]
    public async Task The_demo_takes_a_neuron_that_it_has_and_the_report_names_it()
    {
        using TemporaryFolder folder = new();
        CliRun demo = await CliRun.Of("demo", "internet-fast", "--neuron", "pinsky-rinzel", "--out", folder.Path, "--json");
        Assert.True(demo.Code == ExitCode.Ok, demo.Error);
        Assert.Equal("pinsky-rinzel", demo.Json.GetProperty("neuron").GetString());
        Assert.Contains("of the model pinsky-rinzel", await File.ReadAllTextAsync(folder.File("internet-fast.html")), StringComparison.Ordinal);
        CliRun other = await CliRun.Of("demo", "internet-fast", "--neuron", "izhikevich", "--out", folder.Path);
        Assert.Equal(ExitCode.Usage, other.Code);
        Assert.Contains("it has adex and pinsky-rinzel", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hub_shows_rates_and_weights_in_one_line()
    {
        using TemporaryFolder folder = Lab();
        HubPlan plan = HubFile.Load(folder.File("hub.yaml"));
        using HubServer server = new(plan, _ => { });
        Assert.Equal("0 s: anpre 0 Hz, anpost 0 Hz, bn 0 Hz; weights: ABsyn 71, BAsyn 230", new HubWatch(plan, server).Line());
    }

    [Fact]
    public async Task A_hub_that_is_told_to_end_gives_its_account_and_keeps_its_files()
    {
        using TemporaryFolder folder = Lab();
        CliRun run = await CliRun.Of("hub", folder.File("hub.yaml"), "--for", "300 ms", "--out", folder.File("out"), "--json");
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal("neuromcu.hub/1", run.Json.GetProperty("schema").GetString());
        Assert.True(run.Json.GetProperty("complete").GetBoolean());
        Assert.Equal(["zurich", "padova"], run.Json.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(71, run.Json.GetProperty("synapses")[0].GetProperty("weight").GetInt32());
        Assert.Equal(["hub.html", "spikes.csv", "weights.csv"], Directory.GetFiles(folder.File("out")).Select(f => Path.GetFileName(f)!)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_session_that_was_logged_ends_as_nwb()
    {
        using TemporaryFolder folder = Lab();
        string text = File.ReadAllText(folder.File("hub.yaml")) + "\nlog: session.hublog\n";
        CliRun run = await CliRun.Of("hub", folder.File("logged.yaml", text), "--for", "200 ms", "--service");
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.True(File.Exists(folder.File("session.nwb")));
        CliRun report = await CliRun.Of("report", folder.File("session.nwb"));
        Assert.True(report.Code == ExitCode.Ok, report.Error);
    }

    [Fact]
    public async Task A_port_that_is_in_use_has_its_own_code()
    {
        using TemporaryFolder folder = Lab();
        using Socket taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string port = ((IPEndPoint)taken.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string text = File.ReadAllText(folder.File("hub.yaml")).Replace(":0", ":" + port, StringComparison.Ordinal);
        CliRun run = await CliRun.Of("hub", folder.File("taken.yaml", text), "--for", "1 s");
        Assert.Equal(ExitCode.PortBusy, run.Code);
        Assert.Contains("UDP 127.0.0.1:" + port + " cannot be opened", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_commands_make_a_network()
    {
        // One site with both neurons, so that two commands are enough: what it sends goes through the hub and back to it.
        using TemporaryFolder folder = Lab();
        int port = Ports.FreeUdp();
        string text = File.ReadAllText(folder.File("hub.yaml"))
            .Replace("127.0.0.1:0", FormattableString.Invariant($"127.0.0.1:{port}"), StringComparison.Ordinal)
            .Replace("  padova: {key: padova.key, neurons: {bn: 256}}\n", string.Empty, StringComparison.Ordinal)
            .Replace("{anpre: 63, anpost: 1}", "{anpre: 63, bn: 1}", StringComparison.Ordinal)
            .Replace("  - {name: BAsyn, pre: bn, post: anpost, node: mr2}\n", string.Empty, StringComparison.Ordinal);
        using CancellationTokenSource end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task<CliRun> hub = CliRun.With(new VirtualDeviceOptions(), end.Token, "hub", folder.File("one.yaml", text), "--until-all-left",
            "--json");
        string key = folder.File("zurich.key");
        while (!File.Exists(key) && !hub.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        string site = File.ReadAllText(folder.File("zurich.yaml"))
            .Replace("5006", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        CliRun run = await CliRun.With(new VirtualDeviceOptions { Profile = "ideal" }, end.Token, "site", folder.File("here.yaml", site),
            "--for", "1200 ms", "--json", "--quiet");
        Assert.True(run.Code == ExitCode.Ok, run.Error + run.Out);
        JsonElement here = run.Json;
        JsonElement there = (await hub).Json.GetProperty("sites")[0];
        Assert.True(here.GetProperty("complete").GetBoolean());
        Assert.InRange(here.GetProperty("spikes").GetInt32(), 9, 12);
        Assert.Equal(here.GetProperty("sent").GetInt64(), there.GetProperty("taken").GetInt64());
        Assert.Equal(0, there.GetProperty("lost").GetInt64());
        Assert.True(there.GetProperty("closed").GetBoolean());
    }

    private static TemporaryFolder Lab()
    {
        TemporaryFolder folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(Examples, "*.yaml"))
        {
            folder.File(Path.GetFileName(file), File.ReadAllText(file)
                .Replace("listen: \"127.0.0.1:5006\"", "listen: \"127.0.0.1:0\"", StringComparison.Ordinal));
        }

        return folder;
    }
}
