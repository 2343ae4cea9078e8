// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Models.Stages;

/// <summary>A model with one set of values, in double precision, whose first input can be set.</summary>
internal sealed class ModelStage
{
    private readonly string _nameOrPath;
    private readonly string _preset;
    private readonly int _step;

    /// <summary>Reads a model.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="preset">Preset; empty for the default values.</param>
    /// <param name="step">Step in µs.</param>
    /// <exception cref="NetworkFileException">The model has errors.</exception>
    public ModelStage(string nameOrPath, string preset, int step)
    {
        _nameOrPath = nameOrPath;
        _preset = preset;
        _step = step;
        Neurons = Of(1);
        Model = Neurons.Model;
    }

    /// <summary>The model.</summary>
    public ModelText Model { get; }

    /// <summary>One neuron.</summary>
    public ModelNeurons Neurons { get; }

    /// <summary>Step in seconds.</summary>
    public double H => _step * 1e-6;

    /// <summary>The first input; null where there is none.</summary>
    public ModelInput? Input => Model.Inputs.Count == 0 ? null : Model.Inputs[0];

    /// <summary>What the values say of the first input; 0 without one.</summary>
    public double Given => Input == null ? 0 : Neurons.Value(Input.Name, 0);

    /// <summary>Range of the first input.</summary>
    public Interval InputRange => Input == null ? new Interval(0, 0) : Neurons.Range(Input.Least, Input.Most);

    /// <summary>Values of the first input over its range, denser towards 0, and what the values say of it.</summary>
    public double[] Levels => Input == null ? [0]
        : [.. Enumerable.Range(0, 25).Select(i => Math.Pow(0.6, i)).SelectMany(p => new[] { InputRange.Least * p, InputRange.Most * p }),
            Given];

    /// <summary>A value of the first input.</summary>
    /// <param name="text">The value with its unit.</param>
    /// <param name="option">Where it was written, for messages.</param>
    /// <returns>The value in SI units.</returns>
    /// <exception cref="NetworkFileException">It is no such value, or the model has no input.</exception>
    public double ReadInput(string text, string option)
    {
        if (Input == null)
        {
            throw Wrong(option, text, "the model has no input", "leave the option out");
        }

        if (!Quantity.TrySplit(text, out double number, out string symbol)
            || !UnitText.TryParse(symbol.Length == 0 ? "1" : symbol, out UnitText unit) || unit.Dimension != Input.Dimension)
        {
            throw Wrong(option, text, "`" + Input.Name + "` measures " + Input.Dimension,
                "write a number with its unit, such as `" + Input.Unit.Text(InputRange.Most) + "`");
        }

        double value = number * unit.Scale;
        return value >= InputRange.Least && value <= InputRange.Most ? value
            : throw Wrong(option, text, "`" + Input.Name + "` lies from " + Input.Unit.Text(InputRange.Least) + " to "
                + Input.Unit.Text(InputRange.Most), "choose a value between");
    }

    /// <summary>The same model at another step.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The stage.</returns>
    public ModelStage AtStep(int step) => new(_nameOrPath, _preset, step);

