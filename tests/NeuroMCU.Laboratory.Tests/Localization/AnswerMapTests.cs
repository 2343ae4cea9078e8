// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class AnswerMapTests
{
    // Positions in steps of 10 µs, moved by a part of a step from sound to sound, of delays of 500 µs times the sine.
    private static readonly (double Position, double Azimuth)[] s_heard =
    [
        .. from azimuth in Enumerable.Range(0, 91)
           from shift in new[] { -2.0, 0, 1, 2 }
           let delay = 500 * Math.Sin(azimuth * Math.PI / 180)
           select (azimuth == 0 ? 0 : (10 * Math.Round((delay + shift) / 10)) + (shift / 4), (double)azimuth),
    ];

    [Fact]
    public void It_answers_the_mean_azimuth_of_the_sounds_at_a_position()
    {
        (double Position, double Azimuth)[] map = AnswerMap.Of(s_heard, 2);

        double[] errors = [.. s_heard.Where(h => h.Azimuth < 60).Select(h => Math.Abs(At(map, h.Position) - h.Azimuth))];
        double[] plain = [.. s_heard.Where(h => h.Azimuth < 60)
            .Select(h => Math.Abs((Math.Asin(Math.Clamp(h.Position / 500, -1, 1)) * 180 / Math.PI) - h.Azimuth))];
        Assert.True(errors.Average() < plain.Average(), $"{errors.Average()} for {plain.Average()}");

        // Half a step at 60° is 1.15°, and lines are within about a tenth.
        Assert.InRange(errors.Max(), 0, 1.3);
    }

    [Fact]
    public void It_ascends_is_its_own_mirror_and_has_few_points()
    {
        (double Position, double Azimuth)[] map = AnswerMap.Of(s_heard, 2);

        Assert.All(map.Zip(map.Skip(1)), pair =>
            Assert.True(pair.First.Position < pair.Second.Position && pair.First.Azimuth < pair.Second.Azimuth));
        Assert.Equal(map.Select(p => (-p.Position, -p.Azimuth)).Reverse(), map);
        Assert.Contains((0, 0), map);
        Assert.InRange(map.Length, 40, 179);
    }

    private static double At((double Position, double Azimuth)[] map, double position)
    {
        int i = Math.Clamp(Array.FindIndex(map, p => p.Position >= position), 1, map.Length - 1);
        ((double x0, double y0), (double x1, double y1)) = (map[i - 1], map[i]);
        return y0 + ((Math.Clamp(position, x0, x1) - x0) * (y1 - y0) / (x1 - x0));
    }
}
