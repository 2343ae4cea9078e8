// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>
/// Puts the network of another program that the field <c>import</c> names into a network file, behind what stands there: each reader then
/// finds one network. Findings about what came in name the place of <c>import</c>.
/// </summary>
internal static class ImportReader
{
    /// <summary>The field.</summary>
    public const string Name = "import";

    // What an imported network says by itself, and the file may say otherwise.
    private static readonly string[] s_single = ["step", "duration"];

    /// <summary>Puts it in.</summary>
    /// <param name="root">The network file, which is changed.</param>
    /// <returns>False after a report: what is there is not the whole network.</returns>
    public static bool Merge(ReadContext context, YamlNode root)
    {
        if (root is not YamlMappingNode map || Value(map, Name) is not { } node)
        {
            return true;
        }

        Field field = new(node, Name);
        (Field? file, ForeignOptions options) = Options(context, map, field);
        ForeignNetwork? network = file is null || context.ErrorCount > 0 ? null
            : ForeignFile.Read(context, file, "the path of a network", (files, path) => files.ReadNetwork(path, options));
        if (network is null)
        {
            return false;
        }

        foreach (string other in network.Files)
        {
            context.ReadFile(other);
        }

        foreach (string approximation in network.Approximations)
        {
            context.Warn(context.LocationOf(field), "`" + file!.Text + "`: " + approximation,
                "`neuromcu import " + file.Text + "` shows what became of each part");
        }

        foreach ((string table, string text) in network.Tables)
        {
            context.Texts[table] = text;
        }

        Put(context, field, (YamlMappingNode)YamlText.Parse(network.Text, file!.Text!, string.Empty), map);
        return context.ErrorCount == 0;
    }

    private static (Field? File, ForeignOptions Options) Options(ReadContext context, YamlMappingNode root, Field field)
    {
        int? step = Value(root, "step") is { } node
            ? Scalars.Microseconds(context, new Field(node, "step"), NetworkFile.LeastStep, NetworkFile.MostStep) : null;
        if (field.Text is not null)
        {
            return (field, new ForeignOptions(step, null, null));
        }

        MapReader? map = MapReader.Open(context, field, "the path of a network, such as `trained.nir`");
        Field? file = map?.Require("file", "trained.nir");
        Field? decay = map?.Take("decay");
        Field? reset = map?.Take("reset");
        map?.Finish();
        return (file, new ForeignOptions(step, decay is null ? null : Scalars.Choice(context, decay, "euler", "exact"),
            reset is null ? null : Scalars.Choice(context, reset, "value", "subtract")));
    }

    private static void Put(ReadContext context, Field field, YamlMappingNode from, YamlMappingNode to)
    {
        foreach (YamlNode part in from.AllNodes)
        {
            context.StandIn(part, field);
        }

        foreach ((YamlNode key, YamlNode value) in from.Children)
        {
            string name = ((YamlScalarNode)key).Value!;
            switch (Value(to, name))
            {
                case null when value is YamlMappingNode or YamlSequenceNode || s_single.Contains(name):
                    to.Children[key] = value;
                    break;
                case YamlMappingNode populations when name == "populations":
                    Add(context, field, populations, (YamlMappingNode)value);
                    break;
                case YamlSequenceNode list when value is YamlSequenceNode more:
                    foreach (YamlNode item in more.Children)
                    {
                        list.Add(item);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static void Add(ReadContext context, Field field, YamlMappingNode populations, YamlMappingNode more)
    {
        foreach ((YamlNode key, YamlNode value) in more.Children)
        {
            if (populations.Children.ContainsKey(key))
            {
                YamlNode own = populations.Children.Keys.First(k => k.Equals(key));
                context.Error(new Field(own, "populations." + key), "`" + key + "` is also a population of the network that `import` names",
                    "give this one another name", DiagnosticKind.Name);
            }
            else
            {
                populations.Children[key] = value;
            }
        }
    }

    private static YamlNode? Value(YamlMappingNode map, string name) => map.Children
        .FirstOrDefault(c => c.Key is YamlScalarNode { Value: { } key } && string.Equals(key, name, StringComparison.Ordinal)).Value;
}
