// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Nir;

/// <summary>Reads a NIR file: a graph of nodes, which may be graphs themselves.</summary>
internal static class NirReader
{
    // Per type: the fields that must be there, then those that may be missing.
    private static readonly Dictionary<string, (string[] Needed, string[] Optional)> s_fields = new(StringComparer.Ordinal)
    {
        ["Input"] = (["shape"], []),
        ["Output"] = (["shape"], []),
        ["Linear"] = (["weight"], []),
        ["Affine"] = (["weight", "bias"], []),
        ["Scale"] = (["scale"], []),
        ["Delay"] = (["delay"], []),
        ["Flatten"] = ([], ["start_dim", "end_dim", "input_type"]),
        ["Threshold"] = (["threshold"], []),
        ["I"] = (["r"], []),
        ["IF"] = (["r", "v_threshold"], ["v_reset"]),
        ["LI"] = (["tau", "r", "v_leak"], []),
        ["LIF"] = (["tau", "r", "v_leak", "v_threshold"], ["v_reset"]),
        ["CubaLI"] = (["tau_syn", "tau_mem", "r", "v_leak"], ["w_in"]),
        ["CubaLIF"] = (["tau_syn", "tau_mem", "r", "v_leak", "v_threshold"], ["w_in", "v_reset"]),
        ["Conv1d"] = (["weight", "stride", "dilation", "groups", "bias"], ["input_shape", "padding"]),
        ["Conv2d"] = (["weight", "stride", "dilation", "groups", "bias"], ["input_shape", "padding"]),
        ["SumPool2d"] = (["kernel_size", "stride", "padding"], []),
        ["AvgPool2d"] = (["kernel_size", "stride", "padding"], []),
    };

    /// <summary>Types of nodes that are read.</summary>
    public static IReadOnlyCollection<string> Types => s_fields.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ExchangeException">It is damaged, or holds what is not known; says which node and field.</exception>
    public static NirGraph Read(string path) => HdfFile.Read(path, ExchangeProblem.Network, root =>
    {
        if (!root.Has("node"))
        {
            throw root.Wrong(ExchangeProblem.Network, "node", "is missing: this is an HDF5 file and no NIR graph"
                + (root.Has("spikes") ? "; it holds SONATA spikes" : root.Has("units") ? "; it is an NWB file" : string.Empty),
                "a recording is read by 'neuromcu report' and 'neuromcu compare'");
        }

        List<NirNode> nodes = [];
        List<(string, string)> edges = [];
        List<string> notes = [];
        HdfGroup top = root.Group("node");
        string type = top.Text("type");
        if (type == "NIRGraph")
        {
            ReadGraph(top, string.Empty, nodes, edges, notes);
        }
        else
        {
            nodes.Add(ReadNode(top, "node", type));
        }

        AddEnds(nodes, edges, notes);
        return new NirGraph(path, root.TextOrNull("version") ?? string.Empty, nodes, [.. edges.Distinct()])
        {
            Notes = notes,
            Written = WrittenBy(top),
        };
    });

    // Step and decay that this program wrote beside a graph; others' metadata are left unread.
    private static (double Step, NirDecay Decay)? WrittenBy(HdfGroup top) =>
        top.GroupOrNull("metadata") is { } metadata && metadata.Has("writer") && TextOf(metadata, "writer") == NirExport.Writer
            && metadata.Has("decay") && metadata.NumbersOrNull("dt") is { Values: [>= 1e-5 and <= 0.1] } dt
                ? (dt.Values[0], metadata.Text("decay") == "exact" ? NirDecay.Exact : NirDecay.Euler)
                : null;

