// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Emits what happens after a step: spikes with their assignments, refractory periods, other events.</summary>
internal sealed class EventEmitter
{
    private readonly Lowering _lowering;
    private readonly ProgramBuilder _builder;
    private readonly ModelText _model;
    private readonly double _h;

    public EventEmitter(Lowering lowering, double h)
    {
        _lowering = lowering;
        _builder = lowering.Builder;
        _model = lowering.Neurons.Model;
        _h = h;
    }

    /// <summary>Emits the spike of the model, if it has one.</summary>
    public void Spike()
    {
        if (_model.Spike is not { } spike)
        {
            return;
        }

        Register? count = null;
        Register? held = null;
        Register own = _lowering.OfName(_model.Held);
        if (_model.Refractory != null)
        {
            count = _builder.Add("held for", new Interval(0, 1 << 29), 0, [0]);
            held = _builder.Add("held " + own.Name, own.Range, own.Exponent, [0]);
            _builder.Emit(Operation.Hold, "hold " + own.Name, own.Index, held.Index, count.Index);
        }

        (Register of, int threshold) = Condition(spike.When);
        List<int> assignments = Assignments(spike);
        if (count != null && held != null)
        {
            assignments.AddRange([held.Index, own.Index, 1, own.Index, 0, 0, 0, 0, int.MinValue, int.MaxValue]);
            assignments.AddRange([count.Index, own.Index, 0, own.Index, 0, .. ProgramBuilder.Words(HeldSteps() + 1), 0, int.MinValue,
                int.MaxValue]);
        }

        int number = assignments.Count / Operation.AssignmentWords;
        if (spike.Then.Count > 0)
        {
            int operation = IsUpperEnd(of, threshold) ? Operation.SpikeAtEnd : Operation.Spike;
            _builder.Emit(operation, "spike where " + Shape.Text(spike.When),
                [of.Index, threshold, count?.Index ?? -1, number, .. assignments]);
        }
        else
        {
            // At the start a neuron whose condition holds already does not fire.
            double[] above = _lowering.Neurons.PerNeuron(AtStart(spike.When));
            Register earlier = _builder.Add("earlier", new Interval(-1, 0), 0, Array.ConvertAll(above, v => v != 0 ? -1.0 : 0.0));
            _builder.Emit(Operation.EdgeSpike, "spike where now " + Shape.Text(spike.When),
                [of.Index, threshold, earlier.Index, count?.Index ?? -1, number, .. assignments]);
        }

        _lowering.Forget();
    }

    /// <summary>Emits an event without a spike.</summary>
    public void When(ModelEvent e)
    {
        (Register of, int threshold) = Condition(e.When);
        List<int> assignments = Assignments(e);
        _builder.Emit(Operation.When, "where " + Shape.Text(e.When),
            [of.Index, threshold, assignments.Count / Operation.AssignmentWords, .. assignments]);
        _lowering.Forget();
    }

    // The step of a state has looked for its upper end already.
    private bool IsUpperEnd(Register of, int threshold)
    {
        return _model.States.Any(s => _lowering.OfName(s.Name).Index == of.Index)
            && threshold == ProgramBuilder.Raw(of.Range.Most, of.Exponent);
    }

    private long HeldSteps()
    {
        double[] times = _lowering.Neurons.PerNeuron(_model.Refractory!);
        if (times.Length > 1)
        {
            throw new EquationException(null, "the refractory period differs between neurons", "give all neurons one value");
        }

        return times[0] is >= 0 and <= 100
            ? (long)Math.Ceiling((times[0] / _h) - 1e-6)
            : throw new EquationException(null, "the refractory period is "
                + times[0].ToString("G4", System.Globalization.CultureInfo.InvariantCulture) + " s", "write a time from 0 ms to 100 s");
    }

    private Expr AtStart(Expr when)
    {
        return Symbolic.Replace(when, n => _model.States.FirstOrDefault(s => string.Equals(s.Name, n, StringComparison.Ordinal))?.Start);
    }

    private (Register Of, int Threshold) Condition(Expr written)
    {
        Expr when = _lowering.Known(written);
        if (when.Op is Op.AtLeast or Op.Above)
        {
            int above = when.Op == Op.Above ? 1 : 0;
            if (when.Args[1].IsNumber)
            {
                Register of = _lowering.Reg(when.Args[0]);
                return (of, ProgramBuilder.Raw(when.Args[1].Value, of.Exponent) + above);
            }

            return (_lowering.Reg(when.Args[0] - when.Args[1]), above);
        }

        Register mask = _lowering.Reg(when);
        Register one = _builder.Add("is " + mask.Name, new Interval(0, 1), 0);
        _lowering.EmitLinear(one, [(-1, mask)], 0);
        return (one, 1);
    }

    private List<int> Assignments(ModelEvent e)
    {
        List<int> words = [];
        HashSet<string> set = new(StringComparer.Ordinal);
        foreach ((string name, Expr written) in e.Then)
        {
            Register own = _lowering.OfName(name);
            SumParts? parts = null;
            Expr value = _lowering.Known(written);
            LinearSum sum = LinearSum.Of(value);
            List<(double Factor, Register Of)> terms;
            double constant = sum.Constant;
            if (sum.Terms.All(t => t.Node.Op == Op.Name) && sum.Terms.Count() <= 2)
            {
                terms = [.. sum.Terms.Select(t => (t.Factor, _lowering.OfName(t.Node.Name)))];
            }
            else if (value.Names().Overlaps(set))
            {
                throw new EquationException(null, "`" + name + " = " + Shape.Text(written)
                    + "` uses what the lines before it have set, and is not a sum of two",
                    "write it with the values before the spike, above those lines");
            }
            else
            {
                parts = _lowering.PartsOf(sum);
                terms = _lowering.Terms(parts);
                constant = parts.Constant;
                _lowering.Combine(terms, 2);
            }

            while (terms.Count < 2)
            {
                terms.Add((0, own));
            }

            (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, constant, own.Exponent);
            words.AddRange(
            [
                own.Index, terms[0].Of.Index, factors[0], terms[1].Of.Index, factors[1], .. ProgramBuilder.Words(c), shift,
                ProgramBuilder.Raw(own.Range.Least, own.Exponent), ProgramBuilder.Raw(own.Range.Most, own.Exponent),
            ]);
            set.Add(name);
        }

        return words;
    }
}
