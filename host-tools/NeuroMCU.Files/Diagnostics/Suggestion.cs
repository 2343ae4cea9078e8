// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>Finds what the writer may have meant.</summary>
public static class Suggestion
{
    /// <summary>The candidate nearest to a misspelt word by edit distance, when it is near enough to be worth saying.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been written.</param>
    /// <returns>The nearest candidate, or null when none is within a third of the word's length (at least one edit).</returns>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Max(1, (word.Length + 1) / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance)
            {
                bestDistance = distance;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>The question what the writer may have meant.</summary>
    /// <param name="word">What was written; null when it was no word.</param>
    /// <param name="candidates">What could have been written.</param>
    /// <param name="quote">What stands around the candidate: as in files, or as on the command line.</param>
    /// <returns>The question with the nearest candidate; null when none is near enough, so that another hint can follow.</returns>
    public static string? Hint(string? word, IEnumerable<string> candidates, char quote = '`') =>
        word is not null && Nearest(word, candidates) is { } nearest ? $"did you mean {quote}{nearest}{quote}?" : null;

    /// <summary>Edit distance with insertion, deletion, substitution and swap of neighbours (optimal string alignment).</summary>
    /// <param name="a">First word.</param>
    /// <param name="b">Second word.</param>
    /// <returns>The least number of edits that turns one into the other.</returns>
    public static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, last, current) = (last, current, before);
        }

        return last[b.Length];
    }
}
