// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Models.Plots;

/// <summary>Loops of a channel whose conductance remembers: current and conductance over a voltage that is swept.</summary>
internal static class LoopPlot
{
    private const int Steps = 4000;

    // A channel takes a voltage, does not fire, and has a conductance among its states or definitions.
    public static bool Applies(ModelStage stage) => stage.Model.Spike == null && stage.Input is { Dimension.Kind: Dimension.Voltage }
        && Conductance(stage.Model) != null;

    public static IEnumerable<ReportSection> Sections(ModelStage stage, PlotSettings settings)
    {
        double amplitude = settings.Input != null ? stage.ReadInput(settings.Input, "--input")
            : Math.Min(stage.InputRange.Most, -stage.InputRange.Least);
        double period = settings.Period ?? Widest(stage, amplitude);
        ModelInput input = stage.Input!;
        (string name, Expr g) = Conductance(stage.Model)!.Value;
        (double[] v, double[] conductance) = Loop(stage, g, amplitude, period);
        double[] volts = [.. v.Select(x => x / input.Unit.Scale)];
        string note = string.Create(CultureInfo.InvariantCulture,
            $"Triangle of {input.Unit.Text(amplitude)} with a period of {period:G3} s, fourth round.");
        yield return new CurvesSection(
            "Current over voltage", input.Name + " (" + input.Unit.Symbol + ")", "current (nA)",
            [new LineSeries("I-V", volts, [.. v.Select((x, i) => x * conductance[i] * 1e9)], "nA", 0)])
        { Note = note };
        yield return new CurvesSection(
            "Conductance over voltage", input.Name + " (" + input.Unit.Symbol + ")", name + " (nS)",
            [new LineSeries("G-V", volts, [.. conductance.Select(x => x * 1e9)], "nS", 2)])
        { Note = note };
    }

    private static (string Name, Expr Value)? Conductance(ModelText model)
    {
        foreach ((string name, PhysicalDimension dimension, Expr value) in model.Definitions.Reverse())
        {
            if (dimension.Kind == Dimension.Conductance)
            {
                return (name, value);
            }
        }

        return model.States.FirstOrDefault(s => s.Dimension.Kind == Dimension.Conductance) is { } state
            ? (state.Name, Expr.OfName(state.Name)) : null;
    }

    private static (double[] V, double[] G) Loop(ModelStage stage, Expr g, double amplitude, double period)
    {
        double h = period / Steps;
        ModelRun run = new(stage.Neurons, h);
        Func<double[], double> number = new Evaluator(stage.Model, h).Number(g);
        double[] v = new double[Steps + 1];
        double[] conductance = new double[Steps + 1];
        double level = stage.Given;
        for (int k = 0; k <= 4 * Steps; k++)
        {
            double phase = ((k / (double)Steps) + 0.25) % 1;
            double next = amplitude * (1 - Math.Abs((4 * phase) - 2));
            run.ChangeDrive(0, next - level);
            level = next;
            run.Step(0, null);
            if (k >= 3 * Steps)
            {
                v[k - (3 * Steps)] = next;
                conductance[k - (3 * Steps)] = number(run.Values(0));
            }
        }

        return (v, conductance);
    }

    // The period at which the conductance goes round the widest loop.
    private static double Widest(ModelStage stage, double amplitude)
    {
        Expr g = Conductance(stage.Model)!.Value.Value;
        return Enumerable.Range(-8, 36).Select(i => Math.Pow(10, i / 4.0)).MaxBy(p =>
        {
            (double[] v, double[] c) = Loop(stage, g, amplitude, p);
            return Math.Abs(Enumerable.Range(0, v.Length - 1).Sum(i => c[i] * (v[i + 1] - v[i])));
        });
    }
}
