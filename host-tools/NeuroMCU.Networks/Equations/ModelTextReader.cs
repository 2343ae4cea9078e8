// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Equations;

/// <summary>Reads the text of a model.</summary>
internal sealed partial class ModelTextReader
{
    private const int MostSubsteps = 32;
    private const int MostVariables = 255;
    private const int LeastTableBytes = 256;
    private const int MostTableBytes = 262144;
    private const int LeastStep = 10;
    private const int MostStep = 100000;
    private const int MostPoints = 1000;
    private const string Noise = "noise";

    // The step, unless the model has a variable of that name: that of a gate often is.
    private const string StepWord = "h";
    private static readonly PhysicalDimension s_time = new(0, 0, 1, 0, 0);
    private readonly Dictionary<string, PointTable> _tables = new(StringComparer.Ordinal);
    private readonly List<string> _noises = [];
    private readonly ReadContext _context;
    private readonly MapReader _map;
    private readonly string _text;
    private readonly Dictionary<string, PhysicalDimension> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _defaults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DisplayUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expr> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string[] Arguments, Expr Body)> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _functionArguments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ModelParameter> _parameters = [];
    private readonly List<ModelInput> _inputs = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private DefinitionOrder? _written;
    private string _current = string.Empty;
    private int _errors;
    private bool _ownStepWord;

    private ModelTextReader(ReadContext context, MapReader map, string text)
    {
        _context = context;
        _map = map;
        _text = text;
        _names.Add(StepWord);
        _dimensions[StepWord] = s_time;
    }

    /// <summary>Reads a model.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static ModelText Read(string text, string file)
    {
        YamlNode root = YamlText.Parse(text, file, "write one model that begins with `neuromcu-model: 1`");
        ReadContext context = new(file, System.IO.Path.GetDirectoryName(file) ?? string.Empty)
        {
            Lines = text.Split('\n'),
            Marks = true,
        };
        MapReader? map = MapReader.Open(context, new Field(root, string.Empty), "a model: a map that begins with `neuromcu-model: 1`");
        ModelText? model = map == null ? null : new ModelTextReader(context, map, text).Read();
        if (model == null || context.ErrorCount > 0)
        {
            throw new NetworkFileException(context.Errors) { File = file, Verb = "model check" };
        }

        return model;
    }

    /// <summary>Reads a model that stands in a network file.</summary>
    /// <returns>The model; null after a report.</returns>
    public static ModelText? Read(ReadContext context, Field field)
    {
        int errors = context.ErrorCount;
        MapReader? map = MapReader.Open(context, field, "a model: a map that begins with `neuromcu-model: 1`");
        context.Marks = true;
        ModelText? model = map == null ? null : new ModelTextReader(context, map, string.Empty).Read();
        context.Marks = false;
        return context.ErrorCount == errors ? model : null;
    }

    private ModelText? Read()
    {
        _errors = _context.ErrorCount;
        Field? version = _map.Take("neuromcu-model");
        if (version == null)
        {
            bool isRule = _map.Take("neuromcu-learning") != null;
            _context.Error(_map.Field, isRule ? "is a learning rule, no model of a neuron" : "is no model: `neuromcu-model` is missing",
                isRule ? "check it with `neuromcu model check`, and give it to a projection: `learning: ./" + Path.GetFileName(_context.File) + "`"
                : "begin the file with `neuromcu-model: 1`");
            return null;
        }

        Scalars.Integer(_context, version, 1, 1);
        Field? nameField = _map.Require("name", "my-neuron");
        string name = nameField?.Text ?? string.Empty;
        string title = _map.Take("title")?.Text ?? string.Empty;
        string source = _map.Take("source")?.Text ?? string.Empty;
        _map.Take("about");
        Field? method = _map.Take("method");
        StepMethod chosen = Method(method, "auto", "euler", "exponential", "midpoint", "rk4") ?? StepMethod.Auto;
        Field? step = _map.Take("step");
        int? madeFor = step == null ? null : Scalars.Microseconds(_context, step, LeastStep, MostStep);
        Field? substeps = _map.Take("substeps");
        int parts = substeps == null ? 1 : (int)(Scalars.Integer(_context, substeps, 1, MostSubsteps) ?? 1);
        Field? bytes = _map.Take("table_bytes");
        long? tableBytes = bytes == null ? null : Scalars.Integer(_context, bytes, LeastTableBytes, MostTableBytes);
        Field? parameters = _map.Take("parameters");
        Field? inputs = _map.Take("inputs");
        Field? tables = _map.Take("tables");
        Field? states = _map.Require("state", "{v: {start: -70 mV, range: [-100 mV, 40 mV]}}");
        Field? outputs = _map.Take("outputs");
        Field? equations = _map.Require("equations", "|\n  dv/dt = ...");
        Field? spike = _map.Take("spike");
        Field? refractory = _map.Take("refractory");
        Field? on = _map.Take("on");
        Field? presets = _map.Take("presets");
        _map.Finish();
        (string Name, Field At, Field Value)[] given = [.. Entries(parameters, "parameters")];
        _written = new DefinitionOrder(given.Select(p => (p.Name, (int)p.At.Node.Start.Line, DefaultOf(p.Value))));
        foreach ((string key, Field at, Field value) in given)
        {
            _current = key;
            if (Declare(key, at) && CanBeGiven(key, at, "populations", "model", "size", "preset", "positions", "site"))
            {
                ReadParameter(key, value);
            }
        }

        foreach ((string key, Field at, Field value) in Entries(tables, "tables"))
        {
            if (Declare(key, at))
            {
                ReadTable(key, value);
            }
        }

        foreach ((string key, Field at, Field value) in Entries(inputs, "inputs"))
        {
            if (Declare(key, at) && CanBeGiven(key, at, "populations", "model", "size", "preset", "positions", "site"))
            {
                ReadInput(key, value);
            }
        }

        List<StateHead> heads = [];
        foreach ((string key, Field at, Field value) in Entries(states, "states"))
        {
            if (Declare(key, at) && ReadState(key, value) is { } head)
            {
                heads.Add(head);
                if (_inputs.Count + heads.Count == MostVariables + 1)
                {
                    _context.Error(at, "is one state or input too many: each takes one of a program's 255 registers",
                        "drop states, or make two populations of it");
                }
            }
        }

        if (equations == null || states == null || _context.ErrorCount > _errors)
        {
            return null;
        }

        // From here on values change in time.
        _dimensions[ModelText.Time] = s_time;
        _functionArguments[Noise] = 0;
        _names.Add(ModelText.Time);
        Dictionary<string, (Expr Rate, SourceLocation Location)> rates = ReadEquations(equations, heads);
        ModelEvent? fires = spike == null ? null : ReadEvent(spike, heads, needsThen: false);
        List<ModelEvent> events = on == null ? [] : [.. ReadEvents(on, heads)];
        if (refractory != null && spike == null)
        {
            _context.Error(refractory, "has no effect: the model has no `spike`", "add `spike: {when: v >= 30 mV}`, or remove the line");
        }

        (Expr? time, string held) = ReadRefractory(refractory, heads);
        List<ModelOutput> shown = [.. Entries(outputs, "outputs").Select(o => ReadOutput(o.Name, o.Key, o.Value)).OfType<ModelOutput>()];
        if (_context.ErrorCount > _errors)
        {
            return null;
        }

        return new ModelText
        {
            Name = name,
            File = _context.File,
            Text = _text,
            Title = title,
            Source = source,
            Method = chosen,
            Definitions = [.. _definitions.Select(d => (d.Key, _dimensions[d.Key], d.Value))],
            Noises = _noises,
            Substeps = parts,
            TableBytes = (int?)tableBytes,
            Parameters = _parameters,
            Inputs = _inputs,
            States = heads.Select(s => new ModelState(
                s.Name, _dimensions[s.Name], _units[s.Name], s.Start, s.Least, s.Most, rates[s.Name].Rate,
                    chosen is StepMethod.Midpoint or StepMethod.Rk4 ? chosen : s.Method ?? chosen, s.About, rates[s.Name].Location)
            { RangeLocation = s.RangeLocation, StartText = s.StartText })
                        .ToArray(),
            Outputs = shown,
            Spike = fires,
            Refractory = time,
            Held = held,
            Events = events,
            Presets = ReadPresets(presets),
            Location = _context.LocationOf(nameField ?? _map.Field),
            Step = madeFor,
            Equations = Piece(equations),
            Lines = _context.Lines,
        };
    }

    private (string Name, Field Key, Field Value)[] Entries(Field? field, string what)
    {
        MapReader? map = field == null ? null : MapReader.Open(_context, field, "a map of " + what);
        return map == null ? [] : [.. map.Entries()];
    }

    private bool Declare(string name, Field key)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            _context.Error(key, "is `" + name + "`, which is no name", "begin with a letter; letters, digits and `_` may follow");
            return false;
        }

        if (ExprParser.Functions.Contains(name, StringComparer.Ordinal) || name is "and" or "or" or "not" or Noise or ModelText.Time)
        {
            _context.Error(key, "is `" + name + "`, a word of the language",
                name is ModelText.Time ? "choose another name: `t` is the time since the start" : "choose another name");
            return false;
        }

        if (!_names.Add(name) && !(name == StepWord && !_ownStepWord))
        {
            _context.Error(key, "names `" + name + "` a second time", "give each parameter, input and state a name of its own");
            return false;
        }

        _ownStepWord |= name == StepWord;
        return true;
    }

    // A network gives values under their names, beside fields of its own.
    private bool CanBeGiven(string name, Field key, string where, params string[] fields)
    {
        if (fields.Contains(name, StringComparer.Ordinal))
        {
            _context.Error(key, "is `" + name + "`, a field of " + where + " in network files", "choose another name");
            return false;
        }

        return true;
    }

    private SourcePiece Piece(Field field) => new(_context, _context.Lines, field);

    // Several lines of text; null (reported) for a list or a map.
    private SourcePiece? Block(Field field, string example)
    {
        if (field.Text != null)
        {
            return Piece(field);
        }

        _context.Error(field, "is " + field.Describe() + ", expected lines of text",
            "end this line with `|` and write one per line below it, such as `" + example + "`");
        return null;
    }

    private PhysicalDimension DimensionOf(string name) => name == ModelText.StepName ? s_time : _dimensions[name];

    // An expression of what has been declared so far, checked.
    private PhysicalDimension _measured;

    private Dictionary<string, IReadOnlyDictionary<string, double>> ReadPresets(Field? field)
    {
        Dictionary<string, IReadOnlyDictionary<string, double>> presets = new(StringComparer.Ordinal);
        foreach ((string name, Field _, Field values) in Entries(field, "presets"))
        {
            Dictionary<string, double> preset = new(StringComparer.Ordinal);
            foreach ((string key, Field at, Field value) in Entries(values, "values"))
            {
                ModelParameter? parameter = _parameters.Find(p => string.Equals(p.Name, key, StringComparison.Ordinal));
                bool input = _inputs.Exists(i => string.Equals(i.Name, key, StringComparison.Ordinal));
                if (parameter == null && !input)
                {
                    string[] known = [.. _parameters.Select(p => p.Name), .. _inputs.Select(i => i.Name)];
                    _context.Error(at, "sets `" + key + "`, which is no parameter or input",
                        Suggestion.Hint(key, known) ?? "known: " + string.Join(", ", known), DiagnosticKind.Name);
                }
                else if (Value(value, _dimensions[key], "`" + key + "`") is { } e)
                {
                    preset[key] = Constant(e);
                    if (parameter != null && !(preset[key] >= parameter.Least && preset[key] <= parameter.Most))
                    {
                        _context.Error(value, "is " + value.Describe() + ", outside the range of `" + key + "`",
                            "write a value from " + parameter.Unit.Text(parameter.Least) + " to " + parameter.Unit.Text(parameter.Most));
                    }
                }
            }

            presets[name] = preset;
        }

        return presets;
    }

    private sealed record StateHead(string Name, Expr Start, Expr Least, Expr Most, StepMethod? Method, string About,
        SourceLocation RangeLocation, SourcePiece StartText);
}
