// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Rules;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads hub files; <c>docs/reference/hub-file.md</c> describes every field.</summary>
internal static class HubFile
{
    private const int MostId = 0xFFFFFF;
    private const int LeastMeasured = 20_000;
    private static readonly string[] s_transports = ["keyed", "mqtt", "websocket", "udp-historical", "eieio", "jaer"];

    /// <summary>A transport as files name it.</summary>
    /// <returns>The name.</returns>
    public static string NameOf(Transport transport) => s_transports[(int)transport];

    /// <summary>Reads a hub file.</summary>
    /// <param name="path">Its path; files that it names are resolved against its folder.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The file cannot be read or has errors; all of them are listed.</exception>
    public static HubPlan Load(string path)
    {
        try
        {
            return Parse(YamlText.ReadText(path), path);
        }
        catch (NetworkFileException e) when (e.Verb != "hub")
        {
            throw new NetworkFileException(e.Diagnostics) { File = path, Verb = "hub" };
        }
    }

    /// <summary>Reads a hub file from text.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static HubPlan Parse(string text, string path)
    {
        ReadContext context = new(path, Path.GetDirectoryName(path) ?? string.Empty);
        Field root = new(YamlText.Parse(text, path, "write one hub that begins with `neuromcu-hub: 1`"), string.Empty);
        MapReader? map = MapReader.Open(context, root, "a hub: a map that begins with `neuromcu-hub: 1`");
        HubPlan? plan = map == null || !FileVersion.Read(context, map, "neuromcu-hub") ? null : new Reading(context, map).Read();
        return plan != null && context.ErrorCount == 0 ? plan
            : throw new NetworkFileException(context.Errors) { File = path, Verb = "hub" };
    }

    private sealed class Reading(ReadContext context, MapReader map)
    {
        private readonly Dictionary<string, NeuronPlan> _neurons = new(StringComparer.Ordinal);
        private readonly Dictionary<string, NodePlan> _nodes = new(StringComparer.Ordinal);
        private readonly List<SitePlan> _sites = [];
        private IPEndPoint? _keyed;
        private IPEndPoint? _historical;
        private IPEndPoint? _webSocket;
        private IPEndPoint? _eieio;
        private IPEndPoint? _jaer;
        private IPEndPoint? _broker;
        private IPEndPoint? _brokerElsewhere;
        private string? _brokerPassword;
        private TlsPlan? _tls;
        private bool _ready;

        public HubPlan? Read()
        {
            Field? name = map.Take("name");
            string? title = name == null ? Path.GetFileNameWithoutExtension(context.File) : Scalars.Text(context, name, "a name");
            ReadTransports(map.Require("transports", "{keyed: {listen: \"127.0.0.1:5006\"}}"));
            ReadSites(map.Require("sites", "{zurich: {key: zurich.key, neurons: {anpre: 63}}}"));
            ReadNodes(map.Require("nodes", "{mr1: {model: tiox, resistance: 5.4 kOhm}}"));
            List<SynapsePlan> synapses = ReadSynapses(map.Require("synapses", "[{pre: anpre, post: bn, node: mr1}]"));
            HubRule? rule = RuleReader.Read(context, map.Take("rule"), field => Known(field, _neurons, "neuron")?.Id);
            LatencyPlan latency = ReadLatency(map.Take("latency"));
            Field? state = map.Take("state");
            string? stateFile = state == null ? null : Scalars.Text(context, state, "the name of a file");
            string? logFile = map.Take("log") is { } log ? Scalars.Text(context, log, "the name of a file") : null;
            IPEndPoint? metrics = Endpoints.ReadMetrics(context, map.Take("metrics"));
            map.Finish();
            return title == null
                ? null
                : new HubPlan
                {
                    File = context.File,
                    Name = title,
                    KeyedListen = _keyed,
                    HistoricalListen = _historical,
                    WebSocketListen = _webSocket,
                    EieioListen = _eieio,
                    JaerListen = _jaer,
                    MqttListen = _broker,
                    MqttBroker = _brokerElsewhere,
                    MqttPasswordFile = _brokerPassword,
                    MqttTls = _tls,
                    SendReady = _ready,
                    Sites = _sites,
                    Neurons = [.. _neurons.Values],
                    Nodes = [.. _nodes.Values],
                    Synapses = synapses,
                    Rule = rule,
                    Latency = latency,
                    StateFile = stateFile == null ? null : Path.Combine(context.Directory, stateFile),
                    LogFile = logFile == null ? null : Path.Combine(context.Directory, logFile),
                    Metrics = metrics,
                };
        }

