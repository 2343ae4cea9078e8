// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Charge on its way to a circuit.</summary>
/// <param name="Receptor">Index of its receptor; −1 for a packet onto the membrane.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Arrival(int Population, int Neuron, int Receptor, double Charge);
