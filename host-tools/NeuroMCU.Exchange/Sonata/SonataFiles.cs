// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Exchange.Sonata;

/// <summary>The files that a SONATA configuration names, with its variables put in.</summary>
internal sealed class SonataFiles
{
    private const long MostBytes = 1 << 24;

    private readonly List<(string, string, string)> _spikes = [];
    private readonly List<string> _others = [];
    private readonly string _path;
    private readonly JsonElement _root;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>Reads a configuration, and the one of the circuit that it may name.</summary>
    /// <exception cref="ExchangeException">It is none.</exception>
    public SonataFiles(string path)
    {
        _path = path;
        _root = Json(path);
        ReadManifest();
        ReadSimulation();
        if (Find("simulation") is { ValueKind: JsonValueKind.String } simulation && Find("networks") is null)
        {
            string here = _path;
            JsonElement top = _root;
            _path = Resolve(simulation.GetString()!);
            _root = Json(_path);
            ReadManifest();
            ReadSimulation();
            (_path, _root) = (here, top);
            _variables.Clear();
            ReadManifest();
        }

        if (Find("network") is { ValueKind: JsonValueKind.String } circuit && Find("networks") is null)
        {
            _path = Resolve(circuit.GetString()!);
            _root = Json(_path);
            ReadManifest();
            ReadSimulation();
        }

        if (Find("networks") is not { ValueKind: JsonValueKind.Object })
        {
            throw new ExchangeException(ExchangeProblem.Network, path, "networks", "is missing: " + (Find("run") is null
                ? "this is no SONATA configuration" : "this is a simulation that does not name its circuit"),
                "name circuit_config.json, or the configuration that names both");
        }
    }

    /// <summary>Length of a run in ms; null where it is not said.</summary>
    public double? Duration { get; private set; }

    /// <summary>Step in ms; null where it is not said.</summary>
    public double? Step { get; private set; }

    /// <summary>Inputs of spikes: name, file, and the population that they go to.</summary>
    public IReadOnlyList<(string Name, string File, string Population)> Spikes => _spikes;

    /// <summary>Names of the inputs that are no spikes from a file.</summary>
    public IReadOnlyList<string> OtherInputs => _others;

    /// <summary>Folder of the parameters of point neurons.</summary>
    public string Models => Folder("point_neuron_models_dir");

    /// <summary>Folder of the parameters of synapses.</summary>
    public string Synapses => Folder("synaptic_models_dir");

    /// <summary>All files of the network: this one, what it names, and the parameters in its folders.</summary>
    public IEnumerable<string> All => new[] { Path.GetFullPath(_path) }.Concat(Of("nodes").Concat(Of("edges")).SelectMany(f => new[] { f.File, f.Types }))
        .Concat(_spikes.Select(s => s.Item2)).Concat(new[] { Models, Synapses }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)))
        .OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Pairs of an HDF5 file and a table of types.</summary>
    /// <param name="kind"><c>nodes</c> or <c>edges</c>.</param>
    public IEnumerable<(string File, string? Types)> Of(string kind)
    {
        if (!_root.GetProperty("networks").TryGetProperty(kind, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement entry in list.EnumerateArray())
        {
            string? file = Text(entry, kind + "_file");
            string? types = Text(entry, kind[..^1] + "_types_file");
            if (file is null)
            {
                throw new ExchangeException(ExchangeProblem.Network, _path, $"networks.{kind}", $"has an entry without {kind}_file",
                    "write it again");
            }

            yield return (Resolve(file), types is null or "NULL" ? null : Resolve(types));
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="ExchangeException">It is none.</exception>
    public static JsonElement Json(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(path, MostBytes));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone()
                : throw new ExchangeException(ExchangeProblem.Syntax, path, string.Empty, "is no JSON object", "check that it is the right file");
        }
        catch (JsonException e)
        {
            throw new ExchangeException(ExchangeProblem.Syntax, path, $"line {e.LineNumber + 1}", "is no JSON: " + e.Message.Split('.')[0],
                "check that it is the right file", e);
        }
    }

    private string Folder(string kind) => Find("components") is { ValueKind: JsonValueKind.Object } parts
        && parts.TryGetProperty(kind, out JsonElement folder) && folder.ValueKind == JsonValueKind.String && folder.GetString() is { } name
            ? Resolve(name) : Path.GetDirectoryName(_path) ?? string.Empty;

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement? Find(string name) => _root.TryGetProperty(name, out JsonElement value) ? value : null;

    private void ReadSimulation()
    {
        if (Find("run") is { ValueKind: JsonValueKind.Object } run)
        {
            Duration = Real(run, "tstop") ?? Duration;
            Step = Real(run, "dt") ?? Step;
        }

        if (Find("inputs") is { ValueKind: JsonValueKind.Object } inputs)
        {
            foreach (JsonProperty input in inputs.EnumerateObject())
            {
                if (Text(input.Value, "input_type") == "spikes" && Text(input.Value, "input_file") is { } file
                    && Text(input.Value, "node_set") is { } population)
                {
                    _spikes.Add((input.Name, Resolve(file), population));
                }
                else
                {
                    _others.Add(input.Name);
                }
            }
        }
    }

    private static double? Real(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private void ReadManifest()
    {
        if (Find("manifest") is { ValueKind: JsonValueKind.Object } manifest)
        {
            foreach (JsonProperty variable in manifest.EnumerateObject())
            {
                _variables[variable.Name] = variable.Value.ToString();
            }
        }
    }

    private string Resolve(string name)
    {
        string path = name;

        // Variables may name others; a circle of them ends after as many turns as there are.
        for (int turn = 0; turn <= _variables.Count && path.Contains('$', StringComparison.Ordinal); turn++)
        {
            foreach ((string variable, string value) in _variables.OrderByDescending(v => v.Key.Length))
            {
                string bare = variable.TrimStart('$').Trim('{', '}');
                path = path.Replace("${" + bare + "}", value, StringComparison.Ordinal).Replace("$" + bare, value, StringComparison.Ordinal);
            }
        }

        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, path));
    }
}
