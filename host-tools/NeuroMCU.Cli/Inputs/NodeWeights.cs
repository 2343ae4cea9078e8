// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Inputs;

/// <summary>What the weights of a network are that are on nodes.</summary>
/// <param name="Synapses">Synapses on nodes.</param>
/// <param name="Nodes">Nodes that hold them.</param>
/// <param name="Code">How weights became conductances.</param>
/// <param name="Error">RMS error of the weights, as a part of the largest.</param>
/// <param name="Drift">Largest distance of a node from its target, as a part of full scale.</param>
/// <param name="Cut">Weights that were cut off at the limit of their projection.</param>
internal sealed record NodeWeightFigures(int Synapses, int Nodes, WeightCode Code, double Error, double Drift, int Cut);

/// <summary>A compiled network, and where the weights come from that are on nodes.</summary>
/// <param name="Compiled">The network with the weights that the engine uses.</param>
/// <param name="Figures">What was measured; null when nothing was.</param>
internal sealed record NodeWeights(CompiledNetwork Compiled, NodeWeightFigures? Figures)
{
    // Beyond the tolerance of write and verify a node has drifted.
    private const double Tolerance = 0.02;

    /// <summary>Gets what a user has to know; null when there is nothing.</summary>
    public RunTrouble? Trouble { get; private init; }

    /// <summary>Gets where the weights come from, for people; null for a network without weights on nodes.</summary>
    public string? Text { get; private init; } = Figures is { } f ? string.Create(CultureInfo.InvariantCulture,
        $"{Terminal.Figures.Count(f.Synapses, "weight")} measured on {Terminal.Figures.Count(f.Nodes, "node")} "
        + $"({f.Code.ToString().ToLowerInvariant()}): RMS error {Terminal.Figures.Short(100 * f.Error)} % of the largest, "
        + $"farthest node {Terminal.Figures.Short(100 * f.Drift)} % of full scale from its target") : null;

    /// <summary>Gets the same for <c>--json</c>; null for a network without weights on nodes.</summary>
    public object? Document => Figures is { } f
        ? new
        {
            Source = "measured",
            f.Synapses,
            f.Nodes,
            Code = f.Code.ToString().ToLowerInvariant(),
            RmsErrorPercent = 100 * f.Error,
            LargestDriftPercent = 100 * f.Drift,
            CutOff = f.Cut,
        }
        : Trouble is { } trouble ? new { Source = "file", Why = trouble.What, Next = trouble.Advice } : null;

    /// <summary>Gets what goes into the recording.</summary>
    public IEnumerable<RunTrouble> Troubles
    {
        get
        {
            if (Trouble is not null)
            {
                yield return Trouble;
            }

            if (Figures is { Cut: > 0 } cut)
            {
                yield return new RunTrouble(true, null, $"{Terminal.Figures.Count(cut.Cut, "weight")} on nodes cut off at the weight limit",
                    "write a larger 'weight_limit' into the projection");
            }

            if (Figures is { Drift: > Tolerance } drifted)
            {
                yield return new RunTrouble(false, null, "nodes have drifted from their targets, by up to "
                    + Terminal.Figures.Short(100 * drifted.Drift) + " % of full scale: the run has the weights that they show now",
                    "neuromcu node verify --repair");
            }
        }
    }

    /// <summary>Says that the weights of the file are used.</summary>
    /// <param name="why">Why.</param>
    /// <param name="next">What to type next.</param>
    /// <returns>The network as it is.</returns>
    public static NodeWeights OfFile(CompiledNetwork compiled, int synapses, string why, string next)
    {
        string text = $"{Terminal.Figures.Count(synapses, "weight")} on nodes as in the file, not measured: {why}";
        return new NodeWeights(compiled, null) { Text = text, Trouble = new RunTrouble(false, null, text, next) };
    }

    /// <summary>Says on the terminal where the weights come from.</summary>
    public void Say(VerbContext context)
    {
        if (Text is not null)
        {
            context.WriteLine("nodes: " + Text);
        }

        foreach (RunTrouble trouble in Troubles.Where(t => t != Trouble))
        {
            context.Say("warning: " + trouble.What + "; " + trouble.Advice);
        }

        if (Trouble is { } ideal)
        {
            context.Say("note: " + ideal.Advice);
        }
    }
}
