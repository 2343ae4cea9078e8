// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;
using PureHDF;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Spikes as SONATA has them: <c>/spikes/POPULATION/timestamps</c> and <c>node_ids</c>.</summary>
internal static class SonataSpikes
{
    /// <summary>Writes the spikes of a recording; traces are not part of the format.</summary>
    public static void Write(RunRecording run, Stream stream)
    {
        H5Group all = [];
        foreach (RecordedPopulation population in run.Populations)
        {
            int[] own = [.. Enumerable.Range(0, run.Spikes.Count).Where(i => population.Contains(run.Spikes.Neurons[i]))];
            H5Dataset times = new(own.Select(i => run.Spikes.Times[i] / 1e6).ToArray());
            times.Attributes["units"] = "s";
            H5Group group = new()
            {
                ["timestamps"] = times,
                ["node_ids"] = new H5Dataset(own.Select(i => (ulong)(run.Spikes.Neurons[i] - population.First)).ToArray()),
            };
            group.Attributes["sorting"] = "by_time";
            group.Attributes["size"] = (long)population.Size;
            all[population.Name] = group;
        }

        H5File file = new() { ["spikes"] = all };
        file.Attributes["magic"] = 0x0A7AU;
        file.Attributes["version"] = new uint[] { 0, 1 };
        file.Attributes["origin"] = Origins.Text(run);
        using MemoryStream whole = new();
        file.Write(whole);
        whole.Position = 0;
        whole.CopyTo(stream);
    }

    /// <summary>Reads spikes.</summary>
    /// <exception cref="ExchangeException">The file holds none, or is damaged.</exception>
    public static RunRecording Read(string path) => HdfFile.Read(path, ExchangeProblem.Recording, root =>
    {
        if (NirDataFile.Holds(root))
        {
            return NirDataFile.Read(path, root);
        }

        if (root.GroupOrNull("spikes") is not { } all)
        {
            throw root.Wrong("spikes", "is missing: the file holds no SONATA spikes"
                + (root.Has("nodes") || root.Has("edges") ? "; it is a network" : root.Has("node") ? "; it is a NIR graph: neuromcu import"
                    : string.Empty),
                "name the file with the spikes");
        }

        ForeignSpikes spikes = new();

        // Older files have the two arrays in the group itself, under the name gids.
        (string Name, HdfGroup Group)[] groups = all.GroupNames.Count > 0
            ? [.. all.GroupNames.Select(n => (n, all.Group(n)))] : [("spikes", all)];
        foreach ((string name, HdfGroup group) in groups)
        {
            string ids = group.Has("node_ids") ? "node_ids" : group.Has("gids") ? "gids" : "node_ids";
            double[] times = group.Numbers("timestamps").Values;
            double[] nodes = group.Numbers(ids).Values;
            if (times.Length != nodes.Length)
            {
                throw group.Wrong(ids, $"has {nodes.Length} values, and timestamps {times.Length}", "export it again");
            }

            string unit = group.Attribute("timestamps", "units") ?? "ms";
            double scale = unit switch
            {
                "s" or "seconds" => 1,
                "ms" or "milliseconds" => 1e-3,
                "us" or "microseconds" => 1e-6,
                _ => throw group.Wrong("timestamps", $"has the unit '{unit}'", "write s or ms"),
            };
            int population = spikes.Population(name, (int)Math.Clamp(group.NumberAttribute("size") ?? 0, 0, 1 << 24));
            for (int i = 0; i < times.Length; i++)
            {
                if (nodes[i] is < 0 or > 1 << 24)
                {
                    throw group.Wrong(ids, $"value {i} is {Number.Text(nodes[i])}: neurons are 0 to {1 << 24}", "export it again");
                }

                spikes.Add(population, (int)nodes[i], Origins.Micros(path, $"{group.Place}/timestamps[{i}]", times[i] * scale));
            }
        }

        List<KeyValuePair<string, string>> origin = Origins.Parse((root.Attribute("origin") ?? string.Empty).Split('\n'));
        return Origins.Apply(spikes.Build(Path.GetFileNameWithoutExtension(path), "a SONATA file", null, origin), origin);
    });
}
