// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Api.Sessions;

/// <summary>A network as someone wrote it, and the values that replace some of it.</summary>
/// <param name="Text">The text of the network file.</param>
/// <param name="Path">Path that messages name, and against whose folder tables are found.</param>
/// <param name="Settings">Values in the place of those of the text.</param>
/// <param name="Watched">Neurons whose variables are recorded beyond those of the text.</param>
/// <param name="Twin">Whether channels of a board are computed.</param>
internal sealed record NetworkText(string Text, string Path, IReadOnlyList<NetworkSetting> Settings, IReadOnlyList<WatchedTrace> Watched,
    bool Twin = false)
{
    /// <summary>What stands for the path of a text that has none.</summary>
    public const string NoPath = "network.yaml";

    /// <summary>Gets the file; null for a text that has none.</summary>
    public string? File => Path == NoPath ? null : Path;
}

/// <summary>A variable of a neuron that somebody wants to see.</summary>
/// <param name="Population">Name of the population.</param>
/// <param name="Neuron">Index within it.</param>
/// <param name="Variable">Name of the variable; <c>membrane</c> or <c>current</c> for models that are no texts.</param>
internal sealed record WatchedTrace(string Population, int Neuron, string Variable);
