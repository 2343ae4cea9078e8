// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;
using PureHDF;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>
/// Spikes and traces as NIR keeps them beside a graph: <c>/nodes/POPULATION/observables</c>, with the spikes as EventData and each trace
/// as ValuedEventData.
/// </summary>
internal static class NirDataFile
{
    private const string Type = "__type__";

    /// <summary>Writes a recording.</summary>
    public static void Write(RunRecording run, Stream stream)
    {
        H5Group nodes = [];
        foreach (RecordedPopulation population in run.Populations)
        {
            int[] own = [.. Enumerable.Range(0, run.Spikes.Count).Where(i => population.Contains(run.Spikes.Neurons[i]))];
            H5Group observables = new()
            {
                ["spikes"] = Events(run, population.Size, "EventData",
                    [.. own.Select(i => (long)(run.Spikes.Neurons[i] - population.First))],
                    [.. own.Select(i => run.Spikes.Times[i] / 1e6)]),
            };
            foreach (TraceRecord trace in run.Traces.Where(t => population.Contains(t.Neuron)))
            {
                H5Group values = Events(run, population.Size, "ValuedEventData",
                    [.. trace.Times.Select(_ => (long)(trace.Neuron - population.First))], Array.ConvertAll(trace.Times, t => t / 1e6));
                values["value"] = Row(trace.Values.Length == 0 ? [double.NaN] : trace.Values);
                values.Attributes["unit"] = trace.Unit;
                values.Attributes["name"] = trace.Name;
                observables[$"trace_{observables.Count}"] = values;
            }

            H5Group node = new() { ["observables"] = observables };
            node.Attributes[Type] = "NIRNodeData";
            nodes[population.Name] = node;
        }

        H5File file = new() { ["nodes"] = nodes };
        file.Attributes[Type] = "NIRGraphData";
        file.Attributes["origin"] = Origins.Text(run);
        using MemoryStream whole = new();
        file.Write(whole);
        whole.Position = 0;
        whole.CopyTo(stream);
    }

    /// <summary>Whether a file holds NIR data and no graph.</summary>
    public static bool Holds(HdfGroup root) => root.Attribute(Type) == "NIRGraphData";

    /// <summary>Reads a recording.</summary>
    /// <exception cref="ExchangeException">It is none, or damaged.</exception>
    public static RunRecording Read(string path) => HdfFile.Read(path, ExchangeProblem.Recording, root => Read(path, root));

    /// <summary>Reads a recording from an open file.</summary>
    public static RunRecording Read(string path, HdfGroup root)
    {
        if (root.GroupOrNull("nodes") is not { } nodes || !Holds(root))
        {
            throw root.Wrong("nodes", root.Has("node") ? "is missing: the file holds a NIR graph" : "is missing: the file holds no NIR data",
                root.Has("node") ? $"neuromcu import {path}" : "name the file with the spikes");
        }

        ForeignSpikes spikes = new();
        List<(string Population, int Neuron, HdfGroup Group, double[] Times, double[] Values)> traces = [];
        int samples = 1;
        foreach ((string name, HdfGroup node) in Leaves(nodes, string.Empty))
        {
            HdfGroup all = node.Group("observables");
            foreach (string observable in all.GroupNames)
            {
                HdfGroup data = all.Group(observable);
                string type = data.Attribute(Type) ?? string.Empty;
                if (type == "TimeGriddedData")
                {
                    ReadGrid(path, data, name, observable, spikes, traces, ref samples);
                    continue;
                }

                HdfArray index = data.Numbers("idx");
                HdfArray time = data.Numbers("time");
                if (!index.Shape.SequenceEqual(time.Shape))
                {
                    throw data.Wrong("time", $"has the shape {time.ShapeText}, and idx {index.ShapeText}", "export it again");
                }

                samples = Math.Max(samples, index.Shape is [var many, _] ? many : 1);
                int width = index.Shape.Length == 0 ? index.Values.Length : index.Shape[^1];
                int[] real = [.. Enumerable.Range(0, width).Where(i => index.Values[i] >= 0 && double.IsFinite(time.Values[i]))];
                int population = spikes.Population(name, (int)Math.Clamp(data.NumberAttribute("n_neurons") ?? 0, 0, 1 << 24));
                if (type == "ValuedEventData")
                {
                    double[] values = data.Numbers("value").Values;
                    foreach (IGrouping<int, int> neuron in real.GroupBy(i => (int)index.Values[i]))
                    {
                        traces.Add((name, neuron.Key, data, [.. neuron.Select(i => time.Values[i])], [.. neuron.Select(i => values[i])]));
                    }

                    continue;
                }

                foreach (int i in real)
                {
                    spikes.Add(population, (int)Math.Min(index.Values[i], 1 << 24),
                        Origins.Micros(path, $"{data.Place}/time[{i}]", time.Values[i]));
                }
            }
        }

        List<KeyValuePair<string, string>> origin = Origins.Parse((root.Attribute("origin") ?? string.Empty).Split('\n'));
        RunRecording run = Origins.Apply(spikes.Build(Path.GetFileNameWithoutExtension(path), "a NIR data file", null, origin), origin);
        return run with
        {
            Traces = [.. traces.Select(t => new TraceRecord(t.Group.Attribute("name") ?? $"{t.Population}[{t.Neuron}]",
                run.Populations.First(p => p.Name == t.Population).First + t.Neuron, t.Group.Attribute("unit") ?? string.Empty,
                Array.ConvertAll(t.Times, s => Origins.Micros(path, t.Group.Place, s)), t.Values))],
            Reported = samples == 1 ? [] : [new RunTrouble(false, null, $"the file holds {samples} samples, and the first is read",
                "write each sample to a file of its own")],
        };
    }

