// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Xml.Linq;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The picture of directions over time.</summary>
public sealed class LiveDrawingTests
{
    private static readonly XElement s_drawing = XElement.Parse(LiveDrawing.Svg(
        [new(1, 0.9, 1, 30.0, true), new(2, 1.9, 2, -60.0, false), new(3, 2.9, 3, null, false)], [(0.9, 1.4, 30), (1.9, 1.901, -60)], 10,
        new StereoSound(1000, [.. new float[500], .. Enumerable.Repeat(0.5f, 100), .. new float[400]], new float[1000])));

    [Fact]
    public void Answers_lie_on_the_sounds_they_are_for_and_those_without_direction_apart()
    {
        XElement[] marks = [.. Named("rect").Where(r => Number(r, "x") > 100 && Number(r, "y") > 100)];
        XElement[] dots = [.. Named("circle").Where(c => Number(c, "cy") > 100)];
        Assert.Equal((2, 3), (marks.Length, dots.Length));
        for (int k = 0; k < marks.Length; k++)
        {
            Assert.InRange(Number(dots[k], "cx"), Number(marks[k], "x"), Number(marks[k], "x") + Number(marks[k], "width"));
            Assert.Equal(Number(marks[k], "y") + (Number(marks[k], "height") / 2), Number(dots[k], "cy"), 1);
        }

        // Left is up, unsure is hollow, and below the lowest line is what has no direction.
        Assert.True(Number(dots[1], "cy") < Number(dots[0], "cy"));
        Assert.True(Number(dots[2], "cy") > Named("line").Max(line => Number(line, "y1")) + 10);
        Assert.Equal([false, true, true], dots.Select(dot => dot.Attribute("fill")!.Value == "none"));

        // A click of a millisecond is seen as well.
        Assert.InRange(Number(marks[1], "width"), 10, 20);
    }

    [Fact]
    public void The_sound_is_drawn_where_it_is_loud()
    {
        XElement wave = Assert.Single(Named("path"));
        double[][] points = [.. wave.Attribute("d")!.Value.TrimStart('M').Replace(" Z", string.Empty, StringComparison.Ordinal).Split(" L")
            .Select(point => point.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        double middle = points.Average(p => p[1]);
        double[] loud = [.. points.Where(p => Math.Abs(p[1] - middle) > 5).Select(p => p[0])];

        // Of ten seconds, half a second to six tenths.
        double second = Number(Named("line").First(), "x2") - Number(Named("line").First(), "x1");
        double left = Number(Named("line").First(), "x1");
        Assert.InRange(loud.Min(), left + (second * 0.049) - 1, left + (second * 0.051) + 1);
        Assert.InRange(loud.Max(), left + (second * 0.059) - 2, left + (second * 0.061) + 1);
    }

    /// <summary>What a PNG of it shows as well.</summary>
    [Fact]
    public void It_is_made_of_what_pictures_can_show()
    {
        string[] known = ["svg", "line", "rect", "circle", "text", "path"];
        Assert.All(s_drawing.DescendantsAndSelf(), element => Assert.Contains(element.Name.LocalName, known));
    }

    private static IEnumerable<XElement> Named(string name) => s_drawing.Descendants().Where(e => e.Name.LocalName == name);

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
