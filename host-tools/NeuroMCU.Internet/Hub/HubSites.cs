// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Hub;

/// <summary>The sites of a hub and their neurons, read from <c>sites</c> of its file.</summary>
internal sealed class HubSites(ReadContext context, HubTransports transports, HubFiles files)
{
    private const int MostId = 0xFFFFFF;
    private readonly Dictionary<string, NeuronPlan> _neurons = new(StringComparer.Ordinal);
    private readonly List<SitePlan> _sites = [];

    /// <summary>The sites in the order of the file.</summary>
    public IReadOnlyList<SitePlan> Sites => _sites;

    /// <summary>Neurons of all sites by name.</summary>
    public Dictionary<string, NeuronPlan> Neurons => _neurons;

    /// <summary>Reads the field <c>sites</c>.</summary>
    public void Read(Field? field)
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
        if (name == MqttNames.Hub)
        {
            context.Error(site.Field, $"`{name}` is the hub's own name at brokers", "call the site otherwise");
        }

        Field? transportField = site.Take("transport");
        string? word = transportField == null ? "keyed" : Scalars.Choice(context, transportField, [.. HubTransports.All]);
        Transport transport = (Transport)Math.Max(0, HubTransports.All.ToList().IndexOf(word ?? string.Empty));
        bool historical = transport == Transport.Historical;
        bool events = transport is Transport.Eieio or Transport.Jaer;
        if (word != null && !transports.Names(transport))
        {
            int port = word switch { "keyed" => 5006, "mqtt" => 1883, "websocket" => 8080, "eieio" => 17895, "jaer" => 8991, _ => 5005 };
            context.Error(transportField ?? site.Field, $"uses `{word}`, which `transports` does not have",
                $"add `{word}: {{listen: \"127.0.0.1:{port}\"}}` to `transports`");
        }

        string? key = null;
        SourceLocation? keyAt = null;
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
            Field? field = site.Require("key", name + ".key");
            key = field == null ? null : Scalars.Text(context, field, "the name of a file");
            key = key == null ? null : Path.Combine(context.Directory, key);
            if (key != null && _sites.FirstOrDefault(s => s.KeyFile != null && SamePlace.Is(s.KeyFile, key)) is { } other)
            {
                context.Error(field!, $"is the key of `{other.Name}` too: each could pass for the other",
                    "give each site a key of its own");
            }
            else if (key != null)
            {
                files.Key(field!, key, name);
                keyAt = context.LocationOf(field!);
            }
        }

        Field? rate = site.Take("most_rate");
        double most = (rate == null ? null : Scalars.Value(context, rate, Dimension.Frequency)) ?? (historical ? 2000 : 100_000);
        if (rate != null && most is < 1 or > 1e7)
        {
            context.Error(rate!, "is " + rate!.Describe() + ", out of range", "write a rate from 1 Hz to 10000 kHz");
        }

        SitePlan plan = new(_sites.Count, name, transport, key, partner, address, most) { FirstKey = firstKey, KeyAt = keyAt };
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
}
