// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>What physics says of two microphones in free air, of a rigid sphere, and of a room.</summary>
public sealed class HeadModelTests
{
    private const double C = MicrophonePair.SpeedOfSound;

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    [InlineData(0.5)]
    public void Free_air_delays_the_farther_microphone_by_the_detour(double spacing)
    {
        MicrophonePair pair = new(spacing);
        for (int azimuth = -90; azimuth <= 90; azimuth += 9)
        {
            HeadResponse response = pair.ResponseAt(azimuth);
            double expected = spacing * Math.Sin(azimuth * Math.PI / 180) / C * 1e6;
            Assert.InRange(Delay(response) - expected, -1, 1);
            Assert.Equal(Energy(response.Left), Energy(response.Right), 2);
        }
    }

    [Fact]
    public void Coincident_cardioids_differ_in_level_only()
    {
        MicrophonePair pair = new(0, 45);

        HeadResponse side = pair.ResponseAt(45);

        // The right one is aimed at the sound; the left one hears it from 90° off its axis, at half the pressure.
        Assert.Equal(0, Delay(side), 1);
        Assert.Equal(6.02, 10 * Math.Log10(Energy(side.Right) / Energy(side.Left)), 2);
    }

    [Theory]
    [InlineData(0.04, 30)]
    [InlineData(0.0875, 20)]
    [InlineData(0.0875, 60)]
    [InlineData(0.12, 90)]
    public void Low_tones_bend_around_a_sphere_half_as_far_again(double radius, double azimuth)
    {
        // G. F. Kuhn (1977): 3a/c · sin θ where the wave is long, of which 1 % is left at ka = 0.2.
        double expected = 3 * radius / C * Math.Sin(azimuth * Math.PI / 180);

        Assert.InRange(PhaseDelay(new SphereHead(radius), 0.1 * C / (2 * Math.PI * radius), azimuth) / expected, 0.99, 1.01);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(90)]
    public void The_front_of_a_pulse_goes_straight_and_then_along_the_sphere(double azimuth)
    {
        // R. S. Woodworth (1938): a/c · (θ + sin θ) from ear to ear.
        const double Radius = 0.0875;
        double angle = azimuth * Math.PI / 180;
        double expected = Radius / C * (angle + Math.Sin(angle));
        HeadResponse response = new SphereHead(Radius).ResponseAt(azimuth);

        Assert.InRange((Front(response.Left) - Front(response.Right)) / 44_100.0 / expected, 0.9, 1.1);
    }

    [Fact]
    public void A_sphere_reflects_high_tones_and_does_not_hinder_low_ones()
    {
        SphereHead sphere = new(0.0875);

        Assert.Equal(1, sphere.PressureAt(0, 120).Magnitude, 9);
        Assert.Equal(1, sphere.PressureAt(20, 0).Magnitude, 2);

        // A wall doubles the pressure; the far side is in the shadow, but for the bright spot right behind.
        Assert.InRange(sphere.PressureAt(15_000, 0).Magnitude, 1.9, 2.1);
        Assert.InRange(sphere.PressureAt(8_000, 150).Magnitude, 0, 0.5);
        Assert.True(sphere.PressureAt(8_000, 180).Magnitude > 1.5 * sphere.PressureAt(8_000, 150).Magnitude);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void A_room_decays_by_60_dB_in_its_reverberation_time(double time)
    {
        RoomHead room = new(new MicrophonePair(0.2), time, 1.5);
        IReadOnlyList<float> left = room.ResponseAt(30).Left;

        // M. R. Schroeder's backward integral, from −5 to −25 dB.
        double[] rest = new double[left.Count + 1];
        for (int k = left.Count - 1; k >= 0; k--)
        {
            rest[k] = rest[k + 1] + ((double)left[k] * left[k]);
        }

        double At(double decibels) => Array.FindIndex(rest, r => r <= rest[0] * Math.Pow(10, decibels / 10)) / 44_100.0;
        Assert.InRange(3 * (At(-25) - At(-5)) / time, 0.75, 1.2);
    }

    private static double Delay(HeadResponse response) => DelayEstimator.Estimate(
        new StereoSound(44_100, [.. response.Left], [.. response.Right]), CorrelationKind.Plain, 2000);

    private static double Energy(IReadOnlyList<float> samples) => samples.Sum(s => (double)s * s);

    private static double PhaseDelay(SphereHead sphere, double frequency, double azimuth)
    {
        Complex ratio = sphere.PressureAt(frequency, azimuth - 90) / sphere.PressureAt(frequency, azimuth + 90);
        return ratio.Phase / (2 * Math.PI * frequency);
    }

    // Where a response first comes to a quarter of its height.
    private static double Front(IReadOnlyList<float> samples)
    {
        double height = samples.Max(Math.Abs) / 4;
        int at = samples.TakeWhile(s => Math.Abs(s) < height).Count();
        return at - 1 + ((height - Math.Abs(samples[at - 1])) / (Math.Abs(samples[at]) - Math.Abs(samples[at - 1])));
    }
}
