// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>A hub on a free port of this machine, with its keys in a folder that goes away.</summary>
internal sealed class HubLab : IAsyncDisposable
{
    public const string Chain = """
        neuromcu-hub: 1
        transports: {keyed: {listen: "127.0.0.1:0"}}
        sites:
          zurich: {key: zurich.key, neurons: {anpre: 63, anpost: 1}}
          padova: {key: padova.key, neurons: {bn: 256}}
        nodes:
          mr1: {model: tiox, resistance: 5.4 kOhm}
          mr2: {model: number, weight: 200}
        synapses:
          - {pre: anpre, post: bn, node: mr1}
          - {pre: bn, post: anpost, node: mr2}
        """;

    private readonly CancellationTokenSource _end = new();
    private Task? _running;

    public HubLab(string text = Chain, string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("neuromcu-hub-").FullName;
        Plan = HubFile.Parse(text, Path.Combine(Folder, "hub.yaml"));
        Server = new HubServer(Plan, Said.Add);
    }

    public string Folder { get; }

    public HubPlan Plan { get; }

    public HubServer Server { get; }

    public List<string> Said { get; } = [];

    public SiteAccount this[string site] => Server.Accounts.First(a => a.Plan.Name == site);

    public HubLab Start(bool untilAllLeft = false)
    {
        _running = Server.RunAsync(untilAllLeft, _end.Token);
        return this;
    }

    public byte[] Key(string site) => KeyStore.Find(Path.Combine(Folder, site + ".key"))!;

    public HubLink Join(string site, IPEndPoint? through = null, double silence = 3) =>
        new(new UdpCarrier(through ?? Server.KeyedPlace!), site, Key(site)) { Silence = TimeSpan.FromSeconds(silence) };

    public static async Task Until(Func<bool> condition)
    {
        for (int k = 0; k < 2000 && !condition(); k++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.True(condition(), "what was waited for did not happen within 10 s");
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await (_running ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Server.Dispose();
        _end.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
