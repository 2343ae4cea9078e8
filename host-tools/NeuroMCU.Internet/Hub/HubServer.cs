// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Hub;

/// <summary>A hub at work: its sockets, its network, and the account of both. One thread does all the work, so that arrivals have one
/// order.</summary>
internal sealed class HubServer : IDisposable
{
    private const int InboxPlaces = 1 << 16;
    private const long Minute = 60_000_000;
    private const long Second = 1_000_000;
    private const long SaveEvery = 500_000;
    private const long Farewell = 400_000;

    // What is to be sent does not wait longer than these take, however fast packets come.
    private const int MostAtOnce = 64;

    private readonly HubPlan _plan;
    private readonly MicrosecondClock _clock = new();
    private readonly BlockingCollection<Datagram> _inbox = new(InboxPlaces);
    private readonly SiteAccount[] _accounts;
    private readonly RateLimit[] _limits;
    private readonly List<Delivery> _deliveries = [];
    private readonly PriorityQueue<Delivery, long> _held = new();
    private readonly KeyedSessions? _keyed;
    private readonly HistoricalPartners? _historical;
    private readonly EventPartners? _events;
    private readonly UdpDoor? _keyedDoor;
    private readonly UdpDoor? _historicalDoor;
    private readonly IHubDoor? _mqttDoor;
    private readonly WebSocketDoor? _webSocketDoor;
    private readonly UdpDoor? _eieioDoor;
    private readonly UdpDoor? _jaerDoor;
    private readonly HubLogWriter? _log;
    private readonly HubRoute[,] _routes;
    private readonly NodeArrayLink? _array;
    private readonly Dictionary<int, int> _places;
    private readonly long[] _fired;
    private long _saved;
    private bool _changed;
    private bool _arrayBroke;

