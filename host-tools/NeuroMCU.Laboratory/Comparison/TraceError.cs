// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Comparison;

/// <summary>Largest difference between two membrane traces.</summary>
/// <param name="Trace">Name of the trace, <c>population[neuron]</c>.</param>
/// <param name="Time">Time of the largest difference in µs.</param>
/// <param name="Reference">Value of the reference in <paramref name="Unit" />.</param>
/// <param name="Device">Value of the other run in <paramref name="Unit" />.</param>
/// <param name="Unit">Physical unit, <c>1</c> for pure numbers.</param>
/// <param name="MembraneUnits">The difference in membrane units: 1 is the distance from rest to threshold.</param>
/// <param name="Samples">Number of samples that both have.</param>
public sealed record TraceError(string Trace, long Time, double Reference, double Device, string Unit, double MembraneUnits, int Samples);
