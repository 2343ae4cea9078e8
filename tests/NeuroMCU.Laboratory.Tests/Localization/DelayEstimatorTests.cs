// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class DelayEstimatorTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(CorrelationKind.Plain, 0)]
    [InlineData(CorrelationKind.Plain, 317)]
    [InlineData(CorrelationKind.Plain, -650)]
    [InlineData(CorrelationKind.PhaseTransform, 100)]
    [InlineData(CorrelationKind.PhaseTransform, -433)]
    public void Delay_of_the_left_ear_is_found_to_two_microseconds(CorrelationKind kind, double delay)
    {
        StereoSound sound = Tones(delay);

        Assert.Equal(delay, DelayEstimator.Estimate(sound, kind), 2.0);
    }

    [Fact]
    public void Silence_has_no_delay()
    {
        var silence = new StereoSound(Rate, new float[1000], new float[1000]);

        Assert.Equal(0, DelayEstimator.Estimate(silence, CorrelationKind.Plain));
        Assert.Equal(0, DelayEstimator.Estimate(silence, CorrelationKind.PhaseTransform));
    }

    [Theory]
    [InlineData(CorrelationKind.Plain)]
    [InlineData(CorrelationKind.PhaseTransform)]
    public void Map_of_the_head_rises_from_ahead_to_the_side_and_is_its_own_inverse(CorrelationKind kind)
    {
        double[] delays = Enumerable.Range(0, 19).Select(step => DelayMap.Kemar.DelayOf(5 * step, kind)).ToArray();

        Assert.Equal(0, delays[0]);
        Assert.InRange(delays[^1], 650, 800);
        Assert.Equal(delays.Order(), delays);
        Assert.All(new[] { -85.0, -33, -4, 0, 12, 61 }, azimuth => Assert.Equal(azimuth,
            DelayMap.Kemar.AzimuthOf(DelayMap.Kemar.DelayOf(azimuth, kind), kind), 0.01));
    }

    // Many inharmonic tones with random phases under a smooth window: the delay of a sum of sines is exact at any fraction of a sample.
    private static StereoSound Tones(double delayMicroseconds)
    {
        var random = new Random(7);
        (double Frequency, double Phase)[] tones = Enumerable.Range(0, 300)
            .Select(_ => (100 + (15_000 * random.NextDouble()), 2 * Math.PI * random.NextDouble())).ToArray();
        float[] Ear(double delay) => Enumerable.Range(0, 8_000).Select(k =>
        {
            double time = ((double)k / Rate) - delay;
            double window = Math.Exp(-Math.Pow((time - 0.09) / 0.02, 2));
            return (float)(window * tones.Sum(tone => Math.Sin((2 * Math.PI * tone.Frequency * time) + tone.Phase)) / tones.Length);
        }).ToArray();
        return new StereoSound(Rate, Ear(delayMicroseconds * 1e-6), Ear(0));
    }
}
