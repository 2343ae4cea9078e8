// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Compiler;

/// <summary>Where a synapse is.</summary>
/// <param name="Projection">Index of its projection.</param>
/// <param name="Pre">Source neuron within its population.</param>
/// <param name="Post">Target neuron within its population.</param>
/// <param name="Delay">Delay in µs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SynapseSite(int Projection, int Pre, int Post, int Delay);
