// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Models;

/// <summary>What a block of a learning rule becomes on the device.</summary>
/// <param name="Event">Its name in the text, such as <c>on pre</c>.</param>
/// <param name="Lines">Lines that loops of their own do; 0 where a program does the whole block.</param>
/// <param name="Words">Words of the program; 0 where loops do it.</param>
/// <param name="TableBytes">Bytes of the program's tables.</param>
public sealed record RuleBlock(string Event, int Lines, int Words, int TableBytes);

/// <summary>What a check of a learning rule found.</summary>
/// <param name="Preset">The preset; empty for the default values.</param>
/// <param name="Variables">Name of each variable, what has one of its own, and how it goes on between events.</param>
/// <param name="Blocks">Its blocks.</param>
/// <param name="BytesPerSynapse">Heap of a synapse that learns by it, beside its own 6 bytes.</param>
/// <param name="Before">Mean weight at the start, as a part of the limit.</param>
/// <param name="After">Mean weight on the device at the end.</param>
/// <param name="AfterInDouble">The same in double precision.</param>
/// <param name="LargestDifference">Largest distance of a weight on the device from double precision, as a part of the limit.</param>
/// <param name="SpikesDiffer">Spikes of the device that double precision does not have, and the other way round; weights after one
/// differ by more than rounding.</param>
public sealed record RuleCheckResult(
    string Preset, IReadOnlyList<(string Name, string Of, string Course)> Variables, IReadOnlyList<RuleBlock> Blocks,
    int BytesPerSynapse, double Before, double After, double AfterInDouble, double LargestDifference, int SpikesDiffer);

/// <summary>Lets a small network learn by a rule, in the device's arithmetic and in double precision.</summary>
public static class RuleCheck
{
    /// <summary>Synapses of the network.</summary>
    public const int Synapses = Inputs * Cells;

    private const int Inputs = 40;
    private const int Cells = 7;

    private static readonly string[] s_events = ["on pre", "on post", "on modulation", "on time"];
    private static readonly string[] s_owners = ["source neuron", "target neuron", "synapse", "projection"];
    private static readonly string[] s_courses = ["stays", "decays", "counts"];

    /// <summary>Title, source and presets of a rule.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>The two lines, and the names in the order of the file.</returns>
    /// <exception cref="NetworkFileException">There is no such rule, or its text has errors.</exception>
    public static (string Title, string Source, IReadOnlyList<string> Presets) AboutOf(string nameOrPath)
    {
        ModelText text = ModelLibrary.FindRule(nameOrPath).Model;
        return (text.Title, text.Source, [.. text.Presets.Keys]);
    }

    /// <summary>Checks one set of values: 40 random trains of 30 Hz onto 7 cells that teachers make fire at 30 Hz.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="preset">The preset; empty for the default values.</param>
    /// <param name="duration">Network time in µs.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="NetworkFileException">The rule has errors, or does not fit the device's arithmetic.</exception>
    public static RuleCheckResult Run(string nameOrPath, string preset, long duration)
    {
        LearningRule rule = ModelLibrary.FindRule(nameOrPath);
        string name = ModelLibrary.IsPath(nameOrPath) ? Path.GetFullPath(nameOrPath) : nameOrPath;
        string learning = "{rule: " + Quoted(name) + (preset.Length == 0 ? string.Empty : ", preset: " + Quoted(preset))
            + (rule.IsModulated ? ", modulator: reward}" : "}");
        string text = string.Create(CultureInfo.InvariantCulture, $$$"""
            neuromcu: 1
            duration: {{{Math.Min(duration, int.MaxValue)}}} us
            populations:
              inputs: {model: input, size: {{{Inputs}}}}
              teachers: {model: input, size: {{{Cells}}}}
              reward: {model: input, size: 1}
              cells: {model: lif, size: {{{Cells}}}, tau: 10 ms, threshold: 1}
            projections:
              - {from: teachers, to: cells, connect: one-to-one, weight: 3, delay: 1 ms}
              - name: check
                from: inputs
                to: cells
                connect: all-to-all
                weight: {uniform: [0.001, 0.004]}
                weight_limit: 0.005
                delay: 1 ms
                learning: {{{learning}}}
            inputs:
              - {to: inputs, poisson: {rate: 30 Hz}}
              - {to: teachers, poisson: {rate: 30 Hz}}
              - {to: reward, poisson: {rate: 5 Hz}}
            """);
        try
        {
            return Of(rule, preset, NetworkCompiler.Compile(NetworkFile.Parse(text, nameOrPath), new CompilerOptions { Unlimited = true }),
                duration);
        }
        catch (NetworkFileException e)
        {
            throw new NetworkFileException([.. e.Diagnostics.Select(d => ModelCheck.AsNamed(d, nameOrPath))])
            {
                File = nameOrPath,
                Verb = "model check",
            };
        }
    }

    private static RuleCheckResult Of(LearningRule rule, string preset, CompiledNetwork compiled, long duration)
    {
        NetworkEngine engine = new(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All)) { WaitsForRecord = true };
        int first = Cells;
        double limit = compiled.Tables.Learning[0].Limit;
        double[] Weights() => [.. Enumerable.Range(first, Synapses).Select(s => engine.ReadWeight(s) / limit)];
        double before = Weights().Average();
        List<(long Time, int Neuron)> spikes = [];
        while (!engine.HasReached(duration))
        {
            engine.Advance(duration, 4096);
            for (int i = 0; i < engine.Spikes.Count; i++)
            {
                spikes.Add((engine.Spikes.TimeAt(i), engine.Spikes.NeuronAt(i)));
            }

            engine.Spikes.Remove(engine.Spikes.Count);
        }

        ReferenceSimulator reference = new(compiled.Network);
        Recordings.SpikeRecord twin = reference.Run(duration).Spikes;
        HashSet<(long, int)> differ = [.. spikes];
        differ.SymmetricExceptWith(twin.Times.Zip(twin.Neurons));
        double[] device = Weights();
        double[] exact = [.. reference.WeightsOf(1)!.Select(w => w / compiled.Network.Projections[1].Learning!.Limit)];
        return new RuleCheckResult(
            preset,
            [.. rule.Variables.Select(v => (v.Name, s_owners[v.Owner], s_courses[v.Course]))],
            [.. compiled.Tables.Learning[0].Blocks.Select(Block)],
            8 + (4 * rule.Variables.Count(v => v.Owner == LearningOwner.Synapse)),
            before,
            device.Average(),
            exact.Average(),
            device.Zip(exact, (a, b) => Math.Abs(a - b)).Max(),
            differ.Count);
    }

    private static RuleBlock Block(LearningBlock block)
    {
        int lines = block.Steps.Length / LearningTable.StepWords;
        VectorProgram program = block.Program.Program;
        return new RuleBlock(s_events[block.Event], lines, lines > 0 ? 0 : program.Code.Length, 4 * program.Tables.Sum(t => t.Length));
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
