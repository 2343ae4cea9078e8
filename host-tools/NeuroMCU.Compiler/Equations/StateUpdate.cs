// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Chooses the instruction that brings a state one step on: gate, table, product or linear form, always as an increment of the
/// old value.</summary>
internal sealed class StateUpdate
{
    // Error of a table in a step, as a part of the range of the state, besides the relative one.
    private const double ErrorOfRange = 1.0 / (1 << 22);

    // A slower decay is more exact as an increment.
    private const double LeastDecay = 1.0 / 2048;

    // An error of this part of the range in where a gate goes to is as good as one of its rise.
    private const double PartOfGate = 1.0 / 32;

    private const int CountAbove = 1;
    private const int CountBelow = 2;

    private readonly Lowering _lowering;
    private readonly ProgramBuilder _builder;
    private readonly double _h;
    private readonly bool _takesOut;
    private readonly Dictionary<string, Register> _rests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (MadeTable Table, int First, int Second, int Exponent)> _tables = new(StringComparer.Ordinal);

    public StateUpdate(Lowering lowering, double h, bool takesOut = false)
    {
        _takesOut = takesOut;
        _lowering = lowering;
        _builder = lowering.Builder;
        _h = h;
    }

    /// <summary>Lets a slow state carry what rounding leaves from step to step.</summary>
    public void Carry(Register own, Register rest) => _rests[own.Name] = rest;

    /// <summary>Emits a stage of a method: y + h·f with f of what the states are at the stage.</summary>
    /// <param name="resets">Whether a spike takes it away from the upper end of its range.</param>
    public void EmitStage(Stepping stepping, Register from, Register into, double h, bool counts, bool resets)
    {
        Generic(_lowering.PartsOf(LinearSum.Of(Expr.Number(h) * _lowering.Known(stepping.Rate))), from, into, Ends(into),
            counts ? Counted(stepping.State, resets) : 0, counts ? _rests.GetValueOrDefault(stepping.State.Name) : null);
    }

    /// <summary>Emits the step of a state.</summary>
    /// <param name="resets">Whether a spike takes it away from the upper end of its range.</param>
    public void Emit(Stepping stepping, Register own, Register into, bool resets)
    {
        int[] ends = Ends(own);
        int counted = Counted(stepping.State, resets);
        Expr? a = stepping.A == null ? null : _lowering.Known(stepping.A);
        Register? rest = _rests.GetValueOrDefault(stepping.State.Name);
        if (a is { IsNumber: false } && rest == null && Gate(stepping, a, own, into, ends, counted))
        {
            return;
        }

        Expr rate = _lowering.Known(stepping.Rate);

        // h·A of a slow variable is so small that both steps are the same.
        Expr step = !stepping.Exponential || (rest != null && a is { IsNumber: false }) ? Expr.Number(_h)
            : Expr.Number(_h) * Symbolic.Fold(new Expr(Op.Exprel, [Expr.Number(_h) * a!], 0, 0));
        if (_takesOut && rest == null && !stepping.Exponential
            && Symbolic.TakeOut(Expr.Number(_h) * rate, own.Name) is { Q.IsNumber: false } split)
        {
            ByOwn(split.Q, split.B, own, into, ends, counted);
            return;
        }

        SumParts parts = _lowering.PartsOf(LinearSum.Of(step * rate));
        if (parts.Functions.ContainsKey(own.Name) && parts.Products.Count == 0 && rest == null)
        {
            ByOwnTable(parts, own, into, ends, counted);
            return;
        }

        Generic(parts, own, into, ends, counted, rest, !Fires(own));
    }

    // Where a spike or its own equation takes it back from an end, nothing is lost there.
    private int Counted(ModelState state, bool resets)
    {
        ClosedRange closed = _lowering.Neurons.Closed(_lowering.Neurons.Model.StateIndex(state.Name));
        return (resets || closed.Above ? 0 : CountAbove) | (closed.Below ? 0 : CountBelow);
    }

