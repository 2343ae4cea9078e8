// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Reading;

/// <summary>A synapse that a connector makes, before weight and delay are set; a list or a CSV file may bring its own.</summary>
/// <param name="Weight">Weight in the membrane unit of the target, or null.</param>
/// <param name="Delay">Delay in µs, unrounded, or null.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Pair(int Pre, int Post, double? Weight, double? Delay);
