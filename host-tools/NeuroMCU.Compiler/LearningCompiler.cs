// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler;

/// <summary>
/// Turns the rule of a projection into tables: variables in fixed point, and a program over lanes of synapses for each block.
/// </summary>
internal static class LearningCompiler
{
    private const int Stored = 256;
    private const double RelativeError = 1.0 / (1 << 16);

    // The exponent of log2(e)/τ per µs in Q.40.
    private const double RateOfOneMicrosecond = 1.4426950408889634 * (1L << 40);

    private static readonly EquationModel s_model = new();

    /// <summary>Compiles the rules of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="projections">Its projections as tables.</param>
    /// <param name="units">Units of the device.</param>
    /// <param name="errors">Takes findings.</param>
    /// <returns>One table for each projection that learns.</returns>
    public static LearningTable[] Compile(Network network, IReadOnlyList<ProjectionTable> projections, DeviceUnits units,
        ICollection<Diagnostic> errors)
    {
        List<LearningTable> tables = [];
        foreach (Projection projection in network.Projections)
        {
            if (projection.Learning is not { } learning)
            {
                continue;
            }

            try
            {
                double unit = WeightFormat.Of(projection, network.Step, units).Value * projections[projection.Index].WeightScale;
                int limit = (int)Math.Round(learning.Limit / unit, MidpointRounding.AwayFromZero);
                tables.Add(Compile(learning, projection.Index, Math.Clamp(limit, -Formats.MaxWeight, Formats.MaxWeight)));
            }
            catch (RuleException e)
            {
                errors.Add(EquationFault.Of(learning.Values, e.Line, e.Cause, "rule `" + learning.Rule + "` of `" + projection.Name + "`"));
            }
            catch (EquationException e)
            {
                errors.Add(Diagnostic.At(learning.Location with { Path = "rule `" + learning.Rule + "` of `" + projection.Name + "`" }, e.Message, e.Hint));
            }
        }

        return [.. tables];
    }

    private static LearningTable Compile(ProjectionLearning learning, int projection, int limit)
    {
        LearningRule rule = learning.Text;
        return new LearningTable
        {
            Projection = projection,
            Modulator = learning.Modulator?.Index ?? -1,
            Limit = limit,
            Interval = learning.Interval,
            Sends = rule.Sends,
            Variables = [.. rule.Variables.Select(v => Variable(v, learning.Values))],
            Blocks = [.. rule.Steps.Select(s => Block(s, learning))],
        };
    }

    private static LearningVariable Variable(RuleVariable variable, ModelNeurons values)
    {
        ModelState state = values.Model.States[values.Model.StateIndex(variable.Name)];
        Interval range = values.Range(state.Least, state.Most);
        int exponent = ProgramBuilder.ExponentOf(range);
        double time = variable.Time == null ? 0 : values.Evaluate(variable.Time, 0);
        bool counts = variable.Course == LearningCourse.Counts;
        return new LearningVariable
        {
            Owner = variable.Owner,
            Course = variable.Course,
            Start = ProgramBuilder.Raw(values.Evaluate(state.Start, 0), exponent),
            Most = ProgramBuilder.Raw(counts ? 1 : range.Magnitude, exponent),
            Rate = counts ? (long)Math.Round(time * 1e6) : variable.Course == LearningCourse.Decays
                ? (long)Math.Round(RateOfOneMicrosecond / (time * 1e6)) : 0,
            LookBack = variable.LookBack,
        };
    }

    // The two forms that the device has loops of its own for; null where a line has another.
    private static int[]? Steps(RuleStep step, ProjectionLearning learning)
    {
        List<int> words = [];
        foreach (RuleLine line in step.Lines)
        {
            Expr value = Symbolic.Reduce(line.Value, n => IsParameter(learning, n) ? Expr.Number(learning.Values.Value(n, 0)) : null);
            int[]? one = Symbolic.LinearIn(value, line.Name) is not { A: { IsNumber: true, Value: 1 } } form ? null
                : learning.Text.IsShared(line.Name, step.Event) ? Addition(line.Name, form.B, learning)
                : Change(line.Name, form.B, step.Event, learning);
            if (one == null || words.Count == LearningTable.MaxSteps * LearningTable.StepWords)
            {
                return null;
            }

            words.AddRange(one);
        }

        return [.. words];
    }

