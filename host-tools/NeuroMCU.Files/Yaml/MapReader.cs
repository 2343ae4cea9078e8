// NeuroMCU, MIT licence. See LICENSE in the repository root.

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Files.Yaml;

/// <summary>Takes the fields of one map by name, and in the end reports those that nobody asked for.</summary>
internal sealed class MapReader
{
    private readonly ReadContext _context;
    private readonly IReadOnlyList<KeyValuePair<YamlNode, YamlNode>> _entries;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    private MapReader(ReadContext context, Field field, IReadOnlyList<KeyValuePair<YamlNode, YamlNode>> entries)
    {
        _context = context;
        Field = field;
        _entries = entries;
    }

    /// <summary>The map itself.</summary>
    public Field Field { get; }

    /// <summary>Opens a map.</summary>
    /// <returns>The reader, or null (reported) when the node is no map.</returns>
    public static MapReader? Open(ReadContext context, Field field, string expected)
    {
        if (field.Node is YamlMappingNode map)
        {
            return new MapReader(context, field, Merged(map));
        }

        context.Error(field, "is " + field.Describe() + ", expected " + expected,
            "write one `name: value` per line, indented by two spaces");
        return null;
    }

    /// <summary>A field that may be missing.</summary>
    /// <returns>The field, or null.</returns>
    public Field? Take(string key)
    {
        _known.Add(key);
        YamlNode? node = _entries.FirstOrDefault(c => c.Key is YamlScalarNode k
            && string.Equals(k.Value, key, StringComparison.Ordinal)).Value;
        return node == null ? null : new Field(node, Child(key));
    }

    /// <summary>A field that must be there.</summary>
    /// <returns>The field, or null (reported).</returns>
    public Field? Require(string key, string example)
    {
        Field? field = Take(key);
        if (field == null)
        {
            // A misspelt name is reported by Finish with a suggestion; saying that the right one is missing as well would be noise.
            if (Misspelt(key) == null)
            {
                _context.Error(Field, "`" + key + "` is missing", "add `" + key + ": " + example + "`");
            }
        }

        return field;
    }

    /// <summary>All entries in file order, for maps whose keys are names.</summary>
    /// <returns>Name, place of the name, and value.</returns>
    public IEnumerable<(string Name, Field Key, Field Value)> Entries()
    {
        foreach (KeyValuePair<YamlNode, YamlNode> child in _entries)
        {
            string name = (child.Key as YamlScalarNode)?.Value ?? string.Empty;
            _known.Add(name);
            yield return (name, new Field(child.Key, Child(name)), new Field(child.Value, Child(name)));
        }
    }

    /// <summary>Reports fields that stand in the map for no use in this context.</summary>
    public void Refuse(string reason, params string[] keys)
    {
        foreach (string key in keys)
        {
            Field? field = Take(key);
            if (field != null)
            {
                _context.Error(field, "`" + key + "` has no effect here: " + reason, "remove the line");
            }
        }
    }

    /// <summary>Reports fields that no such map has, whatever else is in it: advice does not name them.</summary>
    public void Forbid(string reason, params string[] keys)
    {
        Refuse(reason, keys);
        _refused.UnionWith(keys);
    }

    /// <summary>Reports every field that was not asked for.</summary>
    public void Finish()
    {
        foreach (YamlNode node in _entries.Select(e => e.Key))
        {
            string name = (node as YamlScalarNode)?.Value ?? node.ToString();
            if (!_known.Contains(name))
            {
                string hint = name.Length > 0 && char.IsAsciiDigit(name[0])
                    ? "a comma ends a value here: numbers are written with a decimal point, as in `0.02 s`"
                    : Suggestion.Hint(name, _known.Except(_refused).Where(k => Take(k) == null))
                    ?? "known here: " + string.Join(", ", _known.Except(_refused).Order(StringComparer.Ordinal));
                _context.Error(new Field(node, Child(name)), "unknown field `" + name + "`", hint, DiagnosticKind.Name);
            }
        }
    }

    // `<<: *name` stands for the fields of another map, or of several; those that are written out count first.
    private static List<KeyValuePair<YamlNode, YamlNode>> Merged(YamlMappingNode map)
    {
        List<KeyValuePair<YamlNode, YamlNode>> entries = [.. map.Children.Where(c => !IsMerge(c))];
        foreach (YamlMappingNode other in map.Children.Where(IsMerge).SelectMany(c => Maps(c.Value)))
        {
            HashSet<YamlNode> written = [.. entries.Select(e => e.Key)];
            entries.AddRange(Merged(other).Where(e => !written.Contains(e.Key)));
        }

        return entries;
    }

    private static bool IsMerge(KeyValuePair<YamlNode, YamlNode> child) =>
        child.Key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain } && Maps(child.Value).Any();

    private static IEnumerable<YamlMappingNode> Maps(YamlNode node) =>
        node is YamlMappingNode map ? [map]
        : node is YamlSequenceNode list && list.All(n => n is YamlMappingNode) ? list.Cast<YamlMappingNode>()
        : [];

    private string? Misspelt(string key)
    {
        return _entries.Select(e => e.Key).OfType<YamlScalarNode>()
            .Select(k => k.Value ?? string.Empty)
            .FirstOrDefault(k => !_known.Contains(k) && Suggestion.Nearest(k, [key]) != null);
    }

    private string Child(string key) => Field.Path.Length == 0 ? key : Field.Path + "." + key;
}
