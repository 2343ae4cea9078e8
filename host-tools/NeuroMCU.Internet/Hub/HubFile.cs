// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Internet.Rules;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads hub files; <c>docs/reference/hub-file.md</c> describes every field.</summary>
internal static class HubFile
{
    private const int LeastMeasured = 20_000;

    /// <summary>A transport as files name it.</summary>
    /// <returns>The name.</returns>
    public static string NameOf(Transport transport) => HubTransports.All[(int)transport];

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
        private readonly HubTransports _transports = new(context);
        private readonly HubNodes _nodes = new(context);
        private readonly HubFiles _files = new(context);
        private bool _sitesAreRight;
        private bool _nodesAreRight;

        public HubPlan? Read()
        {
            Field? name = map.Take("name");
            string? title = name == null ? Path.GetFileNameWithoutExtension(context.File) : Scalars.Text(context, name, "a name");
            _transports.Read(map.Require("transports", "{keyed: {listen: \"127.0.0.1:5006\"}}"));
            _files.Reads(_transports.BrokerPassword, "the password for the broker");
            _files.Reads(_transports.Tls?.Certificate, "the certificate");
            _files.Reads(_transports.Tls?.PrivateKey, "the certificate's key");
            _files.Reads(_transports.Tls?.Authority, "the authority");
            HubSites sites = new(context, _transports, _files);
            int errors = context.ErrorCount;
            sites.Read(map.Require("sites", "{zurich: {key: zurich.key, neurons: {anpre: 63}}}"));
            _sitesAreRight = context.ErrorCount == errors;
            errors = context.ErrorCount;
            _nodes.Read(map.Require("nodes", "{mr1: {model: tiox, resistance: 5.4 kOhm}}"));
            _nodesAreRight = context.ErrorCount == errors;
            List<SynapsePlan> synapses = ReadSynapses(map.Require("synapses", "[{pre: anpre, post: bn, node: mr1}]"), sites.Neurons);
            HubRule? rule = RuleReader.Read(context, map.Take("rule"), field => Known(field, sites.Neurons, "neuron", _sitesAreRight)?.Id);
            LatencyPlan latency = ReadLatency(map.Take("latency"));
            string? stateFile = _files.Writes(map.Take("state"), "the file of the weights");
            string? logFile = _files.Log(map.Take("log"));
            IPEndPoint? metrics = Endpoints.ReadMetrics(context, map.Take("metrics"));
            map.Finish();
            return title == null
                ? null
                : new HubPlan
                {
                    File = context.File,
                    Name = title,
                    KeyedListen = _transports.Keyed,
                    HistoricalListen = _transports.Historical,
                    WebSocketListen = _transports.WebSocket,
                    EieioListen = _transports.Eieio,
                    JaerListen = _transports.Jaer,
                    MqttListen = _transports.Broker,
                    MqttBroker = _transports.BrokerElsewhere,
                    MqttPasswordFile = _transports.BrokerPassword,
                    MqttTls = _transports.Tls,
                    SendReady = _transports.Ready,
                    Sites = sites.Sites,
                    Neurons = [.. sites.Neurons.Values],
                    Nodes = [.. _nodes.Nodes.Values],
                    Synapses = synapses,
                    Rule = rule,
                    Latency = latency,
                    StateFile = stateFile,
                    LogFile = logFile,
                    Metrics = metrics,
                };
        }

        private List<SynapsePlan> ReadSynapses(Field? field, Dictionary<string, NeuronPlan> neurons)
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
                NeuronPlan? pre = Known(entry.Require("pre", "anpre"), neurons, "neuron", _sitesAreRight);
                NeuronPlan? post = Known(entry.Require("post", "bn"), neurons, "neuron", _sitesAreRight);
                NodePlan? node = Known(nodeField, _nodes.Nodes, "node", _nodesAreRight);
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

        // What is missing where there are errors is not reported: it may be one of those that could not be read.
        private T? Known<T>(Field? field, Dictionary<string, T> known, string kind, bool all)
            where T : class
        {
            string? name = field?.Text;
            if (field == null || (name != null && known.TryGetValue(name, out _)))
            {
                return name == null ? null : known[name];
            }

            if (!all)
            {
                return null;
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
