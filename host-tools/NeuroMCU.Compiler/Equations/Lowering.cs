// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Brings expressions into registers, each part once.</summary>
internal sealed class Lowering
{
    // The corners of points lie anywhere between the entries.
    private const double ErrorOfPoints = 1.0 / 1024;

    private readonly ModelNeurons _neurons;
    private readonly ModelText _model;
    private readonly double _h;
    private readonly Dictionary<string, Register> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Register> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (MadeTable Table, int Number, Register Of)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Register> _constants = new(StringComparer.Ordinal);
    private readonly List<TableReport> _tableReports = [];
    private readonly Dictionary<int, Register> _noiseStates = [];
    private Register? _steps;
    private int _depth;

    /// <param name="h">Step in seconds.</param>
    /// <param name="relativeError">Error of a table, see <see cref="RelativeError" />.</param>
    /// <param name="room">Entries that tables may have together; null for all that a program holds.</param>
    public Lowering(ModelNeurons neurons, double h, double relativeError, int? room = null)
    {
        Builder = room is { } most ? new ProgramBuilder { Room = most } : new ProgramBuilder();
        RelativeError = relativeError;
        _neurons = neurons;
        _model = neurons.Model;
        _h = h;
        neurons.SetStep(h);
        foreach (ModelState state in _model.States)
        {
            Interval range = Finite(neurons.Range(state.Least, state.Most), "the range of `" + state.Name + "`");
            if (neurons.PerNeuron(state.Least).Length > 1 || neurons.PerNeuron(state.Most).Length > 1)
            {
                throw new EquationException(state, "the range of `" + state.Name + "` depends on a parameter that differs between neurons",
                    "write the range in numbers, or give all neurons one value");
            }

            _names[state.Name] = Builder.Add(state.Name, range, null,
                Array.ConvertAll(neurons.PerNeuron(state.Start), v => Math.Clamp(v, range.Least, range.Most)));
        }

        foreach (ModelInput input in _model.Inputs)
        {
            Interval range = Finite(neurons.Range(input.Least, input.Most), "the range of `" + input.Name + "`");
            _names[input.Name] = Builder.Add(input.Name, range, null,
                Array.ConvertAll(neurons.Values(input.Name), v => Math.Clamp(v, range.Least, range.Most)));
            Drive ??= _names[input.Name];
        }
    }

    /// <summary>Draws random numbers and takes the time on, where the model has them in it.</summary>
    public void EmitHidden()
    {
        for (int i = 0; i < _model.Noises.Count; i++)
        {
            if (!_noiseStates.TryGetValue(i, out Register? state))
            {
                uint[] start = [.. Enumerable.Range(0, _neurons.Size).Select(n => NoiseSource.Start(_neurons.Seed, i, n))];
                state = Builder.Add("generator", new Interval(int.MinValue, int.MaxValue), 0,
                    Array.ConvertAll(start, s => (double)unchecked((int)s)));
                _noiseStates[i] = state;
            }

            Register drawn = Builder.Add(_model.Noises[i], new Interval(-NoiseSource.Most, NoiseSource.Most), 0);
            Builder.Emit(Operation.Noise, "random numbers", drawn.Index, state.Index);
            _names[_model.Noises[i]] = Widen(drawn);
        }

        if (_model.UsesTime)
        {
            int most = (int)Math.Min(Math.Floor(_neurons.Duration / _h), 1 << ProgramBuilder.Bits);
            _steps ??= Builder.Add("steps", new Interval(-1, most), 0, [-1]);
            Builder.Emit(Operation.Advance1, "steps = steps + 1",
                [_steps.Index, _steps.Index, 0, most, _steps.Index, 0, .. ProgramBuilder.Words(1), 0, 1]);
            _names[ModelText.Time] = Widen(_steps);
        }
    }

    /// <summary>Error of a table relative to its value, at most; a quarter of it relative to the largest.</summary>
    public double RelativeError { get; }

    /// <summary>Whether functions that differ by a factor share a table.</summary>
    public bool SharesTables { get; init; }

    /// <summary>Whether a difference with a constant is taken out of products.</summary>
    public bool Expands { get; init; }

    /// <summary>The program.</summary>
    public ProgramBuilder Builder { get; }

    /// <summary>The model.</summary>
    public ModelNeurons Neurons => _neurons;

