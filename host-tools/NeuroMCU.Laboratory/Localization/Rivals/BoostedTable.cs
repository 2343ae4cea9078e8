// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>A decision table: each answer to a question is a bit of the pattern that chooses the odds.</summary>
/// <param name="Questions">The questions, that of the highest bit first: is a cue at least so large?</param>
/// <param name="Odds">What each pattern adds to the logarithm of the odds.</param>
internal sealed record BoostedTable(IReadOnlyList<(int Cue, int From)> Questions, IReadOnlyList<double> Odds)
{
    /// <summary>The pattern of answers.</summary>
    public int Pattern(int[] cues)
    {
        int pattern = 0;
        foreach ((int cue, int from) in Questions)
        {
            pattern = (2 * pattern) + (cues[cue] >= from ? 1 : 0);
        }

        return pattern;
    }
}
