// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Equations;

/// <content>Expressions: names, units, definitions put in.</content>
internal sealed partial class ModelTextReader
{
    private const int MostNodes = 20000;

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
            Expr expanded = Bounded(Expand(raw), raw);
            if (expected == null)
            {
                _measured = Dimensions.Of(expanded, DimensionOf);
            }
            else if (expected is { } dimension)
            {
                Dimensions.Require(expanded, DimensionOf, dimension, what);
            }

            return Bounded(Symbolic.Replace(expanded, Definition), raw);
        }
        catch (ExprException e)
        {
            piece.Error(e);
            return null;
        }
    }

    // All that follows goes through an expression node by node, each definition and function written out where it is used.
    private static Expr Bounded(Expr e, Expr written) => e.Size <= MostNodes ? e
        : throw new ExprException(written.Start, written.End,
            FormattableString.Invariant($"has more than {MostNodes} parts once its definitions and functions are put in"),
            "use them less often, make one of them a state, or put it into a table of points");

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
                ?? "known here: " + string.Join(", ", _dimensions.Keys.Where(n => !n.Contains(' ', StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal));
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
        if (e.Op == Op.Name)
        {
            return e.Name == StepWord && !_ownStepWord ? new Expr(Op.Name, [], e.Start, e.End) { Name = ModelText.StepName } : e;
        }

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

        if (_broken.Contains(e.Name))
        {
            throw new ExprException(e.Start, e.End, "calls `" + e.Name + "`, the function that it defines",
                "write out what it stands for; what needs its own last value is a state")
            { Follows = _current != e.Name };
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
}