        private void ReadTransports(Field? field)
        {
            MapReader? all = field == null ? null : MapReader.Open(context, field, "a map with `keyed`, `mqtt`, `websocket`, `udp-historical`, `eieio` or `jaer`");
            if (all == null)
            {
                return;
            }

            Field? keyed = all.Take("keyed");
            MapReader? own = keyed == null ? null : MapReader.Open(context, keyed, "a map with `listen`");
            if (own?.Require("listen", "\"127.0.0.1:5006\"") is { } place)
            {
                _keyed = Endpoints.Read(context, place, anyPort: true);
            }

            own?.Finish();
            _webSocket = Door(all, "websocket", 8080);
            _eieio = Open(all, "eieio", 17895);
            _jaer = Open(all, "jaer", 8991);
            Field? historical = all.Take("udp-historical");
            MapReader? old = historical == null ? null : MapReader.Open(context, historical, "a map with `listen` and `ready`");
            if (old?.Require("listen", "\"127.0.0.1:5005\"") is { } port)
            {
                _historical = Endpoints.Read(context, port, anyPort: true);
                KeepHere(port, _historical);
            }

            _ready = old?.Take("ready") is { } ready && Scalars.Boolean(context, ready) == true;
            old?.Finish();
            Field? mqtt = all.Take("mqtt");
            if (mqtt != null && MapReader.Open(context, mqtt, "a map with `listen` or `broker`") is { } broker)
            {
                ReadMqtt(broker);
            }

            all.Finish();
            if (keyed == null && historical == null && mqtt == null && (_webSocket ?? _eieio ?? _jaer) == null && context.ErrorCount == 0)
            {
                context.Error(all.Field, "names no transport", "write `keyed: {listen: \"127.0.0.1:5006\"}`");
            }
        }

        private IPEndPoint? Door(MapReader all, string name, int usual)
        {
            MapReader? door = all.Take(name) is { } field ? MapReader.Open(context, field, "a map with `listen`") : null;
            IPEndPoint? place = door?.Require("listen", FormattableString.Invariant($"\"127.0.0.1:{usual}\"")) is { } listen
                ? Endpoints.Read(context, listen, anyPort: true) : null;
            door?.Finish();
            return place;
        }

        // Packets without a key.
        private IPEndPoint? Open(MapReader all, string name, int usual)
        {
            IPEndPoint? place = Door(all, name, usual);
            if (place != null)
            {
                KeepHere(all.Take(name)!, place);
            }

            return place;
        }

        private void KeepHere(Field field, IPEndPoint? place)
        {
            if (place != null && !IPAddress.IsLoopback(place.Address))
            {
                context.Error(
                    field, "is " + (field.Text == null ? "`" + place + "`" : field.Describe())
                    + ": these packets carry no proof of who sends them, and nothing without a key listens beyond this machine",
                    "listen on `127.0.0.1`, and let a tunnel end there; or use `keyed`");
            }
        }

        private void ReadMqtt(MapReader mqtt)
        {
            Field? listen = mqtt.Take("listen");
            Field? elsewhere = mqtt.Take("broker");
            _broker = listen == null ? null : Endpoints.Read(context, listen, anyPort: false);
            _brokerElsewhere = elsewhere == null ? null : Endpoints.Read(context, elsewhere, anyPort: false);
            if ((listen == null) == (elsewhere == null))
            {
                context.Error(
                    mqtt.Field, listen == null ? "names no broker" : "names two brokers",
                    "write `listen: \"127.0.0.1:1883\"` for a broker in the hub, or `broker: \"127.0.0.1:1883\"` for one that runs "
                    + "already");
            }

            Field? tls = mqtt.Take("tls");
            _tls = tls == null ? null : elsewhere == null ? TlsPlan.ReadServer(context, tls) : TlsPlan.ReadClient(context, tls);
            if (elsewhere == null)
            {
                mqtt.Refuse("sites show their keys to the hub's own broker, and the hub needs none", "password");
            }
            else if (mqtt.Take("password") is { } password && Scalars.Text(context, password, "the name of a file") is { } file)
            {
                _brokerPassword = Path.Combine(context.Directory, file);
            }

            foreach ((Field? place, IPEndPoint? read) in new[] { (listen, _broker), (elsewhere, _brokerElsewhere) })
            {
                if (read != null && !IPAddress.IsLoopback(read.Address) && tls == null)
                {
                    context.Error(place!, "is " + place!.Describe() + ": without TLS, MQTT stays on this machine",
                        place == listen ? "add `tls: {certificate: hub.crt, key: hub.pem}`, or use `127.0.0.1`"
                            : "add `tls: {authority: ca.crt}`, or use `127.0.0.1`");
                }
            }

            mqtt.Finish();
        }