    private static void ReadGraph(
        HdfGroup group, string prefix, List<NirNode> nodes, List<(string Source, string Target)> edges, List<string> notes)
    {
        HdfGroup children = group.Group("nodes");
        Dictionary<string, (string[] Entries, string[] Exits)> ends = new(StringComparer.Ordinal);
        foreach (string name in children.GroupNames)
        {
            HdfGroup child = children.Group(name);
            string type = child.Text("type");
            string full = prefix + name;
            if (type == "NIRGraph")
            {
                int before = nodes.Count;
                ReadGraph(child, full + "/", nodes, edges, notes);
                NirNode[] inner = [.. nodes.Skip(before)];
                ends[name] = (Ends(inner, full + "/", "Input", n => edges.All(e => e.Target != n)),
                    Ends(inner, full + "/", "Output", n => edges.All(e => e.Source != n)));
            }
            else
            {
                nodes.Add(ReadNode(child, full, type));
                ends[name] = ([full], [full]);
            }
        }

        IReadOnlyList<string> names = group.Has("edges") ? group.Texts("edges") : [];
        if (group.ShapeOf("edges") is { Count: > 0 } shape && names.Count > 0 && (shape.Count != 2 || shape[1] != 2))
        {
            throw group.Wrong("edges", $"has the shape ({string.Join(", ", shape)}), and each edge is a source and a target: (edges, 2)");
        }

        NameTheOneLeft(ends, names, prefix, notes);
        HashSet<(string, string)> seen = [];
        for (int i = 0; i + 1 < names.Count; i += 2)
        {
            if (!seen.Add((names[i], names[i + 1])))
            {
                notes.Add($"the edge {prefix}{names[i]} -> {names[i + 1]} is there twice and counts once");
                continue;
            }

            foreach (string source in Find(group, ends, names[i], i / 2).Exits)
            {
                foreach (string target in Find(group, ends, names[i + 1], i / 2).Entries)
                {
                    edges.Add((source, target));
                }
            }
        }
    }

    // An exporter gives the node of a sub-graph the name of the sub-graph and leaves its edges as they were. Where one name is unknown, and
    // the one node without an edge has that name, they are the same; any other unknown name is a mistake.
    private static void NameTheOneLeft(
        Dictionary<string, (string[] Entries, string[] Exits)> ends, IReadOnlyList<string> names, string prefix, List<string> notes)
    {
        string[] unknown = [.. names.Where(n => !ends.ContainsKey(n)).Distinct()];
        string[] left = [.. ends.Keys.Where(n => !names.Contains(n))];
        if (unknown.Length == 1 && left.Length == 1 && ("/" + prefix).EndsWith("/" + left[0] + "/", StringComparison.Ordinal))
        {
            ends[unknown[0]] = ends[left[0]];
            notes.Add($"edges name '{prefix}{unknown[0]}', which is no node, and no edge names '{prefix}{left[0]}':"
                + " they are taken for the same");
        }
    }

    private static (string[] Entries, string[] Exits) Find(
        HdfGroup group, Dictionary<string, (string[] Entries, string[] Exits)> ends, string name, int edge) =>
        ends.TryGetValue(name, out (string[] Entries, string[] Exits) found)
            ? found
            : throw group.Wrong(ExchangeProblem.Name, "edges", $"edge {edge} names '{name}', which is no node of this graph"
                + $" (it has {string.Join(", ", ends.Keys.Order(StringComparer.Ordinal))})",
                "correct the edge in the program that wrote it, and export again");

    // A sub-graph is entered at its Input nodes and left at its Output nodes; without them at what nothing goes into or comes out of.
    private static string[] Ends(NirNode[] inner, string prefix, string type, Func<string, bool> isEnd)
    {
        string[] named = [.. inner.Where(n => n.Type == type && !n.Name[prefix.Length..].Contains('/', StringComparison.Ordinal))
            .Select(n => n.Name)];
        return named.Length > 0 ? named : [.. inner.Select(n => n.Name).Where(isEnd)];
    }

    private static NirNode ReadNode(HdfGroup group, string name, string type)
    {
        if (!s_fields.TryGetValue(type, out (string[] Needed, string[] Optional) fields))
        {
            throw group.Wrong(ExchangeProblem.Name, "type", $"node '{name}' is of the type '{type}', which is not known here"
                + $" (known: {string.Join(", ", s_fields.Keys)})", "replace the node by known ones before the export");
        }

        Dictionary<string, HdfArray> values = new(StringComparer.Ordinal);
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        foreach (string field in fields.Needed.Concat(fields.Optional.Where(group.Has)))
        {
            if (field == "padding" && group.ShapeOf(field) is { Count: 0 } && TextOf(group, field) is { } word)
            {
                words[field] = word;
                continue;
            }

            if (field is "input_shape" or "input_type" && TextOf(group, field) is not null)
            {
                continue;
            }

            HdfArray array = group.Numbers(field);
            int bad = Array.FindIndex(array.Values, value => !double.IsFinite(value));
            if (bad >= 0)
            {
                ExchangeProblem kind = field is "weight" or "bias" or "scale" ? ExchangeProblem.Weight : field == "delay"
                    ? ExchangeProblem.Delay : ExchangeProblem.Network;
                throw group.Wrong(kind, field, $"value {IndexText(array, bad)} is {Number.Text(array.Values[bad])}"
                    + $" ({array.Values.Count(v => !double.IsFinite(v))} of {array.Values.Length} are no finite numbers)",
                    "the training diverged, or a layer was divided by zero: find it there, and export again");
            }

            values[field] = array;
        }

        NirNode node = new(name, type, values) { Words = words };
        CheckShapes(group, node);
        return node;
    }

