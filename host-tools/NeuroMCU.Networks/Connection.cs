// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks;

/// <summary>One synapse.</summary>
/// <param name="Pre">Source neuron within its population.</param>
/// <param name="Post">Target neuron within its population.</param>
/// <param name="Weight">Weight in the weight unit of the target, signed.</param>
/// <param name="Delay">Delay in µs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Connection(int Pre, int Post, double Weight, int Delay);
