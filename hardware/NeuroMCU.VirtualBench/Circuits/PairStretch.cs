// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>A stretch with one law for both voltages.</summary>
/// <param name="Start">Time in s at which it began.</param>
/// <param name="Membrane">Voltage of the dendrite.</param>
/// <param name="Soma">Voltage of the soma.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PairStretch(double Start, ExponentialPair Membrane, ExponentialPair Soma) : IStretch;
