// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroMCU.Networks.Equations;

/// <summary>Which definitions of a text use which, before they are read: to tell a circle from a line that stands too low.</summary>
internal sealed partial class DefinitionOrder
{
    private readonly Dictionary<string, (int Line, HashSet<string> Uses)> _lines = new(StringComparer.Ordinal);
    private readonly bool _defaults;

    /// <summary>Looks at the equations.</summary>
    public DefinitionOrder(SourcePiece piece)
    {
        foreach ((int start, int end) in EquationLines.Of(piece.Text))
        {
            string line = piece.Text[start..end];
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            string left = equals < 0 ? string.Empty : line[..equals].Trim();
            if (left.Length > 0 && !left.EndsWith("/dt", StringComparison.Ordinal))
            {
                Add(Name().Match(left).Value, piece.LocationOf(start).Line, line[(equals + 1)..]);
            }
        }
    }

    /// <summary>Looks at the defaults of parameters.</summary>
    /// <param name="defaults">Name, line of the file and text of each.</param>
    public DefinitionOrder(IEnumerable<(string Name, int Line, string Text)> defaults)
    {
        _defaults = true;
        foreach ((string name, int line, string text) in defaults)
        {
            Add(name, line, text);
        }
    }

    /// <summary>Says why a name is not known yet.</summary>
    /// <param name="current">The definition that uses it; empty for an equation of a state.</param>
    /// <returns>Cause and what to do; null for a name that nothing defines.</returns>
    public (string Cause, string Hint)? Explain(string current, string name)
    {
        if (!_lines.TryGetValue(name, out (int Line, HashSet<string> Uses) found))
        {
            return null;
        }

        if (name == current)
        {
            return ("defines `" + name + "` by itself", _defaults ? "write a number with its unit"
                : "give one side another name; what keeps its value from step to step is a state");
        }

        if (current.Length > 0 && Path(name, current, []) is { } path)
        {
            return ("goes round in a circle: `" + string.Join("` needs `", path.Prepend(current)) + "`",
                "write one of them without the others" + (_defaults ? string.Empty
                    : "; what keeps its value from step to step is a state"));
        }

        return (string.Create(CultureInfo.InvariantCulture, $"uses `{name}` before it is defined, in line {found.Line}"),
            "move that line up, above this one");
    }

    private void Add(string name, int line, string text)
        => _lines.TryAdd(name, (line, new HashSet<string>(Name().Matches(text).Select(m => m.Value), StringComparer.Ordinal)));

    // The names from one definition to another, both included; null where it does not need it.
    private List<string>? Path(string from, string to, HashSet<string> seen)
    {
        if (from == to)
        {
            return [to];
        }

        if (!seen.Add(from) || !_lines.TryGetValue(from, out (int Line, HashSet<string> Uses) found))
        {
            return null;
        }

        foreach (string next in found.Uses.Where(_lines.ContainsKey))
        {
            if (Path(next, to, seen) is { } rest)
            {
                return [from, .. rest];
            }
        }

        return null;
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
