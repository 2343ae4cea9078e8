// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Equations;

/// <summary>Reads the text of a learning rule: parameters and expressions are those of a model.</summary>
internal sealed partial class ModelTextReader
{
    private const double UsualMost = 30;

    // What one would not choose lies too far from 2^30 for the resolution that is left.
    private const double LargestMost = 1e6;

    private static readonly (string Key, int Owner, string About)[] s_owners =
    [
        ("pre", LearningOwner.Source, "a source neuron"), ("post", LearningOwner.Target, "a target neuron"),
        ("synapse", LearningOwner.Synapse, "a synapse"), ("global", LearningOwner.Projection, "the projection"),
    ];

    private static readonly (string Key, int Event)[] s_events =
    [
        ("on pre", LearningEvent.Arrival), ("on post", LearningEvent.Firing), ("on modulation", LearningEvent.Modulation), ("on time", LearningEvent.Time),
    ];

    private readonly List<RuleVariable> _variables = [];
    private readonly List<ModelState> _ruleStates = [];

    /// <summary>Reads a learning rule.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">File that messages name.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static LearningRule ReadRule(string text, string file)
    {
        YamlNode root = YamlText.Parse(text, file, "write one rule that begins with `neuromcu-learning: 1`");
        ReadContext context = new(file, System.IO.Path.GetDirectoryName(file) ?? string.Empty)
        {
            Lines = text.Split('\n'),
            Marks = true,
        };
        MapReader? map = MapReader.Open(context, new Field(root, string.Empty), "a rule: a map that begins with `neuromcu-learning: 1`");
        LearningRule? rule = map == null ? null : new ModelTextReader(context, map, text).ReadRule();
        if (rule == null || context.ErrorCount > 0)
        {
            throw new NetworkFileException(context.Errors) { File = file };
        }

        return rule;
    }

    /// <summary>Reads a rule that stands in a network file.</summary>
    /// <param name="context">The file.</param>
    /// <param name="field">The map of the rule.</param>
    /// <returns>The rule; null after a report.</returns>
    public static LearningRule? ReadRule(ReadContext context, Field field)
    {
        int errors = context.ErrorCount;
        MapReader? map = MapReader.Open(context, field, "a rule: a map that begins with `neuromcu-learning: 1`");
        context.Marks = true;
        LearningRule? rule = map == null ? null : new ModelTextReader(context, map, string.Empty).ReadRule();
        context.Marks = false;
        return context.ErrorCount == errors ? rule : null;
    }

