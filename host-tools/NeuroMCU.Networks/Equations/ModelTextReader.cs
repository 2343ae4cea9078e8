// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Equations;

/// <summary>Reads the text of a model.</summary>
internal sealed partial class ModelTextReader
{
    private const int MostSubsteps = 32;
    private const int LeastStep = 10;
    private const int MostStep = 100000;
    private const int MostPoints = 1000;
    private const string Noise = "noise";

    private static readonly PhysicalDimension s_time = new(0, 0, 1, 0, 0);

    private readonly Dictionary<string, PointTable> _tables = new(StringComparer.Ordinal);
    private readonly List<string> _noises = [];
    private readonly ReadContext _context;
    private readonly MapReader _map;
    private readonly string _text;
    private readonly IReadOnlyList<string> _lines;
    private readonly Dictionary<string, PhysicalDimension> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _defaults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DisplayUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expr> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string[] Arguments, Expr Body)> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _functionArguments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { "h" };
    private readonly List<ModelParameter> _parameters = [];
    private readonly List<ModelInput> _inputs = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private DefinitionOrder? _written;
    private string _current = string.Empty;
    private int _errors;

    private ModelTextReader(ReadContext context, MapReader map, string text, IReadOnlyList<string> lines)
    {
        _context = context;
        _map = map;
        _text = text;
        _lines = lines;
        _dimensions["h"] = s_time;
    }

    /// <summary>Reads a model.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static ModelText Read(string text, string file)
    {
        YamlNode root = YamlText.Parse(text, file, "write one model that begins with `neuromcu-model: 1`");
        ReadContext context = new(file, System.IO.Path.GetDirectoryName(file) ?? string.Empty);
        MapReader? map = MapReader.Open(context, new Field(root, string.Empty), "a model: a map that begins with `neuromcu-model: 1`");
        ModelText? model = map == null ? null : new ModelTextReader(context, map, text, text.Split('\n')).Read();
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
        ModelText? model = map == null ? null : new ModelTextReader(context, map, string.Empty, context.Lines).Read();
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
                isRule ? "give it to a projection: `learning: ./" + Path.GetFileName(_context.File) + "`"
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
        foreach ((string key, Field at, Field value) in Entries(parameters, "parameters"))
        {
            if (Declare(key, at))
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
            if (Declare(key, at))
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
        List<ModelEvent> events = on?.Items == null ? [] : Enumerable.Range(0, on.Items.Children.Count)
            .Select(i => ReadEvent(on.Item(i), heads, needsThen: true)).OfType<ModelEvent>().ToList();
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
            Lines = _lines,
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

        if (ExprParser.Functions.Contains(name, StringComparer.Ordinal) || name is "and" or "or" or "not" or "h" or Noise or ModelText.Time)
        {
            _context.Error(key, "is `" + name + "`, a word of the language", "choose another name");
            return false;
        }

        if (!_names.Add(name))
        {
            _context.Error(key, "names `" + name + "` a second time", "give each parameter, input and state a name of its own");
            return false;
        }

        return true;
    }

    private SourcePiece Piece(Field field) => new(_context, _lines, field);

    private PhysicalDimension DimensionOf(string name) => _dimensions[name];

    // An expression of what has been declared so far, checked.
    private PhysicalDimension _measured;

    private Expr? Value(Field field, PhysicalDimension? expected, string what)
    {
        if (field.Text == null)
        {
            _context.Error(field, "is " + field.Describe() + ", expected a value", "write a number with its unit, such as `10 mV`");
            return null;
        }

        SourcePiece piece = Piece(field);
        return Parse(piece, 0, piece.Text.Length, expected, what);
    }

    private Expr? Parse(SourcePiece piece, int start, int end, PhysicalDimension? expected, string what)
    {
        try
        {
            Expr raw = new ExprParser(piece.Text, start, end, _names.Contains, _functionArguments).Read();
            CheckNames(raw, []);
            Expr expanded = Expand(raw);
            if (expected == null)
            {
                _measured = Dimensions.Of(expanded, DimensionOf);
            }
            else if (expected is { } dimension)
            {
                Dimensions.Require(expanded, DimensionOf, dimension, what);
            }

            return Symbolic.Replace(expanded, Definition);
        }
        catch (ExprException e)
        {
            piece.Error(e);
            return null;
        }
    }

    private Expr? Definition(string name) => _definitions.GetValueOrDefault(name);

    private void CheckNames(Expr e, IReadOnlyCollection<string> local)
    {
        if (e.Op == Op.Name && !_dimensions.ContainsKey(e.Name) && !local.Contains(e.Name))
        {
            if (_broken.Contains(e.Name))
            {
                throw new ExprException(e.Start, e.End, "uses `" + e.Name + "`, which has an error", string.Empty) { Follows = true };
            }

            if (_written?.Explain(_current, e.Name) is { } order)
            {
                throw new ExprException(e.Start, e.End, order.Cause, order.Hint);
            }
        }

        if (e.Op == Op.Name && !_dimensions.ContainsKey(e.Name) && !local.Contains(e.Name))
        {
            string hint = UnitText.TryFind(e.Name, out _) ? "a unit stands behind its number: `1 " + e.Name + "`"
                : (e.Name.Length > 1 ? Suggestion.Hint(e.Name, _dimensions.Keys) : null)
                ?? "known here: " + string.Join(", ", _dimensions.Keys.Order(StringComparer.Ordinal));
            string cause = _names.Contains(e.Name) ? "uses `" + e.Name + "` before it is defined"
                : "uses `" + e.Name + "`, which is no name of this model";
            throw new ExprException(e.Start, e.End, cause, hint);
        }

        foreach (Expr arg in e.Args)
        {
            CheckNames(arg, local);
        }
    }

    // Calls of the model's own functions become their bodies; places are those of the call.
    private Expr Expand(Expr e)
    {
        Expr[] args = [.. e.Args.Select(Expand)];
        if (e.Op != Op.Call)
        {
            return e.With(args);
        }

        // Each place where it is written is a source of its own.
        if (string.Equals(e.Name, Noise, StringComparison.Ordinal))
        {
            string name = Noise + " " + (_noises.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _noises.Add(name);
            _dimensions[name] = s_time.Power(-0.5);
            return new Expr(Op.Name, [], e.Start, e.End) { Name = name };
        }

        if (_tables.TryGetValue(e.Name, out PointTable? table))
        {
            return new Expr(Op.Lookup, args, e.Start, e.End) { Name = e.Name, Table = table };
        }

        (string[] arguments, Expr body) = _functions[e.Name];
        Expr inner = Symbolic.Replace(body, n => Array.IndexOf(arguments, n) is >= 0 and int at ? args[at] : null);
        return new Expr(inner.Op, inner.Args, e.Start, e.End)
        {
            Value = inner.Value,
            Name = inner.Name,
            Dimension = inner.Dimension,
            Table = inner.Table
        };
    }

    private double Constant(Expr e) => Symbolic.Evaluate(e, n => _defaults.TryGetValue(n, out double value) ? value : double.NaN);

    private void ReadParameter(string name, Field field)
    {
        Field? range = null;
        Field? given = field;
        string about = string.Empty;
        if (field.Node is YamlMappingNode)
        {
            MapReader map = MapReader.Open(_context, field, "a parameter")!;
            given = map.Require("default", "10 mV");
            range = map.Take("range");
            about = map.Take("about")?.Text ?? string.Empty;
            map.Finish();
        }

        if (given == null || Quantity(given) is not { } value)
        {
            return;
        }

        _dimensions[name] = value.Dimension;
        _defaults[name] = value.Value;
        _units[name] = value.Unit;
        (Expr Least, Expr Most)? ends = range == null ? (Expr.Number(double.NegativeInfinity), Expr.Number(double.PositiveInfinity))
            : Range(range, value.Dimension, name);
        if (ends is { } e)
        {
            if (!(value.Value >= Constant(e.Least) && value.Value <= Constant(e.Most)))
            {
                _context.Error(given, "is " + given.Describe() + ", outside the range of `" + name + "`",
                    "write a value from " + value.Unit.Text(Constant(e.Least)) + " to " + value.Unit.Text(Constant(e.Most)));
            }

            _parameters.Add(new ModelParameter(name, value.Dimension, value.Unit, value.Value, Constant(e.Least), Constant(e.Most), about));
        }
    }

    // `10 mV`, or `0.04 1/(mV ms)`: a number and any unit. Other expressions of parameters will do as well.
    private (double Value, PhysicalDimension Dimension, DisplayUnit Unit)? Quantity(Field field)
    {
        string text = field.Text ?? string.Empty;
        if (Files.Units.Quantity.TrySplit(text, out double number, out string symbol)
            && UnitText.TryParse(symbol.Length == 0 ? "1" : symbol, out UnitText unit))
        {
            return (number * unit.Scale, unit.Dimension, new DisplayUnit(symbol.Length == 0 ? "1" : symbol, unit.Scale));
        }

        return Value(field, null, "a default") is { } e ? (Constant(e), _measured, UnitFor(_measured, null)) : null;
    }

    private (Expr Least, Expr Most)? Range(Field field, PhysicalDimension dimension, string name)
    {
        if (field.Items?.Children.Count != 2)
        {
            _context.Error(field, "is " + field.Describe() + ", expected two ends", "write `[least, most]`");
            return null;
        }

        Expr? least = Value(field.Item(0), dimension, "the range of `" + name + "`");
        Expr? most = Value(field.Item(1), dimension, "the range of `" + name + "`");
        if (least == null || most == null)
        {
            return null;
        }

        if (!(Constant(least) < Constant(most)))
        {
            _context.Error(field, "runs from a higher to a lower value", "write `[least, most]`");
            return null;
        }

        return (least, most);
    }

    // `{x: [-80 mV, 0 mV], y: [0, 1]}`, or `{file: points.csv, x: mV, y: 1}` with two columns.
    private void ReadTable(string name, Field field)
    {
        MapReader? map = MapReader.Open(_context, field, "points such as `{x: [-80 mV, 0 mV], y: [0, 1]}`");
        Field? file = map?.Take("file");
        Field? x = map?.Require("x", file == null ? "[-80 mV, 0 mV]" : "mV");
        Field? y = map?.Require("y", file == null ? "[0, 1]" : "1");
        map?.Take("about");
        map?.Finish();
        if (x == null || y == null)
        {
            return;
        }

        (double[] Values, PhysicalDimension Dimension)? places = file == null ? Points(x) : Column(file, x, 0);
        (double[] Values, PhysicalDimension Dimension)? values = file == null ? Points(y) : Column(file, y, 1);
        if (places is not { } px || values is not { } py)
        {
            return;
        }

        int wrong = Enumerable.Range(1, Math.Max(0, px.Values.Length - 1)).FirstOrDefault(i => !(px.Values[i] > px.Values[i - 1]));
        if (px.Values.Length < 2 || px.Values.Length > MostPoints || px.Values.Length != py.Values.Length || wrong > 0)
        {
            string cause = wrong > 0 ? "has a place that is not above the one before it, the " + Ordinal(wrong + 1)
                : FormattableString.Invariant($"has {px.Values.Length} places and {py.Values.Length} values");
            _context.Error(field, cause, FormattableString.Invariant($"write 2 to {MostPoints} places that rise, and as many values"));
            return;
        }

        _tables[name] = new PointTable(px.Values, py.Values, px.Dimension, py.Dimension);
        _functionArguments[name] = 1;
    }

    private static string Ordinal(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ".";

    private (double[] Values, PhysicalDimension Dimension)? Points(Field field)
    {
        if (field.Items == null)
        {
            _context.Error(field, "is " + field.Describe() + ", expected a list", "write values with their unit: `[-80 mV, -40 mV, 0 mV]`");
            return null;
        }

        List<double> values = [];
        PhysicalDimension? dimension = null;
        for (int i = 0; i < field.Items.Children.Count; i++)
        {
            Field item = field.Item(i);
            if (Value(item, dimension, "a point of this list") is not { } e)
            {
                return null;
            }

            dimension ??= e.IsNumber && e.Value == 0 && _measured.IsNone ? null : _measured;
            values.Add(Constant(e));
        }

        return ([.. values], dimension ?? default);
    }

    private (double[] Values, PhysicalDimension Dimension)? Column(Field file, Field unitField, int column)
    {
        if (file.Text == null || !UnitText.TryParse(unitField.Text ?? string.Empty, out UnitText unit))
        {
            _context.Error(unitField, "is " + unitField.Describe() + ", which is no unit",
                "write the unit of this column, such as mV, nS or 1", DiagnosticKind.Unit);
            return null;
        }

        string[] lines;
        try
        {
            lines = System.IO.File.ReadAllLines(_context.ReadFile(file.Text));
        }
        catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _context.Error(file, "cannot be read: " + e.Message, "check the path; it is taken from the folder of this file");
            return null;
        }

        List<double> values = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',', ';', '\t');
            bool read = double.TryParse(column < cells.Length ? cells[column].Trim() : string.Empty,
                System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value);
            if (read)
            {
                values.Add(value * unit.Scale);
            }
            else if (i > 0 && lines[i].Trim().Length > 0)
            {
                _context.Error(
                    new SourceLocation(file.Text, i + 1, 1, file.Path),
                    FormattableString.Invariant($"has no number in column {column + 1}"),
                    "write two numbers per line, separated by a comma; the first line may be a heading");
                return null;
            }
        }

        return ([.. values], unit.Dimension);
    }

    private void ReadInput(string name, Field field)
    {
        MapReader? map = MapReader.Open(_context, field, "an input such as `{unit: pA, range: [-20 nA, 20 nA]}`");
        if (map == null)
        {
            return;
        }

        Field? unitField = map.Require("unit", "pA");
        Field? rangeField = map.Require("range", "[-20 nA, 20 nA]");
        Field? defaultField = map.Take("default");
        string about = map.Take("about")?.Text ?? string.Empty;
        map.Finish();
        if (unitField == null || rangeField == null)
        {
            return;
        }

        if (!UnitText.TryParse(unitField.Text ?? string.Empty, out UnitText unit))
        {
            _context.Error(unitField, "is " + unitField.Describe() + ", which is no unit", "write such as pA, mV, nS or 1",
                DiagnosticKind.Unit);
            return;
        }

        Expr? given = defaultField == null ? Expr.Number(0) : Value(defaultField, unit.Dimension, "`" + name + "`");
        if (given != null && Range(rangeField, unit.Dimension, name) is { } range)
        {
            _dimensions[name] = unit.Dimension;
            _units[name] = new DisplayUnit(unitField.Text!, unit.Scale);
            _inputs.Add(new ModelInput(name, unit.Dimension, _units[name], given, range.Least, range.Most, about)
            {
                RangeLocation = _context.LocationOf(rangeField),
            });
        }
    }

    private StateHead? ReadState(string name, Field field)
    {
        MapReader? map = MapReader.Open(_context, field, "a state such as `{start: -70 mV, range: [-100 mV, 40 mV]}`");
        if (map == null)
        {
            return null;
        }

        Field? start = map.Require("start", "-70 mV");
        Field? range = map.Require("range", "[-100 mV, 40 mV]");
        Field? unitField = map.Take("unit");
        StepMethod? method = Method(map.Take("method"), "auto", "euler", "exponential");
        string about = map.Take("about")?.Text ?? string.Empty;
        map.Finish();
        if (start == null || range == null || Value(start, null, "a start") is not { } value)
        {
            return null;
        }

        PhysicalDimension dimension = _measured;
        if (value.IsNumber && value.Value == 0 && dimension.IsNone && range.Items is { Children.Count: 2 }
            && Value(range.Item(1), null, "a range") != null)
        {
            dimension = _measured;
        }

        if (Range(range, dimension, name) is not { } ends)
        {
            return null;
        }

        UnitText unit = new(1, default);
        if (unitField != null && (!UnitText.TryParse(unitField.Text ?? string.Empty, out unit) || unit.Dimension != dimension))
        {
            _context.Error(unitField, "is " + unitField.Describe() + ", no unit of " + dimension,
                "write the unit in which the variable is to be shown", DiagnosticKind.Unit);
            return null;
        }

        _dimensions[name] = dimension;
        _units[name] = unitField != null ? new DisplayUnit(unitField.Text!, unit.Scale) : UnitFor(dimension, range);
        return new StateHead(name, value, ends.Least, ends.Most, method, about, _context.LocationOf(range), Piece(start));
    }

    // The unit that the range is written in, where it is written in one that network files know as well.
    private static DisplayUnit UnitFor(PhysicalDimension dimension, Field? range)
    {
        foreach (Field item in range?.Items == null ? [] : new[] { range.Item(0), range.Item(1) })
        {
            if (Files.Units.Quantity.TrySplit(item.Text ?? string.Empty, out _, out string symbol) && symbol.Length > 0
                && UnitText.TryParse(symbol, out UnitText unit) && unit.Dimension == dimension)
            {
                return new DisplayUnit(symbol, unit.Scale);
            }
        }

        return dimension.Kind switch
        {
            Dimension.None => new DisplayUnit("1", 1),
            Dimension.Voltage => new DisplayUnit("mV", 1e-3),
            Dimension.Current => new DisplayUnit("nA", 1e-9),
            Dimension.Conductance => new DisplayUnit("nS", 1e-9),
            Dimension.Time => new DisplayUnit("ms", 1e-3),
            _ => new DisplayUnit("SI", 1),
        };
    }

    private StepMethod? Method(Field? field, params string[] known)
    {
        return field == null || Scalars.Choice(_context, field, known) is not { } word ? null
            : Enum.Parse<StepMethod>(word, ignoreCase: true);
    }

    private Dictionary<string, (Expr Rate, SourceLocation Location)> ReadEquations(Field field, List<StateHead> heads)
    {
        Dictionary<string, (Expr, SourceLocation)> rates = new(StringComparer.Ordinal);
        SourcePiece piece = Piece(field);
        _written = new DefinitionOrder(piece);
        foreach ((int start, int end) in EquationLines.Of(piece.Text))
        {
            _current = string.Empty;
            int equals = piece.Text.IndexOf('=', start, end - start);
            if (equals < 0)
            {
                piece.Error(start, end, "has a line that is no equation",
                    "write `dv/dt = ...` for a state, `name = ...` for a definition, `name(x) = ...` for a function");
                continue;
            }

            string left = piece.Text[start..equals].Trim();
            int body = equals + 1;
            if (left.StartsWith('d') && left.EndsWith("/dt", StringComparison.Ordinal))
            {
                ReadRate(piece, start, body, end, left[1..^3].Trim(), heads, rates);
            }
            else if (left.EndsWith(')'))
            {
                ReadFunction(piece, start, equals, body, end);
            }
            else if (NewName(piece, start, equals, left))
            {
                _current = left;
                if (Parse(piece, body, end, null, left) is { } value)
                {
                    _dimensions[left] = _measured;
                    _definitions[left] = value;
                }
                else
                {
                    _broken.Add(left);
                }
            }
        }

        foreach (StateHead head in heads.Where(s => !rates.ContainsKey(s.Name)))
        {
            if (_context.ErrorCount == _errors)
            {
                piece.Error(0, 1, "has no equation for the state `" + head.Name + "`",
                    "add `d" + head.Name + "/dt = ...`; write 0 for what only events change");
            }
        }

        return rates;
    }

    private bool NewName(SourcePiece piece, int start, int end, string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            piece.Error(start, end, "defines `" + name + "`, which is no name",
                "write `dv/dt = ...` for a state, `name = ...` for a definition, `name(x) = ...` for a function");
            return false;
        }

        if (_parameters.Exists(p => string.Equals(p.Name, name, StringComparison.Ordinal)))
        {
            piece.Error(start, end, "gives an equation to the parameter `" + name + "`",
                "declare it under `state` if it changes in time, or take it out of `parameters` if it is a definition");
            return false;
        }

        if (!_names.Add(name) || ExprParser.Functions.Contains(name, StringComparer.Ordinal))
        {
            piece.Error(start, end, "defines `" + name + "`, a name that is there already", "choose another name");
            return false;
        }

        return true;
    }

    private void ReadRate(
        SourcePiece piece, int start, int body, int end, string name, List<StateHead> heads, Dictionary<string,
        (Expr, SourceLocation)> rates)
    {
        if (_parameters.Exists(p => string.Equals(p.Name, name, StringComparison.Ordinal)))
        {
            piece.Error(start, body - 1, "gives an equation to the parameter `" + name + "`",
                "declare it under `state` with `start` and `range`, and take it out of `parameters`, if it changes in time");
            return;
        }

        if (!heads.Exists(s => string.Equals(s.Name, name, StringComparison.Ordinal)))
        {
            string hint = Suggestion.Hint(name, heads.Select(s => s.Name)) ?? "declare `" + name + "` under `state`";
            piece.Error(start, body - 1, "has an equation for `" + name + "`, which is no state", hint);
            return;
        }

        PhysicalDimension rate = _dimensions[name] / new PhysicalDimension(0, 0, 1, 0, 0);
        if (Parse(piece, body, end, rate, "d" + name + "/dt") is { } value && !rates.TryAdd(name, (value, piece.LocationOf(start))))
        {
            piece.Error(start, body - 1, "has a second equation for `" + name + "`", "write one equation per state");
        }
    }

    private void ReadFunction(SourcePiece piece, int start, int equals, int body, int end)
    {
        string left = piece.Text[start..equals].Trim();
        int open = left.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? string.Empty : left[..open].Trim();
        string[] arguments = open < 0 ? [] : left[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        if (!NewName(piece, start, equals, name))
        {
            return;
        }

        try
        {
            Expr raw = new ExprParser(piece.Text, body, end, n => _names.Contains(n) || arguments.Contains(n, StringComparer.Ordinal),
                _functionArguments).Read();
            CheckNames(raw, arguments);
            Expr expanded = Symbolic.Replace(Expand(raw), n => arguments.Contains(n, StringComparer.Ordinal) ? null : Definition(n));
            _functions[name] = (arguments, expanded);
            _functionArguments[name] = arguments.Length;
        }
        catch (ExprException e)
        {
            piece.Error(e);
        }
    }

    // `G: {unit: nS}`, where the equations say what G is.
    private ModelOutput? ReadOutput(string name, Field key, Field field)
    {
        MapReader? map = MapReader.Open(_context, field, "an output such as `{unit: nS}`");
        Field? unitField = map?.Require("unit", "nS");
        string about = map?.Take("about")?.Text ?? string.Empty;
        map?.Finish();
        if (!_definitions.TryGetValue(name, out Expr? value))
        {
            _context.Error(key, "names `" + name + "`, which the equations do not define", "write `" + name + " = ...` under `equations`",
                DiagnosticKind.Name);
            return null;
        }

        if (unitField == null)
        {
            return null;
        }

        if (!UnitText.TryParse(unitField.Text ?? string.Empty, out UnitText unit) || unit.Dimension != _dimensions[name])
        {
            _context.Error(
                unitField, "is " + unitField.Describe() + ", but `" + name + "` measures " + _dimensions[name],
                "write the unit in which it is to be shown", DiagnosticKind.Unit);
            return null;
        }

        return new ModelOutput(name, new DisplayUnit(unitField.Text!, unit.Scale), value, about);
    }

    private ModelEvent? ReadEvent(Field field, List<StateHead> heads, bool needsThen)
    {
        MapReader? map = MapReader.Open(_context, field, "a map with `when` and `then`");
        Field? when = map?.Require("when", "v >= 30 mV");
        Field? then = needsThen ? map?.Require("then", "v = -65 mV") : map?.Take("then");
        map?.Finish();
        if (when == null || Value(when, default(PhysicalDimension), "a condition") is not { } condition)
        {
            return null;
        }

        if (condition.Op is not (Op.AtLeast or Op.Above or Op.And or Op.Or or Op.Not))
        {
            _context.Error(when, "is `" + when.Text + "`, which is no condition", "write a comparison, such as `v >= 30 mV`");
            return null;
        }

        List<(string, Expr)> assignments = [];
        if (then != null)
        {
            SourcePiece piece = Piece(then);
            foreach ((int start, int end) in EquationLines.Of(piece.Text))
            {
                int equals = piece.Text.IndexOf('=', start, end - start);
                string name = equals < 0 ? string.Empty : piece.Text[start..equals].Trim();
                if (!heads.Exists(s => string.Equals(s.Name, name, StringComparison.Ordinal)))
                {
                    piece.Error(start, equals < 0 ? end : equals, "sets `" + name + "`, which is no state",
                        "write `state = value`, one per line; states: " + string.Join(", ", heads.Select(s => s.Name)));
                }
                else if (Parse(piece, equals + 1, end, _dimensions[name], "`" + name + "`") is { } value)
                {
                    assignments.Add((name, value));
                }
            }
        }

        return new ModelEvent(condition, assignments) { Condition = Piece(when) };
    }

    private (Expr? Time, string Held) ReadRefractory(Field? field, List<StateHead> heads)
    {
        string held = heads.Count > 0 ? heads[0].Name : string.Empty;
        if (field == null)
        {
            return (null, held);
        }

        Field? time = field;
        if (field.Text == null)
        {
            MapReader? map = MapReader.Open(_context, field, "a time, or `{time: 2 ms, hold: v}`");
            time = map?.Require("time", "2 ms");
            Field? hold = map?.Take("hold");
            map?.Finish();
            held = hold == null ? held : Scalars.Choice(_context, hold, [.. heads.Select(s => s.Name)]) ?? held;
        }

        return (time == null ? null : Value(time, new PhysicalDimension(0, 0, 1, 0, 0), "a refractory period"), held);
    }

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
                    string known = string.Join(", ", _parameters.Select(p => p.Name).Concat(_inputs.Select(i => i.Name)));
                    _context.Error(at, "sets `" + key + "`, which is no parameter or input", "known: " + known, DiagnosticKind.Name);
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
