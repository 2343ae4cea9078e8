// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Laboratory.Models;

/// <summary>What a variable of the device differs from double precision by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RootMeanSquare">Root mean square of the difference over steps on which both agree about spikes, as a part of the
/// range.</param>
public sealed record VariableError(string Name, double RootMeanSquare);

/// <summary>What a check of a model with one set of values found.</summary>
public sealed record ModelCheckResult
{
    // A difference of a unit is a step after some sixteen foldings by e; in a row of slips, after half of them.
    private const double FoldingsOfSlip = 8;

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The preset; empty for the defaults.</summary>
    public required string Preset { get; init; }

    /// <summary>Step in µs.</summary>
    public required int Step { get; init; }

    /// <summary>Simulated time in µs.</summary>
    public required long Duration { get; init; }

    /// <summary>What was added to the first input, such as <c>a triangle of 1 V and 1 s</c>; empty for nothing.</summary>
    public string Drive { get; init; } = string.Empty;

    /// <summary>What the device runs, without what makes <see cref="Drive" />.</summary>
    public required EquationProgram Program { get; init; }

    /// <summary>Heap of a population of 32 such neurons on the device in bytes.</summary>
    public required int HeapOf32 { get; init; }

    /// <summary>How closely the device keeps to double precision.</summary>
    public required ConformanceFigures Conformance { get; init; }

    /// <summary>Spikes in double precision at a twentieth of the step.</summary>
    public required long SpikesFine { get; init; }

    /// <summary>Least and most spikes in double precision of neurons that start a millionth of the ranges apart; null where neighbours
    /// do not part.</summary>
    public (long Least, long Most)? Neighbours { get; init; }

    /// <summary>How often a state was cut off at an end of its range in double precision, by name.</summary>
    public required IReadOnlyDictionary<string, long> Clipped { get; init; }

    /// <summary>How fast two neurons part that began next to each other, in 1/s: 0 for even firing, more for chaos, less for
    /// rest.</summary>
    public required double Lyapunov { get; init; }

    /// <summary>True where neighbours part so fast that single spikes cannot be compared over a long run.</summary>
    public bool IsChaotic => Lyapunov > 1 && Conformance.SpikesDouble > 10
        && Lyapunov * Duration * 1e-6 / Conformance.SpikesDouble > 0.02;

    /// <summary>True where slips are what neighbours that part bring about, in whatever arithmetic.</summary>
    public bool SlipsByChaos => 4 * Conformance.SlipsOfLastBit >= Conformance.Slips
        || Conformance.Slips <= Lyapunov * Duration * 1e-6 / FoldingsOfSlip;

    /// <summary>Where slips come from that leave every spike within 1 ms, each with its place in the text.</summary>
    public IReadOnlyList<Diagnostic> Notes { get; init; } = [];

    /// <summary>What is wrong with ranges, step or resolution, each with its place in the text.</summary>
    public required IReadOnlyList<Diagnostic> Findings { get; init; }

    /// <summary>Time of a neuron's step on an ESP32 in µs.</summary>
    public double MicrosecondsPerStep => Program.Work * CostProfile.Find("esp32-rev3").Of(WorkKind.LawOperation) * 1e-3;

    /// <summary>How many such neurons an ESP32 steps in real time, spikes not counted.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The number.</returns>
    public int NeuronsInRealTime(int step)
    {
        CostProfile costs = CostProfile.Find("esp32-rev3");
        return (int)Math.Max(0, (step - (costs.Of(WorkKind.ClockedStep) * 1e-3)) / MicrosecondsPerStep);
    }
}

/// <summary>Runs a model in the device's arithmetic and in double precision beside each other.</summary>
public static class ModelCheck
{
    private const int FineSteps = 20;

    // Triangles within the time of a check where nothing else moves the input.
    private const int Triangles = 5;

    private const int EnoughToCompare = 5;

    // Without a reset, phases drift apart by steps: whether spikes stay together over 100 ms is what counts.
    private const double LeastWithin = 0.99;

