// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Spectre.Console;

namespace NeuroMCU.Cli.Results;

/// <summary>Prints findings, one line each, and below a problem the command that helps.</summary>
internal static class DoctorReport
{
    public static void Write(IAnsiConsole console, TextWriter plain, IReadOnlyList<Finding> findings)
    {
        int width = findings.Max(f => f.Name.Length);
        foreach (Finding finding in findings)
        {
            (string word, string color) = finding.Health switch
            {
                Health.Ok => ("ok      ", "green"),
                Health.Optional => ("optional", "yellow"),
                _ => ("PROBLEM ", "red"),
            };
            console.Write(new Text(word, Style.Parse(color)));

            // Paths and commands must not be folded: they are there to be copied.
            plain.Write($"  {finding.Name.PadRight(width)}  {finding.Detail}\n");
            if (finding.Next is not null && finding.Health != Health.Ok)
            {
                plain.Write($"          {new string(' ', width)}  next: {finding.Next}\n");
            }
        }

        int problems = findings.Count(f => f.Health == Health.Problem);
        plain.Write(problems == 0 ? "\nready: neuromcu demo sound-localization\n"
            : $"\n{problems} problem{(problems == 1 ? string.Empty : "s")}\n");
    }
}
