// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <content>Functions of one variable as tables.</content>
internal sealed partial class Lowering
{
    /// <summary>Computes a function of a register by a table.</summary>
    /// <param name="function">The function of <see cref="Shape.Variable" />.</param>
    /// <param name="useful">Values beyond which it makes no difference how large they are; null for all.</param>
    /// <returns>The result.</returns>
    public Register ByTable(Expr function, Register of, Interval? useful = null)
    {
        // Cut off a little farther out, so that the corner lies where its error makes no difference.
        Interval u = useful ?? new Interval(double.NegativeInfinity, double.PositiveInfinity);
        double margin = useful == null ? 0 : u.Width / 8;
        Func<double, double> curve = Curve.Of(function);
        double f(double x) => Math.Clamp(curve(x), u.Least - margin, u.Most + margin);
        double beyond(double y) => Math.Max(0, Math.Max(y - u.Most, u.Least - y)) / 2;
        Interval range = Finite(Ranges.Of(function, _ => of.Range), "`" + Shape.Text(function) + "`", function);
        range = new Interval(Math.Max(range.Least, u.Least - margin), Math.Min(range.Most, u.Most + margin));
        string key = string.Create(CultureInfo.InvariantCulture,
            $"{function.Key} in {u.Least:R} {u.Most:R} of {of.Exponent} {of.Range.Least:R} {of.Range.Most:R}");
        Register into;
        if (_tables.TryGetValue(key, out (MadeTable Table, int Number, Register Of) made))
        {
            into = Builder.Add(made.Of.Name, made.Of.Range, made.Of.Exponent);
        }
        else
        {
            double floor = (function.Op == Op.Lookup ? ErrorOfPoints : RelativeError / 4) * range.Magnitude;
            MadeTable fresh = Made([f], [(_, y) => (RelativeError * Math.Abs(y[0])) + floor + beyond(y[0])], of, Shape.Text(function),
                Corners.Of(function, of.Range));
            into = Builder.Add("T(" + of.Name + ")", new Interval(Math.Min(range.Least, fresh.Values[0].Min()),
                Math.Max(range.Most, fresh.Values[0].Max())));
            made = (fresh, Builder.AddTable(fresh.Values[0], into.Exponent), into);
            _tables[key] = made;
            Report(of, into.Name, fresh);
        }

        (MadeTable table, int number, _) = made;
        Builder.Emit(Operation.Table, into.Name + " = " + Shape.Text(function).Replace(Shape.Variable, of.Name, StringComparison.Ordinal),
            into.Index, of.Index, number, table.Origin, table.Shift);
        return into;
    }

    /// <summary>Makes tables, or says which range to narrow.</summary>
    /// <returns>The tables.</returns>
    public MadeTable Made(IReadOnlyList<Func<double, double>> functions, IReadOnlyList<Func<double, double[], double>> allowed, Register of,
        string text, IReadOnlyList<double>? corners = null)
    {
        const int Probes = 64;
        for (int i = 0; i <= Probes; i++)
        {
            double x = of.Range.Least + (of.Range.Width * i / Probes);
            if (functions.Any(f => !double.IsFinite(f(x))))
            {
                string at = x.ToString("G4", CultureInfo.InvariantCulture);
                throw new EquationException(null, "`" + text.Replace(Shape.Variable, of.Name, StringComparison.Ordinal)
                    + "` has no finite value at " + of.Name
                    + " = " + at + " (SI units)", "narrow the `range` of `" + of.Name + "`")
                { IsUnbounded = true };
            }
        }

        return TableMaker.Make(functions, allowed, of.Range, of.Exponent, corners, Builder.RoomLeft)
            ?? throw new EquationException(
                null, "the table of `" + text.Replace(Shape.Variable, of.Name, StringComparison.Ordinal)
                + "` would need more than 8192 entries",
                "narrow the `range` of `" + of.Name + "`, which enters it, or make the function less steep"
                + (text.Contains("sqrt(", StringComparison.Ordinal) ? ": a root is steepest at 0, so keep what it is taken of above that with `max`"
                    : string.Empty))
            {
                // A pole between two probes makes a table as long as a steep function does: whether there is one is looked up then.
                IsUnbounded = true,
            };
    }

    /// <summary>Notes a table for the report.</summary>
    /// <param name="of">Its variable.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="table">The table.</param>
    public void Report(Register of, string use, MadeTable table)
        => Report(of.Name, use, table.Values[0].Length, table.Error * RelativeError);

    /// <summary>Notes a table for the report.</summary>
    /// <param name="of">Its variable.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="entries">Number of entries.</param>
    /// <param name="error">Largest error.</param>
    public void Report(string of, string use, int entries, double error) => _tableReports.Add(new TableReport(of, use, entries, error));

    // A function that differs by a factor from one that is known takes its table.
    private (double Factor, Register Of) Tabulated(Expr function, Register of)
    {
        if (!SharesTables)
        {
            return (1, ByTable(function, of));
        }

        (double factor, Expr plain) = function.Op == Op.Multiply && function.Args[0].IsNumber ? (function.Args[0].Value, function.Args[1])
            : (1, function);
        string key = string.Create(CultureInfo.InvariantCulture, $"{plain.Key} of {of.Index}");
        if (!_known.TryGetValue(key, out Register? known))
        {
            known = ByTable(plain, of);
            _known[key] = known;
        }

        return (factor, known);
    }
}
