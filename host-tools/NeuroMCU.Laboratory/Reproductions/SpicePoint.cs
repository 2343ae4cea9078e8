// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>The neuron in SPICE at one current.</summary>
/// <param name="Rate">Rate in Hz.</param>
/// <param name="Height">Height of the spike on the load in V.</param>
/// <param name="Width">Width at half height in ms.</param>
/// <param name="State"><c>fires</c>, <c>silent</c> or <c>block</c>.</param>
public sealed record SpicePoint(double Rate, double Height, double Width, string State);
