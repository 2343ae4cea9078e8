// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>What runs of a model show to be wrong with its text, each with its place.</summary>
public static class ModelFindings
{
    // A variable that moves over fewer units than this shows them.
    private const double LeastUnits = 2048;

    // Slips per spike beyond which a set of values is not followed.
    internal const double MostSlips = 0.02;

    // Error beside what the variable does, from which on coarse units matter.
    internal const double MostError = 0.002;

    // Part of the spikes by which a count may differ from that of very fine steps.
    internal const double CountsApart = 0.05;

    /// <summary>Says that no value of the first input makes a model fire that has a spike.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>The finding; null where it fires.</returns>
    public static Diagnostic? NeverFires(string nameOrPath, int step)
    {
        ModelStage stage = new(nameOrPath, string.Empty, step);
        if (stage.Model.Spike is not { } spike)
        {
            return null;
        }

        if (stage.Spikes(stage.Levels, 0.5, 1).Any(s => s.Count > 0))
        {
            return null;
        }

        string asked = stage.Input == null ? "in half a second"
            : "within half a second, whatever `" + stage.Input.Name + "` is within its range";
        string message = "never fires: `" + (spike.Condition?.Text ?? "its condition") + "` does not come true " + asked;
        const string Hint =
            "lower the threshold, widen the range of the input, or look at the signs of the equations with `neuromcu model plot`";
        return ModelCheck.AsNamed(spike.Condition?.Finding(0, spike.Condition.Text.Length, message, Hint)
            ?? Diagnostic.At(stage.Model.Location, message, Hint), nameOrPath);
    }

    /// <summary>States that were cut off at an end of their range.</summary>
    /// <param name="run">The run in double precision.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>One finding per state.</returns>
    internal static IEnumerable<Diagnostic> Clipped(ModelNeurons neurons, ModelRun run, string of)
    {
        foreach ((string name, long count) in run.Clipped)
        {
            ModelState state = neurons.Model.States[neurons.Model.StateIndex(name)];
            Interval range = neurons.Range(state.Least, state.Most);
            long above = run.ClippedAbove.GetValueOrDefault(name);
            string ends = above == 0 ? "the lower end of its range, " + state.Unit.Text(range.Least)
                : above == count ? "the upper end of its range, " + state.Unit.Text(range.Most)
                : "both ends of its range, " + state.Unit.Text(range.Least) + " and " + state.Unit.Text(range.Most);
            string times = count == 1 ? "once" : count.ToString(CultureInfo.InvariantCulture) + " times";
            yield return SourcePiece.Marked(
                neurons.Model.Lines, state.RangeLocation, LengthOf(neurons.Model, state.RangeLocation),
                "`" + name + "` was cut off " + times + " at " + ends + of,
                "widen the `range` of `" + name + "`; where it should not get there, look at the signs of its equation");
        }
    }

