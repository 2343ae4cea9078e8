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
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The preset; empty for the defaults.</summary>
    public required string Preset { get; init; }

    /// <summary>Step in µs.</summary>
    public required int Step { get; init; }

    /// <summary>Simulated time in µs.</summary>
    public required long Duration { get; init; }

    /// <summary>What the device runs.</summary>
    public required EquationProgram Program { get; init; }

    /// <summary>Heap of a population of 32 such neurons on the device in bytes.</summary>
    public required int HeapOf32 { get; init; }

    /// <summary>Spikes of the device's arithmetic.</summary>
    public required long SpikesFixed { get; init; }

    /// <summary>Spikes in double precision at the same steps.</summary>
    public required long SpikesDouble { get; init; }

    /// <summary>Spikes in double precision at a twentieth of the step.</summary>
    public required long SpikesFine { get; init; }

    /// <summary>Steps on which double precision, set to the state of the device after each such step, disagreed about a spike.</summary>
    public required long Slips { get; init; }

    /// <summary>The same where nothing but the resolution of the states differs: double precision whose states are rounded to the
    /// device's units after each step.</summary>
    public required long SlipsOfRounding { get; init; }

    /// <summary>Least and most spikes in double precision of neurons that start a millionth of the ranges apart; null where neighbours
    /// do not part.</summary>
    public (long Least, long Most)? Neighbours { get; init; }

    /// <summary>How far the variables are apart in between.</summary>
    public required IReadOnlyList<VariableError> Errors { get; init; }

    /// <summary>How often a state was cut off at an end of its range in double precision, by name.</summary>
    public required IReadOnlyDictionary<string, long> Clipped { get; init; }

    /// <summary>How fast two neurons part that began next to each other, in 1/s: 0 for even firing, more for chaos, less for
    /// rest.</summary>
    public required double Lyapunov { get; init; }

    /// <summary>True where neighbours part so fast that single spikes cannot be compared over a long run.</summary>
    public bool IsChaotic => Lyapunov > 1 && SpikesDouble > 10 && Lyapunov * Duration * 1e-6 / SpikesDouble > 0.02;

    /// <summary>What is wrong with ranges, step or resolution, each with its place in the text.</summary>
    public required IReadOnlyList<Diagnostic> Findings { get; init; }

    /// <summary>Slips per spike; 0 without spikes and slips.</summary>
    public double SlipsPerSpike => Slips == 0 ? 0 : (double)Slips / Math.Max(1, SpikesFixed);

    /// <summary>Slips that rounding alone causes, for each spike of the device.</summary>
    public double SlipsOfRoundingPerSpike => SlipsOfRounding == 0 ? 0 : (double)SlipsOfRounding / Math.Max(1, SpikesFixed);

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
    /// <param name="input">What is added to the first input, with its unit: <c>1 V</c>; null for nothing.</param>
    /// <param name="period">Period in s of a triangle of that height; null for a constant.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="NetworkFileException">The model has errors, or does not fit the device's arithmetic; or the input does not fit
    /// the model.</exception>
    public static ModelCheckResult Run(string nameOrPath, string preset, int step, long duration, string? input = null,
        double? period = null)
    {
        try
        {
            ModelCheckResult result = Check(nameOrPath, preset, step, duration, Waveform(nameOrPath, preset, step, input, period));
            return result with { Findings = [.. result.Findings.Select(f => AsNamed(f, nameOrPath))] };
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

    // A file is named as the user has named it.
    private static Diagnostic AsNamed(Diagnostic finding, string nameOrPath)
    {
        return ModelLibrary.IsPath(nameOrPath) && finding.File == Path.GetFullPath(nameOrPath) ? finding with { File = nameOrPath }
            : finding;
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
        CompiledNetwork compiled = Compile(nameOrPath, preset, step, 1, duration, waveform);
        ModelNeurons neurons = compiled.Network.Populations[0].Equations!;
        EquationProgram program = compiled.Report.Equations[0]!;
        double h = step * 1e-6;
        ModelRun free = new(neurons, h);
        ModelRun fine = new(neurons, h / FineSteps);
        neurons.SetStep(h / neurons.Model.Substeps);
        DeviceNeuron device = new(compiled, program);
        Follower following = new(neurons, program, h);
        RoundedNeuron rounded = new(neurons, program, h);
        Follower ofRounded = new(neurons, program, h);
        StiffnessProbe probe = new(neurons, h);
        Divergence divergence = new(neurons, h);
        double[] least = [.. neurons.Model.States.Select((_, i) => free.Value(0, i))];
        double[] most = [.. least];
        long freeSpikes = 0;
        long fineSpikes = 0;
        long number = 0;
        for (long time = step; time <= duration; time += step)
        {
            following.Compare(device.Step(time), device.Values);
            ofRounded.Compare(rounded.Step(), rounded.Values);
            freeSpikes += free.Step(0, null) ? 1 : 0;
            divergence.Step();
            if (number++ % 23 == 0)
            {
                probe.Look(free.Values(0));
            }

            for (int i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], free.Value(0, i));
                most[i] = Math.Max(most[i], free.Value(0, i));
            }

            for (int i = 0; i < FineSteps; i++)
            {
                fineSpikes += fine.Step(0, null) ? 1 : 0;
            }
        }

        CompiledNetwork many = Compile(nameOrPath, preset, step, 32, duration, string.Empty);
        return new ModelCheckResult
        {
            Model = neurons.Model.Name,
            Preset = preset,
            Step = step,
            Duration = duration,
            Program = program,
            HeapOf32 = EquationModel.ProgramBytes(many.Tables.Populations[0]),
            SpikesFixed = following.Spikes,
            SpikesDouble = freeSpikes,
            SpikesFine = fineSpikes,
            Slips = following.Slips,
            SlipsOfRounding = ofRounded.Slips,
            Neighbours = divergence.Exponent > 1 && freeSpikes > 10 ? Neighbours.Of(neurons, h, duration / step) : null,
            Errors = following.Errors,
            Clipped = free.Clipped,
            Lyapunov = divergence.Exponent,
            Findings =
            [
                .. probe.Findings(),
                .. divergence.Exponent > 1 ? [] : ModelFindings.StepCounts(neurons.Model, step, freeSpikes, fineSpikes, FineSteps, preset),
                .. ModelFindings.Clipped(neurons, free, preset),
                .. ModelFindings.Coarse(neurons, program, following.Errors, least, most, preset),
            ],
        };
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
