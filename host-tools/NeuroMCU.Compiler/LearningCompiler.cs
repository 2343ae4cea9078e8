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

    private static LearningBlock Block(RuleStep step, ProjectionLearning learning)
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
            update.EmitStage(new Stepping(state, false, line.Value - Expr.OfName(line.Name), null, null), own, own, 1, true, false);
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
            Program = new PopulationTable { Model = s_model, Update = UpdateKind.Clocked, Size = LearningTable.Lanes, Program = program },
        };
    }
}
