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

    // A channel takes a voltage, does not fire, and has a conductance or a current.
    public static bool Applies(ModelStage stage) => stage.Model.Spike == null && stage.Input is { Dimension.Kind: Dimension.Voltage }
        && Laws(stage) != null;

    public static IEnumerable<ReportSection> Sections(ModelStage stage, PlotSettings settings)
    {
        double amplitude = settings.Input != null ? stage.ReadInput(settings.Input, "--input")
            : Math.Min(stage.InputRange.Most, -stage.InputRange.Least);
        double period = settings.Period ?? Widest(stage, amplitude);
        ModelInput input = stage.Input!;
        string name = Laws(stage)!.Value.Name;
        (double[] v, double[] current, double[] conductance) = Loop(stage, amplitude, period);
        double[] volts = [.. v.Select(x => x / input.Unit.Scale)];
        string note = string.Create(CultureInfo.InvariantCulture,
            $"Triangle of {input.Unit.Text(amplitude)} with a period of {period:G3} s, fourth round.");
        (string ampere, double perAmpere) = current.Max(Math.Abs) < 1e-6 ? ("nA", 1e9) : ("uA", 1e6);
        (string siemens, double perSiemens) = conductance.Max(Math.Abs) < 1e-6 ? ("nS", 1e9) : ("uS", 1e6);
        yield return new CurvesSection("Current over voltage", input.Name + " (" + input.Unit.Symbol + ")", "current (" + ampere + ")",
            [new LineSeries("I-V", volts, [.. current.Select(x => x * perAmpere)], ampere, 0)])
        { Note = note };
        yield return new CurvesSection("Conductance over voltage", input.Name + " (" + input.Unit.Symbol + ")", name + " (" + siemens + ")",
            [new LineSeries("G-V", volts, [.. conductance.Select(x => x * perSiemens)], siemens, 2)])
        { Note = note };
    }

    // Current and conductance: those that the text shows, else the conductance among the states, else what is defined last.
    private static (Expr Current, string Name, Expr Conductance)? Laws(ModelStage stage)
    {
        ModelText model = stage.Model;
        Expr volts = Expr.OfName(model.Inputs[0].Name);
        (string Name, Expr Value)? conductance = Shown(model, Dimension.Conductance);
        if (conductance == null && model.States.FirstOrDefault(s => s.Dimension.Kind == Dimension.Conductance) is { } state)
        {
            conductance = (state.Name, Expr.OfName(state.Name));
        }

        conductance ??= Defined(model, Dimension.Conductance);
        (string Name, Expr Value)? current = Shown(model, Dimension.Current)
            ?? (conductance == null ? Defined(model, Dimension.Current) : null);
        if (conductance is { } g)
        {
            return (current?.Value ?? (g.Value * volts), g.Name, g.Value);
        }

        return current is { } i ? (i.Value, i.Name + "/" + model.Inputs[0].Name, i.Value / volts) : ((Expr, string, Expr)?)null;
    }

    private static (string Name, Expr Value)? Shown(ModelText model, Dimension kind)
    {
        return model.Outputs.FirstOrDefault(o => UnitText.TryParse(o.Unit.Symbol, out UnitText unit)
            && unit.Dimension.Kind == kind) is { } output
            ? (output.Name, output.Value) : ((string, Expr)?)null;
    }

    private static (string Name, Expr Value)? Defined(ModelText model, Dimension kind)
    {
        return model.Definitions.LastOrDefault(d => d.Dimension.Kind == kind) is { Value: not null } last ? (last.Name, last.Value)
            : ((string, Expr)?)null;
    }

    private static (double[] V, double[] I, double[] G) Loop(ModelStage stage, double amplitude, double period)
    {
        (Expr current, _, Expr g) = Laws(stage)!.Value;
        double h = period / Steps;
        ModelRun run = new(stage.Neurons, h);
        Evaluator evaluator = new(stage.Model, h);
        Func<double[], double> ampere = evaluator.Number(current);
        Func<double[], double> siemens = evaluator.Number(g);
        double[] v = new double[Steps + 1];
        double[] i = new double[Steps + 1];
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
                int at = k - (3 * Steps);
                v[at] = next;
                i[at] = ampere(run.Values(0));
                conductance[at] = siemens(run.Values(0));
            }
        }

        return (v, i, conductance);
    }

    // The period at which the conductance goes round the widest loop.
    private static double Widest(ModelStage stage, double amplitude)
    {
        return Enumerable.Range(-8, 36).Select(i => Math.Pow(10, i / 4.0)).MaxBy(p =>
        {
            (double[] v, _, double[] c) = Loop(stage, amplitude, p);
            return Math.Abs(Enumerable.Range(0, v.Length - 1).Where(i => double.IsFinite(c[i])).Sum(i => c[i] * (v[i + 1] - v[i])));
        });
    }
}