    /// <summary>States and inputs whose units are coarse beside what they do.</summary>
    /// <param name="least">Least values of the states in the run in double precision.</param>
    /// <param name="most">Their largest values.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>One finding per variable.</returns>
    internal static IEnumerable<Diagnostic> Coarse(
        ModelNeurons neurons, EquationProgram program, IReadOnlyList<VariableError> errors, double[] least, double[] most, string of)
    {
        ModelText model = neurons.Model;
        for (int i = 0; i < program.States; i++)
        {
            ModelState state = model.States[i];
            VariableFormat format = program.Variables[i];
            double span = most[i] > least[i] ? most[i] - least[i] : Math.Abs(most[i]);
            double error = errors[i].RootMeanSquare * (format.Most - format.Least);
            if (span > 0 && format.Resolution * LeastUnits > span && error > MostError * span)
            {
                double margin = span / 2;
                yield return SourcePiece.Marked(
                    model.Lines, state.RangeLocation, LengthOf(model, state.RangeLocation),
                    "the resolution of `" + state.Name + "`, " + state.Unit.Text(format.Resolution) + ", is coarse: it moves from "
                    + state.Unit.Text(least[i])
                    + " to " + state.Unit.Text(most[i]) + of,
                    "narrow the `range` of `" + state.Name + "`, to about [" + state.Unit.Text(least[i] - margin) + ", "
                    + state.Unit.Text(most[i] + margin) + "]");
            }
        }

        for (int i = program.States; i < program.States + model.Inputs.Count; i++)
        {
            ModelInput input = model.Inputs[i - program.States];
            VariableFormat format = program.Variables[i];
            double value = Math.Abs(neurons.Value(input.Name, 0));
            if (value > 0 && format.Resolution * 256 > value)
            {
                yield return SourcePiece.Marked(
                    model.Lines, input.RangeLocation, LengthOf(model, input.RangeLocation),
                    "the resolution of the input `" + input.Name + "`, " + input.Unit.Text(format.Resolution) + ", is coarse for "
                    + input.Unit.Text(value) + of,
                    "narrow the `range` of `" + input.Name + "`");
            }
        }
    }

    /// <summary>Says why the device slips against double precision more often than it should, and what makes it slip less: a finer
    /// table, or a finer unit.</summary>
    /// <param name="figures">What was seen.</param>
    /// <param name="least">Least values of the states in the run in double precision.</param>
    /// <param name="most">Their largest values.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>The finding; none where slips are few.</returns>
    internal static IEnumerable<Diagnostic> Slips(
        ModelNeurons neurons, EquationProgram program, ConformanceFigures figures, double[] least, double[] most, string of)
    {
        if (figures.Slips <= Math.Max(1, MostSlips * figures.Spikes))
        {
            yield break;
        }

        ModelText model = neurons.Model;
        string slips = string.Create(CultureInfo.InvariantCulture, $"{figures.Slips} slips in {figures.Spikes} spikes{of}");
        TableReport? worst = program.Tables.MaxBy(t => t.LargestError);
        if (worst == null || 2 * figures.SlipsOfRounding >= figures.Slips)
        {
            double moved(int i) => most[i] > least[i] ? most[i] - least[i] : double.PositiveInfinity;
            int coarsest = Enumerable.Range(0, program.States).MaxBy(i => program.Variables[i].Resolution / moved(i));
            ModelState state = model.States[coarsest];
            yield return SourcePiece.Marked(
                model.Lines, state.RangeLocation, LengthOf(model, state.RangeLocation),
                "the resolution of `" + state.Name + "`, " + state.Unit.Text(program.Variables[coarsest].Resolution)
                + ", is coarse beside its steps: the device makes " + slips,
                "narrow the `range` of `" + state.Name + "`: it moves from " + state.Unit.Text(least[coarsest]) + " to "
                + state.Unit.Text(most[coarsest]) + "; or use a longer step");
            yield break;
        }

        int bytes = program.Tables.Sum(t => 4 * t.Entries);
        string table = "the table for `" + worst.For + "` over `" + worst.Of + "` is coarse, " + worst.Entries.ToString(
            CultureInfo.InvariantCulture) + " entries: the device makes " + slips;
        string room = string.Create(CultureInfo.InvariantCulture, $"enlarge it with `table_bytes: {2 * bytes}` in the text: all tables "
            + $"take {bytes} bytes now");
        int place = model.StateIndex(worst.Of);
        yield return place < 0 ? Diagnostic.At(model.Location, table, room) : SourcePiece.Marked(
            model.Lines, model.States[place].RangeLocation, LengthOf(model, model.States[place].RangeLocation), table,
            room + "; or narrow the `range` of `" + worst.Of + "`");
    }

