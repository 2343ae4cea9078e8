// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Models.Plots;

/// <summary>Loops of a channel whose conductance remembers: current and conductance over a voltage that is swept, in double precision
/// and in the device's arithmetic.</summary>
internal sealed class LoopPlot
{
    private const int Steps = 4000;

    // Rounds until a loop closes within this part of its height.
    private const int MostRounds = 60;
    private const double Closed = 1e-3;

    // Steps and periods that a network may have.
    private const double ShortestStep = 10e-6;
    private const double LongestStep = 0.1;
    private const double LongestPeriod = 2147;

    private LoopPlot(IReadOnlyList<ReportSection> sections, string? notOnDevice)
    {
        Sections = sections;
        NotOnDevice = notOnDevice;
    }

    /// <summary>The two pictures.</summary>
    public IReadOnlyList<ReportSection> Sections { get; }

    /// <summary>Why there are no loops of the device; null where there are.</summary>
    public string? NotOnDevice { get; }

    // A channel takes a voltage, does not fire, and has a conductance or a current.
    public static bool Applies(ModelStage stage) => stage.Model.Spike == null && stage.Input is { Dimension.Kind: Dimension.Voltage }
        && Laws(stage) != null;

    /// <summary>Sweeps a channel.</summary>
    /// <param name="stage">The channel.</param>
    /// <param name="settings">Height and period of the sweep; what is null is chosen.</param>
    /// <returns>Its loops.</returns>
    public static LoopPlot Of(ModelStage stage, PlotSettings settings)
    {
        double amplitude = settings.Input != null ? stage.ReadInput(settings.Input, "--input")
            : Math.Min(stage.InputRange.Most, -stage.InputRange.Least);
        double period = settings.Period ?? Widest(stage, amplitude);
        double h = period / Steps;
        int step = 0;
        string? notOnDevice = null;
        if (period <= LongestPeriod)
        {
            step = (int)Math.Round(Math.Clamp(h, ShortestStep, LongestStep) * 1e6);
            h = step * 1e-6;
            period = Math.Round(period / h) * h;
        }
        else
        {
            notOnDevice = string.Create(CultureInfo.InvariantCulture, $"a waveform of a network has a period of up to {LongestPeriod:0} s");
        }

        Loop exact = InDouble(stage, amplitude, period, h);
        Loop? onDevice = null;
        try
        {
            onDevice = step == 0 ? null : OnDevice(stage.AtStep(step), amplitude, period, exact.Round);
        }
        catch (NetworkFileException e)
        {
            notOnDevice = e.Diagnostics[0].Message;
        }

        ModelInput input = stage.Input!;
        string note = string.Create(CultureInfo.InvariantCulture,
            $"Triangle of {input.Unit.Text(amplitude)} with a period of {period:G3} s, round {exact.Round}.");
        string over = input.Name + " (" + input.Unit.Symbol + ")";
        (string ampere, double perAmpere) = exact.Current.Max(Math.Abs) < 1e-6 ? ("nA", 1e9) : ("uA", 1e6);
        (string siemens, double perSiemens) = exact.Conductance.Max(Math.Abs) < 1e-6 ? ("nS", 1e9) : ("uS", 1e6);
        LineSeries line(string name, Loop loop, Func<Loop, double[]> of, string unit, double per, int color, bool dashed) => new(name,
            [.. loop.Voltage.Select(v => v / input.Unit.Scale)], [.. of(loop).Select(y => y * per)], unit, color, dashed);
        LineSeries[] lines(string name, Func<Loop, double[]> of, string unit, double per, int color) =>
        [
            line(name, exact, of, unit, per, color, false),
            .. onDevice == null ? (LineSeries[])[] : [line(name + ", device", onDevice, of, unit, per, 3, true)],
        ];
        CurvesSection current = new("Current over voltage", over, "current (" + ampere + ")",
            lines("I-V", l => l.Current, ampere, perAmpere, 0))
        { Note = note };
        CurvesSection conductance = new("Conductance over voltage", over, Laws(stage)!.Value.Name + " (" + siemens + ")",
            lines("G-V", l => l.Conductance, siemens, perSiemens, 2))
        { Note = note };
        return new LoopPlot([current, conductance], notOnDevice);
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

    private sealed record Loop(double[] Voltage, double[] Current, double[] Conductance, int Round)
    {
        public bool IsClosed => Math.Abs(Conductance[^1] - Conductance[0]) <= Closed * (Conductance.Max() - Conductance.Min());

        // Of a loop that is twisted the halves go round in different senses.
        public double Area => Math.Abs(Half(1)) + Math.Abs(Half(-1));

        private double Half(int sign) => Enumerable.Range(0, Voltage.Length - 1)
            .Where(i => sign * Voltage[i] > 0 && double.IsFinite(Conductance[i])).Sum(i => Conductance[i] * (Voltage[i + 1] - Voltage[i]));
    }

    // The first round at whose end the conductance is where it began, or the last that is waited for.
    private static Loop InDouble(ModelStage stage, double amplitude, double period, double h)
    {
        int steps = (int)Math.Round(period / h);
        ModelRun run = new(stage.Neurons, h);
        Reading reading = new(stage, h);
        double level = stage.Given;
        int round = 0;
        Loop loop;
        do
        {
            // The last step of a round is the first one of the next.
            for (int k = round == 0 ? 0 : 1; k <= steps; k++)
            {
                double next = Triangle(amplitude, k, steps);
                run.ChangeDrive(0, next - level);
                level = next;
                run.Step(0, null);
                reading.Add(next, run.Values(0));
            }

            loop = reading.Take(++round);
        }
        while (!loop.IsClosed && round < MostRounds);
        return loop;
    }

    // The same waveform as a program of the device makes it.
    private static Loop OnDevice(ModelStage stage, double amplitude, double period, int round)
    {
        (DeviceNeuron device, long step) = stage.Device(string.Create(CultureInfo.InvariantCulture,
            $"triangle: {{amplitude: {amplitude / stage.Input!.Unit.Scale:R} {stage.Input.Unit.Symbol}, period: {period * 1e6:0} us}}"));
        int steps = (int)Math.Round(period * 1e6 / step);
        Reading reading = new(stage, stage.H);
        double[] values = [.. new ModelRun(stage.Neurons, stage.H).Values(0)];
        for (int k = 0; k <= round * steps; k++)
        {
            device.Step((k + 1) * step);
            if (k >= (round - 1) * steps)
            {
                double voltage = Triangle(amplitude, k, steps);
                device.Values.CopyTo(values, 0);
                values[stage.Model.States.Count] = voltage;
                reading.Add(voltage, values);
            }
        }

        return reading.Take(round);
    }

    // From 0 up first, as waveforms of networks go.
    private static double Triangle(double amplitude, int step, int steps)
        => amplitude * (1 - Math.Abs((4 * (((step / (double)steps) + 0.25) % 1)) - 2));

    // Current and conductance at the states of a channel.
    private sealed class Reading
    {
        private readonly Func<double[], double> _ampere;
        private readonly Func<double[], double> _siemens;
        private readonly List<double> _voltage = [];
        private readonly List<double> _current = [];
        private readonly List<double> _conductance = [];

        public Reading(ModelStage stage, double h)
        {
            (Expr current, _, Expr conductance) = Laws(stage)!.Value;
            Evaluator evaluator = new(stage.Model, h);
            _ampere = evaluator.Number(current);
            _siemens = evaluator.Number(conductance);
        }

        public void Add(double voltage, double[] values)
        {
            _voltage.Add(voltage);
            _current.Add(_ampere(values));
            _conductance.Add(_siemens(values));
        }

        // What was added, of which the end begins the next round.
        public Loop Take(int round)
        {
            Loop loop = new([.. _voltage], [.. _current], [.. _conductance], round);
            foreach (List<double> list in new[] { _voltage, _current, _conductance })
            {
                list.RemoveRange(0, list.Count - 1);
            }

            return loop;
        }
    }

    // The period at which the conductance goes round the widest loop, among those that a network may have.
    private static double Widest(ModelStage stage, double amplitude) => Enumerable.Range(-8, 22).Select(i => Math.Pow(10, i / 4.0))
        .MaxBy(p => InDouble(stage, amplitude, p, 4 * p / Steps).Area);
}
