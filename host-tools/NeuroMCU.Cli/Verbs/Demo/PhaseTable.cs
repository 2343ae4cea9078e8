// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>The four phases of Serb et al., Sci. Rep. 10, 2590 (2020), as both demos of the internet show them: terminal, page,
/// JSON.</summary>
internal static class PhaseTable
{
    private static readonly string[] s_columns = ["phase", "#anpre (Hz)", "#bn (Hz)", "#anpost (Hz)", "#weight before", "#after"];

    /// <summary>Prints what was seen in each phase.</summary>
    public static void Print(VerbContext context, IReadOnlyList<Phase> phases)
    {
        Grid table = Tables.Plain(s_columns);
        foreach (Phase phase in phases)
        {
            Tables.Add(table, Cells(phase));
        }

        context.Out.Write(table);
    }

    /// <summary>Says whether the published result was found.</summary>
    public static string Verdict(IReadOnlyList<string> missing) => missing.Count == 0
        ? "as published: silent at 10 Hz, firing at the same 10 Hz after potentiation, silent again in depression"
        : "not found: " + string.Join("; ", missing);

    /// <summary>Adds the table to a page.</summary>
    public static HtmlReport Add(HtmlReport report, MiddleNeuron middle, IReadOnlyList<Phase> phases, IReadOnlyList<string> missing)
    {
        report.Figure("of the published result", missing.Count == 0 ? "all found" : $"{missing.Count} not found", missing.Count == 0
            ? FigureTone.Good : FigureTone.Bad);
        return report.Add(new TableSection("The four phases", s_columns, [.. phases.Select(Cells)])
        {
            Note = $"After Serb et al., Sci. Rep. 10, 2590 (2020): the neuron in the middle, bn (here of the model {middle.Name}), is silent at "
                + "10 Hz, fires at the same 10 Hz after potentiation, and stops in depression.",
        });
    }

    /// <summary>The phases for JSON.</summary>
    public static IEnumerable<object> Document(IReadOnlyList<Phase> phases) => phases.Select(p => new
    {
        p.Name,
        AnpreHz = p.Rate("anpre"),
        BnHz = p.Rate("bn"),
        AnpostHz = p.Rate("anpost"),
        p.WeightBefore,
        p.WeightAfter,
    });

    private static string[] Cells(Phase phase) =>
    [
        phase.Name, Rate(phase, "anpre"), Rate(phase, "bn"), Rate(phase, "anpost"),
        phase.WeightBefore.ToString(CultureInfo.InvariantCulture), phase.WeightAfter.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Rate(Phase phase, string neuron) => phase.Rate(neuron).ToString("0.0", CultureInfo.InvariantCulture);
}
