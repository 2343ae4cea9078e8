// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Directions over time as a drawing: where sounds were, and each answer at the time at which it came.</summary>
public static class LiveDrawing
{
    private const int Width = 1000;
    private const int Height = 380;
    private const int LeftEdge = 60;
    private const int RightEdge = 20;
    private const int Top = 40;
    private const int Bottom = 50;
    private const int LongAxis = 20;

    /// <summary>Draws answers.</summary>
    /// <param name="answers">Time in s and azimuth in degrees of each answer; unsure ones without azimuth are drawn on the lower edge.</param>
    /// <param name="truth">Begin and end in s and azimuth of the sounds, where they are known.</param>
    /// <param name="seconds">Length of the time axis in s.</param>
    /// <returns>An <c>svg</c> element.</returns>
    public static string Svg(
        IReadOnlyList<(double Time, double? Azimuth)> answers, IReadOnlyList<(double Begin, double End, double Azimuth)> truth,
        double seconds)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(truth);
        double X(double time) => LeftEdge + ((Width - LeftEdge - RightEdge) * time / seconds);
        double Y(double azimuth) => Top + ((Height - Top - Bottom) * (azimuth + 90) / 180);
        StringBuilder svg = new();
        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"directions over time\" ");
        Add($"font-family=\"sans-serif\" font-size=\"13\">");
        for (int azimuth = -90; azimuth <= 90; azimuth += 30)
        {
            Add($"<line x1=\"{LeftEdge}\" y1=\"{Y(azimuth):0.#}\" x2=\"{Width - RightEdge}\" y2=\"{Y(azimuth):0.#}\" ");
            Add($"stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
            Add($"<text x=\"{LeftEdge - 8}\" y=\"{Y(azimuth) + 4:0.#}\" text-anchor=\"end\" fill=\"currentColor\">{azimuth:+0;−0;0}°</text>");
        }

        int step = seconds > LongAxis ? 10 : 1;
        for (int time = 0; time <= seconds; time += step)
        {
            Add($"<text x=\"{X(time):0.#}\" y=\"{Height - Bottom + 22}\" text-anchor=\"middle\" fill=\"currentColor\">{time} s</text>");
        }

        foreach ((double begin, double end, double azimuth) in truth)
        {
            Add($"<line x1=\"{X(begin):0.#}\" y1=\"{Y(azimuth):0.#}\" x2=\"{X(end):0.#}\" y2=\"{Y(azimuth):0.#}\" ");
            Add($"stroke=\"#d9822b\" stroke-opacity=\"0.55\" stroke-width=\"9\"/>");
        }

        foreach ((double time, double? azimuth) in answers)
        {
            Add($"<circle cx=\"{X(time):0.#}\" cy=\"{Y(azimuth ?? 90):0.#}\" r=\"4\" ");
            Add($"fill=\"{(azimuth is null ? "none" : "#2f6fdb")}\" stroke=\"{(azimuth is null ? "#7a869a" : "#2f6fdb")}\"/>");
        }

        Legend(Add, truth.Count > 0, answers.Any(a => a.Azimuth is null));
        return svg.Append("</svg>").ToString();
    }

    private static void Legend(Action<FormattableString> add, bool hasTruth, bool hasUnsure)
    {
        add($"<circle cx=\"{LeftEdge + 6}\" cy=\"18\" r=\"4\" fill=\"#2f6fdb\"/>");
        add($"<text x=\"{LeftEdge + 16}\" y=\"22\" fill=\"currentColor\">answer of the device, when it came</text>");
        if (hasTruth)
        {
            add($"<line x1=\"{LeftEdge + 270}\" y1=\"18\" x2=\"{LeftEdge + 296}\" y2=\"18\" stroke=\"#d9822b\" stroke-opacity=\"0.55\" stroke-width=\"9\"/>");
            add($"<text x=\"{LeftEdge + 304}\" y=\"22\" fill=\"currentColor\">sound, where it was</text>");
        }

        if (hasUnsure)
        {
            add($"<circle cx=\"{LeftEdge + 470}\" cy=\"18\" r=\"4\" fill=\"none\" stroke=\"#7a869a\"/>");
            add($"<text x=\"{LeftEdge + 480}\" y=\"22\" fill=\"currentColor\">unsure</text>");
        }
    }
}
