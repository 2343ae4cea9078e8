// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Site;

/// <summary>Reads site files; <c>docs/reference/hub-file.md</c> describes every field.</summary>
internal static class SiteFile
{
    /// <summary>Reads a site file and the network that it names.</summary>
    /// <param name="path">Its path; files that it names are resolved against its folder.</param>
    /// <param name="recordings">Reads a recording; what it throws goes on.</param>
    /// <returns>The site.</returns>
    /// <exception cref="NetworkFileException">One of the files cannot be read or has errors; all of them are listed.</exception>
    public static SiteRunPlan Load(string path, Func<string, RunRecording> recordings)
    {
        try
        {
            return Parse(YamlText.ReadText(path), path, recordings);
        }
        catch (NetworkFileException e) when (e.Verb != "site" && (e.File is null || e.File == path))
        {
            throw new NetworkFileException(e.Diagnostics) { File = path, Verb = "site" };
        }
    }

    /// <summary>Reads a site file from text.</summary>
    /// <returns>The site.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static SiteRunPlan Parse(string text, string path, Func<string, RunRecording> recordings)
    {
        ReadContext context = new(path, Path.GetDirectoryName(path) ?? string.Empty);
        Field root = new(YamlText.Parse(text, path, "write one site that begins with `neuromcu-site: 1`"), string.Empty);
        MapReader? map = MapReader.Open(context, root, "a site: a map that begins with `neuromcu-site: 1`");
        SiteRunPlan? plan = map == null || !FileVersion.Read(context, map, "neuromcu-site") ? null : Read(context, map, recordings);
        return plan != null && context.ErrorCount == 0 ? plan
            : throw new NetworkFileException(context.Errors) { File = path, Verb = "site" };
    }