    // A spike looks for what has met its end.
    private bool Fires(Register own)
        => _lowering.Neurons.Model.Spike is { } spike && _lowering.Known(spike.When).Names().Contains(own.Name);

    // The whole step as one linear form, where it cannot leave the range: a decay, or what follows inputs of the same range.
    private static List<(double Factor, Register Of)>? StaysWithin(List<(double Factor, Register Of)> terms, double constant, Register own)
    {
        double factor = terms.Where(t => t.Of.Index == own.Index).Sum(t => t.Factor);
        List<(double Factor, Register Of)> whole = [(1 + factor, own), .. terms.Where(t => t.Of.Index != own.Index)];
        Interval range = Lowering.Sum(whole, constant);
        double margin = own.Range.Width * 1e-9;
        return factor is >= -1 and <= -LeastDecay && whole.Count <= 3 && range.Least >= own.Range.Least - margin
            && range.Most <= own.Range.Most + margin ? whole : null;
    }

    // y + Q·y + B with Q in a register of its own.
    private void ByOwn(Expr q, Expr b, Register own, Register into, int[] ends, int counted)
    {
        Register factor = _lowering.Reg(q);
        SumParts parts = _lowering.PartsOf(LinearSum.Of(b));
        ByProduct((1, own, factor), _lowering.Terms(parts), parts.Constant, own, into, ends, counted);
    }

    // Where an increment is larger than this, the result is clipped whatever the other terms are.
    private static Interval Useful(SumParts parts, Register from, Register into)
    {
        Interval others = Lowering.Sum(parts.Linear, parts.Constant);
        foreach ((double factor, Register a, Register b) in parts.Products)
        {
            Interval product = Interval.Of(Op.Multiply, [new Interval(factor, factor), Interval.Of(Op.Multiply, [a.Range, b.Range])]);
            others = Interval.Of(Op.Add, [others, product]);
        }

        return new Interval(into.Range.Least - from.Range.Most - others.Most, into.Range.Most - from.Range.Least - others.Least);
    }

    private static int[] Ends(Register of) => [ProgramBuilder.Raw(of.Range.Least, of.Exponent),
        ProgramBuilder.Raw(of.Range.Most, of.Exponent)];