    /// <summary>One such neuron in the device's arithmetic under a waveform at its first input.</summary>
    /// <param name="waveform">The waveform, as networks have it.</param>
    /// <returns>The neuron at its start, and its step in µs.</returns>
    /// <exception cref="NetworkFileException">The model does not fit the device's arithmetic.</exception>
    public (DeviceNeuron Neuron, long Step) Device(string waveform)
    {
        string traces = string.Join(", ", Model.States.Select(s => string.Create(CultureInfo.InvariantCulture,
            $"{{population: neurons, every: {_step} us, quantity: {s.Name}}}")));
        string text = Text(1, 10000, string.Empty) + "inputs:\n  - {to: neurons, " + waveform + "}\n"
            + "record: {traces: [" + traces + "]}\n";
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(text, _nameOrPath), new CompilerOptions { Unlimited = true });
        return (new DeviceNeuron(compiled, compiled.Report.Equations[0]!), _step);
    }

    /// <summary>Neurons that differ in the first input only.</summary>
    /// <param name="levels">Its values.</param>
    /// <returns>A run at its start.</returns>
    public ModelRun Run(IReadOnlyList<double> levels)
    {
        ModelRun run = new(levels.Count == 1 ? Neurons : Of(levels.Count), H);
        for (int i = 0; i < levels.Count; i++)
        {
            run.ChangeDrive(i, levels[i] - Given);
        }

        return run;
    }

    /// <summary>Rates of all states at a place.</summary>
    /// <param name="level">Value of the first input.</param>
    /// <returns>Takes the states, gives their rates.</returns>
    public Func<double[], double[]> Rates(double level)
    {
        Neurons.SetStep(H / Model.Substeps);
        Evaluator evaluator = new(Model, H / Model.Substeps);
        Action<double[], double[]> rates = evaluator.Rates(Stepping.Of(Neurons, H / Model.Substeps));
        double[] values = new double[evaluator.Count];
        foreach (ModelInput input in Model.Inputs)
        {
            values[evaluator.PlaceOf(input.Name)] = Neurons.Value(input.Name, 0);
        }

        foreach (ModelParameter parameter in Model.Parameters)
        {
            values[evaluator.PlaceOf(parameter.Name)] = Neurons.Value(parameter.Name, 0);
        }

        if (Input != null)
        {
            values[evaluator.PlaceOf(Input.Name)] = level;
        }

        double[] result = new double[Model.States.Count];
        return states =>
        {
            states.CopyTo(values, 0);
            rates(values, result);
            return result;
        };
    }

    /// <summary>Spike times of neurons in seconds.</summary>
    /// <param name="levels">Value of the first input of each.</param>
    /// <param name="seconds">Length of the run.</param>
    /// <param name="most">A neuron that has fired so often is not run on.</param>
    /// <returns>One list per neuron.</returns>
    public List<double>[] Spikes(IReadOnlyList<double> levels, double seconds, int most = int.MaxValue)
    {
        ModelRun run = Run(levels);
        List<double>[] spikes = [.. levels.Select(_ => new List<double>())];
        long steps = (long)Math.Round(seconds / H);
        for (int n = 0; n < levels.Count; n++)
        {
            for (long k = 1; k <= steps && spikes[n].Count < most; k++)
            {
                if (run.Step(n, null))
                {
                    spikes[n].Add(k * H);
                }
            }
        }

        return spikes;
    }

    /// <summary>A network of one such neuron for the device, with the first input at a value and at another from a step to
    /// another.</summary>
    /// <param name="from">Value before and after.</param>
    /// <param name="level">Value in between.</param>
    /// <param name="on">Step at whose end it has begun, from 1; 0 for the start.</param>
    /// <param name="off">Step at whose end it has ended.</param>
    /// <param name="count">Number of steps.</param>
    /// <returns>The network, which records the first state at each step.</returns>
    /// <exception cref="NetworkFileException">The model does not fit the device's arithmetic.</exception>
    public CompiledNetwork Compiled(double from, double level, long on, long off, long count)
    {
        string value(double v) => string.Create(CultureInfo.InvariantCulture,
            $"{v / Input!.Unit.Scale:R} {(Input.Unit.Symbol == "1" ? string.Empty : Input.Unit.Symbol)}");
        string input = Input == null ? string.Empty : $", {Input.Name}: '{value(from)}'";
        string step = Input == null || from.Equals(level) ? string.Empty : string.Create(CultureInfo.InvariantCulture,
            $"inputs:\n  - {{to: neurons, step: {{amplitude: '{value(level - from)}', start: {Math.Max(0, on - 1) * _step} us, "
            + $"stop: {Math.Max(1, off - 1) * _step} us}}}}\n");
        string text = Text(1, count * _step, input) + step + string.Create(CultureInfo.InvariantCulture,
            $"record: {{traces: [{{population: neurons, every: {_step} us}}]}}\n");
        return NetworkCompiler.Compile(NetworkFile.Parse(text, _nameOrPath), new CompilerOptions { Unlimited = true });
    }

    private ModelNeurons Of(int size)
    {
        ModelNeurons neurons = NetworkFile.Parse(Text(size, 10000, string.Empty), _nameOrPath).Populations[0].Equations!;
        neurons.Duration = 3600;
        return neurons;
    }

    private string Text(int size, long duration, string values)
    {
        string model = ModelLibrary.IsPath(_nameOrPath) ? "'" + Path.GetFullPath(_nameOrPath)
            .Replace("'", "''", StringComparison.Ordinal) + "'" : _nameOrPath;
        string chosen = _preset.Length == 0 ? string.Empty : ", preset: '" + _preset.Replace("'", "''", StringComparison.Ordinal) + "'";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"neuromcu: 1\nname: plot\nstep: {_step} us\nduration: {duration} us\npopulations:\n  neurons: {{model: {model}, size: "
            + $"{size}{chosen}{values}}}\n");
    }

    private static NetworkFileException Wrong(string option, string text, string cause, string hint)
    {
        return new NetworkFileException([new Diagnostic(option, 0, 0, string.Empty, "is `" + text + "`: " + cause, hint,
            DiagnosticKind.Unit)]);
    }
}
