// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>An answer to a sound whose direction is known, or to a part of it.</summary>
/// <param name="Sure">True when nothing but a rival could make it unsure.</param>
/// <param name="Error">How far it was from the azimuth of the source, in degrees.</param>
/// <param name="Cues">The cues of the read-out.</param>
internal sealed record HeardAnswer(bool Sure, double Error, int[] Cues);
