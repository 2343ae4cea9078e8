// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>A NIR graph with its sub-graphs unfolded.</summary>
/// <param name="Version">Version of NIR that wrote it; empty when the file does not say.</param>
internal sealed record NirGraph(
    string File, string Version, IReadOnlyList<NirNode> Nodes, IReadOnlyList<(string Source, string Target)> Edges)
{
    /// <summary>What was odd about the file and does not change the network.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Step in s and decay that the file names in the metadata of this program; null where it does not.</summary>
    public (double Step, NirDecay Decay)? Written { get; init; }

    /// <summary>The node of a name.</summary>
    public NirNode Node(string name) => Nodes.First(node => node.Name == name);

    /// <summary>What goes into a node.</summary>
    public IEnumerable<NirNode> Into(NirNode node) => Edges.Where(edge => edge.Target == node.Name).Select(edge => Node(edge.Source));

    /// <summary>What a node goes to.</summary>
    public IEnumerable<NirNode> From(NirNode node) => Edges.Where(edge => edge.Source == node.Name).Select(edge => Node(edge.Target));
}
