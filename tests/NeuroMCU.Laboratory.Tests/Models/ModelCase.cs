// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Models;

/// <summary>One registered model with one set of parameters at one step, as a network of three neurons that fire by themselves and get
/// spikes.</summary>
/// <param name="Model">Name in network files.</param>
/// <param name="Preset">Set of parameters; fields of the population for models without sets.</param>
/// <param name="Step">Step in µs.</param>
public sealed record ModelCase(string Model, string Preset, int Step)
{
    private const string Tonic = "size: 3, tau: 20 ms, threshold: 15 mV, rest: 0 mV, reset: 0 mV, refractory: 2 ms, bias: 22 mV";

    // Leaky integrate-and-fire has no sets of parameters; its three forms stand here.
    private static readonly (string Model, string Fields)[] s_leaky =
    [
        ("lif", Tonic + ", synapse: delta, update: event"),
        ("lif", Tonic + ", synapse: delta, update: clocked"),
        ("lif", Tonic + ", synapse: exponential, tau_excitatory: 5 ms, tau_inhibitory: 10 ms"),
    ];

    // A compilation runs the network as a pilot; the theories share it.
    private static readonly ConcurrentDictionary<(ModelCase Case, bool Inputs), CompiledNetwork> s_compiled = new();

    /// <summary>Every hand-written model with every set of its parameters, at a short and a long step, and every text of the library
    /// with the set in which it fires most.</summary>
    public static IEnumerable<ModelCase> All => CircuitModels.All
        .SelectMany(model => model.Presets.SelectMany(preset => new[] { 100, 500 }.Select(step => new ModelCase(model.Name, preset, step))))
        .Concat(s_leaky.SelectMany(l => new[] { 100, 500 }.Select(step => new ModelCase(l.Model, l.Fields, step))))
        .Concat(ModelLibrary.Names.Select(name => new ModelCase(name, "size: 3, preset: " + Liveliest(name), StepOf(name))));

    /// <summary>The cases of models with voltages and currents.</summary>
    public static IEnumerable<ModelCase> Circuits => All.Where(c => CircuitModels.Find(c.Model) != null);

    // The step that the example of a text shows.
    private static int StepOf(string name) => File.Exists(Example(name)) ? NetworkFile.Load(Example(name)).Step : 100;

    /// <summary>Where the example network of a text is.</summary>
    public static string Example(string name) => Path.Combine(NetworkTexts.Examples(), "models", name + ".yaml");

    // The set of a text's parameters in which it fires most by itself; a law of a text that never does is judged as a silent one.
    private static string Liveliest(string name) => ModelLibrary.Find(name).Presets.Keys.MaxBy(preset => new ReferenceSimulator(
        NetworkTexts.Parse($$"""
            neuromcu: 1
            step: 100 us
            populations:
              cells: {model: {{name}}, size: 1, preset: {{preset}}}
            """)).Run(100_000).Spikes.Times.Length)!;

    /// <summary>The declaration; null for leaky integrate-and-fire and texts.</summary>
    internal CircuitModel? Declaration => CircuitModels.Find(Model);

    /// <summary>The text; null for hand-written models.</summary>
    internal ModelText? Text => ModelLibrary.Names.Contains(Model, StringComparer.Ordinal) ? ModelLibrary.Find(Model) : null;

    // A hundredth of what the variable may span.
    private static string Weight(ModelState state)
    {
        string symbol = state.Unit.Symbol;
        return symbol == "mV" ? "1 mV" : "0.01" + (symbol == "1" ? string.Empty : " " + symbol);
    }

    /// <summary>The network.</summary>
    /// <param name="inputs">Whether spikes arrive.</param>
    /// <returns>The compiled network.</returns>
    public CompiledNetwork Compile(bool inputs = true) => s_compiled.GetOrAdd((this, inputs), c => c.Case.CompileAnew(c.Inputs));

    private CompiledNetwork CompileAnew(bool inputs)
    {
        string fields = Declaration is { } circuit
            ? string.Create(CultureInfo.InvariantCulture,
                $"size: 3, preset: {Preset}, bias: [{string.Join(", ", new[] { 1, 1.02, 0.98 }.Select(f => (circuit.TypicalCurrent(Preset) * f).ToString("0.############", CultureInfo.InvariantCulture) + " uA"))}]")
            : Preset;

        // Five millivolts on the membrane, whatever its capacitance.
        string weight = Text is { } text ? Weight(text.States[0]) : Declaration == null ? "1 mV" : (Declaration.ValuesOf(Preset)["capacitance"] * 5).ToString("0.############",
            CultureInfo.InvariantCulture) + " nC";
        string arrivals = inputs
            ? "\nprojections:\n  - {from: drive, to: cells, connect: all-to-all, weight: " + weight + ", delay: 1 ms}\n"
                + "inputs:\n  - {to: drive, poisson: {rate: 40 Hz, seed: 5}}\n"
            : string.Empty;
        return NetworkCompiler.Compile(NetworkTexts.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            neuromcu: 1
            step: {{Step}} us
            populations:
              drive: {model: input, size: 1}
              cells: {model: {{Model}}, {{fields}}}
            """) + arrivals));
    }

    /// <summary>The tables of the network, read from its image anew.</summary>
    /// <param name="inputs">Whether spikes arrive.</param>
    /// <returns>The tables.</returns>
    internal NetworkTables Tables(bool inputs = true)
    {
        byte[] image = Compile(inputs).Image;
        return ImageReader.Read(image, 0, image.Length, ModelList.All);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Model}, {Preset}, {Step} us");
}
