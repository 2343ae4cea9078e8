// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Prints what became of each part of a network that was imported or exported.</summary>
internal static class FindingLines
{
    /// <summary>Prints a line for each part, and how many were exact, rounded and approximated.</summary>
    public static void Write(VerbContext context, IReadOnlyList<ExchangeFinding> findings)
    {
        int name = Math.Min(28, findings.Max(f => f.Node.Length));
        int type = findings.Max(f => f.Type.Length);
        foreach (ExchangeFinding f in findings)
        {
            context.WriteLine($"{f.Node.PadRight(name)}  {f.Type.PadRight(type)}  {f.Fidelity.ToString().ToLowerInvariant(),-12}  {f.Text}");
        }

        context.WriteLine();
        context.WriteLine(string.Join(", ", findings.GroupBy(f => f.Fidelity).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}")));
    }
}
