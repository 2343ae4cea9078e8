// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Exchange.Nir;

/// <summary>A NIR file as a network file, with a report of what became of each node.</summary>
public sealed class NirImport
{
    private NirImport(string text, IReadOnlyList<KeyValuePair<string, string>> tables, IReadOnlyList<ExchangeFinding> findings)
    {
        Text = text;
        Tables = tables;
        Findings = findings;
    }

    /// <summary>The network file.</summary>
    public string Text { get; }

    /// <summary>Tables of synapses: path relative to the network file, and content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tables { get; }

    /// <summary>What became of each node and of each projection.</summary>
    public IReadOnlyList<ExchangeFinding> Findings { get; }

    /// <summary>What was odd about the file.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Version of NIR that wrote the file; empty when it does not say.</summary>
    public string Version { get; private init; } = string.Empty;

    /// <summary>Step of the network in µs.</summary>
    public int Step { get; private init; }

    /// <summary>How membranes decay.</summary>
    public NirDecay Decay { get; private init; }

    /// <summary>What step and decay follow from.</summary>
    public string Why { get; private init; } = string.Empty;

    /// <summary>Number of neurons, inputs included.</summary>
    public int Neurons { get; private init; }

    /// <summary>Number of synapses.</summary>
    public int Synapses { get; private init; }

    /// <summary>Reads a NIR file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Name of the network; its tables stand in the folder of this name with <c>-weights</c>.</param>
    /// <param name="options">What the file leaves open.</param>
    /// <returns>The network, which compiles.</returns>
    /// <exception cref="ExchangeException">The file is damaged, or holds what cannot be run.</exception>
    /// <exception cref="NetworkFileException">The network does not compile.</exception>
    public static NirImport Read(string path, string name, NirOptions options) => Read(path, name, options, measure: true);

    /// <summary>Reads a NIR file.</summary>
    /// <param name="measure">Whether to compile it, which says by how much weights are rounded.</param>
    internal static NirImport Read(string path, string name, NirOptions options, bool measure)
    {
        ArgumentNullException.ThrowIfNull(options);
        NirGraph graph = NirReader.Read(path);
        NirLowering lowering = NirLowering.Of(graph, options);
        string folder = name + "-weights";
        List<KeyValuePair<string, string>> tables = [];
        for (int i = 0; i < lowering.Projections.Count; i++)
        {
            if (!lowering.Projections[i].IsIdentity)
            {
                tables.Add(new(folder + "/" + NirNetworkText.TableName(lowering, i), NirNetworkText.Table(lowering.Projections[i])));
            }
        }

        List<ExchangeFinding> findings = [.. lowering.Findings];
        string text = NirNetworkText.Network(lowering, options, name, folder);
        if (measure)
        {
            findings.AddRange(Rounding(lowering, NirNetworkText.Network(lowering, options with { Spikes = null }, name, folder), tables));
        }

        if (lowering.Projections.Any(p => p.Source.Node.IsNeuron
            && !p.Source.Node.Name.Equals(p.Target.Node.Name, StringComparison.Ordinal)))
        {
            findings.Add(new ExchangeFinding("layers", "order", Fidelity.Approximated,
                "a spike of a neuron counts in the step after it (torch programs: in the same step for the next layer): each layer answers"
                + " one step later, and loops within a layer are as there"));
        }

        return new NirImport(text, tables, findings)
        {
            Notes = graph.Notes,
            Version = graph.Version,
            Step = lowering.Timing.Step,
            Decay = lowering.Timing.Decay,
            Why = lowering.Timing.Why,
            Neurons = lowering.Populations.Sum(p => p.Size),
            Synapses = lowering.Projections.Sum(p => p.Synapses.Count),
        };
    }

    // Compiles what is about to be written, in a folder that nobody sees: an import either runs or is refused.
    private static List<ExchangeFinding> Rounding(NirLowering lowering, string text, IReadOnlyList<KeyValuePair<string, string>> tables)
    {
        string folder = Path.Combine(Path.GetTempPath(), "neuromcu-import-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            foreach ((string table, string content) in tables)
            {
                string file = Path.Combine(folder, table);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, content);
            }

            Network network = NetworkFile.Parse(text, Path.Combine(folder, "import.yaml"));
            CompiledNetwork compiled = NetworkCompiler.Compile(network, new CompilerOptions { Unlimited = true });
            return [.. network.Projections.Zip(compiled.WithRoundedWeights().Projections).Select((pair, i) =>
                Finding(lowering.Projections[i], pair.First, pair.Second))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ExchangeFinding Finding(NirProjection projection, Projection asked, Projection given)
    {
        double[] errors = [.. asked.Connections.Zip(given.Connections, (a, b) => Math.Abs(a.Weight - b.Weight))];
        double worst = errors.Length == 0 ? 0 : errors.Max();
        double mean = errors.Length == 0 ? 0 : errors.Average();
        double largest = asked.Connections.Count == 0 ? 0 : asked.Connections.Max(c => Math.Abs(c.Weight));
        string through = projection.Through.Count == 0 ? "bare edge" : "through " + string.Join(", ", projection.Through);
        string count = LinearMap.CountText(asked.Connections.Count) + (asked.Connections.Count == 1 ? " synapse" : " synapses");
        return new ExchangeFinding(projection.Source.Name + " -> " + projection.Target.Name, "weights",
            worst == 0 ? Fidelity.Exact : Fidelity.Rounded,
            $"{count}, {through}" + (worst == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
                $"; error at most {worst:0.0e+0}, mean {mean:0.0e+0}, largest weight {Number.Short(largest)}")))
        {
            LargestWeightError = worst,
            MeanWeightError = mean,
        };
    }
}