    /// <summary>Says that a state of the device is not what it is in double precision.</summary>
    /// <param name="number">Number of the state.</param>
    /// <param name="error">What 99 of 100 steps are nearer than, in SI units.</param>
    /// <param name="span">What it moves over in double precision.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause.</param>
    /// <returns>The finding.</returns>
    internal static Diagnostic Apart(ModelNeurons neurons, EquationProgram program, int number, double error, double span, string of)
    {
        ModelText model = neurons.Model;
        ModelState state = model.States[number];
        string apart = string.Create(CultureInfo.InvariantCulture,
            $"`{state.Name}` of the device is up to {state.Unit.Text(error)} from double precision, where it moves over {state.Unit.Text(span)}{of}");
        TableReport? table = program.Tables.MaxBy(t => t.LargestError);
        int bytes = program.Tables.Sum(t => 4 * t.Entries);
        string narrow = "narrow the `range` of `" + state.Name + "`, whose resolution is "
            + state.Unit.Text(program.Variables[number].Resolution);
        return SourcePiece.Marked(
            model.Lines, state.RangeLocation, LengthOf(model, state.RangeLocation), apart,
            table == null || program.Variables[number].Resolution * LeastUnits > span ? narrow : string.Create(CultureInfo.InvariantCulture,
                $"enlarge the table for `{table.For}` over `{table.Of}` with `table_bytes: {2 * bytes}`; or {narrow}"));
    }

    /// <summary>Says that a finer step would give other counts of spikes.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="spikes">Spikes in double precision at that step.</param>
    /// <param name="fine">Spikes at <paramref name="finer" /> of it.</param>
    /// <param name="finer">How many of the finer steps make one.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>The finding; none where the counts agree to a twentieth.</returns>
    internal static IEnumerable<Diagnostic> StepCounts(ModelText model, int step, long spikes, long fine, int finer, string of)
    {
        const int Few = 20;
        return Math.Max(spikes, fine) < Few || Math.Abs(spikes - fine) <= CountsApart * Math.Max(spikes, fine) ? []
            : [TooLong(model, step, spikes, fine, finer, of)];
    }

    /// <summary>Says that a step is too long, since a finer one gives another count of spikes.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="spikes">Spikes in double precision at that step.</param>
    /// <param name="fine">Spikes at <paramref name="finer" /> of it.</param>
    /// <param name="finer">How many of the finer steps make one.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>The finding.</returns>
    internal static Diagnostic TooLong(ModelText model, int step, long spikes, long fine, int finer, string of)
    {
        const int ShortestStep = 10;
        const int MostSubsteps = 32;

        // The error of a method falls at least in step with the step.
        double apart = Math.Abs(spikes - fine) / (double)Math.Max(spikes, fine) / (1 - (1.0 / finer));
        double asked = Math.Max(1, step * CountsApart / 2 / apart);
        double digit = Math.Pow(10, Math.Floor(Math.Log10(asked)) - 1);
        string shorter = asked < ShortestStep ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"use a step of about {Math.Floor(asked / digit) * digit:0.#} us, or ");
        string parts = string.Create(CultureInfo.InvariantCulture,
            $"`substeps: {Math.Clamp((int)Math.Ceiling(model.Substeps * step / asked), 2, MostSubsteps)}`");

        // A higher method does not help over a reset, which ends a step as it is.
        string higher = model.HasStages || model.Spike is { Then.Count: > 0 } ? string.Empty : ", or `method: rk4`";
        return Diagnostic.At(
            model.Location,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a step of {step} us is too long: it gives {spikes} spikes, and {fine} with steps {finer} times as fine{of}"),
            (shorter.Length == 0 ? "use " : shorter) + parts + higher);
    }

    // A range ends with its bracket.
    private static int LengthOf(ModelText model, SourceLocation range)
    {
        string line = range.Line >= 1 && range.Line <= model.Lines.Count
            ? model.Lines[range.Line - 1] : string.Empty;
        int from = Math.Min(line.Length, Math.Max(0, range.Column - 1));
        int end = line.IndexOf(']', from);
        return end < 0 ? 1 : end - from + 1;
    }
}
