// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Recordings;

namespace NeuroMCU.Nodes.Synapses;

/// <summary>What the weights of a network are that are on nodes which keep them.</summary>
/// <param name="Synapses">Synapses on nodes.</param>
/// <param name="Nodes">Nodes that hold them.</param>
/// <param name="Code">How weights became conductances.</param>
/// <param name="Error">RMS error of the weights, as a part of the largest.</param>
/// <param name="Drift">Largest distance of a node from its target, as a part of full scale.</param>
/// <param name="Cut">Weights that were cut off at the limit of their projection.</param>
public sealed record NodeWeightFigures(int Synapses, int Nodes, WeightCode Code, double Error, double Drift, int Cut);

/// <summary>A compiled network, and where the weights come from that are on nodes.</summary>
/// <param name="Compiled">The network with the weights that the engine uses.</param>
/// <param name="Figures">What was measured on nodes that keep their weights; null when nothing was.</param>
public sealed record NodeWeights(CompiledNetwork Compiled, NodeWeightFigures? Figures)
{
    // Beyond the tolerance of write and verify a node has drifted.
    private const double Tolerance = 0.02;

    // A response that is off by more is not that of the rule.
    private const double Poor = 0.1;

    /// <summary>Gets what was measured on volatile nodes, for each projection on them.</summary>
    public IReadOnlyList<VolatileFigures> Volatile { get; init; } = [];

    /// <summary>Gets what is not measured, and what to do about it.</summary>
    public IReadOnlyList<RunTrouble> NotMeasured { get; init; } = [];

    /// <summary>Gets where the weights come from, for people; null for a network without weights on nodes.</summary>
    public string? Text
    {
        get
        {
            string text = string.Join("; ", Parts().Concat(NotMeasured.Select(t => t.What)));
            return text.Length == 0 ? null : text;
        }
    }

    /// <summary>Gets the same for JSON; null for a network without weights on nodes.</summary>
    public object? Document => Text is null ? null : new
    {
        Source = NotMeasured.Count == 0 ? "measured" : Figures is null && Volatile.Count == 0 ? "file" : "measured in part",
        Text,
        Figures?.Synapses,
        Figures?.Nodes,
        Code = Figures?.Code.ToString().ToLowerInvariant(),
        RmsErrorPercent = 100 * Figures?.Error,
        LargestDriftPercent = 100 * Figures?.Drift,
        CutOff = Figures?.Cut,
        Volatile = Volatile.Count == 0 ? null : Volatile.Select(v => new
        {
            v.Projection,
            Plasticity = v.Facilitates ? "facilitation" : "depression",
            v.Nodes,
            SharePercent = 100 * v.Share,
            RelaxationMs = 1000 * v.Relaxation,
            RmsErrorPercent = 100 * v.Error,
            CutOff = v.Cut,
        }),
        Why = NotMeasured.Count == 0 ? null : NotMeasured[0].What,
        Next = NotMeasured.Count == 0 ? null : NotMeasured[0].Advice,
    };

    /// <summary>Gets what goes into the recording.</summary>
    public IEnumerable<RunTrouble> Troubles => [.. NotMeasured, .. Warnings];

    /// <summary>Gets what is not as it should be with weights that were measured.</summary>
    public IEnumerable<RunTrouble> Warnings
    {
        get
        {
            int cut = (Figures?.Cut ?? 0) + Volatile.Sum(v => v.Cut);
            if (cut > 0)
            {
                yield return new RunTrouble(true, null, $"{Count(cut, "weight")} on nodes cut off at the weight limit",
                    "write a larger 'weight_limit' into the projection");
            }

            if (Figures is { Drift: > Tolerance } drifted)
            {
                yield return new RunTrouble(false, null, "nodes have drifted from their targets, by up to "
                    + Short(100 * drifted.Drift) + " % of full scale: the run has the weights that they show now",
                    "neuromcu node verify --repair");
            }

            foreach (VolatileFigures poor in Volatile.Where(v => v.Error > Poor))
            {
                yield return new RunTrouble(false, null, $"the nodes of {poor.Projection} differ: what they do is off by "
                    + $"{Short(100 * poor.Error)} % of the largest answer from one rule for all of them",
                    "take fewer synapses in one projection, or look at the nodes: neuromcu node trace volatility -n NODE");
            }
        }
    }

    /// <summary>Why weights that were measured on nodes are not written.</summary>
    /// <param name="projection">Name of their projection.</param>
    /// <param name="path">The network file; null where it is not known.</param>
    /// <returns>What is wrong, why, and what to do.</returns>
    public static (string What, string Why, string Next) Refusal(string projection, string? path) => (
        $"the weights of '{projection}' are on nodes",
        "the run has what its nodes show, so that other numbers would do nothing; nothing was changed",
        "move the nodes themselves, or write the numbers into the file: " + NodeWeightSource.MapCommand(path));

    /// <summary>Says that weights of the file are used.</summary>
    /// <param name="synapses">How many.</param>
    /// <param name="why">Why.</param>
    /// <param name="next">What to type next.</param>
    /// <returns>What a user has to know.</returns>
    internal static RunTrouble OfFile(int synapses, string why, string next)
        => new(false, null, $"{Count(synapses, "weight")} on nodes as in the file, not measured: {why}", next);

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture,
        $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private IEnumerable<string> Parts()
    {
        if (Figures is { } f)
        {
            yield return $"{Count(f.Synapses, "weight")} measured on {Count(f.Nodes, "node")} "
                + $"({f.Code.ToString().ToLowerInvariant()}): RMS error {Short(100 * f.Error)} % of the largest, "
                + $"farthest node {Short(100 * f.Drift)} % of full scale from its target";
        }

        foreach (VolatileFigures v in Volatile)
        {
            yield return $"{v.Projection} measured on {Count(v.Nodes, "volatile node")} "
                + $"({(v.Facilitates ? "facilitation" : "depression")}): a spike moves them by {Short(100 * v.Share)} % of what is left, they relax in {Short(1000 * v.Relaxation)} ms, "
                + $"RMS error {Short(100 * v.Error)} % of the largest answer";
        }
    }
}
