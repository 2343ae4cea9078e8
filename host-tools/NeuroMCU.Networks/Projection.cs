// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks;

/// <summary>The synapses from one population to another.</summary>
public sealed record Projection
{
    /// <summary>Name, unique in the network; <c>from-&gt;to</c> unless the file gives one.</summary>
    public required string Name { get; init; }

    /// <summary>Position among the projections.</summary>
    public required int Index { get; init; }

    /// <summary>Source population.</summary>
    public required Population Source { get; init; }

    /// <summary>Target population.</summary>
    public required Population Target { get; init; }

    /// <summary>Receptor at the target.</summary>
    public required Receptor Receptor { get; init; }

    /// <summary>Receptor of a circuit population by its index in <see cref="Population.Receptors" />; −1 for delta synapses and other
    /// models.</summary>
    public int ReceptorIndex { get; init; } = -1;

    /// <summary>Largest weight magnitude that a live change may write, in the weight unit of the target; 0 leaves it to the
    /// compiler.</summary>
    public double WeightLimit { get; init; }

    /// <summary>Unit of its weights.</summary>
    public string WeightUnit => Target.Equations != null && ReceptorIndex >= 0
        ? Population.BaseUnit(Target.WeightDimensionOf(ReceptorIndex) ?? Dimension.None) : Target.WeightUnit;

    /// <summary>How it learns; null where its weights stay.</summary>
    public ProjectionLearning? Learning { get; init; }

    /// <summary>Whether its weights are those of nodes of an array; the weights here are those that are wanted.</summary>
    public bool OnNodes { get; init; }

    /// <summary>Whether what its nodes were measured to do has taken the place of the numbers of the file.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>The rule whose projections volatile nodes can carry: a spike moves a node, and the node forgets.</summary>
    public const string VolatileRule = "short-term";

    /// <summary>Whether its nodes forget by themselves, which makes its short-term plasticity.</summary>
    public bool OnVolatileNodes => OnNodes && Learning != null;

    /// <summary>Synapses in the order in which the connector makes them (by source, then target; lists in their own order).</summary>
    public required IReadOnlyList<Connection> Connections { get; init; }

    /// <summary>The projection of which this one is the part on a board; null for a whole one. The device counts the weights of all parts
    /// alike.</summary>
    internal Projection? Whole { get; init; }

    /// <summary>Places of its connections among those of <see cref="Whole" />; empty for a whole one.</summary>
    internal IReadOnlyList<int> Places { get; init; } = [];

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>Where the weights are set.</summary>
    public required SourceLocation WeightLocation { get; init; }
}
