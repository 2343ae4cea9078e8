// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Reading;

/// <summary>A run of neighbouring neurons out of a selection.</summary>
/// <param name="First">First neuron within the population.</param>
/// <param name="Count">Number of neurons.</param>
/// <param name="Position">Position of the first within the selection.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NeuronRange(int First, int Count, int Position);
