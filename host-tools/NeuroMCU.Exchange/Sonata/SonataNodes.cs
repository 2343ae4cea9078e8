// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Sonata;

/// <summary>A population of nodes, with the parameters of each.</summary>
internal sealed class SonataNodes
{
    private const int MostNodes = 4096;

    private readonly HdfGroup _group;
    private readonly SonataTypes _types;
    private readonly string _models;
    private readonly long[] _type;
    private readonly int[] _groupOf;
    private readonly int[] _place;
    private readonly Dictionary<string, JsonElement> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, string), double[]?> _sets = [];

    /// <summary>Reads a population.</summary>
    /// <param name="models">Folder of the parameter files.</param>
    public SonataNodes(string name, HdfGroup group, SonataTypes types, string models)
    {
        Name = name;
        _group = group;
        _types = types;
        _models = models;
        double count = group.ShapeOf("node_type_id") is [var declared] ? declared : 0;
        if (count > MostNodes)
        {
            throw new ExchangeException(ExchangeProblem.TooBig, group.File, group.Place, $"has {Number.Text(count)} nodes, and a population at most"
                + $" {MostNodes}", "use a smaller population");
        }

        _type = Array.ConvertAll(group.Numbers("node_type_id").Values, v => (long)v);
        Size = _type.Length;
        _groupOf = Array.ConvertAll(group.NumbersOrNull("node_group_id")?.Values ?? new double[Size], v => (int)v);
        _place = Array.ConvertAll(
            group.NumbersOrNull("node_group_index")?.Values ?? [.. Enumerable.Range(0, Size).Select(i => (double)i)], v => (int)v);
        if (_groupOf.Length != Size || _place.Length != Size)
        {
            throw group.Wrong("node_group_index", $"has {_place.Length} values, and the population {Size} nodes");
        }
    }

    /// <summary>Name of the population.</summary>
    public string Name { get; }

    /// <summary>Number of nodes.</summary>
    public int Size { get; }

    /// <summary>Where it stands.</summary>
    public string Place => _group.Place;

    /// <summary>The one value that all nodes have for a column of their types.</summary>
    /// <exception cref="ExchangeException">They have several.</exception>
    public string? Common(string column)
    {
        string?[] values = [.. _type.Distinct().Select(t => _types.Text(t, column)).Distinct()];
        return values.Length <= 1 ? values.FirstOrDefault()
            : throw _group.Wrong("node_type_id", $"mixes nodes whose {column} is {string.Join(" and ", values.Select(v => v ?? "NULL"))}",
                "part them into populations");
    }

    /// <summary>A parameter of a node: of its own, of its type, or of the parameter file of its type.</summary>
    public double? Parameter(int node, string name)
    {
        (int, string) key = (_groupOf[node], name);
        if (!_sets.TryGetValue(key, out double[]? own))
        {
            HdfGroup? of = _group.GroupOrNull(_groupOf[node].ToString(CultureInfo.InvariantCulture));
            own = _sets[key] = of?.GroupOrNull("dynamics_params")?.NumbersOrNull(name)?.Values ?? of?.NumbersOrNull(name)?.Values;
        }

        if (own is not null)
        {
            return _place[node] >= 0 && _place[node] < own.Length ? Finite(own[_place[node]], node, name)
                : throw _group.Wrong("node_group_index", $"node {node} stands at {_place[node]}, and {name} has {own.Length} values");
        }

        if (_types.Text(_type[node], name) is { } cell
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return Finite(value, node, name);
        }

        return _types.Text(_type[node], "dynamics_params") is { } file && Parameters(file).TryGetProperty(name, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number ? Finite(number.GetDouble(), node, name) : null;
    }

    private double Finite(double value, int node, string name) => double.IsFinite(value) ? value
        : throw _group.Wrong(name, $"of node {node} is {Number.Text(value)}");

    private JsonElement Parameters(string file)
    {
        if (!_files.TryGetValue(file, out JsonElement found))
        {
            found = _files[file] = SonataFiles.Json(Path.Combine(_models, file));
        }

        return found;
    }
}
