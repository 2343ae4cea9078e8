// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Calibration.Phase;

/// <summary>A swept phase diagram as a page and as a table.</summary>
public static class PhaseReport
{
    private const string Header =
        "channel,current_uA,soma_Ohm,tau_s_ms,mode,spikes,mean_ms,shortest_ms,longest_ms,plateau_ms,soma_V,lost,published";

    /// <summary>Makes the page.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="device">Id of the device.</param>
    /// <param name="points">The points.</param>
    /// <returns>The page.</returns>
    public static HtmlReport Make(string board, string device, IReadOnlyList<PhasePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        PhasePoint[] published = [.. points.Where(p => p.Published is not null)];
        HtmlReport page = new HtmlReport("Phase diagram of " + board, Text($"device {device} · {points.Count} points"))
            .Add(new SvgSection("Modes", PhasePlot.Draw(points)));
        return published.Length == 0
            ? page
            : page.Figure("published modes met", Text($"{published.Count(p => p.Mode == p.Published!.Mode)} of {published.Length}"))
                .Add(new TableSection(
                    "Published points",
                    ["figure", "#current (µA)", "#R_s (Ω)", "published", "measured", "#shortest (ms)", "#longest (ms)"],
                    [.. published.Select(p => new[] { p.Published!.Place, Text($"{p.Current:0.0}"), Text($"{p.Soma:0}"),
                        PhasePlot.Name(p.Published.Mode), PhasePlot.Name(p.Mode), Text($"{p.Shortest:0.00}"), Text($"{p.Longest:0.00}") })])
                { Tones = [.. published.Select(p => p.Mode == p.Published!.Mode ? FigureTone.Neutral : FigureTone.Bad)] });
    }

    /// <summary>Writes all points as a table.</summary>
    /// <param name="points">The points.</param>
    /// <returns>Lines with commas, a header first.</returns>
    public static string Csv(IReadOnlyList<PhasePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        StringBuilder csv = new StringBuilder(Header).Append('\n');
        foreach (PhasePoint p in points)
        {
            csv.Append(
                Text($"{p.Channel},{p.Current:0.###},{p.Soma:0.#},{p.TimeConstant:0.####},{PhasePlot.Name(p.Mode)},{p.Spikes},{p.Mean:0.###},{p.Shortest:0.###},{p.Longest:0.###},{p.Plateau:0.###},{p.SomaVoltage:0.####},{p.Lost},{(p.Published is { } known ? PhasePlot.Name(known.Mode) : string.Empty)}\n"));
        }

        return csv.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
