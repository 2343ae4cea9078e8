// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks;

/// <summary>A value that replaces one of a network file, or is added to it: <c>populations.cells.bias=60 uA</c>.</summary>
/// <param name="Name">Keys from the outside in with dots between them; a number counts the entries of a list from 0.</param>
/// <param name="Value">The value as the file would have it, lists and maps in brackets included.</param>
public sealed record NetworkSetting(string Name, string Value)
{
    /// <summary>Reads a setting.</summary>
    /// <param name="text">Name, equals sign and value.</param>
    /// <returns>The setting; null when it is none.</returns>
    public static NetworkSetting? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string name = sign < 0 ? string.Empty : text[..sign].Trim();
        return name.Length == 0 || name.Split('.').Any(key => key.Length == 0) ? null : new NetworkSetting(name, text[(sign + 1)..].Trim());
    }

    /// <inheritdoc />
    public override string ToString() => Name + "=" + Value;

    /// <summary>Puts the value into a network file.</summary>
    /// <exception cref="NetworkFileException">The file has no such place, or the value is no YAML.</exception>
    internal void Apply(YamlNode root)
    {
        string[] keys = Name.Split('.');
        YamlNode at = root;
        for (int i = 0; i < keys.Length - 1; i++)
        {
            at = Child(at, keys[i]) ?? throw Nothing(at, string.Join('.', keys[..i]), keys[i]);
        }

        string last = keys[^1];
        switch (at)
        {
            case YamlMappingNode map:
                map.Children[map.Children.Keys.FirstOrDefault(key => IsNamed(key, last)) ?? new YamlScalarNode(last)] = Node();
                break;
            case YamlSequenceNode list when Index(last, list) is { } index:
                list.Children[index] = Node();
                break;
            default:
                throw Nothing(at, string.Join('.', keys[..^1]), last);
        }
    }

    private static bool IsNamed(YamlNode key, string name) => key is YamlScalarNode { Value: { } value }
        && string.Equals(value, name, StringComparison.Ordinal);

    private static int? Index(string key, YamlSequenceNode list) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Children.Count ? index : null;

    private static YamlNode? Child(YamlNode node, string key) => node switch
    {
        YamlMappingNode map => map.Children.FirstOrDefault(child => IsNamed(child.Key, key)).Value,
        YamlSequenceNode list when Index(key, list) is { } index => list.Children[index],
        _ => null,
    };

    private YamlNode Node()
    {
        YamlStream stream = [];
        try
        {
            YamlBounds.CheckDepth(Value);
            stream.Load(new StringReader(Value));
        }
        catch (YamlException)
        {
            stream = [];
        }

        return stream.Documents.Count == 1
            ? stream.Documents[0].RootNode
            : throw Wrong($"`{Value}` is no value that a network file could hold",
                "write it as in the file, such as --set \"duration=2 s\"", DiagnosticKind.Syntax);
    }

    private NetworkFileException Nothing(YamlNode at, string where, string key)
    {
        IEnumerable<string> known = at is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>()
            .Select(k => k.Value ?? string.Empty)
            : at is YamlSequenceNode list ? Enumerable.Range(0, list.Children.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))
            : [];
        string[] names = [.. known];
        string place = where.Length == 0 ? "the network file" : $"`{where}`";
        string next = names.Length == 0 ? $"{place} is a single value: name it without what follows"
            : (at is YamlMappingNode ? Suggestion.Hint(key, names) : null)
            ?? (at is YamlSequenceNode ? "items of a list go by number, from 0: " : "there are: ") + string.Join(", ", names.Take(12));
        return Wrong($"{place} has no `{key}`", next, DiagnosticKind.Name);
    }

    private NetworkFileException Wrong(string what, string next, DiagnosticKind kind)
        => new([new Diagnostic("--set " + this, 0, 0, string.Empty, what, next, kind)]);
}
