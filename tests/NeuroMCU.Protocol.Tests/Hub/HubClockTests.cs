// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Hub;

namespace NeuroMCU.Protocol.Tests.Hub;

public sealed class HubClockTests
{
    // Ten minutes of a line with 15 to 25 ms each way: what the offset is wrong by, less what it is always wrong by.
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, -40)]
    [InlineData(3, 0)]
    public void Under_10_ms_of_jitter_999_of_1000_times_are_within_a_millisecond(int seed, double ppm)
    {
        Random random = new(seed);
        HubClock clock = new();
        double Way() => 15_000 + (10_000 * random.NextDouble());
        double Other(double own) => -5_000_000 + (own * (1 + (ppm * 1e-6)));
        List<double> errors = [];
        double now = 1_000_000;
        for (int k = 0; k < 2400; k++)
        {
            double there = now + Way();
            clock.Add((long)now, (long)Other(there), (long)Other(there), (long)(there + Way()));
            for (int n = 0; n < 25 && k >= 24; n++)
            {
                double time = now + (n * 10_000);
                errors.Add(time + clock.OffsetAt((long)time) - Other(time));
            }

            now += k < 24 ? 15_000 : 250_000;
        }

        double middle = errors.Order().ElementAt(errors.Count / 2);
        Assert.InRange(errors.Count(e => Math.Abs(e - middle) <= 1000) / (double)errors.Count, 0.999, 1);
        Assert.InRange(middle, -1000, 1000);
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(-10_000_000)]
    public void A_clock_that_was_set_is_followed_at_once(long jump)
    {
        HubClock clock = new();
        for (int k = 0; k < 32; k++)
        {
            long now = k * 250_000L;
            long heard = now + 700 + (k < 16 ? 0 : jump);
            clock.Add(now, heard, heard, now + 1000);
        }

        Assert.InRange(clock.OffsetAt(8_000_000) - jump, 150, 250);
    }
}
