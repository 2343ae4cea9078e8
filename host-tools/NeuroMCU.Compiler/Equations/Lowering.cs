// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Brings expressions into registers, each part once.</summary>
internal sealed partial class Lowering
{
    // The corners of points lie anywhere between the entries.
    private const double ErrorOfPoints = 1.0 / 1024;

    private readonly ModelNeurons _neurons;
    private readonly ModelText _model;
    private readonly double _h;
    private readonly Dictionary<string, Register> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Register> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (MadeTable Table, int Number, Register Of)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Number, int? Exponent), Register> _constants = [];
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
        Expr reduced = Symbolic.Reduce(e, n => string.Equals(n, ModelText.StepName, StringComparison.Ordinal) ? Expr.Number(_h)
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
            return Constant(e, null);
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

    // A number in a unit; null for the finest.
    private Register Constant(Expr e, int? exponent)
    {
        if (!_constants.TryGetValue((e.Key, exponent), out Register? constant))
        {
            constant = Builder.Add(Shape.Text(e), new Interval(e.Value, e.Value), exponent, [e.Value]);
            _constants[(e.Key, exponent)] = constant;
        }

        return constant;
    }

    // Pieces of curves of one variable that meet are one table.
    private string? IsOneCurve(Expr e)
    {
        return e.Op is Op.Min or Op.Max or Op.Abs or Op.If && e.Names() is { Count: 1 } names && Shape.IsCurved(e)
            && Corners.Of(e, _names[names.First()].Range) != null ? names.First() : null;
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
}
