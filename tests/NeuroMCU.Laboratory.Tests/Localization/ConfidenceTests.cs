// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>A direction is sure where the evidence is good, and says what is wrong where it is not.</summary>
public sealed class ConfidenceTests
{
    private const int Rate = 8000;

    [Fact]
    public void Shipped_clean_recordings_stay_sure()
    {
        OfflineListener listener = Listening.Open();
        IndexedRecording[] clean = [.. Listening.Recordings.Where(r => r.Condition == "clean")];

        int sure = clean.Count(r => Hear(listener, WavReader.Read(r.Path)).IsValid);

        Assert.InRange((double)sure / clean.Length, 0.95, 1);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.003)]
    public void An_ear_that_hears_only_crosstalk_is_named(double leak)
    {
        OfflineListener listener = Listening.Open();
        foreach (IndexedRecording recording in Listening.Of("speech_en").Concat(Listening.Of("noise_pink")).Where((_, i) => i % 3 == 0))
        {
            StereoSound sound = WavReader.Read(recording.Path);
            float[] faint = Array.ConvertAll(sound.Left, s => (float)(s * leak));

            Assert.Equal(Doubt.RightEar, Hear(listener, new StereoSound(sound.SampleRate, sound.Left, faint)).Doubt);
            Assert.Equal(Doubt.LeftEar, Hear(listener, new StereoSound(sound.SampleRate, faint, sound.Left)).Doubt);
        }
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-25)]
    [InlineData(-30)]
    public void One_weak_ear_is_never_sure(double decibels)
    {
        OfflineListener listener = Listening.Open();
        float gain = (float)Math.Pow(10, decibels / 20);
        foreach (IndexedRecording recording in Listening.Recordings.Where((r, i) => r.Condition == "clean" && i % 4 == 0))
        {
            StereoSound sound = WavReader.Read(recording.Path);
            float[] Weak(float[] ear) => Array.ConvertAll(ear, s => s * gain);

            Assert.False(Hear(listener, new StereoSound(sound.SampleRate, Weak(sound.Left), sound.Right)).IsValid, recording.Path);
            Assert.False(Hear(listener, new StereoSound(sound.SampleRate, sound.Left, Weak(sound.Right))).IsValid, recording.Path);
        }
    }

    [Fact]
    public void Of_answers_wrong_by_15_degrees_nine_in_ten_are_unsure()
    {
        OfflineListener listener = Listening.Open();
        Random random = new(90_125);
        List<(bool Sure, double Error)> heard = [];
        foreach (int azimuth in Enumerable.Range(-6, 13).Select(k => 10 * k))
        {
            foreach (double spacing in new[] { 0.1, 0.3, 0.5, 1.0 })
            {
                heard.Add(Judge(listener, Pair(Noise(random, 3000), spacing, azimuth), azimuth));
            }

            foreach (double tone in new[] { 1500.0, 2000, 2400 })
            {
                heard.Add(Judge(listener, Pair(Tone(tone, 3000), 0.2, azimuth), azimuth));
            }

            heard.Add(Judge(listener, Room(random, Pair(Noise(random, 1200), 0.2, azimuth)), azimuth));
            heard.Add(Judge(listener, Stereo(Noise(random, 6000), Noise(random, 6000)), azimuth));
        }

        (bool Sure, double Error)[] wrong = [.. heard.Where(h => h.Error > 15)];
        Assert.InRange(wrong.Length, 40, heard.Count);
        Assert.InRange((double)wrong.Count(w => !w.Sure) / wrong.Length, 0.9, 1);
    }

    [Fact]
    public void A_sound_that_wanders_from_left_to_right_is_unsure()
    {
        OfflineListener listener = Listening.Open();
        StereoSound[] way = [.. Listening.Of("noise_white").OrderBy(r => r.Azimuth).Select(r => WavReader.Read(r.Path).AtRate(Rate))];
        float[] Way(Func<StereoSound, float[]> ear) => [.. way.SelectMany(s => ear(s).Skip(s.Length / 4).Take(1200))];
        Assert.False(Hear(listener, new StereoSound(Rate, Way(s => s.Left), Way(s => s.Right))).IsValid);
    }

    private static DirectionReadout Hear(OfflineListener listener, StereoSound sound) => listener.Hear(PcmSound.Of(sound, Rate));

    private static (bool Sure, double Error) Judge(OfflineListener listener, StereoSound sound, double azimuth)
    {
        DirectionReadout heard = Hear(listener, sound);
        return (heard.IsValid, Math.Abs((heard.Value / 100.0) - azimuth));
    }

    private static double[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static double[] Tone(double frequency, int count) =>
        [.. Enumerable.Range(0, count)
            .Select(i => 0.5 * Math.Sin(2 * Math.PI * frequency * i / Rate) * Math.Min(1, Math.Min(i, count - i) / 80.0))];

    // Two microphones in the free field, in m; the delay by a windowed sinc.
    private static StereoSound Pair(double[] dry, double spacing, double azimuth)
    {
        double half = spacing / 343 * Math.Sin(azimuth * Math.PI / 180) * Rate / 2;
        return Stereo(Delayed(dry, half), Delayed(dry, -half));
    }

    private static double[] Delayed(double[] dry, double by)
    {
        const int Reach = 24;
        double[] result = new double[dry.Length + 800];
        for (int i = 0; i < dry.Length; i++)
        {
            int at = 400 + i + (int)Math.Round(by);
            double rest = by - Math.Round(by);
            for (int k = -Reach; k <= Reach; k++)
            {
                double t = k - rest;
                double window = 0.5 + (0.5 * Math.Cos(Math.PI * t / (Reach + 1)));
                result[at + k] += dry[i] * window * (Math.Abs(t) < 1e-9 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t));
            }
        }

        return result;
    }

    // A diffuse tail of 0.6 s that is as strong as the direct sound, other at each ear.
    private static StereoSound Room(Random random, StereoSound dry)
    {
        double[] Ear(float[] sound)
        {
            double[] result = new double[sound.Length + 4800];
            double[] tail = [.. Enumerable.Range(0, 4800).Select(i => i == 0 ? 1
                : 0.09 * (random.NextDouble() - 0.5) * Math.Exp(-i * 6.91 / 4800))];
            for (int i = 0; i < sound.Length; i++)
            {
                for (int k = 0; k < tail.Length && sound[i] != 0; k++)
                {
                    result[i + k] += sound[i] * tail[k];
                }
            }

            return result;
        }

        return Stereo(Ear(dry.Left), Ear(dry.Right));
    }

    private static StereoSound Stereo(double[] left, double[] right)
    {
        double peak = Math.Max(left.Max(Math.Abs), right.Max(Math.Abs));
        float[] Scaled(double[] ear) => Array.ConvertAll(ear, s => (float)(s * 0.4 / peak));
        return new StereoSound(Rate, Scaled(left), Scaled(right));
    }
}
