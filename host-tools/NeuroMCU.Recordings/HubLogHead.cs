// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>What a session of a hub log begins with.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Began">When the hub's clock stood at 0.</param>
/// <param name="Sites">Site of each neuron, parallel to <paramref name="Neurons" />.</param>
/// <param name="Neurons">Names of the neurons; rows name them by their place.</param>
/// <param name="Synapses">Names of the synapses; rows name them by their place.</param>
internal sealed record HubLogHead(string Network, DateTimeOffset Began, IReadOnlyList<string> Sites, IReadOnlyList<string> Neurons,
    IReadOnlyList<string> Synapses);