    /// <summary>Opens the hub.</summary>
    /// <exception cref="DeviceException">A port is in use, or a key file is none.</exception>
    /// <exception cref="NetworkFileException">The kept weights are not those of this hub.</exception>
    /// <param name="say">Gets what happens, in a line each.</param>
    /// <param name="warn">Gets what an administrator should look at; null for the same as <paramref name="say" />.</param>
    /// <param name="array">Nodes of a device; null where the hub has none. Not disposed of here.</param>
    public HubServer(HubPlan plan, Action<string> say, Action<string>? warn = null, NodeArrayLink? array = null)
    {
        _plan = plan;
        _array = array;
        Say = say;
        Warn = warn ?? say;
        Core = new HubCore(plan, array) { Moved = Moved };
        _accounts = [.. plan.Sites.Select(s => new SiteAccount(s))];
        _limits = [.. plan.Sites.Select(s => new RateLimit(s.MostRate))];
        if (plan.StateFile is not null && WeightStore.Load(plan.StateFile, plan, Core.Nodes) is { } found)
        {
            Say($"{found} of {plan.Nodes.Count} nodes go on with the weights in {plan.StateFile}");
        }

        _fired = new long[plan.Neurons.Count];
        _places = plan.Neurons.Select((n, k) => (n.Id, k)).ToDictionary(p => p.Id, p => p.k);
        _routes = new HubRoute[plan.Sites.Count, plan.Sites.Count];
        foreach (SynapsePlan synapse in plan.Synapses)
        {
            _routes[synapse.Pre.Site.Index, synapse.Post.Site.Index] ??= new HubRoute(synapse.Pre.Site.Name, synapse.Post.Site.Name,
                _accounts[synapse.Post.Site.Index]);
        }

        foreach (SynapseState synapse in Core.Synapses)
        {
            synapse.Route = _routes[synapse.Plan.Pre.Site.Index, synapse.Plan.Post.Site.Index];
        }

        InitialWeights = Core.Nodes.ToDictionary(n => n.Key, n => n.Value.Weight, StringComparer.Ordinal);
        try
        {
            SiteAccount[] sealedSites = [.. _accounts.Where(a => a.Plan.IsSealed)];
            if (sealedSites.Length > 0)
            {
                Dictionary<string, byte[]> keys = sealedSites.ToDictionary(a => a.Plan.Name, a => KeyOf(a.Plan), StringComparer.Ordinal);
                _keyed = new KeyedSessions(sealedSites, site => keys[site.Name])
                {
                    Send = (bytes, to) => DoorOf(to).Send(bytes, to),
                    Spikes = Take,
                    Cut = Cut,
                    Say = Say,
                    Warn = Warn,
                    Latency = plan.Latency,
                    Now = () => _clock.Now,
                };
                _webSocketDoor = plan.WebSocketListen is null ? null : new WebSocketDoor(plan.WebSocketListen, _inbox, _clock);
                _keyedDoor = plan.KeyedListen is null ? null : new UdpDoor(Transport.Keyed, plan.KeyedListen, _inbox, _clock);
                TlsFiles? tls = plan.MqttTls is null ? null : TlsFiles.Load(plan.MqttTls);
                if (plan.MqttTls?.PrivateKey is { } privateKey && KeyFiles.IsOpen(privateKey))
                {
                    Warn(KeyFiles.Warning(privateKey));
                }

                _mqttDoor = plan.MqttListen is { } place ? new BrokerDoor(place, tls,
                    keys.ToDictionary(k => k.Key, k => MqttNames.Password(k.Value), StringComparer.Ordinal), _inbox, _clock,
                    (site, packet) => _accounts.First(a => a.Plan.Name == site).AddUnread(KeyedBodies.ArrivalsIn(packet)))
                    : plan.MqttBroker is { } broker ? new BrokerClientDoor(broker, plan.MqttPasswordFile is { } file
                        ? InputFile.ReadText(file, 1 << 16).Trim() : null, tls, _inbox, _clock, say)
                    : null;
            }

            if (plan.HistoricalListen is not null)
            {
                _historical = new HistoricalPartners(Of(Transport.Historical),
                    Core)
                { Send = (bytes, to) => _historicalDoor!.Send(bytes, to), Spikes = Take };
                _historicalDoor = new UdpDoor(Transport.Historical, plan.HistoricalListen, _inbox, _clock);
            }

            if ((plan.EieioListen ?? plan.JaerListen) is not null)
            {
                _events = new EventPartners(_accounts.Where(a => a.Plan.Transport is Transport.Eieio or Transport.Jaer))
                {
                    Send = (transport, bytes, to) => (transport == Transport.Jaer ? _jaerDoor! : _eieioDoor!).Send(bytes, to),
                    Spikes = Take,
                };
                _eieioDoor = plan.EieioListen is null ? null : new UdpDoor(Transport.Eieio, plan.EieioListen, _inbox, _clock);
                _jaerDoor = plan.JaerListen is null ? null : new UdpDoor(Transport.Jaer, plan.JaerListen, _inbox, _clock);
            }

            _log = plan.LogFile is null ? null : OpenLog(plan.LogFile);
            Metrics = new HubMetrics(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The network.</summary>
    public HubCore Core { get; }

    /// <summary>Where keyed sites reach it; null when none may.</summary>
    public IPEndPoint? KeyedPlace => _keyedDoor?.Place;

    /// <summary>Where historical partners reach it; null when none may.</summary>
    public IPEndPoint? HistoricalPlace => _historicalDoor?.Place;

    /// <summary>Where EIEIO and jAER packets reach it, as far as they may.</summary>
    public (IPEndPoint? Eieio, IPEndPoint? Jaer) EventPlaces => (_eieioDoor?.Place, _jaerDoor?.Place);

    /// <summary>What the hub saw of each site, in the order of the file.</summary>
    public IReadOnlyList<SiteAccount> Accounts => _accounts;

    /// <summary>Weights of the nodes at its start.</summary>
    public IReadOnlyDictionary<string, byte> InitialWeights { get; }

    /// <summary>What passed through.</summary>
    public HubRecord Record { get; } = new();

    /// <summary>Packets that belong to no site, or are none.</summary>
    public long Strangers => (_keyed?.Strangers ?? 0) + (_historical?.Strangers ?? 0) + (_events?.Strangers ?? 0);

    /// <summary>Packets that arrived while the hub could not keep up.</summary>
    public long Overflow => Doors.Sum(d => d.Overflow);

    /// <summary>Connections, messages and subscriptions that the hub's broker refused.</summary>
    public long RefusedByBroker => (_mqttDoor as BrokerDoor)?.Refused ?? 0;

    /// <summary>Rows that found no room in the record, or could not be written to the log.</summary>
    public long RecordDropped => Record.Dropped + (_log?.Lost ?? 0);

    /// <summary>Why the log could not be written any further; null while it can.</summary>
    public IOException? LogProblem => _log?.Problem;

    /// <summary>Pulses for nodes of a device that were not given.</summary>
    public long PulsesDropped => _array?.Dropped ?? 0;

    /// <summary>Hub time in µs.</summary>
    public long Now => _clock.Now;

    /// <summary>Key files that were made, since there were none.</summary>
    public List<string> MadeKeys { get; } = [];

    /// <summary>Why the weights could not be kept; null when they were.</summary>
    public Exception? StateProblem { get; private set; }

    /// <summary>Whether every spike of every site was taken, and every arrival was sent.</summary>
    public bool IsComplete => Overflow == 0 && PulsesDropped == 0 && StateProblem is null && RecordDropped == 0
        && Array.TrueForAll(_accounts, a => a.IsComplete);

    /// <summary>Ways from site to site that have synapses.</summary>
    public IReadOnlyList<HubRoute> Routes => [.. _routes.Cast<HubRoute?>().OfType<HubRoute>()];

    /// <summary>Metrics and health.</summary>
    public HubMetrics Metrics { get; }

    private Action<string> Say { get; }

    private Action<string> Warn { get; }

    /// <summary>Action potentials of a neuron that were taken; read from any thread.</summary>
    /// <param name="neuron">Its place in the file, from 0.</param>
    /// <returns>How many.</returns>
    public long Fired(int neuron) => Volatile.Read(ref _fired[neuron]);

    /// <summary>Works until it is cancelled, or all sites have left.</summary>
    /// <param name="untilAllLeft">Whether it ends when every keyed site has said goodbye.</param>
    /// <returns>When it has ended; the weights are kept then.</returns>
    public Task RunAsync(bool untilAllLeft, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(untilAllLeft, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IHubDoor door in Doors)
        {
            door.Dispose();
        }

        _log?.Dispose();
    }

    private void Run(bool untilAllLeft, CancellationToken cancellation)
    {
        if (_plan.SendReady)
        {
            _historical?.SendReady();
        }

        long end = long.MaxValue;
        while (!cancellation.IsCancellationRequested && _clock.Now < end)
        {
            Turn();
            if (untilAllLeft && end == long.MaxValue && _accounts.Where(a => a.Plan.IsSealed).All(a => a.Closed))
            {
                // A goodbye whose answer was lost is said again.
                end = _clock.Now + Farewell;
            }
        }

        _keyed?.Close();
        for (long last = _clock.Now + Farewell; _clock.Now < last && Array.Exists(_accounts, a => a.IsOpen);)
        {
            Turn();   // the sites answer with their totals, which closes the accounts
        }

        foreach ((Delivery delivery, long _) in _held.UnorderedItems)
        {
            _accounts[delivery.Synapse.Plan.Post.Site.Index].Undelivered++;
        }

        Save(_clock.Now, 0);
        _log?.Dispose();
    }

    private void Turn()
    {
        if (_inbox.TryTake(out Datagram datagram, WaitMilliseconds()))
        {
            int taken = 0;
            do
            {
                switch (datagram.Transport)
                {
                    case Transport.Historical:
                        _historical!.Take(datagram);
                        break;
                    case Transport.Eieio or Transport.Jaer:
                        _events!.Take(datagram);
                        break;
                    default:
                        _keyed!.Take(datagram);
                        break;
                }
            }
            while (++taken < MostAtOnce && _inbox.TryTake(out datagram));
        }

        long now = _clock.Now;
        while (_held.TryPeek(out Delivery delivery, out long due) && due <= now)
        {
            _held.Dequeue();
            PostOpen(_accounts[delivery.Synapse.Plan.Post.Site.Index], delivery.Arrival);
        }

        while (_array?.NextMoved() is { } node)
        {
            Moved(Core.Synapses.First(s => s.Node == node), now);
        }

        if (_array?.Problem is { } broken && !_arrayBroke)
        {
            _arrayBroke = true;
            Warn($"a node was not given its pulse: {broken.Message}; such pulses are counted, and the hub goes on");
        }

        _keyed?.Flush(now);
        _events?.Flush();
        Save(now, SaveEvery);
        _log?.Poll();
        Metrics.Poll(now);
    }

    private HubLogWriter OpenLog(string path)
    {
        HubLogHead head = new(_plan.Name, DateTimeOffset.UtcNow - TimeSpan.FromMicroseconds(_clock.Now),
            [.. _plan.Neurons.Select(n => n.Site.Name)], [.. _plan.Neurons.Select(n => n.Name)], [.. _plan.Synapses.Select(s => s.Name)]);
        try
        {
            HubLogWriter log = new(path, head);
            Say(log.CutOff == 0 ? "what passes is appended to " + path
                : $"what passes is appended to {path}; {log.CutOff} bytes of a block that an earlier hub did not finish were cut off");
            return log;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new OutputFileException(path, problem);
        }
    }

    private IEnumerable<IHubDoor> Doors =>
        new IHubDoor?[] { _keyedDoor, _historicalDoor, _mqttDoor, _webSocketDoor, _eieioDoor, _jaerDoor }.OfType<IHubDoor>();

    private IHubDoor DoorOf(EndPoint to) => to switch
    {
        MqttEndPoint => _mqttDoor!,
        WebSocketPeer => _webSocketDoor!,
        _ => _keyedDoor!,
    };

    private void PostOpen(SiteAccount to, WireArrival arrival)
    {
        if (to.Plan.Transport == Transport.Historical)
        {
            _historical!.Post(to, arrival);
        }
        else
        {
            _events!.Post(to, arrival);
        }
    }

    private IEnumerable<SiteAccount> Of(Transport transport) => _accounts.Where(a => a.Plan.Transport == transport);

    private byte[] KeyOf(SitePlan site)
    {
        (byte[] key, string? created) = SiteKeys.FindOrCreate(site);
        if (created is not null)
        {
            MadeKeys.Add(created);
        }
        else if (KeyFiles.IsOpen(site.KeyFile!))
        {
            Warn(KeyFiles.Warning(site.KeyFile!));
        }

        return key;
    }

    private int WaitMilliseconds() =>
        _held.TryPeek(out _, out long due) ? (int)Math.Clamp((due - _clock.Now) / 1000, 0, 20) : 20;

    private void Take(SiteAccount account, IReadOnlyList<WireSpike> spikes, long arrived)
    {
        for (int k = 0; k < spikes.Count; k++)
        {
            Take(account, spikes[k], arrived);
        }

        long now = _clock.Now;
        foreach (Delivery delivery in _deliveries)
        {
            HubRoute route = delivery.Synapse.Route!;
            SiteAccount to = route.Target;
            route.Latency.Add(now - delivery.Arrival.Cause);
            if (to.Plan.IsSealed)
            {
                _keyed!.Post(to, delivery.Arrival);
            }
            else if (_plan.Latency.Delay is { } delay)
            {
                _held.Enqueue(delivery, delivery.Arrival.Cause + delay);
            }
            else
            {
                PostOpen(to, delivery.Arrival);
            }
        }

        _deliveries.Clear();
    }

    private void Take(SiteAccount account, WireSpike spike, long arrived)
    {
        if (account.CutOff is not null)
        {
            account.AfterCut++;
        }
        else if (!_limits[account.Plan.Index].Take(arrived))
        {
            account.OverRate++;
            if (account.OverRate > 2 * account.Plan.MostRate && account.Plan.IsSealed)
            {
                Cut(account, $"it sends more than {account.Plan.MostRate:0} spikes per second");
            }
        }
        else if (Core.Find(spike.Neuron) is not { } neuron)
        {
            account.Unknown++;
        }
        else if (neuron.Plan.Site.Index != account.Plan.Index)
        {
            account.Foreign++;
            if (account.Plan.IsSealed)
            {
                Cut(account, $"it sends spikes of {neuron.Plan.Name}, a neuron of {neuron.Plan.Site.Name}");
            }
        }
        else
        {
            Accept(account, neuron, spike, arrived);
        }
    }

    private void Accept(SiteAccount account, HubNeuron neuron, WireSpike spike, long arrived)
    {
        // Historical stamps have an origin of their own, and may be replayed at another speed.
        if (account.Plan.IsSealed && (arrived - spike.Time > Minute || spike.Time - arrived > Second))
        {
            account.Implausible++;
            spike = spike with { Time = arrived };
        }

        account.Taken++;
        account.Potentials += spike.Kind == SpikeKind.Potential ? 1 : 0;
        if (spike.Kind != SpikeKind.Potential)
        {
            account.ToHub.Add(arrived - spike.Time);   // potentials are reported when they are injected, which may be before their time
        }

        int place = _places[spike.Neuron];
        _fired[place] += spike.Kind == SpikeKind.Potential ? 0 : 1;
        Record.Add(new RecordedSpike(spike.Time, neuron.Plan, spike.Kind));
        _log?.Add(new HubLogRow(spike.Time, place, (byte)spike.Kind, 0, 0));
        if (account.Plan.IsSealed && spike.Kind != SpikeKind.Potential)
        {
            _historical?.Note(spike);
        }

        Core.Accept(neuron, spike, _deliveries);
    }

    private void Cut(SiteAccount account, string why)
    {
        account.CutOff = why;
        Warn($"site {account.Plan.Name} is cut off: {why}; the others go on");
    }

    private void Moved(SynapseState synapse, long time)
    {
        _changed = true;
        Record.Add(new RecordedWeight(time, synapse, synapse.Node.State, synapse.Node.Weight));
        _log?.Add(new HubLogRow(time, Core.PlaceOf(synapse), HubLogRow.OfWeight, synapse.Node.Weight, synapse.Node.State));
    }

    private void Save(long now, long every)
    {
        if (_plan.StateFile is null || !_changed || now - _saved < every)
        {
            return;
        }

        _saved = now;
        try
        {
            WeightStore.Save(_plan.StateFile, _plan, Core.Nodes);
            _changed = false;
            StateProblem = null;
        }
        catch (Exception problem) when (problem is OutputFileException or IOException)
        {
            if (StateProblem is null)
            {
                Warn($"the weights cannot be kept: {problem.Message}; the hub goes on and tries again");
            }

            StateProblem = problem;
        }
    }
}