    private void Generic(SumParts parts, Register own, Register into, int[] ends, int counted, Register? rest,
        bool mayStay = false)
    {
        List<(double Factor, Register Of)> terms =
        [
            .. parts.Linear,
            .. parts.Functions.Values.Select(f => (1.0, _lowering.ByTable(f.Function, _lowering.Reg(f.Of), parts.Functions.Count == 1
                ? Useful(parts, own, into) : null))),
            .. parts.Products.Skip(1).Select(p => (p.Factor, _lowering.Product(p.A, p.B))),
        ];
        if (rest != null)
        {
            terms.AddRange(parts.Products.Take(1).Select(p => (p.Factor, _lowering.Product(p.A, p.B))));
            ByRest(terms, parts.Constant, own, into, ends, counted, rest);
            return;
        }

        if (parts.Products.Count > 0)
        {
            ByProduct(parts.Products[0], terms, parts.Constant, own, into, ends, counted);
            return;
        }

        if (mayStay && StaysWithin(terms, parts.Constant, own) is { } whole)
        {
            _lowering.EmitLinear(into, whole, parts.Constant);
            return;
        }

        _lowering.Combine(terms, 4);
        if (terms.Count == 0)
        {
            terms.Add((0, own));
        }

        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, parts.Constant, own.Exponent);
        int[] words = [into.Index, own.Index, .. ends, .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }),
            .. ProgramBuilder.Words(c), shift, counted];
        _builder.Emit(terms.Count == 4 ? Operation.Advance4 : Operation.Advance1 + terms.Count - 1, into.Name + " = " + own.Name + " + "
            + ProgramBuilder.Text(terms, parts.Constant), words);
    }

    // The table holds y + F(y), cut off where the result would be clipped whatever the other terms are.
    private void ByOwnTable(SumParts parts, Register own, Register into, int[] ends, int counted)
    {
        double linear = parts.Linear.Where(t => t.Of.Index == own.Index).Sum(t => t.Factor);
        (Expr _, Expr function) = parts.Functions[own.Name];
        List<(double Factor, Register Of)> terms =
        [
            .. parts.Linear.Where(t => t.Of.Index != own.Index),
            .. parts.Functions.Where(f => !string.Equals(f.Key, own.Name, StringComparison.Ordinal))
                .Select(f => (1.0, _lowering.ByTable(f.Value.Function, _lowering.Reg(f.Value.Of)))),
        ];
        _lowering.Combine(terms, 2);
        if (terms.Count == 0)
        {
            terms.Add((0, own));
        }

        Interval others = Lowering.Sum(terms, 0);
        Func<double, double> curve = Curve.Of(function);
        double increment(double y) => (linear * y) + parts.Constant + curve(y);
        double least = own.Range.Least - others.Most;
        double most = own.Range.Most - others.Least;

        // Cut off a little farther out, so that the corner lies where its error makes no difference.
        double margin = own.Range.Width / 8;
        double lowest = Math.Max(least - margin, Math.ScaleB(int.MinValue, own.Exponent));
        double highest = Math.Min(most + margin, Math.ScaleB(int.MaxValue, own.Exponent));
        double held(double y)
        {
            double next = y + increment(y);
            return double.IsNaN(next)
                ? throw new EquationException(null, "the rate of `" + own.Name + "` has no value at "
                    + y.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) + " (SI units)",
                    "narrow its `range`")
                { IsUnbounded = true }
                : Math.Clamp(next, lowest, highest);
        }

        double floor = Math.Max(ErrorOfRange, _lowering.RelativeError / 1024) * own.Range.Width;
        double allowed(double y, double[] values)
        {
            double next = values[0];
            double beyond = Math.Max(0, Math.Max(next - most, least - next));
            return (_lowering.RelativeError * Math.Abs(next - y)) + floor + (beyond / 2);
        }

        if (!_tables.TryGetValue(own.Name, out (MadeTable Table, int First, int Second, int Exponent) made))
        {
            MadeTable fresh = _lowering.Made([held], [allowed], own, Shape.Text(function));
            made = (fresh, _builder.AddTable(fresh.Values[0], own.Exponent), 0, 0);
            _tables[own.Name] = made;
            _lowering.Report(own, own.Name, fresh);
        }

        (MadeTable table, int number, _, _) = made;
        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, 0, own.Exponent, halves: 2);
        int[] words =
        [
            into.Index, .. ends, own.Index, number, table.Origin, table.Shift,
                .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }), .. ProgramBuilder.Words(c), shift, counted,
        ];
        _builder.Emit(Operation.TableAdvance1 + terms.Count - 1, into.Name + " = T(" + own.Name + ") + " + ProgramBuilder.Text(terms, 0),
            words);
    }

    private void ByRest(List<(double Factor, Register Of)> terms, double constant, Register own, Register into, int[] ends, int counted,
        Register rest)
    {
        _lowering.Combine(terms, 3);
        while (terms.Count < 3)
        {
            terms.Add((0, own));
        }

        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, constant, own.Exponent, halves: 0);
        int[] words = [into.Index, own.Index, .. ends, rest.Index, .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }),
            .. ProgramBuilder.Words(c), shift, counted];
        _builder.Emit(Operation.AdvanceCarry, into.Name + " = " + own.Name + " + "
            + ProgramBuilder.Text(terms.Where(t => t.Factor != 0), constant) + ", carrying", words);
    }

    private void ByProduct(
        (double Factor, Register A, Register B) product, List<(double Factor, Register Of)> terms, double constant, Register own,
        Register into, int[] ends, int counted)
    {
        _lowering.Combine(terms, 3);
        while (terms.Count < 3)
        {
            terms.Add((0, own));
        }

        int bits = (int)Math.Ceiling(Math.Log2(Math.Max(2, product.A.Units * product.B.Units)));
        int before = Math.Max(1, bits - ProgramBuilder.Bits);
        Register scaled = new(-1, product.A.Name + "*" + product.B.Name, product.A.Exponent + product.B.Exponent + before,
            Interval.Of(Op.Multiply, [product.A.Range, product.B.Range]));
        List<(double Factor, Register Of)> all = [(product.Factor, scaled), .. terms];
        (int[] factors, long c, int shift) = ProgramBuilder.Scale(all, constant, own.Exponent);
        int[] words =
        [
            into.Index, own.Index, .. ends, product.A.Index, product.B.Index, before, factors[0],
            .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i + 1] }), .. ProgramBuilder.Words(c), shift, counted,
        ];
        _builder.Emit(Operation.ProductAdvance, into.Name + " = " + own.Name + " + "
            + ProgramBuilder.Text(all.Where(t => t.Factor != 0), constant), words);
    }

    // y + F(x) − G(x)·y with two tables over the same x.
    private bool Gate(Stepping stepping, Expr a, Register own, Register into, int[] ends, int counted)
    {
        Expr b = _lowering.Known(stepping.B!);
        HashSet<string> names = a.Names();
        names.UnionWith(b.Names());
        if (names.Count != 1 || names.Contains(own.Name))
        {
            return false;
        }

        Register x = _lowering.OfName(names.First());
        if (!(Shape.IsSmooth(a) && Shape.IsSmooth(b)) && !(Shape.IsCurved(a) || Shape.IsCurved(b)))
        {
            // Choices among straight lines cost less without tables.
            return false;
        }

        if (Corners.Of(a, x.Range) is not { } corners || Corners.Of(b, x.Range) is not { } more)
        {
            return false;
        }
        Func<double, double> slope = Curve.Of(a);
        Func<double, double> others = Curve.Of(b);
        double factor(double at) => stepping.Exponential ? _h * Symbolic.Exprel(_h * slope(at)) : _h;
        double rise(double at) => factor(at) * others(at);
        double fall(double at) => -factor(at) * slope(at);
        if (!_tables.TryGetValue(own.Name, out (MadeTable Table, int First, int Second, int Exponent) made))
        {
            made = GateTables(stepping, own, x, rise, fall, [.. corners.Union(more)]);
            _tables[own.Name] = made;
        }

        (MadeTable table, int first, int second, int fallExponent) = made;
        _builder.Emit(
            Operation.Gate,
            into.Name + " = " + own.Name + " + F(" + x.Name + ") - G(" + x.Name + ")*" + own.Name,
            [into.Index, own.Index, .. ends, x.Index, table.Origin, table.Shift, first, second, -fallExponent, counted]);
        return true;
    }

    private (MadeTable Table, int First, int Second, int Exponent) GateTables(Stepping stepping, Register own, Register x, Func<double,
        double> rise, Func<double, double> fall, double[] corners)
    {
        double width = own.Range.Width;
        MadeTable table = _lowering.Made(
            [rise, fall],
            [(_, y) => (_lowering.RelativeError * (Math.Abs(y[0]) + (Math.Abs(y[1]) * width * PartOfGate))) + (ErrorOfRange * width),
                (_, y) => (_lowering.RelativeError * Math.Abs(y[1])) + ErrorOfRange],
            x,
            "d" + own.Name + "/dt",
            corners);
        if (table.Values.Any(v => v.Any(y => !double.IsFinite(y))))
        {
            throw new EquationException(stepping.State, "the rates of `" + own.Name + "` have no finite value everywhere in the range of `"
                + x.Name + "`", "narrow that range; write u/(exp(u) - 1) as `1/exprel(u)`")
            { IsUnbounded = true };
        }

        int fallExponent = Math.Max(ProgramBuilder.ExponentOf(new Interval(table.Values[1].Min(), table.Values[1].Max())), -62);
        int first = _builder.AddTable(table.Values[0], own.Exponent);
        int second = _builder.AddTable(table.Values[1], fallExponent);
        _lowering.Report(x, own.Name + " rise", table);
        _lowering.Report(x, own.Name + " fall", table);
        return (table, first, second, fallExponent);
    }
}