    /// <summary>Tables made so far.</summary>
    public IReadOnlyList<TableReport> TableReports => _tableReports;

    /// <summary>Register of a state or input.</summary>
    /// <returns>The register.</returns>
    public Register OfName(string name) => _names[name];

    /// <summary>Register that steps of drive add to; null without an input.</summary>
    public Register? Drive { get; private set; }

    /// <summary>Lets an input mean another register.</summary>
    /// <param name="name">The input.</param>
    /// <param name="given">Its own register.</param>
    /// <param name="sum">The register with what waveforms add.</param>
    public void UseInput(string name, Register given, Register sum)
    {
        _names[name] = sum;
        Drive = string.Equals(name, _model.Inputs[0].Name, StringComparison.Ordinal) ? given : Drive;
    }

    /// <summary>Lets the names of the states mean other registers.</summary>
    public void Use(IReadOnlyList<Register> states)
    {
        for (int i = 0; i < states.Count; i++)
        {
            _names[_model.States[i].Name] = states[i];
        }

        Forget();
    }

    /// <summary>States have new values: what was computed from the old ones is not used any more.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Puts values in for what is the same for all neurons, and registers for what is constant for each.</summary>
    /// <returns>The expression over states, inputs and constant registers.</returns>
    public Expr Known(Expr e)
    {
        Expr reduced = Symbolic.Reduce(e, n => string.Equals(n, "h", StringComparison.Ordinal) ? Expr.Number(_h)
            : ModelText.IsHidden(n) ? Expr.Number(string.Equals(n, ModelText.Time, StringComparison.Ordinal) ? _h : _neurons.NoiseUnit)
            * Expr.OfName(n)
            : IsParameter(n) && _neurons.Values(n).Length == 1 ? Expr.Number(_neurons.Values(n)[0]) : null);
        return Hoist(Powers(Bounds(reduced)));
    }

    // min(k·x + c, n) is k·min(x, (n − c)/k) + c: so that a sum takes the factor, and one clip of x serves all multiples.
    private static Expr Bounds(Expr e)
    {
        Expr with = Symbolic.Fold(e.With([.. e.Args.Select(Bounds)]));
        if (with.Op is not (Op.Min or Op.Max) || with.Args[0].IsNumber == with.Args[1].IsNumber)
        {
            return with;
        }

        int number = with.Args[0].IsNumber ? 0 : 1;
        LinearSum sum = LinearSum.Of(with.Args[1 - number]);
        if (sum.Terms.Count() != 1 || sum.Terms.First() is not { Node.Op: Op.Name } term)
        {
            return with;
        }

        Op op = term.Factor > 0 ? with.Op : with.Op == Op.Min ? Op.Max : Op.Min;
        double bound = (with.Args[number].Value - sum.Constant) / term.Factor;
        return (Expr.Number(term.Factor) * new Expr(op, [term.Node, Expr.Number(bound)], e.Start, e.End)) + Expr.Number(sum.Constant);
    }

    // A power with an exponent that varies is an exponential.
    private static Expr Powers(Expr e)
    {
        Expr with = e.With([.. e.Args.Select(Powers)]);
        return with.Op == Op.Power && !with.Args[1].IsNumber
            ? new Expr(Op.Exp, [with.Args[1] * new Expr(Op.Log, [with.Args[0]], 0, 0)], 0, 0)
            : with;
    }

    /// <summary>Range of an expression that <see cref="Known" /> returned.</summary>
    /// <returns>The range, finite.</returns>
    public Interval RangeOf(Expr e) => Finite(Ranges.Of(e, n => _names[n].Range), "`" + Shape.Text(e) + "`", e);

