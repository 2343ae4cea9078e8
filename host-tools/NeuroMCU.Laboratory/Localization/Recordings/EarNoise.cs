// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>White Gaussian noise, independent at the two ears.</summary>
/// <param name="SignalToNoise">Mean power of the sound at both ears, over the whole recording, above that of the noise, in dB.</param>
/// <param name="Seed">Seed of the generator.</param>
public sealed record EarNoise(double SignalToNoise, int Seed);
