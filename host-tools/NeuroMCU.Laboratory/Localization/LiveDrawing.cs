// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Directions over time as a drawing: where sounds were, and each answer at the time at which it came.</summary>
public static class LiveDrawing
{
    private const int Width = 1000;
    private const int Height = 470;
    private const int LeftEdge = 96;
    private const int RightEdge = 20;
    private const int Track = 64;
    private const int TrackHeight = 24;
    private const int Top = 110;
    private const int Bottom = 76;
    private const int NoDirectionLane = Height - 48;
    private const int LongAxis = 20;
    private const int ShortestMark = 12;
    private const string Sounds = "#e08a2c";
    private const string Answers = "#1f5fd0";
    private const string Unsure = "#7a869a";

    /// <summary>Draws answers.</summary>
    /// <param name="answers">The answers; unsure ones are rings, and those without a direction lie below.</param>
    /// <param name="truth">Begin and end in s and azimuth of the sounds, where they are known.</param>
    /// <param name="seconds">Length of the time axis in s.</param>
    /// <param name="sound">The sound, drawn above; null when it is not known.</param>
    /// <returns>An <c>svg</c> element.</returns>
    public static string Svg(
        IReadOnlyList<LiveAnswer> answers, IReadOnlyList<(double Begin, double End, double Azimuth)> truth,
        double seconds, StereoSound? sound = null)
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
            string side = azimuth == -90 ? " left" : azimuth == 90 ? " right" : string.Empty;
            Add($"<text x=\"{LeftEdge - 8}\" y=\"{Y(azimuth) + 4:0.#}\" text-anchor=\"end\" ");
            Add($"fill=\"currentColor\">{azimuth:+0;−0;0}°{side}</text>");
        }

        int step = seconds > LongAxis ? 10 : 1;
        for (int time = 0; time <= seconds; time += step)
        {
            Add($"<text x=\"{X(time):0.#}\" y=\"{Height - 14}\" text-anchor=\"middle\" fill=\"currentColor\">{time} s</text>");
        }

        if (sound is not null)
        {
            Wave(Add, sound, X);
        }

        foreach ((double from, double to, double azimuth) in truth)
        {
            double width = Math.Max(ShortestMark, X(to) - X(from));
            Add($"<rect x=\"{X(from) - 2:0.#}\" y=\"{Y(azimuth) - 7:0.#}\" width=\"{width:0.#}\" height=\"14\" ");
            Add($"fill=\"{Sounds}\" fill-opacity=\"0.45\"/>");
        }

        foreach (LiveAnswer answer in answers)
        {
            double y = answer.Azimuth is { } azimuth ? Y(azimuth) : NoDirectionLane;
            string look = answer.Sure ? $"r=\"4\" fill=\"{Answers}\"" : $"r=\"3.5\" fill=\"none\" stroke=\"{Unsure}\" stroke-width=\"1.5\"";
            Add($"<circle cx=\"{X(answer.Time):0.#}\" cy=\"{y:0.#}\" {look}/>");
        }

        Legend(Add, truth.Count > 0, sound is not null, answers);
        return svg.Append("</svg>").ToString();
    }

    // The louder ear's peaks, one line for each point of the picture.
    private static void Wave(Action<FormattableString> add, StereoSound sound, Func<double, double> x)
    {
        double seconds = sound.Duration.TotalSeconds;
        int columns = Math.Max(1, (int)(x(seconds) - x(0)));
        double[] peaks = [.. Enumerable.Range(0, columns).Select(column =>
        {
            int from = (int)((long)sound.Length * column / columns);
            int to = Math.Max(from, (int)((long)sound.Length * (column + 1) / columns));
            return Enumerable.Range(from, to - from).Select(k => Math.Max(Math.Abs(sound.Left[k]), Math.Abs(sound.Right[k])))
                .DefaultIfEmpty().Max();
        })];
        double largest = Math.Max(1e-6, peaks.Max());
        IEnumerable<string> upper = peaks.Select((peak, k) => Point(k, -peak));
        string outline = string.Join(" L", upper.Concat(peaks.Select((peak, k) => Point(k, peak)).Reverse()));
        add($"<path d=\"M{outline} Z\" fill=\"{Sounds}\" stroke=\"{Sounds}\" stroke-width=\"0.6\"/>");
        string Point(int column, double height) =>
            FormattableString.Invariant($"{x(seconds * column / columns):0.#} {Track + (TrackHeight * height / largest):0.#}");
    }

    private static void Legend(Action<FormattableString> add, bool hasTruth, bool hasSound, IReadOnlyList<LiveAnswer> answers)
    {
        add($"<circle cx=\"{LeftEdge + 6}\" cy=\"18\" r=\"4\" fill=\"{Answers}\"/>");
        add($"<text x=\"{LeftEdge + 16}\" y=\"22\" fill=\"currentColor\">answer of the device, when it came</text>");
        if (hasTruth)
        {
            add($"<rect x=\"{LeftEdge + 270}\" y=\"10\" width=\"26\" height=\"16\" fill=\"{Sounds}\" fill-opacity=\"0.45\"/>");
            add($"<text x=\"{LeftEdge + 304}\" y=\"22\" fill=\"currentColor\">where the sound was</text>");
        }

        if (hasSound)
        {
            add($"<text x=\"{LeftEdge - 8}\" y=\"{Track + 4}\" text-anchor=\"end\" fill=\"currentColor\">sound</text>");
        }

        if (answers.Any(a => !a.Sure))
        {
            add($"<circle cx=\"{LeftEdge + 486}\" cy=\"18\" r=\"3.5\" fill=\"none\" stroke=\"{Unsure}\" stroke-width=\"1.5\"/>");
            add($"<text x=\"{LeftEdge + 496}\" y=\"22\" fill=\"currentColor\">best guess of an unsure answer</text>");
        }

        if (answers.Any(a => a.Azimuth is null))
        {
            add($"<text x=\"{LeftEdge - 8}\" y=\"{NoDirectionLane + 4}\" text-anchor=\"end\" fill=\"{Unsure}\">no direction</text>");
        }
    }
}
