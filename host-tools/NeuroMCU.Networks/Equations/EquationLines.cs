// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Splits a block of equations: one per line or semicolon, longer where a bracket is open; <c>#</c> begins a comment.</summary>
internal static class EquationLines
{
    /// <summary>Finds the equations.</summary>
    /// <returns>First character and the place behind the last of each.</returns>
    public static IEnumerable<(int Start, int End)> Of(string text)
    {
        int start = 0;
        int end = -1;
        int depth = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '#' && end < 0 && depth <= 0)
            {
                end = i;
            }

            if (i == text.Length || (depth <= 0 && c is '\n' or ';' && (c == '\n' || end < 0)))
            {
                (int first, int behind) = Trimmed(text, start, end < 0 ? i : end);
                if (behind > first)
                {
                    yield return (first, behind);
                }

                start = i + 1;
                end = -1;
                depth = 0;
            }
        }
    }

    private static (int First, int Behind) Trimmed(string text, int first, int behind)
    {
        while (first < behind && char.IsWhiteSpace(text[first]))
        {
            first++;
        }

        while (behind > first && char.IsWhiteSpace(text[behind - 1]))
        {
            behind--;
        }

        return (first, behind);
    }
}
