// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class BinauralRendererTests
{
    private static readonly float[] s_click = [0, 0, 1, 0, 0, 0];

    [Fact]
    public void Each_ear_hears_the_click_through_its_own_response()
    {
        var renderer = new BinauralRenderer(new TwoTapHead());

        StereoSound sound = renderer.Render(s_click, TwoTapHead.Rate, 45);

        Assert.Equal(TwoTapHead.Rate, sound.SampleRate);
        Assert.Equal(0.5f, sound.Right[2], 1e-6f);
        Assert.Equal(0.25f, sound.Left[3], 1e-6f);
    }

    [Fact]
    public void Noise_has_the_stated_power_and_comes_back_with_its_seed()
    {
        var renderer = new BinauralRenderer(new TwoTapHead());
        float[] tone = Enumerable.Range(0, 20_000).Select(k => MathF.Sin(k * 0.1f)).ToArray();

        StereoSound clean = renderer.Render(tone, TwoTapHead.Rate, 0);
        StereoSound noisy = renderer.Render(tone, TwoTapHead.Rate, 0, new EarNoise(10, 3));
        StereoSound again = renderer.Render(tone, TwoTapHead.Rate, 0, new EarNoise(10, 3));

        Assert.Equal(noisy.Left, again.Left);

        // The ears hear the tone with powers 1 and 1/4; 10 dB below their mean lies 1/16.
        Assert.Equal(Math.Sqrt(16 / 17.0), Correlation(clean.Right, noisy.Right), 0.01);
        Assert.Equal(Math.Sqrt(4 / 5.0), Correlation(clean.Left, noisy.Left), 0.01);
    }

    [Fact]
    public void Missing_head_says_what_to_install()
    {
        HeadException error = Assert.Throws<HeadException>(() => SofaHead.Open("no-such.sofa", 44_100));

        Assert.Contains("libmysofa1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kemar_hears_the_right_side_first_on_the_right()
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "the KEMAR head is missing: apt-get install libmysofa1");

        HeadResponse response = SofaHead.Kemar().ResponseAt(60);

        Assert.Equal(60, response.Azimuth);
        Assert.True(Onset(response.Right) < Onset(response.Left));
        Assert.True(response.Right.Max(Math.Abs) > 2 * response.Left.Max(Math.Abs));
    }

    [Fact]
    public void Wav_files_come_back_as_they_were_written()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var sound = new StereoSound(16_000, [0, 0.5f, -0.25f, -1], [0.125f, 0, 2, -2]);
        try
        {
            WavWriter.Write(path, sound);
            StereoSound read = WavReader.Read(path);

            Assert.Equal(sound.SampleRate, read.SampleRate);
            Assert.Equal(sound.Left, read.Left);
            Assert.Equal([0.125f, 0, 32_767f / 32_768f, -1], read.Right);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Correlation(float[] a, float[] b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static int Onset(System.Collections.Generic.IReadOnlyList<float> response)
    {
        float threshold = 0.2f * response.Max(Math.Abs);
        return response.Select((value, index) => (value, index)).First(pair => Math.Abs(pair.value) > threshold).index;
    }

    private sealed class TwoTapHead : IHead
    {
        public const int Rate = 8_000;

        public int SampleRate => Rate;

        public HeadResponse ResponseAt(double azimuth) => new(azimuth, [0, 0.5f], [1, 0]);
    }
}