        private void ReadSites(Field? field)
        {
            MapReader? all = field == null ? null : MapReader.Open(context, field, "a map from names to sites");
            foreach ((string name, Field key, Field value) in all?.Entries() ?? [])
            {
                if (Names.Check(context, key, name) && MapReader.Open(context, value, "a map with `transport` and `neurons`") is { } site)
                {
                    ReadSite(name, site);
                }
            }

            foreach (IGrouping<int, SitePlan> twice in _sites.Where(s => s.Partner > 0).GroupBy(s => s.Partner).Where(g => g.Count() > 1))
            {
                context.Error(all!.Field, $"has {twice.Count()} sites that are partner {twice.Key}",
                    "one site is partner 1 and another one partner 2");
            }
        }

        private void ReadSite(string name, MapReader site)
        {
            Field? transportField = site.Take("transport");
            string? word = transportField == null ? "keyed" : Scalars.Choice(context, transportField, s_transports);
            Transport transport = (Transport)Math.Max(0, Array.IndexOf(s_transports, word));
            bool historical = transport == Transport.Historical;
            bool events = transport is Transport.Eieio or Transport.Jaer;
            bool there = word switch
            {
                "keyed" => _keyed != null,
                "mqtt" => (_broker ?? _brokerElsewhere) != null,
                "websocket" => _webSocket != null,
                "eieio" => _eieio != null,
                "jaer" => _jaer != null,
                _ => _historical != null,
            };
            if (word != null && !there)
            {
                int port = word switch { "keyed" => 5006, "mqtt" => 1883, "websocket" => 8080, "eieio" => 17895, "jaer" => 8991, _ => 5005 };
                context.Error(transportField ?? site.Field, $"uses `{word}`, which `transports` does not have",
                    $"add `{word}: {{listen: \"127.0.0.1:{port}\"}}` to `transports`");
            }

            string? key = null;
            int partner = 0;
            long firstKey = 0;
            IPEndPoint? address = null;
            if (historical)
            {
                site.Refuse("historical packets have no key", "key");
                partner = (int)((site.Require("partner", "1") is { } p ? Scalars.Integer(context, p, 1, 2) : null) ?? 0);
                address = site.Require("address", "\"127.0.0.1:10000\"") is { } a ? Endpoints.Read(context, a, anyPort: false) : null;
            }
            else if (events)
            {
                site.Refuse("packets of `" + word + "` have no key and no partners", "key", "partner");
                address = site.Require("address", "\"127.0.0.1:17896\"") is { } a ? Endpoints.Read(context, a, anyPort: false) : null;
                firstKey = (site.Take("first_key") is { } f ? Scalars.Integer(context, f, 0, uint.MaxValue - MostId) : null) ?? 0;
            }
            else
            {
                site.Refuse("it belongs to udp-historical, eieio and jaer", "partner", "address", "first_key");
                key = site.Require("key", name + ".key") is { } k ? Scalars.Text(context, k, "the name of a file") : null;
                key = key == null ? null : Path.Combine(context.Directory, key);
                if (key != null && _sites.FirstOrDefault(s => s.KeyFile == key) is { } other)
                {
                    context.Error(site.Take("key")!, $"is the key of `{other.Name}` too: each could pass for the other",
                        "give each site a key of its own");
                }
            }

            Field? rate = site.Take("most_rate");
            double most = (rate == null ? null : Scalars.Value(context, rate, Dimension.Frequency)) ?? (historical ? 2000 : 100_000);
            if (rate != null && most is < 1 or > 1e7)
            {
                context.Error(rate!, "is " + rate!.Describe() + ", out of range", "write a rate from 1 Hz to 10000 kHz");
            }

            SitePlan plan = new(_sites.Count, name, transport, key, partner, address, most) { FirstKey = firstKey };
            _sites.Add(plan);
            Field? neuronsField = site.Require("neurons", "{anpre: 63}");
            MapReader? neurons = neuronsField == null ? null : MapReader.Open(context, neuronsField, "a map from names to numbers");
            foreach ((string neuron, Field place, Field number) in neurons?.Entries() ?? [])
            {
                AddNeuron(neuron, place, number, plan);
            }

            site.Finish();
        }