    private LearningRule? ReadRule()
    {
        _errors = _context.ErrorCount;
        Field? version = _map.Take("neuromcu-learning");
        if (version == null)
        {
            _context.Error(_map.Field, "is no learning rule: `neuromcu-learning` is missing", "begin the file with `neuromcu-learning: 1`");
            return null;
        }

        Scalars.Integer(_context, version, 1, 1);
        Field? nameField = _map.Require("name", "my-rule");
        string title = _map.Take("title")?.Text ?? string.Empty;
        string source = _map.Take("source")?.Text ?? string.Empty;
        _map.Take("about");
        Field? parameters = _map.Take("parameters");
        Field?[] owners = [.. s_owners.Select(o => _map.Take(o.Key))];
        Field? intervalField = _map.Take("interval");
        Field?[] blocks = [.. s_events.Select(e => _map.Take(e.Key))];
        Field? presets = _map.Take("presets");
        _map.Finish();

        // A step has no meaning between events.
        _dimensions.Remove(StepWord);
        foreach ((string key, Field at, Field value) in Entries(parameters, "parameters"))
        {
            if (Declare(key, at) && CanBeGiven(key, at, "`learning`", "rule", "preset", "modulator"))
            {
                ReadParameter(key, value);
            }
        }

        Expr? interval = intervalField == null ? null : Value(intervalField, s_time, "an interval");
        AddState(LearningRule.Weight, 0, 0, 1);
        _names.Add(LearningRule.Weight);
        AddState(LearningRule.Sent, 0, 0, 1);
        for (int i = 0; i < owners.Length; i++)
        {
            foreach ((string key, Field at, Field value) in Entries(owners[i], "variables of " + s_owners[i].About))
            {
                if (Declare(key, at))
                {
                    ReadVariable(key, value, s_owners[i].Owner);
                }
            }
        }

        if (_context.ErrorCount > _errors)
        {
            return null;
        }

        if (_variables.Count > LearningTable.MaxVariables)
        {
            _context.Error(_map.Field, FormattableString.Invariant($"has {_variables.Count} variables"), FormattableString.Invariant($"a rule has {LearningTable.MaxVariables} at most"));
        }

        List<RuleStep> steps = [];
        for (int i = 0; i < blocks.Length; i++)
        {
            if (blocks[i] is { } block)
            {
                steps.Add(new RuleStep(s_events[i].Event, ReadLines(block, s_events[i].Event, s_events[i].Key)));
            }
        }

        if (steps.Count == 0 && _context.ErrorCount == _errors)
        {
            _context.Error(_map.Field, "has no block, so that nothing ever changes", "add `on pre: |`, `on post: |`, `on modulation: |` or `on time: |` with lines such as `w = w + 0.01*x`");
        }

        if ((interval == null) == Array.Exists(s_events, e => e.Event == LearningEvent.Time && blocks[Array.IndexOf(s_events, e)] != null))
        {
            _context.Error(intervalField ?? _map.Field, "has one of `interval` and `on time` without the other", "write both, such as `interval: 1 s` and `on time: |`");
        }

        return _context.ErrorCount > _errors
            ? null
            : new LearningRule
            {
                Model = new ModelText
                {
                    Name = nameField?.Text ?? string.Empty,
                    File = _context.File,
                    Text = _text,
                    Title = title,
                    Source = source,
                    Method = StepMethod.Euler,
                    Noises = [],
                    Substeps = 1,
                    Parameters = _parameters,
                    Inputs = [],
                    Definitions = [],
                    States = _ruleStates,
                    Outputs = [],
                    Spike = null,
                    Refractory = null,
                    Held = LearningRule.Weight,
                    Events = [],
                    Presets = ReadPresets(presets),
                    Location = _context.LocationOf(nameField ?? _map.Field),
                },
                Variables = _variables,
                Steps = steps,
                Interval = interval,
                Location = _context.LocationOf(intervalField ?? _map.Field),
            };
    }

    private void AddState(string name, double start, double least, double most)
    {
        _dimensions[name] = default;
        _ruleStates.Add(new ModelState(
            name, default, new DisplayUnit("1", 1), Expr.Number(start), Expr.Number(least), Expr.Number(most), Expr.Number(0), StepMethod.Euler, string.Empty, _context.LocationOf(_map.Field)));
    }

    // `{decay: tau}`, `{count: 1 s, most: 100}`, `{}`; with `start` and `range`.
    private void ReadVariable(string name, Field field, int owner)
    {
        MapReader? map = MapReader.Open(_context, field, "a variable such as `{decay: 20 ms}`, `{count: 1 s, most: 100}` or `{start: 0, range: [0, 1]}`");
        Field? decay = map?.Take("decay");
        Field? count = map?.Take("count");
        Field? mostField = map?.Take("most");
        Field? startField = map?.Take("start");
        Field? rangeField = map?.Take("range");
        map?.Take("about");
        map?.Finish();
        if (map == null)
        {
            return;
        }

        if (decay != null && count != null)
        {
            _context.Error(field, "has both `decay` and `count`", "leave one of them out");
            return;
        }

        if (count != null && owner != LearningOwner.Source)
        {
            _context.Error(count, "counts arrivals, which only a source neuron has", "declare it under `pre`");
            return;
        }

        if (count != null && (startField != null || rangeField != null))
        {
            _context.Error(startField ?? rangeField!, "does not fit `count`, which starts at 0 and ends at `most`", "leave it out");
            return;
        }

        if (count == null && mostField != null)
        {
            _context.Error(mostField, "is for `count` only", "write `range: [0, 10]` instead");
            return;
        }

        Expr? time = decay == null && count == null ? null : Value(decay ?? count!, s_time, decay != null ? "a time constant" : "a window");
        int lookBack = count == null ? 0 : (int)(mostField == null ? 100
            : Scalars.Integer(_context, mostField, 1, LearningTable.MaxLookBack) ?? 1);
        (Expr Least, Expr Most)? range =
            rangeField == null ? (Expr.Number(0), Expr.Number(count == null ? UsualMost : lookBack)) : Range(rangeField, default, name);
        Expr? start = startField == null ? Expr.Number(0) : Value(startField, default(PhysicalDimension), "a start");
        if (range is not { } ends || start == null)
        {
            return;
        }

        double least = Constant(ends.Least);
        double most = Constant(ends.Most);
        double first = Constant(start);
        if (!(least <= 0 && most > 0 && Math.Max(-least, most) <= LargestMost && first >= least && first <= most))
        {
            _context.Error(rangeField ?? startField ?? field, "does not hold 0 and its start, or is wider than a million", "write a `range` from 0 or less to more than 0, such as `[0, 30]`");
            return;
        }

        AddState(name, first, least, most);
        _variables.Add(new RuleVariable(name, owner, count != null ? LearningCourse.Counts : decay != null ? LearningCourse.Decays
            : LearningCourse.Stays, time, lookBack));
    }

