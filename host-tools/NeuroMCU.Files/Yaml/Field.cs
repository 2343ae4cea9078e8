// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Files.Yaml;

/// <summary>A node of the file with the path that leads to it.</summary>
internal sealed record Field(YamlNode Node, string Path)
{
    private const int LeastKey = 32;

    /// <summary>The text of a scalar, or null for a map or a list.</summary>
    public string? Text => (Node as YamlScalarNode)?.Value;

    /// <summary>The children of a list, or null when the node is none.</summary>
    public YamlSequenceNode? Items => Node as YamlSequenceNode;

    /// <summary>An element of a list.</summary>
    /// <param name="index">Position from 0.</param>
    /// <returns>The element with its path.</returns>
    public Field Item(int index)
        => new Field(((YamlSequenceNode)Node).Children[index], Path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");

    /// <summary>What the node is, in words for messages.</summary>
    /// <returns>The value in quotes, or the kind of node. What may be a key is not shown: messages go into journals.</returns>
    public string Describe()
    {
        return Node switch
        {
            YamlScalarNode { Value: null or "" } => "empty",
            YamlScalarNode { Value: { Length: >= LeastKey } digits } when digits.All(char.IsAsciiHexDigit) => string.Create(
                CultureInfo.InvariantCulture, $"{digits.Length} hexadecimal digits, which may be a key and are not shown"),
            YamlScalarNode scalar => "`" + scalar.Value + "`",
            YamlSequenceNode list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Children.Count}"),
            _ => "a map",
        };
    }
}