    private static string? TextOf(HdfGroup group, string field)
    {
        try
        {
            return group.Text(field);
        }
        catch (ExchangeException)
        {
            return null;
        }
    }

    private static void CheckShapes(HdfGroup group, NirNode node)
    {
        int rank = node.Type switch { "Linear" or "Affine" => 2, "Conv1d" => 3, "Conv2d" => 4, _ => 0 };
        if (rank > 0 && node.Fields["weight"] is var weight && weight.Shape.Length != rank)
        {
            throw group.Wrong("weight", $"has the shape {weight.ShapeText}, and a weight of {node.Type} has {rank} dimensions");
        }

        if (rank > 0 && node.Fields.TryGetValue("bias", out HdfArray? bias) && bias.Values.Length != node.Fields["weight"].Shape[0])
        {
            throw group.Wrong("bias", $"has {bias.Values.Length} values, and weight {node.Fields["weight"].Shape[0]} rows");
        }

        if (node.Type is "Input" or "Output")
        {
            HdfArray shape = node.Fields["shape"];
            if (shape.Values.Length == 0 || shape.Values.Any(v => v < 1) || shape.Values.Aggregate(1.0, (p, v) => p * v) > int.MaxValue)
            {
                throw group.Wrong("shape", $"is ({string.Join(", ", shape.Values)}): every size is at least 1");
            }
        }

        if (!node.IsNeuron)
        {
            return;
        }

        foreach ((string name, HdfArray field) in node.Fields)
        {
            if (field.Values.Length != 1 && field.Values.Length != node.Size)
            {
                throw group.Wrong(name, $"has the shape {field.ShapeText}, and the node {node.Size} neurons");
            }

            int low = name.StartsWith("tau", StringComparison.Ordinal) ? Array.FindIndex(field.Values, v => v <= 0) : -1;
            if (low >= 0)
            {
                throw group.Wrong(name,
                    $"value {IndexText(field, low)} is {Number.Text(field.Values[low])} s: a time constant is longer than 0");
            }
        }

        for (int i = 0; node.Fields.ContainsKey("v_threshold") && i < node.Size; i++)
        {
            if (node.At("v_reset", i) >= node.At("v_threshold", i))
            {
                throw group.Wrong("v_threshold", $"neuron {i} has the threshold {Number.Text(node.At("v_threshold", i))} and goes to"
                    + $" {Number.Text(node.At("v_reset", i))} after a spike: it would fire for ever");
            }
        }
    }

    // As the reference reader does: a graph without ends gets them at its first and last nodes.
    private static void AddEnds(List<NirNode> nodes, List<(string Source, string Target)> edges, List<string> notes)
    {
        bool top(NirNode n) => !n.Name.Contains('/', StringComparison.Ordinal);
        if (!nodes.Any(n => n.Type == "Input" && top(n)))
        {
            foreach (NirNode first in nodes.Where(n => edges.All(e => e.Target != n.Name)).ToArray())
            {
                NirNode input = new("input_" + first.Name, "Input", Shape(InputSize(first)));
                nodes.Insert(0, input);
                edges.Add((input.Name, first.Name));
                notes.Add($"the graph has no Input: one is put in front of {first.Name}");
            }
        }

        if (!nodes.Any(n => n.Type == "Output" && top(n)))
        {
            notes.Add("the graph has no Output: all neurons are recorded");
        }
    }

    private static int InputSize(NirNode node) => node.Type switch
    {
        "Linear" or "Affine" => node.Fields["weight"].Shape[1],
        "Scale" => node.Fields["scale"].Values.Length,
        "Delay" => node.Fields["delay"].Values.Length,
        _ => Math.Max(1, node.Size),
    };

    private static Dictionary<string, HdfArray> Shape(int size) =>
        new(StringComparer.Ordinal) { ["shape"] = new HdfArray([size], [1]) };

    private static string IndexText(HdfArray array, int index)
    {
        int[] place = new int[array.Shape.Length];
        for (int d = place.Length - 1, rest = index; d >= 0; d--)
        {
            place[d] = rest % array.Shape[d];
            rest /= array.Shape[d];
        }

        return "[" + string.Join(", ", place) + "]";
    }
}
