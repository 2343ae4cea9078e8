// NeuroMCU, MIT licence. See LICENSE in the repository root.

using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Files.Yaml;

/// <summary>
/// Bounds of a YAML text that are checked before anything walks through it: brackets within brackets would fill the stack, and names for
/// lists of names (<c>&amp;a</c>, <c>*a</c>) make a small file unfold to any size.
/// </summary>
internal static class YamlBounds
{
    /// <summary>Most maps and lists within each other; a network file has about eight.</summary>
    public const int MostDepth = 64;

    private const long MostNodes = 20_000_000;

    /// <summary>Says what the parser found, and what to do.</summary>
    /// <returns>Message and hint.</returns>
    public static (string Message, string Hint) Explain(YamlException problem)
    {
        const string twice = "Duplicate key ";
        string message = (problem.InnerException ?? problem).Message;
        int at = message.IndexOf(twice, StringComparison.Ordinal);
        return at < 0
            ? ("is not YAML: " + message, "check indentation (spaces, no tabs), colons and brackets at this place")
            : ("`" + message[(at + twice.Length)..].Trim() + "` stands twice in one map", "keep one of the two, or give one another name");
    }

    /// <summary>Refuses a text whose maps and lists lie too deep within each other.</summary>
    /// <exception cref="YamlException">They do, with the place where it is too deep.</exception>
    public static void CheckDepth(string text)
    {
        // The parser hands over one event after the other and does not look ahead: it is stopped before it goes deep itself.
        Parser parser = new(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth && parser.Current is MappingStart or SequenceStart)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End,
                    $"there are more than {MostDepth} maps and lists within each other");
            }
        }
    }

    /// <summary>Refuses a text that its own names make unfold to more than can be read.</summary>
    /// <exception cref="YamlException">It unfolds too far, or without end.</exception>
    public static void CheckAliases(YamlStream stream)
    {
        Dictionary<YamlNode, long> sizes = new(ReferenceEqualityComparer.Instance);
        foreach (YamlDocument document in stream.Documents)
        {
            _ = SizeOf(document.RootNode, sizes);
        }
    }

    private static long SizeOf(YamlNode node, Dictionary<YamlNode, long> sizes)
    {
        const long open = -1;
        if (sizes.TryGetValue(node, out long known))
        {
            return known != open ? known : throw new YamlException(node.Start, node.End, "an alias stands within what it names");
        }

        sizes[node] = open;
        long size = 1;
        switch (node)
        {
            case YamlSequenceNode list:
                foreach (YamlNode item in list.Children)
                {
                    size += SizeOf(item, sizes);
                }

                break;
            case YamlMappingNode map:
                foreach (KeyValuePair<YamlNode, YamlNode> entry in map.Children)
                {
                    size += SizeOf(entry.Key, sizes) + SizeOf(entry.Value, sizes);
                }

                break;
        }

        if (size > MostNodes)
        {
            throw new YamlException(node.Start, node.End, "its aliases unfold to more values than can be read");
        }

        sizes[node] = size;
        return size;
    }
}