        private void AddNeuron(string name, Field place, Field number, SitePlan site)
        {
            long? id = Names.Check(context, place, name) ? Scalars.Integer(context, number, 0, MostId) : null;
            if (id == null)
            {
                return;
            }

            if (_neurons.TryGetValue(name, out NeuronPlan? same))
            {
                context.Error(place, $"`{name}` is a neuron of `{same.Site.Name}` already", "names are used once in a hub");
            }
            else if (_neurons.Values.FirstOrDefault(n => n.Id == id) is { } taken)
            {
                context.Error(number, $"is {id}, the number of `{taken.Name}`", "give each neuron a number of its own");
            }
            else
            {
                _neurons.Add(name, new NeuronPlan(name, (int)id, site));
            }
        }

        private void ReadNodes(Field? field)
        {
            MapReader? all = field == null ? null : MapReader.Open(context, field, "a map from names to nodes");
            foreach ((string name, Field key, Field value) in all?.Entries() ?? [])
            {
                if (Names.Check(context, key, name) && MapReader.Open(context, value, "a map with `model`") is { } node
                    && ReadNode(name, node) is { } plan)
                {
                    _nodes.Add(name, plan);
                }
            }
        }

        private NodePlan? ReadNode(string name, MapReader node)
        {
            string? model = node.Require("model", "tiox") is { } m ? Scalars.Choice(context, m, "tiox", "number", "array") : null;
            NodePlan? plan = null;
            if (model == "number")
            {
                double weight = (node.Require("weight", "200") is { } w ? Scalars.Number(context, w, 0, 255) : null) ?? 0;
                double step = (node.Take("step") is { } s ? Scalars.Number(context, s, 0, 255) : null) ?? 0;
                plan = new NodePlan(name, model, weight) { Step = step };
            }
            else if (model == "array")
            {
                long? place = node.Require("node", "12") is { } n ? Scalars.Integer(context, n, 0, 4095) : null;
                if (_nodes.FirstOrDefault(o => o.Value.Place == place && place != null) is { Key: { } other })
                {
                    context.Error(node.Field, $"is node {place} of the array, which is `{other}` already", "give each a node of its own");
                }

                plan = new NodePlan(name, model, 0) { Place = (int?)place };
            }
            else if (model == "tiox")
            {
                double least = Resistance(node.Take("least")) ?? 4000;
                double most = Resistance(node.Take("most")) ?? 9000;
                Field? initialField = node.Require("resistance", "5.4 kOhm");
                double initial = Resistance(initialField) ?? least;
                if (most <= least)
                {
                    context.Error(node.Field, $"ranges from {Scalars.Number(least)} to {Scalars.Number(most)} Ohm",
                        "`most` is above `least`");
                }
                else if (initialField != null && (initial < least || initial > most))
                {
                    context.Error(initialField, "is " + initialField.Describe() + ", outside its range",
                        $"write a resistance from {Scalars.Number(least / 1e3)} to {Scalars.Number(most / 1e3)} kOhm");
                }

                plan = new NodePlan(name, model, initial)
                {
                    Least = least,
                    Most = most,
                    Potentiation = (node.Take("potentiation") is { } p ? Scalars.Number(context, p, 0, 1) : null) ?? 0.03,
                    Depression = (node.Take("depression") is { } d ? Scalars.Number(context, d, 0, 1) : null) ?? 0.05,
                    Polarity = node.Take("polarity") is { } o && Scalars.Choice(context, o, "positive", "negative") == "negative" ? -1 : 1,
                };
            }

            if (model != null)
            {
                node.Finish();
            }

            return plan;
        }

        private double? Resistance(Field? field)
        {
            double? kiloohm = field == null ? null : Scalars.Value(context, field, Dimension.Resistance);
            if (kiloohm is <= 0)
            {
                context.Error(field!, "is " + field!.Describe() + ", out of range", "write a resistance above 0, such as `5.4 kOhm`");
            }

            return kiloohm * 1e3;
        }