    private List<RuleLine> ReadLines(Field field, int at, string block)
    {
        List<RuleLine> lines = [];
        if (Block(field, "w = w + 0.01*x") is not { } piece)
        {
            return lines;
        }

        foreach ((int start, int end) in EquationLines.Of(piece.Text))
        {
            if (piece.Text.AsSpan(start, end - start).StartsWith("send ", StringComparison.Ordinal))
            {
                if (at != LearningEvent.Arrival)
                {
                    piece.Error(start, end, "sends, but nothing arrives in `" + block + "`", "write `send` in `on pre`");
                }
                else if (lines.Exists(l => string.Equals(l.Name, LearningRule.Sent, StringComparison.Ordinal)))
                {
                    piece.Error(start, end, "sends a second time", "write one `send` in a block: what arrives is one value");
                }
                else if (Parse(piece, start + 5, end, default(PhysicalDimension), "what is sent") is { } sent)
                {
                    lines.Add(new RuleLine(LearningRule.Sent, sent, piece));
                }

                continue;
            }

            int equals = piece.Text.IndexOf('=', start, end - start);
            string name = equals < 0 ? string.Empty : piece.Text[start..equals].Trim();
            if (!CanSet(piece, start, equals < 0 ? end : equals, name, at, block)
                || Parse(piece, equals + 1, end, default(PhysicalDimension), "`" + name + "`") is not { } value)
            {
                continue;
            }

            string? varies = IsShared(name, at) ? value.Names().FirstOrDefault(n => _ruleStates.Exists(s =>
                string.Equals(s.Name, n, StringComparison.Ordinal)) && !IsShared(n, at)) : null;
            if (varies != null)
            {
                piece.Error(equals + 1, end, "sets `" + name + "`, one value for all synapses of the event, from `" + varies + "`, which differs between them", "leave `" + varies + "` out of this line");
                continue;
            }

            lines.Add(new RuleLine(name, value, piece));
        }

        return lines;
    }

    private bool CanSet(SourcePiece piece, int start, int end, string name, int at, string block)
    {
        RuleVariable? variable = _variables.Find(v => string.Equals(v.Name, name, StringComparison.Ordinal));
        string[] known =
        [
            LearningRule.Weight,
            .. _variables.Where(v => v.Course != LearningCourse.Counts && (v.Owner is LearningOwner.Synapse or LearningOwner.Projection
                || IsShared(v.Name, at))).Select(v => v.Name),
        ];
        if (known.Contains(name, StringComparer.Ordinal))
        {
            return true;
        }

        string cause = variable == null ? "sets `" + name + "`, which is neither the weight `w` nor a variable of this rule"
            : variable.Course == LearningCourse.Counts ? "sets `" + name + "`, which counts arrivals by itself"
            : "sets `" + name + "`, which `" + block + "` has many of";
        piece.Error(start, end, cause, "write `name = value` or `send value`, one per line; `" + block + "` can set: " + string.Join(", ", known));
        return false;
    }

    private bool IsShared(string name, int at)
    {
        return _variables.Find(v => string.Equals(v.Name, name, StringComparison.Ordinal)) is { } v
            && (v.Owner == LearningOwner.Projection || (v.Owner == LearningOwner.Source && at == LearningEvent.Arrival)
                || (v.Owner == LearningOwner.Target && at == LearningEvent.Firing));
    }
}
