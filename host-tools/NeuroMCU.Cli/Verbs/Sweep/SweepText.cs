// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration.Phase;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Sweep;

/// <summary>A swept phase diagram on the terminal, and as <c>--json</c> prints it.</summary>
internal static class SweepText
{
    /// <summary>Writes it: how many points have which mode, and the published points one by one.</summary>
    public static void Write(VerbContext context, IReadOnlyList<PhasePoint> points)
    {
        context.WriteLine($"{Figures.Count(points.Count, "point")}: "
            + string.Join(", ", Enum.GetValues<BurstMode>().Select(m => $"{points.Count(p => p.Mode == m)} {PhasePlot.Name(m)}")));
        PhasePoint[] published = [.. points.Where(p => p.Published is not null)];
        if (published.Length == 0)
        {
            return;
        }

        Grid table = Tables.Plain("published", "#current", "#R_s", "mode", "measured", "#intervals", string.Empty);
        foreach (PhasePoint p in published)
        {
            Tables.Add(
                table,
                p.Published!.Place,
                Text($"{p.Current:0.0} uA"),
                Text($"{p.Soma:0} Ohm"),
                PhasePlot.Name(p.Published.Mode),
                PhasePlot.Name(p.Mode),
                p.Longest > 0 ? Text($"{p.Shortest:0.00}..{p.Longest:0.00} ms") : "-",
                p.Mode == p.Published.Mode ? "agrees" : "differs");
        }

        context.Out.Write(table);
        context.WriteLine(
            $"{published.Count(p => p.Mode == p.Published!.Mode)} of {Figures.Count(published.Length, "published point")} agree");
    }

    /// <summary>What the board lost at all points together.</summary>
    /// <returns>The account.</returns>
    public static LossAccount Losses(IReadOnlyList<PhasePoint> points) => LossAccount.OfBoard(points.Sum(p => (long)p.Lost));

    /// <summary>Makes the document.</summary>
    /// <param name="missing">What is missing since it was broken off; null when it is whole.</param>
    /// <returns>What to serialise.</returns>
    public static object Document(BoardSession session, IReadOnlyList<PhasePoint> points, string? missing) => new
    {
        Schema = "neuromcu.sweep/1",
        Complete = missing is null,
        Incomplete = missing,
        Board = session.Board.Profile.Name,
        session.DeviceId,
        LostSpikes = Losses(points).Spikes,
        Losses = Losses(points).ByName,
        Points = points.Select(p => new
        {
            p.Channel,
            CurrentUa = p.Current,
            SomaOhm = p.Soma,
            TauMs = p.TimeConstant,
            Mode = PhasePlot.Name(p.Mode),
            p.Spikes,
            MeanMs = p.Mean,
            ShortestMs = p.Shortest,
            LongestMs = p.Longest,
            PlateauMs = p.Plateau,
            SomaV = p.SomaVoltage,
            p.Lost,
            Published = p.Published is null ? null : PhasePlot.Name(p.Published.Mode),
        }),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