        private List<SynapsePlan> ReadSynapses(Field? field)
        {
            List<SynapsePlan> synapses = [];
            Dictionary<NodePlan, string> held = [];
            foreach (Field item in Lists.Items(context, field, "synapses", "- {pre: anpre, post: bn, node: mr1}"))
            {
                if (MapReader.Open(context, item, "a synapse: a map with `pre`, `post` and `node`") is not { } entry)
                {
                    continue;
                }

                Field? nodeField = entry.Require("node", "mr1");
                NeuronPlan? pre = Known(entry.Require("pre", "anpre"), _neurons, "neuron");
                NeuronPlan? post = Known(entry.Require("post", "bn"), _neurons, "neuron");
                NodePlan? node = Known(nodeField, _nodes, "node");
                bool plastic = entry.Take("plastic") is not { } p || Scalars.Boolean(context, p) != false;
                Field? nameField = entry.Take("name");
                string? name = nameField == null ? pre?.Name + "->" + post?.Name : Scalars.Text(context, nameField, "a name");
                entry.Finish();
                if (pre == null || post == null || node == null || name == null)
                {
                    continue;
                }

                if (synapses.Any(s => s.Name == name))
                {
                    context.Error(nameField ?? item, $"there is a synapse `{name}` already", "give each synapse a `name` of its own");
                }

                if (!held.TryAdd(node, name))
                {
                    context.Error(nodeField!, $"is the node of `{held[node]}` already", "each synapse has a node of its own");
                }

                CheckHistorical(item, pre, post);
                synapses.Add(new SynapsePlan(name, pre, post, node, plastic));
            }

            return synapses;
        }

        // In the experiment the type of a packet decides where the answer goes: 65 to the post port, 68 to the pre port.
        private void CheckHistorical(Field item, NeuronPlan pre, NeuronPlan post)
        {
            if (pre.Site.Partner > 0 && pre.Site.Partner == post.Site.Partner)
            {
                context.Error(
                    item, $"goes from `{pre.Name}` to `{post.Name}`, both at partner {pre.Site.Partner}: historical packets of a "
                    + $"partner are answered to the other one",
                    "connect neurons of different partners, or use `keyed`");
            }
        }

        private T? Known<T>(Field? field, Dictionary<string, T> known, string kind)
            where T : class
        {
            string? name = field?.Text;
            if (field == null || (name != null && known.TryGetValue(name, out _)))
            {
                return name == null ? null : known[name];
            }

            string hint = Suggestion.Hint(name, known.Keys)
                ?? (known.Count == 0 ? $"there is no {kind} yet" : $"{kind}s: " + string.Join(", ", known.Keys));
            context.Error(field, $"is {field.Describe()}, which is no {kind} of this hub", hint, DiagnosticKind.Name);
            return null;
        }

        private LatencyPlan ReadLatency(Field? field)
        {
            MapReader? latency = field == null ? null : MapReader.Open(context, field, "a map with `policy`");
            if (latency == null)
            {
                return new LatencyPlan(null, DeliverLate: true);
            }

            string? policy = latency.Require("policy", "as-soon-as-possible") is { } p
                ? Scalars.Choice(context, p, "as-soon-as-possible", "constant") : null;
            int? delay = null;
            bool deliver = true;
            bool measured = false;
            if (policy == "constant")
            {
                Field? given = latency.Require("delay", "40 ms");
                measured = given?.Text == "measured";
                Field? least = latency.Take("least");
                if (least != null && !measured)
                {
                    context.Error(least, "`least` has no effect here: the delay is given", "write `delay: measured`, or remove the line");
                }

                delay = measured ? least == null ? LeastMeasured : Scalars.Microseconds(context, least, 1000, 10_000_000)
                    : given != null ? Scalars.Microseconds(context, given, 1000, 10_000_000) : null;
                deliver = (latency.Require("late", "drop") is { } l ? Scalars.Choice(context, l, "drop", "deliver") : null) == "deliver";
            }
            else
            {
                latency.Refuse("as soon as possible has no latency to keep", "delay", "late", "least");
            }

            if (policy != null)
            {
                latency.Finish();
            }

            return new LatencyPlan(delay, deliver) { Measured = measured };
        }
    }
}