    /// <summary>Register of an expression that <see cref="Known" /> returned.</summary>
    /// <returns>The register; instructions before it compute it.</returns>
    public Register Reg(Expr e)
    {
        if (e.Op == Op.Name)
        {
            return _names[e.Name];
        }

        if (_known.TryGetValue(e.Key, out Register? known))
        {
            return known;
        }

        if (e.IsNumber)
        {
            if (!_constants.TryGetValue(e.Key, out Register? constant))
            {
                constant = Builder.Add(Shape.Text(e), new Interval(e.Value, e.Value), null, [e.Value]);
                _constants[e.Key] = constant;
            }

            return constant;
        }

        if (++_depth > 500)
        {
            throw new EquationException(null, "`" + Shape.Text(e) + "` is nested too deeply",
                "split it with further states or simpler definitions");
        }

        Register register = IsOneCurve(e) is { } name ? ByTable(Shape.Substitute(e, name, Expr.OfName(Shape.Variable)), _names[name])
            : e.Op switch
            {
                Op.Min or Op.Max => Extreme(e, RangeOf(e)),
                Op.Abs => Extreme(new Expr(Op.Max, [e.Args[0], -e.Args[0]], 0, 0), RangeOf(e)),
                Op.Floor or Op.Ceil => Whole(e),
                Op.Lookup => ByTable(new Expr(Op.Lookup, [Expr.OfName(Shape.Variable)], 0, 0) { Name = e.Name, Table = e.Table },
                    Reg(e.Args[0])),
                Op.If => Chosen(e),
                Op.AtLeast or Op.Above or Op.And or Op.Or or Op.Not => Mask(e),
                _ => OfSum(e),
            };
        _depth--;
        _known[e.Key] = register;
        return register;
    }

    // Pieces of curves of one variable that meet are one table.
    private string? IsOneCurve(Expr e)
    {
        return e.Op is Op.Min or Op.Max or Op.Abs or Op.If && e.Names() is { Count: 1 } names && Shape.IsCurved(e)
            && Corners.Of(e, _names[names.First()].Range) != null ? names.First() : null;
    }

    /// <summary>Reduces linear terms to a number of them that one instruction takes.</summary>
    public void Combine(List<(double Factor, Register Of)> terms, int most)
    {
        while (terms.Count > most)
        {
            int taken = Math.Min(3, terms.Count - most + 1);
            List<(double Factor, Register Of)> part = terms.GetRange(terms.Count - taken, taken);
            terms.RemoveRange(terms.Count - taken, taken);
            Interval range = Sum(part, 0);
            Register sum = Builder.Add("sum", range);
            EmitLinear(sum, part, 0);
            terms.Add((1, sum));
        }
    }

    /// <summary>Range of a linear form.</summary>
    /// <returns>The range.</returns>
    public static Interval Sum(IEnumerable<(double Factor, Register Of)> terms, double constant)
    {
        double least = constant;
        double most = constant;
        foreach ((double factor, Register of) in terms)
        {
            least += factor * (factor > 0 ? of.Range.Least : of.Range.Most);
            most += factor * (factor > 0 ? of.Range.Most : of.Range.Least);
        }

        return new Interval(least, most);
    }

