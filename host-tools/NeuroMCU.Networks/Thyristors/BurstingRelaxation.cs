// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Thyristors;

/// <summary>Relaxation of the two voltages of a bursting neuron: a deviation x has the slow part P x, the rest of it is fast.</summary>
/// <param name="Fast">The larger rate in 1/s.</param>
/// <param name="Slow">The smaller rate in 1/s.</param>
/// <param name="DendriteOfDendrite">P(V, V).</param>
/// <param name="DendriteOfSoma">P(V, V_s).</param>
/// <param name="SomaOfDendrite">P(V_s, V).</param>
/// <param name="SomaOfSoma">P(V_s, V_s).</param>
public sealed record BurstingRelaxation(double Fast, double Slow, double DendriteOfDendrite, double DendriteOfSoma, double SomaOfDendrite, double SomaOfSoma);
