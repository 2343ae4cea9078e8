// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;
using PureHDF;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Recordings in Neurodata Without Borders 2: a Units table with a row for each neuron, traces as TimeSeries, the
/// device.</summary>
internal static class NwbFile
{
    private const string CoreVersion = "2.7.0";

    private static readonly string[] s_columns = ["spike_times", "population", "neuron"];

    /// <summary>Writes a recording.</summary>
    public static void Write(RunRecording run, DateTimeOffset now, Stream stream)
    {
        H5Group acquisition = [];
        foreach (TraceRecord trace in run.Traces)
        {
            acquisition[Unique(acquisition, trace.Name)] = Series(trace);
        }

        string made = Origins.Find(run.Origin, "program") ?? "neuromcu";
        H5Group device = Typed(new H5Group(), "Device", "core", ("description", Origins.Text(run)), ("manufacturer", "NeuroMCU"));
        string time = now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
        H5File file = new()
        {
            ["acquisition"] = acquisition,
            ["analysis"] = new H5Group(),
            ["processing"] = new H5Group(),
            ["stimulus"] = new H5Group { ["presentation"] = new H5Group(), ["templates"] = new H5Group() },
            ["general"] = new H5Group
            {
                ["devices"] = new H5Group { ["device"] = device },
                ["notes"] = Origins.Text(run),
                ["source_script"] = WithAttributes(new H5Dataset(Origins.Find(run.Origin, "command") ?? made), ("file_name", made)),
            },
            ["units"] = Units(run),
            ["file_create_date"] = new[] { time },
            ["identifier"] = Guid.NewGuid().ToString(),
            ["session_description"] = $"{run.Network} on {run.RanOn}",
            ["session_start_time"] = time,
            ["timestamps_reference_time"] = time,
        };
        Typed(file, "NWBFile", "core", ("nwb_version", CoreVersion));
        using MemoryStream whole = new();
        file.Write(whole);
        whole.Position = 0;
        whole.CopyTo(stream);
    }

    /// <summary>Reads a recording, of this program or of another one.</summary>
    /// <exception cref="ExchangeException">It has no units, or is damaged.</exception>
    public static RunRecording Read(string path) => HdfFile.Read(path, ExchangeProblem.Recording, root =>
    {
        if (root.GroupOrNull("units") is not { } units || !units.Has("spike_times"))
        {
            throw root.Wrong("units", "is missing, or has no spike_times: the file holds no spikes"
                + (root.Names.Count == 0 ? string.Empty : $" (it has {string.Join(", ", root.Names)})"),
                "sort the spikes first, or export a Units table");
        }

        double[] times = units.Numbers("spike_times").Values;
        double[] ends = units.Has("spike_times_index") ? units.Numbers("spike_times_index").Values
            : throw units.Wrong("spike_times_index", "is missing: it says where the spikes of each unit end",
                "export the Units table again");
        if (ends.Length > 0 && ((long)ends[^1] != times.Length || ends.Zip(ends.Skip(1)).Any(p => p.Second < p.First)))
        {
            throw units.Wrong("spike_times_index", $"ends at {ends[^1]}, and there are {times.Length} spike times",
                "export the Units table again");
        }

        IReadOnlyList<string> names = units.Has("population") ? units.Texts("population") : [];
        double[] indices = units.NumbersOrNull("neuron")?.Values ?? [];
        ForeignSpikes spikes = new();
        Dictionary<string, int> next = new(StringComparer.Ordinal);
        int spike = 0;
        for (int unit = 0; unit < ends.Length; unit++)
        {
            string name = unit < names.Count ? names[unit] : "units";
            int index = unit < indices.Length ? (int)indices[unit] : next.GetValueOrDefault(name);
            next[name] = index + 1;
            int population = spikes.Population(name, index + 1);
            for (; spike < ends[unit]; spike++)
            {
                spikes.Add(population, index, Origins.Micros(path, $"/units/spike_times[{spike}]", times[spike]));
            }
        }

        HdfGroup? general = root.GroupOrNull("general");
        List<KeyValuePair<string, string>> origin = Origins.Parse((general?.TextOrNull("notes") ?? string.Empty).Split('\n'));
        RunRecording run = spikes.Build(
            root.TextOrNull("session_description") ?? Path.GetFileNameWithoutExtension(path), "an NWB file", null, origin);
        return Origins.Apply(run, origin) with { Traces = Traces(path, root.GroupOrNull("acquisition"), run) };
    });

