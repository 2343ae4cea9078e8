// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A decision table of a rival explanation: four questions, and the odds for each pattern of answers.</summary>
/// <param name="Questions">
/// Cue and from where on the answer is yes; the first question is the highest bit of the pattern. The numbers of the cues are those of
/// <see cref="NeuroMCU.Hearing.Readout.DirectionLayout" />, thresholds whole numbers from −32768 to 32767.
/// </param>
/// <param name="Odds">Natural logarithm by pattern, −2 to 1.98.</param>
public sealed record RivalTable(IReadOnlyList<(int Cue, int From)> Questions, IReadOnlyList<double> Odds);
