// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Equations;

/// <content>Parameters, inputs and states.</content>
internal sealed partial class ModelTextReader
{
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

    // As it is written, before anything is read.
    private static string DefaultOf(Field field) => field.Text
        ?? ((field.Node as YamlMappingNode)?.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "default" })
            .Value as YamlScalarNode)?.Value ?? string.Empty;

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
            bool empty = Constant(least).Equals(Constant(most));
            _context.Error(field, empty ? "is empty: both ends are " + field.Item(0).Text : "runs from a higher to a lower value",
                "write `[least, most]`");
            return null;
        }

        return (least, most);
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
}