    private static bool IsParameter(ProjectionLearning learning, string name)
    {
        return learning.Text.Model.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal));
    }

    private static int[]? Addition(string name, Expr amount, ProjectionLearning learning)
    {
        // What goes down may meet the lower end of its range, which the device's loop does not know.
        return amount is not { IsNumber: true, Value: > 0 }
            ? null
            : [0, IndexOf(name, learning), ProgramBuilder.Raw(amount.Value, ExponentOf(name, learning)), 0, 0, 0, 0, 0];
    }

    // name += T·(k + l·v): T differs between the synapses, v does not.
    private static int[]? Change(string name, Expr change, int at, ProjectionLearning learning)
    {
        int index = IndexOf(name, learning);
        Interval range = RangeOf(name, learning);
        bool fits = string.Equals(name, LearningRule.Weight, StringComparison.Ordinal)
            || (index >= 0 && learning.Text.Variables[index].Owner == LearningOwner.Synapse && range.Least.Equals(-range.Most));
        if (!fits)
        {
            return null;
        }

        foreach (RuleVariable trace in learning.Text.Variables.Where(v => v.Course != LearningCourse.Counts))
        {
            if (Symbolic.LinearIn(change, trace.Name) is not { B: { IsNumber: true, Value: 0 } } form || (form.A.IsNumber
                && form.A.Value.Equals(0)))
            {
                continue;
            }

            if (form.A.IsNumber)
            {
                return Change(index, trace, form.A.Value, null, 0, name, learning);
            }

            foreach (RuleVariable shared in learning.Text.Variables.Where(v =>
                v.Course != LearningCourse.Counts && learning.Text.IsShared(v.Name, at)))
            {
                if (Symbolic.LinearIn(form.A, shared.Name) is { A.IsNumber: true, B.IsNumber: true } factor)
                {
                    return Change(index, trace, factor.B.Value, shared, factor.A.Value, name, learning);
                }
            }
        }

        return null;
    }

    private static int[]? Change(int index, RuleVariable trace, double k, RuleVariable? shared, double l, string name,
        ProjectionLearning learning)
    {
        int up = ExponentOf(trace.Name, learning) - ExponentOf(name, learning);
        int sharedExponent = shared == null ? 0 : ExponentOf(shared.Name, learning);
        double most = Math.Abs(k) + (shared == null ? 0 : Math.Abs(l) * RangeOf(shared.Name, learning).Magnitude);
        for (int shift = 62; shift > 0; shift--)
        {
            double factor = Math.ScaleB(k, up + shift);
            double second = Math.ScaleB(l, up + shift + sharedExponent + 30);
            if (Math.ScaleB(most, up + shift) < 1 << 30 && Math.Abs(second) < int.MaxValue)
            {
                int own = index < 0 ? 0 : index + 2;
                return
                [
                    1, own, IndexOf(trace.Name, learning), Whole(factor), shared == null ? -1
                        : IndexOf(shared.Name, learning), Whole(second), 0, shift,
                ];
            }
        }

        return null;
    }

    private static int Whole(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static int IndexOf(string name, ProjectionLearning learning)
    {
        return learning.Text.Variables.Select((v, i) => (v, i)).Where(p =>
            string.Equals(p.v.Name, name, StringComparison.Ordinal)).Select(p => p.i)
            .DefaultIfEmpty(-1).First();
    }

    private static Interval RangeOf(string name, ProjectionLearning learning)
    {
        ModelState state = learning.Values.Model.States[learning.Values.Model.StateIndex(name)];
        return learning.Values.Range(state.Least, state.Most);
    }

    private static int ExponentOf(string name, ProjectionLearning learning) => ProgramBuilder.ExponentOf(RangeOf(name, learning));

    private static LearningBlock Block(RuleStep step, ProjectionLearning learning)
    {
        return Steps(step, learning) is { } steps
            ? new LearningBlock { Event = step.Event, Bindings = [0], Steps = steps, Program = Lanes(NoProgram()) }
            : Programmed(step, learning);
    }

    private static VectorProgram NoProgram()
    {
        return new VectorProgram { Code = [], Tables = [], Start = [[0]], Drive = -1, Inlets = [], Visible = [0] };
    }

    private static PopulationTable Lanes(VectorProgram program)
    {
        return new PopulationTable { Model = s_model, Update = UpdateKind.Clocked, Size = LearningTable.Lanes, Program = program };
    }

    private static LearningBlock Programmed(RuleStep step, ProjectionLearning learning)
    {
        LearningRule rule = learning.Text;
        Lowering lowering = new(learning.Values, 1, RelativeError);
        StateUpdate update = new(lowering, 1);
        HashSet<string> used = new(StringComparer.Ordinal);
        HashSet<string> set = new(StringComparer.Ordinal);
        foreach (RuleLine line in step.Lines)
        {
            ModelState state = rule.Model.States[rule.Model.StateIndex(line.Name)];
            Register own = lowering.OfName(line.Name);

            // As a change of the old value, so that what is added keeps its own resolution.
            try
            {
                update.EmitStage(new Stepping(state, false, line.Value - Expr.OfName(line.Name), null, null), own, own, 1, true, false);
            }
            catch (EquationException e)
            {
                throw new RuleException(line, e);
            }

            lowering.Forget();
            used.UnionWith(line.Value.Names());
            used.Add(line.Name);
            set.Add(line.Name);
        }

        ModelState[] bound = [.. rule.Model.States.Where(s => used.Contains(s.Name))];
        (int[] code, int[][] start, Func<Register, int> place) = lowering.Builder.Finish();
        VectorProgram program = new()
        {
            Code = code,
            Tables = lowering.Builder.Tables,
            Start = start,
            Drive = -1,
            Inlets = [],
            Visible = [.. bound.Select(s => place(lowering.OfName(s.Name)))],
        };
        return new LearningBlock
        {
            Event = step.Event,
            Bindings = [.. bound.Select(s => rule.Model.StateIndex(s.Name) + (set.Contains(s.Name) ? Stored : 0))],
            Steps = [],
            Program = Lanes(program),
        };
    }

    // What goes wrong in a line is said at its place.
    private sealed class RuleException(RuleLine line, EquationException cause) : Exception(cause.Message)
    {
        public RuleLine Line { get; } = line;

        public EquationException Cause { get; } = cause;
    }
}