    private static List<TraceRecord> Traces(string path, HdfGroup? acquisition, RunRecording run)
    {
        List<TraceRecord> traces = [];
        foreach (string name in acquisition?.GroupNames ?? [])
        {
            HdfGroup series = acquisition!.Group(name);
            if (!series.Has("data") || !series.Has("timestamps") || series.ShapeOf("data")?.Count != 1)
            {
                continue;
            }

            double[] times = series.Numbers("timestamps").Values;
            double[] values = series.Numbers("data").Values;
            if (times.Length != values.Length)
            {
                throw series.Wrong("timestamps", $"has {times.Length} values, and data {values.Length}", "export it again");
            }

            string unit = series.Attribute("data", "unit") ?? string.Empty;
            string shown = series.Attribute("description") ?? name;
            int neuron = TraceNames.NeuronOf(run, shown);
            traces.Add(new TraceRecord(shown, neuron, unit, Array.ConvertAll(times, t => Origins.Micros(path, series.Place, t)), values));
        }

        return traces;
    }

    private static H5Group Series(TraceRecord trace)
    {
        H5Dataset data = WithAttributes(new H5Dataset(trace.Values),
            ("unit", trace.Unit.Length == 0 ? "1" : trace.Unit), ("conversion", 1.0), ("resolution", -1.0), ("offset", 0.0));
        H5Dataset times = WithAttributes(new H5Dataset(Array.ConvertAll(trace.Times, t => t / 1e6)), ("unit", "seconds"), ("interval", 1));
        return Typed(new H5Group { ["data"] = data, ["timestamps"] = times }, "TimeSeries", "core",
            ("description", trace.Name), ("comments", trace.IsCurrent ? "current into the neuron" : "membrane of the neuron"));
    }

    private static H5Group Units(RunRecording run)
    {
        int neurons = run.Populations.Count == 0 ? 0 : run.Populations.Max(p => p.First + p.Size);
        List<double>[] trains = new List<double>[neurons];
        for (int n = 0; n < neurons; n++)
        {
            trains[n] = [];
        }

        for (int i = 0; i < run.Spikes.Count; i++)
        {
            trains[run.Spikes.Neurons[i]].Add(run.Spikes.Times[i] / 1e6);
        }

        long[] ends = new long[neurons];
        long sum = 0;
        for (int n = 0; n < neurons; n++)
        {
            ends[n] = sum += trains[n].Count;
        }

        H5Dataset Column<T>(T[] values, string description) =>
            WithType(new H5Dataset(values), "VectorData", "hdmf-common", ("description", description));
        H5Dataset times = WithType(new H5Dataset(trains.SelectMany(t => t).ToArray()), "VectorData", "hdmf-common",
            ("description", "spike times in s"), ("resolution", 1e-6));
        H5Dataset index = WithType(new H5Dataset(ends), "VectorIndex", "hdmf-common", ("description", "end of each unit's spike times"));
        index.Attributes["target"] = new H5ObjectReference(times);
        RecordedPopulation[] of = [.. Enumerable.Range(0, neurons).Select(n => run.PopulationOf(n))
            .Select(p => p < 0 ? null : run.Populations[p])
            .OfType<RecordedPopulation>()];
        return Typed(
            new H5Group
            {
                ["id"] = WithType(new H5Dataset(Enumerable.Range(0, neurons).Select(n => (long)n).ToArray()), "ElementIdentifiers",
                    "hdmf-common"),
                ["spike_times"] = times,
                ["spike_times_index"] = index,
                ["population"] = Column(of.Select(p => p.Name).ToArray(), "population of the network"),
                ["neuron"] = Column(of.Select((p, n) => (long)(n - p.First)).ToArray(), "number within the population"),
            },
            "Units", "core", ("description", "neurons of the network"),
            ("colnames", s_columns));
    }

    private static string Unique(H5Group group, string name)
    {
        string bare = string.Concat(name.Select(c => c is '/' or '.' ? '_' : c));
        string unique = bare;
        for (int i = 2; group.ContainsKey(unique); i++)
        {
            unique = bare + "_" + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    private static H5Group Typed(H5Group group, string type, string space, params (string Name, object Value)[] attributes) =>
        WithType(group, type, space, attributes);

    private static T WithType<T>(T target, string type, string space, params (string Name, object Value)[] attributes)
        where T : H5Object => WithAttributes(target, [("neurodata_type", type), ("namespace", space),
            ("object_id", Guid.NewGuid().ToString()), .. attributes]);

    private static T WithAttributes<T>(T target, params (string Name, object Value)[] attributes)
        where T : H5Object
    {
        foreach ((string name, object value) in attributes)
        {
            target.Attributes[name] = value;
        }

        return target;
    }
}
