// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Reading;

/// <summary>A run of neighbouring neurons out of a selection.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NeuronRange(int First, int Count, int Position);
