// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.VirtualBench.Work;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.VirtualBench.Costs;

/// <summary>Reads cost profiles from YAML.</summary>
/// <remarks>
/// The file holds 'name', 'about', 'il_op' (time of one IL instruction), 'calls' (a 'time' for each <see cref="DeviceCall" />) and 'work'
/// (a number of IL instructions, 'ops', for each <see cref="WorkKind" />). Every entry names its 'source'. Keys are the names of the
/// enumerations in lower case with underscores. All keys must be there, and no others.
/// </remarks>
public static class CostProfileFile
{
    private const string ResourcePrefix = "NeuroMCU.VirtualBench.Costs.Profiles.";

    /// <summary>Gets the names of the profiles that come with the bench.</summary>
    public static IReadOnlyList<string> BuiltInNames { get; } =
        typeof(CostProfileFile).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal) && n.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(n => n[ResourcePrefix.Length..^".yaml".Length])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Reads a profile.</summary>
    /// <param name="reader">The YAML text.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="FormatException">The text is no cost profile; the message names file, line, column, key and what is
    /// wrong.</exception>
    public static CostProfile Read(TextReader reader, string fileName)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                $"{fileName}:{e.Start.Line}:{e.Start.Column}: not YAML: {e.Message}"), e);
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new FormatException(
                $"{fileName}:1:1: expected a cost profile with the keys 'name', 'about', 'il_op', 'calls' and 'work'");
        }

        var sources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, YamlNode> top = Keys(root, fileName, ["name", "about", "il_op", "calls", "work"]);
        Dictionary<string, YamlNode> operation = Entry(top["il_op"], fileName, "il_op", "time", sources);
        double operationTime = Time(operation["time"], fileName);

        long[] calls = Table<DeviceCall>(top["calls"], fileName, "time", sources, n => Nanoseconds(Time(n, fileName)));
        long[] work = Table<WorkKind>(top["work"], fileName, "ops", sources,
            n => Nanoseconds(Number(n, Text(n, fileName), fileName) * operationTime));
        return new CostProfile(Text(top["name"], fileName), Text(top["about"], fileName), calls, work, sources);
    }

    internal static CostProfile LoadBuiltIn(string name)
    {
        using Stream? stream = typeof(CostProfileFile).Assembly.GetManifestResourceStream(ResourcePrefix + name + ".yaml");
        if (stream is null)
        {
            throw new ArgumentException($"there is no cost profile '{name}'; use one of: {string.Join(", ", BuiltInNames)}", nameof(name));
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader, name + ".yaml");
    }

    private static long[] Table<TEnum>(YamlNode node, string file, string quantity, IDictionary<string, string> sources, Func<YamlNode,
        long> value)
        where TEnum : struct, Enum
    {
        if (node is not YamlMappingNode map)
        {
            throw Error(node, file, "expected a mapping");
        }

        TEnum[] kinds = Enum.GetValues<TEnum>();
        Dictionary<string, YamlNode> entries = Keys(map, file, kinds.Select(k => Key(k.ToString())).ToArray());
        return kinds.Select(k =>
        {
            string key = Key(k.ToString());
            return value(Entry(entries[key], file, key, quantity, sources)[quantity]);
        }).ToArray();
    }

    private static Dictionary<string, YamlNode> Entry(YamlNode node, string file, string key, string quantity, IDictionary<string,
        string> sources)
    {
        if (node is not YamlMappingNode map)
        {
            throw Error(node, file, $"'{key}' must hold '{quantity}' and 'source'");
        }

        Dictionary<string, YamlNode> entry = Keys(map, file, [quantity, "source"]);
        sources[key] = Text(entry["source"], file);
        return entry;
    }

    private static Dictionary<string, YamlNode> Keys(YamlMappingNode map, string file, string[] expected)
    {
        var found = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach ((YamlNode keyNode, YamlNode value) in map.Children)
        {
            string key = Text(keyNode, file);
            if (!expected.Contains(key, StringComparer.Ordinal))
            {
                throw Error(keyNode, file, $"unknown key '{key}'; known: {string.Join(", ", expected)}");
            }

            found[key] = value;
        }

        string? missing = expected.FirstOrDefault(k => !found.ContainsKey(k));
        return missing is null ? found : throw Error(map, file, $"'{missing}' is missing");
    }

    private static string Key(string name)
    {
        var key = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && key.Length > 0)
            {
                key.Append('_');
            }

            key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    private static string Text(YamlNode node, string file) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Error(node, file, "expected a value");

    /// <summary>Reads a time with its unit, in µs.</summary>
    private static double Time(YamlNode node, string file)
    {
        string text = Text(node, file);
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double scale = parts.Length == 2
            ? parts[1] switch { "ns" => 0.001, "us" or "µs" => 1, "ms" => 1000, _ => 0 }
            : 0;
        return scale > 0 ? Number(node, parts[0], file) * scale
            : throw Error(node, file, $"'{text}' needs a unit: 'ns', 'us' or 'ms', as in '18.5 us'");
    }

    private static double Number(YamlNode node, string text, string file) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && double.IsFinite(number)
            ? number
            : throw Error(node, file, $"'{text}' is no number of 0 or more");

    private static long Nanoseconds(double microseconds) => (long)Math.Round(microseconds * 1000, MidpointRounding.AwayFromZero);

    private static FormatException Error(YamlNode node, string file, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}:{node.Start.Line}:{node.Start.Column}: {message}"));
}
