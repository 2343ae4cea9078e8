// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>Where front end, network and read-out hear sounds, over the shipped set and over sounds that they have never heard.</summary>
public sealed class AccuracyTests
{
    [Theory]
    [InlineData("click", "clean", 2.0)]
    [InlineData("noise_white", "clean", 2.0)]
    [InlineData("noise_pink", "clean", 2.0)]
    [InlineData("speech_en", "clean", 3.0)]
    [InlineData("speech_it", "clean", 3.0)]
    [InlineData("crow", "clean", 3.0)]
    [InlineData("snap", "clean", 4.0)]
    [InlineData("tabla", "clean", 3.0)]
    [InlineData("click", "noisy", 3.0)]
    [InlineData("noise_white", "noisy", 4.0)]
    [InlineData("speech_en", "noisy", 3.0)]
    [InlineData("crow", "noisy", 4.0)]
    public void Shipped_recordings_are_heard_where_they_are(string sound, string condition, double mean)
    {
        (double found, double largest) = Listening.Error(Listening.Of(sound, condition));

        Assert.InRange(found, 0, mean);
        Assert.InRange(largest, 0, 10);
    }

    [Theory]
    [InlineData(16000)]
    [InlineData(22050)]
    [InlineData(48000)]
    [InlineData(96000)]
    public void The_sample_rate_of_the_recording_does_not_matter(int rate)
    {
        Assert.InRange(Listening.Error(Listening.Of("speech_en"), s => s.AtRate(rate)).Mean, 0, 2.5);
        Assert.InRange(Listening.Error(Listening.Of("noise_white"), s => s.AtRate(rate)).Mean, 0, 2);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.1)]
    [InlineData(0.02)]
    public void The_level_does_not_matter(double peak)
    {
        // Shipped recordings peak at one half.
        StereoSound Scale(StereoSound sound) => Listening.Changed(sound, s => (float)(s * peak / 0.5));

        Assert.InRange(Listening.Error(Listening.Of("click"), Scale).Mean, 0, 2);
        Assert.InRange(Listening.Error(Listening.Of("speech_en"), Scale).Mean, 0, 2.5);
    }

    [Fact]
    public void Samples_of_8_bits_will_do()
    {
        StereoSound Coarse(StereoSound sound) => Listening.Changed(sound, s => MathF.Round(s * 127) / 128);

        Assert.InRange(Listening.Error(Listening.Of("click"), Coarse).Mean, 0, 2);
        Assert.InRange(Listening.Error(Listening.Of("speech_en"), Coarse).Mean, 0, 2.5);
    }

    [Fact]
    public void Silence_before_the_sound_does_not_matter()
    {
        Assert.InRange(Listening.Error(Listening.Of("snap"), sound => Delayed(sound, 0.437)).Mean, 0, 4);
        Assert.InRange(Listening.Error(Listening.Of("click"), sound => Delayed(sound, 0.237)).Mean, 0, 2);
    }

    [Fact]
    public void Swapping_the_ears_mirrors_the_answer()
    {
        OfflineListener listener = Listening.Open();
        foreach (IndexedRecording recording in Listening.Recordings.Where((_, i) => i % 5 == 0))
        {
            StereoSound sound = WavReader.Read(recording.Path);
            int straight = listener.Hear(PcmSound.Of(sound, 8000)).Value;
            int mirrored = listener.Hear(PcmSound.Of(new StereoSound(sound.SampleRate, sound.Right, sound.Left), 8000)).Value;

            // The tables are symmetric to a microsecond and a rounding of the level.
            Assert.InRange(straight + mirrored, -60, 60);
        }
    }

    [Fact]
    public void Silence_and_one_ear_alone_give_no_answer()
    {
        OfflineListener listener = Listening.Open();
        StereoSound sound = WavReader.Read(Listening.Of("speech_en").First().Path);
        float[] silent = new float[sound.Length];

        Assert.False(listener.Hear(PcmSound.Of(new StereoSound(sound.SampleRate, silent, silent), 8000)).IsValid);
        Assert.False(listener.Hear(PcmSound.Of(new StereoSound(sound.SampleRate, sound.Left, silent), 8000)).IsValid);
        Assert.False(listener.Hear(PcmSound.Of(new StereoSound(sound.SampleRate, silent, sound.Right), 8000)).IsValid);
    }

    [Fact]
    public void Ears_that_hear_unrelated_noise_are_unsure()
    {
        OfflineListener listener = Listening.Open();
        Random random = new(7);
        float[] Noise() => Enumerable.Range(0, 8000).Select(_ => (float)((random.NextDouble() - 0.5) * 0.4)).ToArray();

        DirectionReadout heard = listener.Hear(PcmSound.Of(new StereoSound(8000, Noise(), Noise()), 8000));

        Assert.InRange(heard.Confidence, 0, 150);
    }

    [Theory]
    [InlineData("clicks", 2.0)]
    [InlineData("white", 2.0)]
    [InlineData("band", 2.0)]
    [InlineData("chirp", 3.0)]
    public void Sounds_that_nobody_tuned_for_are_heard_where_they_are(string kind, double mean)
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "libmysofa1 with KEMAR's responses is not installed");
        BinauralRenderer renderer = new(SofaHead.Kemar());
        OfflineListener listener = Listening.Open();
        double[] errors = Enumerable.Range(-12, 25).Select(step =>
        {
            float[] dry = Fresh(kind, 4000 + step);
            DirectionReadout heard = listener.Hear(PcmSound.Of(renderer.Render(dry, SofaHead.KemarRate, 5 * step), 8000));
            return Math.Abs((heard.Value / 100.0) - (5 * step));
        }).ToArray();

        Assert.InRange(errors.Average(), 0, mean);
        Assert.InRange(errors.Max(), 0, 10);
    }

    private static float[] Fresh(string kind, int seed)
    {
        Random random = new(seed);
        float[] sound = new float[9000];
        double phase = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            double white = random.NextDouble() - 0.5;
            phase += 2 * Math.PI * (300 + (i * 0.25)) / SofaHead.KemarRate;
            sound[i] = kind switch
            {
                "clicks" => i % 1777 == 400 ? 1 : 0,
                "white" => (float)white,
                "band" => (float)(i == 0 ? white : (0.7 * sound[i - 1]) + white),
                _ => (float)(Math.Sin(phase) * Math.Min(1, i / 300.0)),
            };
        }

        return sound;
    }

    private static StereoSound Delayed(StereoSound sound, double seconds)
    {
        float[] silence = new float[(int)(seconds * sound.SampleRate)];
        return new StereoSound(sound.SampleRate, [.. silence, .. sound.Left], [.. silence, .. sound.Right]);
    }
}
