// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Equations;

/// <content>Spikes, other events and outputs.</content>
internal sealed partial class ModelTextReader
{
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

    private IEnumerable<ModelEvent> ReadEvents(Field on, List<StateHead> heads)
    {
        if (on.Items == null)
        {
            _context.Error(on, "is " + on.Describe() + ", expected a list of events", "write `on: [{when: v >= 30 mV, then: v = -65 mV}]`");
            return [];
        }

        return Enumerable.Range(0, on.Items.Children.Count).Select(i => ReadEvent(on.Item(i), heads, needsThen: true))
            .OfType<ModelEvent>();
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
            SourcePiece? piece = Block(then, "v = -65 mV");
            foreach ((int start, int end) in piece == null ? [] : EquationLines.Of(piece.Text))
            {
                int equals = piece!.Text.IndexOf('=', start, end - start);
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
}
