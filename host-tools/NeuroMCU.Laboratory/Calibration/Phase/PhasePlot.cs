// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Calibration.Phase;

/// <summary>Modes of a bursting neuron over the time constant of its soma and its drive, with published points as rings.</summary>
public static class PhasePlot
{
    private static readonly BurstMode[] s_modes = [BurstMode.Tonic, BurstMode.Fast, BurstMode.Bursting, BurstMode.Silent,
        BurstMode.PlateauBursting];

    /// <summary>Name of a mode as in the paper.</summary>
    /// <param name="mode">The mode.</param>
    /// <returns>Such as <c>TS</c>.</returns>
    public static string Name(BurstMode mode) => mode switch
    {
        BurstMode.Tonic => "TS",
        BurstMode.Fast => "FS",
        BurstMode.Bursting => "IB1",
        BurstMode.PlateauBursting => "IB2",
        _ => "silent",
    };

    /// <summary>Draws a sweep: dots are what was measured, rings what is published.</summary>
    /// <param name="points">The points.</param>
    /// <returns>The <c>svg</c> element.</returns>
    public static string Draw(IReadOnlyList<PhasePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Draw(
            [.. points.Select(p => (p.TimeConstant, p.Current, p.Mode))],
            [.. points.Where(p => p.Published is not null).Select(p => (p.TimeConstant, p.Current, p.Published!.Mode))]);
    }

    /// <summary>Draws points.</summary>
    /// <param name="measured">Time constant in ms, drive in µA and mode.</param>
    /// <param name="published">The same of what is published.</param>
    /// <returns>The <c>svg</c> element.</returns>
    public static string Draw(
        IReadOnlyList<(double TimeConstant, double Current, BurstMode Mode)> measured,
        IReadOnlyList<(double TimeConstant, double Current, BurstMode Mode)> published)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(published);
        SvgPlot plot = new(published.Count == 0 ? "soma time constant (ms)" : "soma time constant (ms); rings: published", "current (µA)");
        foreach (BurstMode mode in s_modes)
        {
            var dots = measured.Where(p => p.Mode == mode).ToArray();
            var rings = published.Where(p => p.Mode == mode).ToArray();
            if (dots.Length + rings.Length > 0 || mode != BurstMode.PlateauBursting)
            {
                plot.Dots(mode == BurstMode.Silent ? "silent or blocked" : Name(mode), [.. dots.Select(p => p.TimeConstant)],
                    [.. dots.Select(p => p.Current)])
                    .Rings([.. rings.Select(p => p.TimeConstant)], [.. rings.Select(p => p.Current)]);
            }
        }

        return SvgPlot.Stack(plot);
    }
}
