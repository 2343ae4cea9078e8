// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>True against found directions as a drawing: head seen from above, one ring per group of sounds, a dot per recording.</summary>
public static class PolarDrawing
{
    private const int Width = 760;
    private const int Height = 430;
    private const double CentreX = Width / 2.0;
    private const double CentreY = 370;
    private const double Inner = 110;
    private const double Outer = 310;
    private const int LegendColumns = 4;
    private const int LegendWidth = 160;
    private const int LegendLine = 18;

    private static readonly string[] s_colours = ["#2f6fdb", "#d9822b", "#2b9a66", "#b0409a", "#7a869a", "#c94f4f", "#3aa6b9", "#8c6d1f"];

    /// <summary>Draws trials.</summary>
    /// <param name="trials">The trials.</param>
    /// <returns>An <c>svg</c> element; strokes of <c>currentColor</c> follow the page.</returns>
    public static string Svg(IReadOnlyList<LocalizationTrial> trials)
    {
        StringBuilder svg = new();
        Append(svg,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"true against found azimuth\" font-family=\"sans-serif\" font-size=\"12\">");
        for (int azimuth = -90; azimuth <= 90; azimuth += 10)
        {
            Spoke(svg, azimuth);
        }

        Append(svg,
            $"<circle cx=\"{CentreX}\" cy=\"{CentreY}\" r=\"26\" fill=\"none\" stroke=\"currentColor\"/><path d=\"M{CentreX - 7} {CentreY - 25}L{CentreX} {CentreY - 38}L{CentreX + 7} {CentreY - 25}\" fill=\"none\" stroke=\"currentColor\"/>");
        IGrouping<(string Condition, string Class),
            LocalizationTrial>[] groups = trials.GroupBy(t => (t.Recording.Condition, t.Recording.Class))
            .OrderBy(g => g.Key.Condition, StringComparer.Ordinal).ToArray();
        for (int ring = 0; ring < groups.Length; ring++)
        {
            double radius = Inner + ((Outer - Inner) * ring / Math.Max(1, groups.Length - 1));
            string colour = s_colours[ring % s_colours.Length];
            Append(svg,
                $"<path d=\"M{CentreX - radius:0.#} {CentreY}A{radius:0.#} {radius:0.#} 0 0 1 {CentreX + radius:0.#} {CentreY}\" fill=\"none\" stroke=\"{colour}\" stroke-opacity=\"0.25\"/>");
            foreach (LocalizationTrial trial in groups[ring])
            {
                Dot(svg, trial, radius, colour);
            }

            Legend(svg, ring, colour, groups[ring].Key.Class + ", " + groups[ring].Key.Condition);
        }

        return svg.Append("</svg>").ToString();
    }

    // Below the half circle, where no spoke ends.
    private static void Legend(StringBuilder svg, int ring, string colour, string name)
    {
        double x = CentreX + (((ring % LegendColumns) - (LegendColumns / 2.0)) * LegendWidth) + (LegendWidth / 5.0);
        double y = CentreY + 34 + (ring / LegendColumns * LegendLine);
        Append(svg,
            $"<circle cx=\"{x:0.#}\" cy=\"{y - 4:0.#}\" r=\"5\" fill=\"{colour}\"/><text x=\"{x + 12:0.#}\" y=\"{y:0.#}\" fill=\"currentColor\">{name}</text>");
    }

    private static void Spoke(StringBuilder svg, int azimuth)
    {
        (double x1, double y1) = Point(azimuth, Inner - 30);
        (double x2, double y2) = Point(azimuth, Outer + 12);
        (double x3, double y3) = Point(azimuth, Outer + 28);
        Append(svg,
            $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
        Append(svg,
            $"<text x=\"{x3:0.#}\" y=\"{y3 + 4:0.#}\" text-anchor=\"middle\" fill=\"currentColor\" fill-opacity=\"0.7\">{azimuth:+0;-0;0}°</text>");
    }

    // An arc from where the sound was to where it was found, and a dot there.
    private static void Dot(StringBuilder svg, LocalizationTrial trial, double radius, string colour)
    {
        if (trial.Found is not { } found)
        {
            return;
        }

        (double x1, double y1) = Point(trial.Recording.Azimuth, radius);
        (double x2, double y2) = Point(found, radius);
        int sweep = found > trial.Recording.Azimuth ? 1 : 0;
        Append(svg,
            $"<path d=\"M{x1:0.#} {y1:0.#}A{radius:0.#} {radius:0.#} 0 0 {sweep} {x2:0.#} {y2:0.#}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
        Append(svg,
            $"<circle cx=\"{x2:0.#}\" cy=\"{y2:0.#}\" r=\"3.2\" fill=\"{colour}\" fill-opacity=\"0.8\"><title>{trial.Recording.Sound} {trial.Recording.Condition}: {trial.Recording.Azimuth:+0;-0;0}°, found {found:+0.0;-0.0;0.0}°</title></circle>");
    }

    private static (double X, double Y) Point(double azimuth, double radius)
    {
        (double sine, double cosine) = Math.SinCos(azimuth * Math.PI / 180);
        return (CentreX + (radius * sine), CentreY - (radius * cosine));
    }

    private static void Append(StringBuilder svg, FormattableString text)
    {
        svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }
}