    /// <summary>Names of the presets of a model.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>The names in the order of the file.</returns>
    /// <exception cref="NetworkFileException">There is no such model, or its text has errors.</exception>
    public static IReadOnlyList<string> PresetsOf(string nameOrPath) => [.. ModelLibrary.Find(nameOrPath).Presets.Keys];

    /// <summary>Step that a model is made for.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>The step in µs; 100 where the text says none.</returns>
    /// <exception cref="NetworkFileException">There is no such model, or its text has errors.</exception>
    public static int StepOf(string nameOrPath) => ModelLibrary.Find(nameOrPath).Step ?? 100;

    /// <summary>Title and source of a model.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>The two lines.</returns>
    /// <exception cref="NetworkFileException">There is no such model, or its text has errors.</exception>
    public static (string Title, string Source) AboutOf(string nameOrPath)
    {
        ModelText model = ModelLibrary.Find(nameOrPath);
        return (model.Title, model.Source);
    }

    /// <summary>Checks one set of values.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="preset">The preset; empty for the defaults.</param>
    /// <param name="step">Step in µs.</param>
    /// <param name="duration">Simulated time in µs.</param>
    /// <param name="input">What is added to the first input, with its unit: <c>1 V</c>; null for nothing, and for triangles over the range
    /// where a model without spikes would rest at an input of 0, or a step that makes a neuron without presets fire.</param>
    /// <param name="period">Period in s of a triangle of that height; null for a constant.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="NetworkFileException">The model has errors, or does not fit the device's arithmetic; or the input does not fit
    /// the model.</exception>
    public static ModelCheckResult Run(string nameOrPath, string preset, int step, long duration, string? input = null,
        double? period = null)
    {
        try
        {
            (input, period) = Drive(nameOrPath, preset, step, duration, input, period);
            ModelCheckResult result = Check(nameOrPath, preset, step, duration, Waveform(nameOrPath, preset, step, input, period)) with
            {
                Drive = input == null ? string.Empty : period is { } seconds
                    ? string.Create(CultureInfo.InvariantCulture, $"a triangle of {input} and {seconds:0.######} s") : input,
            };
            return result with
            {
                Findings = [.. result.Findings.Select(f => AsNamed(f, nameOrPath))],
                Notes = [.. result.Notes.Select(f => AsNamed(f, nameOrPath))],
            };
        }
        catch (EquationException e)
        {
            throw new NetworkFileException(
                [EquationFault.Of(new ModelNeurons(ModelLibrary.Find(nameOrPath), 1, new Dictionary<string, double[]>()), e)])
            {
                File = nameOrPath,
                Verb = "model check",
            };
        }
        catch (NetworkFileException e) when (ModelLibrary.IsPath(nameOrPath))
        {
            throw new NetworkFileException([.. e.Diagnostics.Select(d => AsNamed(d, nameOrPath))])
            {
                File = nameOrPath,
                Verb = "model check",
            };
        }
    }

    /// <summary>Follows one neuron of the device until it has fired often enough to compare.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="preset">The preset; empty for the defaults.</param>
    /// <param name="step">Step in µs.</param>
    /// <param name="spikes">Spikes after which it ends.</param>
    /// <param name="most">Simulated time in µs after which it ends all the same.</param>
    /// <returns>How closely it keeps to double precision.</returns>
    /// <exception cref="NetworkFileException">The model has errors, or does not fit the device's arithmetic.</exception>
    public static ConformanceFigures Follow(string nameOrPath, string preset, int step, long spikes, long most)
    {
        return Follow(Compile(nameOrPath, preset, step, 1, most, string.Empty), spikes, most);
    }

    /// <summary>The same of a network of one neuron that records its states at each step.</summary>
    /// <returns>How closely it keeps to double precision.</returns>
    internal static ConformanceFigures Follow(CompiledNetwork compiled, long spikes, long most)
    {
        int step = compiled.Network.Step;
        Conformance conformance = new(compiled, step * 1e-6);
        for (long time = step; time <= most && conformance.Spikes < spikes; time += step)
        {
            conformance.Step(time);
        }

        return conformance.Figures;
    }

