// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using NeuroMCU.Laboratory.Localization.Claps;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>Claps at known angles, in a room and in noise, to the head that they were heard with.</summary>
public sealed class ClapTests
{
    private static readonly double[] s_angles = [-60, -30, 0, 30, 60];

    [Theory]
    [InlineData(0.06)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Five_claps_in_a_room_give_the_delays_of_all_directions(double spacing)
    {
        MicrophonePair pair = new(spacing);
        ClapSet claps = new([.. s_angles.Select(a => Heard(new RoomHead(pair, 0.3, 1), a))]);

        Assert.Empty(claps.Problems);
        Assert.False(claps.IsRound);
        ClapHead head = new(claps);
        for (int azimuth = -90; azimuth <= 90; azimuth += 15)
        {
            Assert.InRange(Delay(head, azimuth) - (pair.DelayAt(azimuth) * 1e6), -15, 15);
        }
    }

    [Fact]
    public void Claps_around_a_ball_are_those_of_a_ball()
    {
        SphereHead ball = new(0.0875);
        ClapSet claps = new([.. s_angles.Append(-90).Append(90).Select(a => Heard(ball, a))]);

        Assert.Empty(claps.Problems);
        ClapHead head = new(claps);
        foreach (double azimuth in (double[])[-75, -45, 15, 45, 75])
        {
            HeadResponse measured = head.ResponseAt(azimuth);
            HeadResponse expected = ball.ResponseAt(azimuth);
            foreach (double hertz in (double[])[490, 1200, 2500])
            {
                // What a band hears; towards 90°, low tones hardly come later any more, while the front of a clap still does.
                double most = Math.Abs(azimuth) > 60 ? 50 : 20;
                (double delay, double level) = Difference(measured, hertz);
                (double trueDelay, double trueLevel) = Difference(expected, hertz);
                Assert.InRange(Math.IEEERemainder(delay - trueDelay, 1e6 / hertz), -most, most);
                Assert.InRange(level - trueLevel, -2.5, 2.5);
            }
        }
    }

    [Fact]
    public void A_clap_from_elsewhere_is_named_and_no_other()
    {
        MicrophonePair pair = new(0.2);
        Clap[] claps = [.. s_angles.Select(a => Clap.In(ClapFiles.NameOf(a), a, Recorded(pair, a == -30 ? 10 : a)))];

        string problem = Assert.Single(new ClapSet(claps).Problems);

        Assert.StartsWith("clap_-30.wav: its delay is +101 us, the others make it -29", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Swapped_microphones_are_named()
    {
        MicrophonePair pair = new(0.2);
        ClapSet claps = new([.. s_angles.Select(a => Clap.In(ClapFiles.NameOf(a), a, Recorded(pair, -a)))]);

        Assert.StartsWith("left and right are swapped", Assert.Single(claps.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_that_is_turned_is_named_and_still_measured()
    {
        MicrophonePair pair = new(0.2);
        ClapSet claps = new([.. s_angles.Select(a => Clap.In(ClapFiles.NameOf(a), a, Recorded(pair, a + 6)))]);

        Assert.Empty(claps.Problems);
        Assert.Matches(@"^ahead is (5\.[5-9]|6\.[0-5]) deg too far right", Assert.Single(claps.Notes));
    }

    [Fact]
    public void What_is_no_clap_is_named_with_its_reason()
    {
        MicrophonePair pair = new(0.2);
        StereoSound good = Recorded(pair, 30);
        float[] silence = new float[good.Length];
        float[] noise = [.. Enumerable.Range(0, good.Length).Select(k => ((k * 7919 % 1009) - 504) / 5000f)];

        string? Problem(float[] left, float[] right) => Clap.In("a", 30, new StereoSound(44_100, left, right)).Problem;
        float[] Loud(float[] samples) => Array.ConvertAll(samples, s => Math.Clamp(8 * s, -1, 1));
        Assert.StartsWith("no clap is heard", Problem(noise, noise)!, StringComparison.Ordinal);
        Assert.StartsWith("no clap is heard", Problem(silence, silence)!, StringComparison.Ordinal);
        Assert.StartsWith("the right microphone hears", Problem(good.Left, silence)!, StringComparison.Ordinal);
        Assert.StartsWith("it is cut off", Problem(Loud(good.Left), Loud(good.Right))!, StringComparison.Ordinal);
        Assert.StartsWith("it is shorter", Problem([0], [0])!, StringComparison.Ordinal);
        Assert.Null(Problem(good.Left, good.Right));
    }

    [Fact]
    public void Claps_are_cut_out_of_sound_as_it_comes()
    {
        MicrophonePair pair = new(0.2);
        LiveSound sound = new(44_100);
        _ = Task.Run(
            () =>
            {
                foreach (double angle in s_angles)
                {
                    StereoSound clap = Recorded(pair, angle);
                    sound.Write(clap.Left, clap.Right, wait: true);
                }

                sound.End();
            },
            TestContext.Current.CancellationToken);
        ClapListener listener = new(sound);

        foreach (double angle in s_angles)
        {
            Assert.InRange(Clap.In("c", angle, listener.Next()!).Delay - (pair.DelayAt(angle) * 1e6), -10, 10);
        }

        Assert.Null(listener.Next());
    }

    private static Clap Heard(IHead head, double azimuth) => Clap.In(ClapFiles.NameOf(azimuth), azimuth, Recorded(head, azimuth));

    // A burst of noise that dies away in 3 ms, in a background 40 dB below it.
    private static StereoSound Recorded(IHead head, double azimuth)
    {
        Random random = new(11);
        float[] dry = new float[40_000];
        double slow = 0;
        for (int k = 0; k < 900; k++)
        {
            double burst = ((2 * random.NextDouble()) - 1) * Math.Exp(-k / 120.0);
            slow += 0.3 * (burst - slow);
            dry[20_000 + k] = (float)slow;
        }

        return new BinauralRenderer(head).Render(dry, 44_100, azimuth, new EarNoise(20, (int)azimuth + 500));
    }

    private static double Delay(IHead head, double azimuth)
    {
        HeadResponse response = head.ResponseAt(azimuth);
        return DelayEstimator.Estimate(new StereoSound(44_100, [.. response.Left], [.. response.Right]), CorrelationKind.Plain, 2000);
    }

    // Delay in µs, up to whole periods, and level in dB between the ears at a frequency.
    private static (double Delay, double Level) Difference(HeadResponse response, double hertz)
    {
        Complex turn = -2 * Math.PI * Complex.ImaginaryOne * hertz / 44_100;
        Complex At(IReadOnlyList<float> samples) => samples.Select((s, k) => s * Complex.Exp(turn * k)).Aggregate((a, b) => a + b);
        Complex ratio = At(response.Right) / At(response.Left);
        return (ratio.Phase / (2 * Math.PI * hertz) * 1e6, 20 * Math.Log10(ratio.Magnitude));
    }
}