    /// <summary>Computes a linear form of up to three terms.</summary>
    public void EmitLinear(Register into, IReadOnlyList<(double Factor, Register Of)> terms, double constant)
    {
        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, constant, into.Exponent);
        int[] words = [into.Index, .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }), .. ProgramBuilder.Words(c), shift];
        Builder.Emit(Operation.Linear1 + terms.Count - 1, into.Name + " = " + ProgramBuilder.Text(terms, constant), words);
    }

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
                "narrow the `range` of `" + of.Name + "`, which enters it, or make the function less steep")
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

    /// <summary>Sorts the terms of a sum into linear terms, functions for tables, and products of two registers.</summary>
    /// <returns>The parts.</returns>
    public SumParts PartsOf(LinearSum sum)
    {
        SumParts parts = new(sum.Constant);
        List<(double Factor, Expr Node, List<Expr> Factors)> products = [];
        foreach ((double factor, Expr node) in sum.Terms)
        {
            List<Expr> factors = [];
            double more = LinearSum.Factors(node, factors);
            if (node.Op == Op.Name)
            {
                parts.Linear.Add((factor, _names[node.Name]));
            }
            else if (factors.Count == 1 && Shape.IsChoice(factors[0]))
            {
                parts.Linear.Add((factor * more, Reg(factors[0])));
            }
            else if (Shape.PowerOf(factors) == null && Shape.FunctionOf(node) is { } of && !IsQuotient(node, of))
            {
                parts.AddFunction(of, Expr.Number(factor) * Shape.Substitute(node, of.Key, Expr.OfName(Shape.Variable)));
            }
            else
            {
                products.Add((factor * more, node, factors));
            }
        }

        foreach ((double factor, Expr node, List<Expr> factors) in products)
        {
            // A power joins the table of its variable where there is one.
            if (Shape.PowerOf(factors) is { } name && parts.Functions.ContainsKey(name))
            {
                parts.AddFunction(Expr.OfName(name), Expr.Number(factor) * Shape.Substitute(node, name, Expr.OfName(Shape.Variable)));
            }
            else
            {
                Multiply(parts, factor, factors);
            }
        }

        return parts;
    }

    private static bool IsQuotient(Expr node, Expr of)
    {
        return node.Op == Op.Divide && node.Args[0].IsNumber && of.Op != Op.Name
            && string.Equals(node.Args[1].Key, of.Key, StringComparison.Ordinal);
    }

    private void Multiply(SumParts parts, double factor, List<Expr> factors)
    {
        // (v − E)·x is v·x − E·x: a difference with a constant takes an instruction, a further term of a sum hardly any.
        if (Expands && factors.FindIndex(f => IsShifted(f, factors)) is >= 0 and int shifted)
        {
            LinearSum sum = LinearSum.Of(factors[shifted]);
            List<Expr> others = [.. factors.Where((_, i) => i != shifted)];
            (double times, Expr node) = sum.Terms.First();
            Multiply(parts, factor * times, [.. others, node]);
            Multiply(parts, factor * sum.Constant, others);
            return;
        }

        // Factors that are functions of the same variable make one.
        List<Register> registers = [];
        List<Register> divisors = [];
        foreach (IGrouping<string, Expr> group in factors.GroupBy(f => f.Op == Op.Name ? f.Name : Shape.IsSmooth(f)
            ? Shape.FunctionOf(f)?.Key ?? f.Key : f.Key, StringComparer.Ordinal))
        {
            if (group.Count() > 1 && group.Any(f => f.Op != Op.Name))
            {
                registers.Add(Reg(group.Aggregate((a, b) => a * b)));
                continue;
            }

            foreach (Expr one in group)
            {
                if (one.Op == Op.Divide && one.Args[0].IsNumber && one.Args[1].Op != Op.Name && Shape.FunctionOf(one)?.Op != Op.Name)
                {
                    divisors.Add(Reg(one.Args[1]));
                }
                else
                {
                    registers.Add(Reg(one));
                }
            }
        }

        foreach (Register divisor in divisors)
        {
            Register dividend = registers.Count == 0 ? Reg(Expr.Number(1)) : Product(registers);
            registers = [Divide(dividend, divisor)];
        }

        if (registers.Count == 1)
        {
            parts.Linear.Add((factor, registers[0]));
            return;
        }

        registers = [.. registers.OrderByDescending(f => registers.Count(g => g.Index == f.Index))];
        parts.Products.Add((factor, Product(registers.GetRange(0, registers.Count - 1)), registers[^1]));
    }

    private static bool IsShifted(Expr factor, List<Expr> factors)
    {
        if (factors.Count < 2 || factor.Op is not (Op.Add or Op.Subtract))
        {
            return false;
        }

        LinearSum sum = LinearSum.Of(factor);
        return sum.Constant != 0 && sum.Terms.Count() == 1 && sum.Terms.First().Node is { Op: Op.Name } node
            && !factors.Any(f => f != factor && f.Names().Contains(node.Name));
    }

    private Register Product(List<Register> factors)
    {
        // What is there twice comes first: its square may be known.
        factors = [.. factors.OrderByDescending(f => factors.Count(g => g.Index == f.Index))];
        Register product = factors[0];
        for (int i = 1; i < factors.Count; i++)
        {
            product = Product(product, factors[i]);
        }

        return product;
    }

    /// <summary>Multiplies two registers.</summary>
    /// <returns>The product.</returns>
    public Register Product(Register a, Register b)
    {
        string key = a.Index + "*" + b.Index;
        if (_known.TryGetValue(key, out Register? known))
        {
            return known;
        }

        Interval range = Interval.Of(Op.Multiply, [a.Range, b.Range]);
        range = a.Index == b.Index ? new Interval(range.Least < 0 ? 0 : range.Least, range.Most) : range;
        int shift = Math.Clamp(ProgramBuilder.ExponentOf(range) - a.Exponent - b.Exponent, 1, 62);
        Register into = Builder.Add(a.Name + "*" + b.Name, range, a.Exponent + b.Exponent + shift);
        Builder.Emit(Operation.Product, into.Name + " = " + a.Name + "*" + b.Name,
            [into.Index, a.Index, b.Index, .. ProgramBuilder.Words(1L << (shift - 1)), shift]);
        _known[key] = into;
        return into;
    }

    private Register Divide(Register a, Register b)
    {
        Interval range = Finite(Interval.Of(Op.Divide, [a.Range, b.Range]), "`" + a.Name + "/" + b.Name + "`", null,
            "the range of the divisor, " + Span(b.Range) + ", contains 0");
        int shift = Math.Clamp(a.Exponent - b.Exponent - ProgramBuilder.ExponentOf(range), 0, 30);
        Register into = Builder.Add(a.Name + "/" + b.Name, range, a.Exponent - b.Exponent - shift);
        Builder.Emit(Operation.Quotient, into.Name + " = " + a.Name + "/" + b.Name, into.Index, a.Index, b.Index, shift);
        return into;
    }

    private Register OfSum(Expr e)
    {
        LinearSum sum = LinearSum.Of(e);
        SumParts parts = PartsOf(sum);
        if (parts.Linear.Count == 0 && parts.Products.Count == 0 && parts.Functions.Count == 0)
        {
            // All terms have cancelled each other.
            return Reg(Expr.Number(parts.Constant));
        }

        if (parts.Linear.Count == 0 && parts.Products.Count == 0 && parts.Functions.Count == 1)
        {
            (Expr of, Expr function) = parts.Functions.Values.First();
            return ByTable(Symbolic.Fold(function + Expr.Number(parts.Constant)), Reg(of));
        }

        if (parts.Linear.Count == 0 && parts.Functions.Count == 0 && parts.Products.Count == 1 && parts.Constant == 0
            && parts.Products[0].Factor.Equals(1))
        {
            return Product(parts.Products[0].A, parts.Products[0].B);
        }

        List<(double Factor, Register Of)> terms = Terms(parts);
        Interval range = Intersect(Sum(terms, parts.Constant), Ranges.Of(e, n => _names[n].Range));
        Combine(terms, 3);
        Register into = Builder.Add(terms.Count == 1 ? terms[0].Of.Name + "~" : "(" + string.Join("+", terms.Select(t => t.Of.Name)) + ")",
            range);
        EmitLinear(into, terms, parts.Constant);
        return into;
    }

    /// <summary>All parts of a sum as linear terms.</summary>
    /// <returns>The terms.</returns>
    public List<(double Factor, Register Of)> Terms(SumParts parts)
    {
        return
        [
            .. parts.Linear,
            .. parts.Functions.Values.Select(f => Tabulated(f.Function, Reg(f.Of))),
            .. parts.Products.Select(p => (p.Factor, Product(p.A, p.B))),
        ];
    }

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

    // Both ranges hold the values, so their common part does; rounding may leave it empty where the value is constant.
    private static Interval Intersect(Interval a, Interval b)
    {
        Interval common = new(Math.Max(a.Least, b.Least), Math.Min(a.Most, b.Most));
        return common.Least <= common.Most ? common : a;
    }

    // In sums the factor of a value with few bits would leave few bits for the others.
    private Register Widen(Register of) => Align(of, Math.Min(of.Exponent, ProgramBuilder.ExponentOf(of.Range)));

    // An arithmetic shift rounds down.
    private Register Whole(Expr e)
    {
        Register of = Reg(e.Args[0]);
        int shift = Math.Clamp(-of.Exponent, 0, 62);
        Interval range = RangeOf(e);
        if (shift == 0 || range.Magnitude > 1 << ProgramBuilder.Bits)
        {
            return of;
        }

        Register into = Builder.Add(Shape.Text(e), range, 0);
        long up = e.Op == Op.Ceil ? (1L << shift) - 1 : 0;
        Builder.Emit(Operation.Linear1, into.Name, [into.Index, of.Index, 1, .. ProgramBuilder.Words(up), shift]);
        return Widen(into);
    }

    private Register Extreme(Expr e, Interval range)
    {
        if (e.Args[0].Op == Op.Name && e.Args[1].IsNumber)
        {
            Register of = _names[e.Args[0].Name];
            int bound = ProgramBuilder.Raw(e.Args[1].Value, of.Exponent);
            Register bounded = Builder.Add(Shape.Text(e), range, of.Exponent);
            Builder.Emit(Operation.Clip, bounded.Name, bounded.Index, of.Index, e.Op == Op.Min ? int.MinValue : bound,
                e.Op == Op.Min ? bound : int.MaxValue, 0);
            return bounded;
        }

        (Register a, Register b) = Aligned(e.Args[0], e.Args[1]);
        Register into = Builder.Add(Shape.Text(e), range, a.Exponent);
        Builder.Emit(e.Op == Op.Min ? Operation.Least : Operation.Most, into.Name, into.Index, a.Index, b.Index);
        return into;
    }

    private Register Chosen(Expr e)
    {
        Register mask = Reg(e.Args[0]);
        (Register a, Register b) = Aligned(e.Args[1], e.Args[2]);
        Register into = Builder.Add(Shape.Text(e), Interval.Of(Op.If, [new Interval(0, 1), a.Range, b.Range]), a.Exponent);
        Builder.Emit(Operation.Select, into.Name, into.Index, mask.Index, a.Index, b.Index);
        return into;
    }

    private Register Mask(Expr e)
    {
        Register into = Builder.Add(Shape.Text(e), new Interval(-1, 0), 0);
        switch (e.Op)
        {
            case Op.AtLeast:
            case Op.Above:
                bool above = e.Op == Op.Above;
                (Register a, Register b) = Aligned(e.Args[above ? 1 : 0], e.Args[above ? 0 : 1]);
                Builder.Emit(Operation.Compare, into.Name, into.Index, a.Index, b.Index);
                if (above)
                {
                    Builder.Emit(Operation.Not, into.Name, into.Index, into.Index);
                }

                break;
            case Op.Not:
                Builder.Emit(Operation.Not, into.Name, into.Index, Reg(e.Args[0]).Index);
                break;
            default:
                int left = Reg(e.Args[0]).Index;
                Builder.Emit(e.Op == Op.And ? Operation.And : Operation.Or, into.Name, into.Index, left, Reg(e.Args[1]).Index);
                break;
        }

        return into;
    }

    private (Register A, Register B) Aligned(Expr left, Expr right)
    {
        Register a = Reg(left);
        Register b = Reg(right);
        int exponent = Math.Max(a.Exponent, b.Exponent);
        return (Align(a, exponent), Align(b, exponent));
    }

    private Register Align(Register register, int exponent)
    {
        if (register.Exponent == exponent)
        {
            return register;
        }

        Register into = Builder.Add(register.Name, register.Range, exponent);
        EmitLinear(into, [(1, register)], 0);
        return into;
    }

    private Expr Hoist(Expr e)
    {
        HashSet<string> names = e.Names();
        if (names.Count == 0 || !names.All(IsParameter))
        {
            return Symbolic.Fold(e.With([.. e.Args.Select(Hoist)]));
        }

        string name = Shape.Text(e);
        if (!_names.ContainsKey(name))
        {
            double[] values = _neurons.PerNeuron(e);
            _names[name] = Builder.Add(name, new Interval(values.Min(), values.Max()), null, values);
        }

        return Expr.OfName(name);
    }

    private bool IsParameter(string name) => _model.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    private Interval Finite(Interval range, string what, Expr? e = null, string? cause = null)
    {
        if (double.IsFinite(range.Least) && double.IsFinite(range.Most))
        {
            return range;
        }

        cause ??= e == null ? "has no finite bounds" : Cause(e);
        throw new EquationException(null, what + " has no finite value everywhere in the declared ranges: " + cause,
            "narrow the ranges so that this cannot be, or bound it with `clip`")
        { IsUnbounded = true };
    }

    // The smallest part that has no finite range.
    private string Cause(Expr e)
    {
        Interval of(string n) => _names.TryGetValue(n, out Register? r) ? r.Range : new Interval(0, 0);
        foreach (Expr arg in e.Args)
        {
            Interval range = Ranges.Of(arg, of);
            if (!double.IsFinite(range.Least) || !double.IsFinite(range.Most))
            {
                return Cause(arg);
            }
        }

        return e.Op switch
        {
            Op.Divide => "the divisor `" + Shape.Text(e.Args[1]) + "` lies in " + Span(Ranges.Of(e.Args[1], of)) + ", which contains 0",
            Op.Log or Op.Sqrt => "the argument of `" + Shape.Text(e) + "` lies in " + Span(Ranges.Of(e.Args[0], of)),
            _ => "`" + Shape.Text(e) + "` grows beyond all numbers",
        };
    }

    private static string Span(Interval range)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{range.Least:G4}, {range.Most:G4}] (SI units)");
}