    /// <summary>Names a file as the user has named it.</summary>
    /// <param name="nameOrPath">What the user wrote.</param>
    /// <returns>The finding.</returns>
    internal static Diagnostic AsNamed(Diagnostic finding, string nameOrPath)
    {
        return ModelLibrary.IsPath(nameOrPath) && finding.File == Path.GetFullPath(nameOrPath) ? finding with { File = nameOrPath }
            : finding;
    }

    // At rest a memory channel shows nothing.
    private static (string? Input, double? Period) Drive(string nameOrPath, string preset, int step, long duration, string? input,
        double? period)
    {
        ModelStage stage = new(nameOrPath, preset, step);
        if (input != null || stage.Input is not { } first)
        {
            return (input, period);
        }

        if (stage.Model.Spike != null)
        {
            return (stage.Model.Presets.Count == 0 ? Firing(stage, duration) : null, null);
        }

        if (stage.Given != 0)
        {
            return (input, period);
        }

        // A range on one side of 0 has no room for a triangle.
        Interval range = stage.InputRange;
        return range.Least < 0 && range.Most > 0
            ? (first.Unit.Text(Math.Min(-range.Least, range.Most)), Math.Max(10 * step, duration / Triangles) * 1e-6)
            : (first.Unit.Text(range.Most > 0 ? range.Most : range.Least), null);
    }

    // What makes a neuron fire that is silent with its defaults, the middle of all that does: at rest no spike is compared.
    private static string? Firing(ModelStage stage, long duration)
    {
        double seconds = duration * 1e-6;
        if (stage.Spikes([stage.Given], seconds, 1)[0].Count > 0)
        {
            return null;
        }

        double[] levels = [.. stage.Levels.Where(l => stage.InputRange.Contains(l - stage.Given)).Order()];
        double[] firing = [.. levels.Zip(stage.Spikes(levels, seconds, EnoughToCompare)).Where(s => s.Second.Count >= EnoughToCompare)
            .Select(s => s.First)];
        return firing.Length == 0 ? null : stage.Input!.Unit.Text(firing[firing.Length / 2] - stage.Given);
    }

    // As networks have it.
    private static string Waveform(string nameOrPath, string preset, int step, string? input, double? period)
    {
        if (input == null)
        {
            return string.Empty;
        }

        ModelStage stage = new(nameOrPath, preset, step);
        double value = stage.ReadInput(input, "--input") / stage.Input!.Unit.Scale;
        string unit = stage.Input.Unit.Symbol == "1" ? string.Empty : " " + stage.Input.Unit.Symbol;
        return string.Create(CultureInfo.InvariantCulture, $"inputs:\n  - {{to: neurons, "
            + $"{(period == null ? "step" : "triangle")}: {{amplitude: {value:R}{unit}{(period is { } p ? $", period: {p * 1e6:0} us" : "")}}}}}\n");
    }

    private static ModelCheckResult Check(string nameOrPath, string preset, int step, long duration, string waveform)
    {
        CompiledNetwork many = Compile(nameOrPath, preset, step, 32, duration, string.Empty);
        return Of(Compile(nameOrPath, preset, step, 1, duration, waveform), duration, FineSteps,
            preset.Length == 0 ? string.Empty : " (preset " + preset + ")") with
        {
            Preset = preset,
            HeapOf32 = EquationModel.ProgramBytes(many.Tables.Populations[0]),
            Program = many.Report.Equations[0]!,
        };
    }