    // Spikes where the grid holds nothing but 0 and 1, a trace for each neuron otherwise.
    private static void ReadGrid(string path, HdfGroup data, string name, string observable, ForeignSpikes spikes,
        List<(string, int, HdfGroup, double[], double[])> traces, ref int samples)
    {
        HdfArray grid = data.Numbers("data");
        double step = data.NumberAttribute("dt") ?? 0;
        if (grid.Shape is not [var many, var steps, var neurons] || step <= 0)
        {
            throw data.Wrong("data", $"has the shape {grid.ShapeText} and a dt of {Number.Text(step)} s: it is (samples, steps, neurons)",
                "export it again");
        }

        samples = Math.Max(samples, many);
        int population = spikes.Population(name, neurons);
        bool events = observable.Contains("spike", StringComparison.OrdinalIgnoreCase) && grid.Values.All(v => v is 0 or 1);
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            double[] values = [.. Enumerable.Range(0, many == 0 ? 0 : steps).Select(s => grid.Values[s * neurons + neuron])];
            if (!events)
            {
                traces.Add((name, neuron, data, [.. Enumerable.Range(0, values.Length).Select(s => s * step)], values));
                continue;
            }

            for (int s = 0; s < values.Length; s++)
            {
                if (values[s] == 1)
                {
                    spikes.Add(population, neuron, Origins.Micros(path, data.Place, s * step));
                }
            }
        }
    }

    private static IEnumerable<(string Name, HdfGroup Node)> Leaves(HdfGroup nodes, string prefix)
    {
        foreach (string name in nodes.GroupNames)
        {
            HdfGroup node = nodes.Group(name);
            if (node.GroupOrNull("nodes") is { } inner)
            {
                foreach ((string, HdfGroup) leaf in Leaves(inner, prefix + name + "/"))
                {
                    yield return leaf;
                }
            }
            else if (node.GroupOrNull("observables") is not null)
            {
                yield return (prefix + name, node);
            }
        }
    }

    // Unused places are filled with -1 and infinity, as the format says: one where there is no event.
    private static H5Group Events(RunRecording run, int size, string type, long[] index, double[] times)
    {
        H5Group group = new()
        {
            ["idx"] = Row(index.Length == 0 ? [-1L] : index),
            ["time"] = Row(times.Length == 0 ? [double.PositiveInfinity] : times),
        };
        group.Attributes[Type] = type;
        group.Attributes["n_neurons"] = (long)size;
        group.Attributes["t_max"] = run.Duration / 1e6;
        return group;
    }

    private static H5Dataset Row<T>(T[] values) => new(values, fileDims: [1, (ulong)values.Length]);
}
