// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>What a fit learns from.</summary>
/// <param name="Cues">Cues of an answer.</param>
/// <param name="IsRival">True for an answer that the rival explains.</param>
/// <param name="Weight">How much it counts.</param>
internal sealed record Example(int[] Cues, bool IsRival, double Weight);
