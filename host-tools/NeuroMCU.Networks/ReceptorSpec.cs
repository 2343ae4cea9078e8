// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>
/// A receptor of a synapse block: one or two leaky integrators in a row, τ dI1/dt = −I1 + Q δ(t), τ dI2/dt = −I2 + I1. Two stages give
/// Rall's alpha function (Wu et al., Phys. Rev. Applied 23, 034030 (2025), equations 10 and 11). The charge of a spike is kept through
/// the stages.
/// </summary>
/// <param name="Name">Name by which projections choose it.</param>
/// <param name="Stages">1 or 2.</param>
/// <param name="Sign">1 excites, −1 inhibits.</param>
/// <param name="Tau">Time constant in µs.</param>
public sealed record ReceptorSpec(string Name, int Stages, int Sign, double Tau);
