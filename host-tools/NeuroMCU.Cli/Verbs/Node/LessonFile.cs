// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Files;
using NeuroMCU.Laboratory.Evolution;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>Presentations as a table: a line names the columns, the last of which is <c>answer</c>; each line after it holds inputs from 0
/// to 1 and the right answer.</summary>
internal sealed record LessonFile(IReadOnlyList<string> Inputs, IReadOnlyList<string> Answers, IReadOnlyList<Presentation> Shown)
{
    private const int One = 65536;
    private const int Most = 16;

    /// <summary>Reads one.</summary>
    /// <param name="answers">Names of the answers in the order of the columns; null to take those of the file, in the order of the
    /// alphabet.</param>
    /// <exception cref="CliException">It is no such table.</exception>
    public static LessonFile Read(string path, IReadOnlyList<string>? answers = null)
    {
        string[][] lines = [.. InputFile.ReadText(path).Split('\n').Select(l => l.Trim()).Select(l => l.Split(
            l.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.TrimEntries))];
        int head = Array.FindIndex(lines, l => l.Length > 1 && !l[0].StartsWith('#'));
        if (head < 0 || !string.Equals(lines[head][^1], "answer", StringComparison.OrdinalIgnoreCase) || lines[head].Length > Most + 1)
        {
            throw Wrong(path, Math.Max(1, head + 1), "the first line is no list of 1 to 16 inputs and 'answer'");
        }

        string[] inputs = lines[head][..^1];
        List<(int[] Inputs, string Answer)> rows = [];
        for (int at = head + 1; at < lines.Length; at++)
        {
            if (lines[at] is [""] || lines[at][0].StartsWith('#'))
            {
                continue;
            }

            if (lines[at].Length != inputs.Length + 1 || lines[at][^1].Length == 0)
            {
                throw Wrong(path, at + 1, $"{lines[at].Length} cells, and the first line has {inputs.Length + 1}");
            }

            rows.Add(([.. inputs.Select((name, i) => Cell(path, at + 1, name, lines[at][i]))], lines[at][^1]));
        }

        string[] known = answers is null ? [.. rows.Select(r => r.Answer).Distinct().Order(StringComparer.Ordinal)] : [.. answers];
        if (rows.Count == 0 || known.Length is < 2 or > Most)
        {
            throw Wrong(path, head + 1, rows.Count == 0 ? "there is no presentation" : $"there are {known.Length} answers, not 2 to {Most}");
        }

        if (rows.FindIndex(r => !known.Contains(r.Answer)) is >= 0 and var unknown)
        {
            throw Wrong(path, head + 1, $"the answer '{rows[unknown].Answer}' is none of {string.Join(", ", known)}");
        }

        return new LessonFile(inputs, known, [.. rows.Select(r => new Presentation(r.Answer, r.Inputs, Array.IndexOf(known, r.Answer)))]);
    }

    private static int Cell(string path, int line, string name, string cell)
        => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
            ? (int)Math.Round(value * One) : throw Wrong(path, line, $"'{name}' is '{cell}', not a number from 0 to 1");

    private static CliException Wrong(string path, int line, string why) => new(
        ExitCode.FileAccess, $"{path}({line}): no presentations", why,
        "write a line such as 'left,right,answer', and lines such as '1,0.2,west' after it");
}