    /// <summary>Checks the neuron of a network that records its states at each step.</summary>
    /// <param name="duration">Simulated time in µs.</param>
    /// <param name="finer">How many of the steps of double precision beside it make one; 0 leaves it out.</param>
    /// <param name="of">What the findings are of, in brackets behind their causes.</param>
    /// <returns>What was found; without preset and heap.</returns>
    internal static ModelCheckResult Of(CompiledNetwork compiled, long duration, int finer, string of)
    {
        int step = compiled.Network.Step;
        ModelNeurons neurons = compiled.Network.Populations[0].Equations!;
        EquationProgram program = compiled.Report.Equations[0]!;
        double h = step * 1e-6;
        ModelRun fine = new(neurons, h / Math.Max(1, finer));
        neurons.SetStep(h / neurons.Model.Substeps);
        Conformance conformance = new(compiled, h);
        ModelRun free = conformance.Free;
        StiffnessProbe probe = new(neurons, h);
        Divergence divergence = new(neurons, h);
        SilentStates silent = new(neurons, program, duration / step);
        double[] least = [.. neurons.Model.States.Select((_, i) => free.Value(0, i))];
        double[] most = [.. least];
        long fineSpikes = 0;
        long number = 0;
        for (long time = step; time <= duration; time += step)
        {
            conformance.Step(time);
            divergence.Step();
            silent.Add(conformance.Values, i => free.Value(0, i));
            if (number++ % 23 == 0)
            {
                probe.Look(free.Values(0));
            }

            for (int i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], free.Value(0, i));
                most[i] = Math.Max(most[i], free.Value(0, i));
            }

            for (int i = 0; i < finer; i++)
            {
                fineSpikes += fine.Step(0, null) ? 1 : 0;
            }
        }

        ConformanceFigures figures = conformance.Figures;
        Diagnostic[] coarse = [.. ModelFindings.Coarse(neurons, program, figures.Errors, least, most, of)];
        bool compares = figures.Spikes == 0 && figures.SpikesDouble == 0 && divergence.Exponent <= 1;
        ModelCheckResult result = new()
        {
            Model = neurons.Model.Name,
            Preset = string.Empty,
            Step = step,
            Duration = duration,
            Program = program,
            HeapOf32 = 0,
            Conformance = figures,
            SpikesFine = fineSpikes,
            Neighbours = divergence.Exponent > 1 && figures.SpikesDouble > 10 ? Neighbours.Of(neurons, h, duration / step) : null,
            Clipped = free.Clipped,
            Lyapunov = divergence.Exponent,
            Findings =
            [
                .. probe.Findings(of),
                .. divergence.Exponent > 1 || finer == 0 ? []
                    : ModelFindings.StepCounts(neurons.Model, step, figures.SpikesDouble, fineSpikes, finer, of),
                .. ModelFindings.Clipped(neurons, free, of),
                .. coarse,
                .. (compares ? silent.Findings(of) : []).Where(f => !Array.Exists(coarse, c => c.Line == f.Line && c.Column == f.Column)),
            ],
        };
        if (result.SlipsByChaos)
        {
            return result;
        }

        Diagnostic[] slips = [.. ModelFindings.Slips(neurons, program, figures, least, most, of)];
        return neurons.Model.Spike is { Then.Count: 0 } && figures.WithinMillisecond >= LeastWithin ? result with { Notes = slips }
            : result with { Findings = [.. result.Findings, .. slips] };
    }

    private static CompiledNetwork Compile(string nameOrPath, string preset, int step, int size, long duration, string waveform)
    {
        ModelLibrary.Find(nameOrPath);
        string model = ModelLibrary.IsPath(nameOrPath) ? "'" + Path.GetFullPath(nameOrPath)
            .Replace("'", "''", StringComparison.Ordinal) + "'" : nameOrPath;
        string chosen = preset.Length == 0 ? string.Empty : ", preset: '" + preset.Replace("'", "''", StringComparison.Ordinal) + "'";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"neuromcu: 1\nname: check\nstep: {step} us\nduration: 10 ms\npopulations:\n  neurons: {{model: {model}, size: "
            + $"{size}{chosen}}}\n") + waveform;
        Network network = NetworkFile.Parse(text, nameOrPath);
        network.Populations[0].Equations!.Duration = duration * 1e-6;
        network = network with
        {
            Traces = [.. Enumerable.Range(0, network.Populations[0].Equations!.Model.States.Count)
                .Select(i => new TraceRequest(network.Populations[0], 0, step, network.Populations[0].Location) { Variable = i })],
        };
        return NetworkCompiler.Compile(network);
    }
}