    private static SiteRunPlan? Read(ReadContext context, MapReader map, Func<string, RunRecording> recordings)
    {
        string? name = map.Require("name", "zurich") is { } n ? Scalars.Text(context, n, "the name of the site in the hub's file") : null;
        Field? hubField = map.Require("hub", "\"127.0.0.1:5006\"");
        bool encrypted = hubField?.Text?.StartsWith(Endpoints.MqttsScheme, StringComparison.Ordinal) == true;
        bool mqtt = encrypted || hubField?.Text?.StartsWith(Endpoints.MqttScheme, StringComparison.Ordinal) == true;
        IPEndPoint? hub = hubField == null ? null : Endpoints.Read(context, hubField, anyPort: false);
        TlsPlan? tls = ReadTls(context, map, encrypted);
        if (mqtt && !encrypted && hub != null && !IPAddress.IsLoopback(hub.Address))
        {
            context.Error(hubField!, "is " + hubField!.Describe() + ": without TLS, MQTT stays on this machine",
                "write `mqtts://` before the address of a broker with TLS, or use the transport `keyed`");
        }

        IPEndPoint? metrics = Endpoints.ReadMetrics(context, map.Take("metrics"));
        long? partner = map.Take("partner") is { } p ? Scalars.Integer(context, p, 1, 2) : 0;
        long? port = 0;
        string? key = string.Empty;
        if (partner == 0)
        {
            key = map.Require("key", "zurich.key") is { } k ? Scalars.Text(context, k, "the name of a file") : null;
        }
        else
        {
            map.Refuse("the packets of the experiment have no key", "key");
            port = map.Require("port", "10000") is { } own ? Scalars.Integer(context, own, 1, IPEndPoint.MaxPort) : null;
        }

        string? start = map.Take("start") is { } s ? Scalars.Choice(context, s, "when-all-are-there", "at-once") : "when-all-are-there";
        Field? recorded = map.Take("recording");
        Field? networkField = recorded == null ? map.Require("network", "silicon.yaml") : null;
        if (recorded != null)
        {
            map.Refuse("a recording plays instead of a device, and takes no arrivals", "network", "arrivals");
        }

        string? file = networkField == null ? null : Existing(context, networkField, "the name of a network file");
        Network? network = file == null ? null : NetworkFile.Load(Path.Combine(context.Directory, file));
        string? record = recorded == null ? null : Existing(context, recorded, "the name of a recording");
        RunRecording? recording = record == null ? null : recordings(Path.Combine(context.Directory, record));
        double? speed = ReadSpeed(context, map, recorded);
        Field? spikesField = map.Take("spikes");
        Field? arrivalsField = map.Take("arrivals");
        IReadOnlyList<RecordedPopulation> populations = recording?.Populations
            ?? [.. network?.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron, p.Size, p.Recorded)) ?? []];
        List<SpikeBinding> spikes = populations.Count == 0 ? [] : ReadSpikes(context, spikesField, populations, (record ?? file)!);
        List<ArrivalBinding> arrivals = network == null ? [] : ReadArrivals(context, arrivalsField, network);
        map.Finish();
        if (spikesField == null && arrivalsField == null)
        {
            context.Error(map.Field, "sends nothing and gets nothing", "add `spikes: [{neuron: 63, population: cells}]`, or `arrivals`");
        }

        return name == null || hub == null || key == null || speed == null || partner == null || port == null
            || (network == null && recording == null)
            ? null
            : new SiteRunPlan
            {
                File = context.File,
                Name = name,
                Hub = hub,
                OverMqtt = mqtt,
                OverWebSocket = hubField?.Text?.StartsWith(Endpoints.WebSocketScheme, StringComparison.Ordinal) == true,
                Metrics = metrics,
                Tls = tls,
                KeyFile = Path.Combine(context.Directory, key),
                Partner = (int)partner,
                Port = (int)port,
                Network = network,
                Recording = recording,
                Speed = speed.Value,
                WaitForAll = start != "at-once",
                Spikes = spikes,
                Arrivals = arrivals,
            };
    }

    private static string? Existing(ReadContext context, Field field, string expected)
    {
        string? name = Scalars.Text(context, field, expected);
        string path = Path.Combine(context.Directory, name ?? string.Empty);
        if (name == null || File.Exists(path))
        {
            return name;
        }

        context.Error(field, "is " + field.Describe() + (Directory.Exists(path) ? ", a folder" : ": there is no file " + path),
            Directory.Exists(path) ? "name a file in it" : "file names count from the folder of the site file: check the path");
        return null;
    }

    // Without files the broker's certificate is to come from an authority that the machine trusts.
    private static TlsPlan? ReadTls(ReadContext context, MapReader map, bool encrypted)
    {
        if (!encrypted)
        {
            map.Refuse("only a hub whose address begins with `mqtts://` is called with TLS", "tls");
            return null;
        }

        return map.Take("tls") is { } field ? TlsPlan.ReadClient(context, field) : new TlsPlan(null, null, null, null);
    }

    private static double? ReadSpeed(ReadContext context, MapReader map, Field? recorded)
    {
        if (recorded == null)
        {
            map.Refuse("a device runs in real time", "speed");
            return 1;
        }

        return map.Take("speed") is { } field ? Scalars.Number(context, field, 0.01, 100) : 1;
    }

    private static List<SpikeBinding> ReadSpikes(ReadContext context, Field? field, IReadOnlyList<RecordedPopulation> populations,
        string file)
    {
        List<SpikeBinding> bindings = [];
        foreach (Field item in Lists.Items(context, field, "neurons", "- {neuron: 63, population: cells, index: 0}"))
        {
            if (MapReader.Open(context, item, "a map with `neuron`, `population` and `index`") is not { } entry)
            {
                continue;
            }

            Field? idField = entry.Require("neuron", "63");
            long? id = idField == null ? null : Scalars.Integer(context, idField, 0, HistoricalPacket.Mask);
            RecordedPopulation? population = Find(context, entry.Require("population", "cells"), populations, p => p.Name, file);
            long? index = entry.Take("index") is { } i ? Scalars.Integer(context, i, 0, (population?.Size ?? 4096) - 1) : 0;
            string? kind = entry.Take("kind") is { } k ? Scalars.Choice(context, k, "spontaneous", "stimulated") : "spontaneous";
            entry.Finish();
            if (id == null || population == null || index == null || kind == null)
            {
                continue;
            }

            if (!population.Recorded)
            {
                context.Error(item, $"the spikes of `{population.Name}` are not recorded, so that none comes from the device",
                    "add the population to `record: {spikes: [...]}` of the network");
            }

            if (bindings.Any(b => b.Population == population.Name && b.Index == index))
            {
                context.Error(item, $"neuron {index} of `{population.Name}` has a number already", "each neuron has one number");
            }
            else if (bindings.Any(b => b.Id == id))
            {
                context.Error(idField!, $"is {id}, which another neuron has", "each neuron has a number of its own");
            }
            else
            {
                bindings.Add(new SpikeBinding((int)id, population.Name, (int)index, kind == "stimulated" ? SpikeKind.Stimulated
                    : SpikeKind.Spontaneous));
            }
        }

        return bindings;
    }

    private static List<ArrivalBinding> ReadArrivals(ReadContext context, Field? field, Network network)
    {
        List<ArrivalBinding> bindings = [];
        foreach (Field item in Lists.Items(context, field, "neurons", "- {neuron: 256, population: epsp}"))
        {
            if (MapReader.Open(context, item, "a map with `neuron` and `population`") is not { } entry)
            {
                continue;
            }

            Field? idField = entry.Require("neuron", "256");
            Field? populationField = entry.Require("population", "epsp");
            long? id = idField == null ? null : Scalars.Integer(context, idField, 0, HistoricalPacket.Mask);
            Population? population = Find(context, populationField, network.Populations, p => p.Name, network.File);
            string? weight = entry.Take("weight") is { } w ? Scalars.Choice(context, w, "binary", "ignore") : "binary";
            int places = weight == "ignore" ? 1 : ArrivalBinding.Bits;
            long? first = entry.Take("first") is { } f ? Scalars.Integer(context, f, 0, 4095) : 0;
            string? potential = entry.Take("potential") is { } p ? Scalars.Choice(context, p, "report", "silent") : "report";
            entry.Finish();
            if (id == null || population == null || weight == null || first == null || potential == null)
            {
                continue;
            }

            if (!population.IsSource)
            {
                context.Error(populationField!, $"is `{population.Name}`, whose neurons fire by themselves",
                    "arrivals go into a population of `model: input`");
            }
            else if (first + places > population.Size)
            {
                context.Error(
                    item, $"needs {places} neuron{(places == 1 ? string.Empty : "s")} from {first} on, and `{population.Name}` has "
                    + $"{population.Size}",
                    places == 1 ? "make it larger" : "write `size: 8`: one neuron for each bit of the weight, or `weight: ignore`");
            }
            else if (bindings.Any(b => b.Id == id))
            {
                context.Error(idField!, $"is {id}, for which there is an entry already", "each neuron has one entry");
            }
            else
            {
                bindings.Add(new ArrivalBinding((int)id, population.Name, (int)first, weight == "binary", potential == "report"));
            }
        }

        return bindings;
    }

    private static T? Find<T>(ReadContext context, Field? field, IReadOnlyList<T> populations, Func<T, string> nameOf, string? file)
        where T : class
    {
        T? found = populations.FirstOrDefault(p => nameOf(p) == field?.Text);
        if (field != null && found == null)
        {
            string hint = Suggestion.Hint(field.Text ?? string.Empty, populations.Select(nameOf))
                ?? "populations: " + string.Join(", ", populations.Select(nameOf));
            context.Error(field, $"is {field.Describe()}, which is no population of {file}", hint, DiagnosticKind.Name);
        }

        return found;
    }
}
