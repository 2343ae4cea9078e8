// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Nodes.Procedures;

/// <summary>What a procedure measured: curves, and the figures that follow from them.</summary>
/// <param name="Title">What it is.</param>
public sealed record NodeTrace(string Title)
{
    /// <summary>Gets the pictures, each with axes and curves.</summary>
    public IList<(string Title, string X, string Y, IReadOnlyList<LineSeries> Series)> Pictures { get; } = [];

    /// <summary>Gets the figures: what, value, unit.</summary>
    public IList<(string Name, double Value, string Unit)> Figures { get; } = [];
}
