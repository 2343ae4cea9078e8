// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks;

/// <summary>A spike that the network file stores for an input neuron.</summary>
/// <param name="Neuron">Global index.</param>
/// <param name="Time">Time in µs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoredSpike(int Neuron, int Time);
