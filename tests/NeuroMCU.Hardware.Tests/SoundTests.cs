// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Hardware.Tests;

public sealed class SoundTests
{
    [Theory]
    [InlineData(44_100, 48_000)]
    [InlineData(48_000, 44_100)]
    [InlineData(44_100, 16_000)]
    [InlineData(96_000, 22_050)]
    [InlineData(8_000, 44_100)]
    [InlineData(44_100, 44_101)]
    public void A_tone_keeps_its_frequency_phase_and_level(int from, int to)
    {
        // 80 % of the lower Nyquist frequency.
        double frequency = 0.4 * Math.Min(from, to);
        float[] input = Enumerable.Range(0, from / 5).Select(k => (float)Math.Sin(2 * Math.PI * frequency * k / from)).ToArray();
        float[] output = Resampler.Convert(input, from, to);
        Assert.Equal((int)Math.Ceiling((double)input.Length * to / from), output.Length);
        for (int n = to / 50; n < output.Length - (to / 50); n++)
        {
            Assert.InRange(output[n] - Math.Sin(2 * Math.PI * frequency * n / to), -1e-4, 1e-4);
        }
    }

    [Fact]
    public void What_the_new_rate_cannot_hold_is_removed()
    {
        float[] input = Enumerable.Range(0, 20_000).Select(k => (float)Math.Sin(2 * Math.PI * 9_000 * k / 44_100)).ToArray();
        float[] output = Resampler.Convert(input, 44_100, 16_000);
        double power = output[500..^500].Average(v => (double)v * v);
        Assert.True(10 * Math.Log10(power / 0.5) < -80);
    }

    [Fact]
    public void A_constant_stays_a_constant()
    {
        float[] output = Resampler.Convert(Enumerable.Repeat(0.5f, 5000).ToArray(), 44_100, 32_000);
        Assert.All(output[200..^200], v => Assert.Equal(0.5f, v, 5));
    }

    [Fact]
    public void An_offset_has_no_edges()
    {
        float[] output = Resampler.Convert(Enumerable.Repeat(0.25f, 999).ToArray(), 16_000, 8_000);
        Assert.All(output, v => Assert.Equal(0.25f, v, 6));
    }

    [Theory]
    [InlineData(44_100, 8_000)]
    [InlineData(48_000, 8_000)]
    [InlineData(8_000, 8_000)]
    [InlineData(11_025, 16_000)]
    public void A_sound_that_comes_in_pieces_is_converted_as_the_whole_is(int from, int to)
    {
        Random random = new(7);
        float[] input = Enumerable.Range(0, 40_000).Select(_ => random.NextSingle() - 0.5f).ToArray();
        ResamplingStream stream = new(from, to);
        List<float> output = [];
        for (int at = 0; at < input.Length;)
        {
            int count = Math.Min(random.Next(1, 3000), input.Length - at);
            stream.Add(input.AsSpan(at, count));
            at += count;
            while (stream.Available > 0)
            {
                output.Add(stream.Next());
            }
        }

        stream.End();
        while (stream.Available > 0)
        {
            output.Add(stream.Next());
        }

        Assert.Equal(Resampler.Convert(input, from, to), output);
    }

    [Fact]
    public void Both_ears_are_of_the_same_length()
    {
        Assert.Throws<ArgumentException>(() => new StereoSound(8000, new float[2], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StereoSound(0, [], []));
    }
}
