// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Laboratory.Localization.Rivals;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The standalone firmware hears sounds that last, at the costs of an ESP32: nothing is lost, and answers come while they
/// last.</summary>
public sealed class RealTimeTests
{
    private const double Lead = 0.5;
    private const double Seconds = 4;

    [Theory]
    [InlineData("noise_white", 6)]
    [InlineData("noise_pink", 6)]
    [InlineData("speech_en", 6)]
    [InlineData("speech_it", 6)]
    [InlineData("tabla", 6)]
    public void A_sound_that_lasts_is_heard_in_real_time(string sound, double largest)
    {
        StereoSound one = WavReader.Read(Listening.Of(sound).Single(r => r.Azimuth.Equals(30.0)).Path);
        StereoSound busy = Busy(one);
        Heard heard = Play([.. Enumerable.Repeat(busy, 40)], one.SampleRate);
        double end = Lead + Math.Min(Seconds, 40.0 * busy.Length / one.SampleRate);

        Assert.Equal(0, heard.Lost);
        Assert.InRange(heard.Load, 0, 0.8);
        Assert.InRange(heard.Share, 0.05, 0.5);
        Assert.InRange(heard.Answers[0].Time - Lead, 0.05, 0.25);
        double[] times = [.. heard.Answers.Select(a => a.Time).Where(t => t < end)];
        Assert.All(times.Skip(1).Zip(times), pair => Assert.InRange(pair.First - pair.Second, 0, 0.36));
        Assert.All(times.Where(t => t + 1 < end), from => Assert.InRange(times.Count(t => t > from && t <= from + 1), 3, 7));
        Assert.InRange(times.Length, 3.5 * (end - Lead - 0.5), 5 * Seconds);
        Assert.All(heard.Answers.Where(a => a.Azimuth is not null), a => Assert.InRange(a.Azimuth!.Value, 30 - largest, 30 + largest));
        Assert.Contains(heard.Answers, a => a.Azimuth is not null);
    }

    [Fact]
    public void Claps_are_answered_one_by_one()
    {
        StereoSound[] claps = [.. new[] { -40.0, 20, 50, -10 }
            .Select(a => WavReader.Read(Listening.Of("click").Single(r => r.Azimuth.Equals(a)).Path))];
        int rate = claps[0].SampleRate;
        StereoSound pause = new(rate, new float[rate / 2], new float[rate / 2]);
        Heard heard = Play([.. claps.SelectMany(c => new[] { c, pause })], rate);

        Assert.Equal(0, heard.Lost);
        Assert.InRange(heard.Load, 0, 0.6);
        Assert.Equal(4, heard.Answers.Count);
        Assert.InRange(heard.Answers.Count(a => a.Azimuth is not null), 3, 4);
        Assert.All(heard.Answers.Zip([-40.0, 20, 50, -10]), pair =>
            Assert.InRange(pair.First.Azimuth ?? pair.Second, pair.Second - 4, pair.Second + 4));
    }

    /// <summary>From 60° left to 60° right in four seconds, in steps of 10°.</summary>
    [Fact]
    public void A_sound_that_moves_is_followed()
    {
        StereoSound[] places = [.. Listening.Of("noise_pink").OrderBy(r => r.Azimuth).Select(r => Busy(WavReader.Read(r.Path)))];
        int rate = places[0].SampleRate;
        int frames = (int)(rate * Seconds / places.Length);
        StereoSound[] steps = [.. places.Select(p => Cut(p, frames))];
        Heard heard = Play(steps, rate);

        Assert.Equal(0, heard.Lost);
        (double Time, double? Azimuth)[] sure = [.. heard.Answers.Where(a => a.Azimuth is not null)];
        Assert.InRange(sure.Length, 6, 20);

        // An answer comes at most 0.15 s after its slice of 0.25 s, or of 0.1 s after the onset.
        Assert.All(sure, a =>
        {
            double early = Truth(a.Time - 0.15 - 0.25);
            double late = Truth(a.Time - 0.02);
            Assert.InRange(a.Azimuth!.Value, early - 4, late + 4);
        });
        double Truth(double time) => -60 + (10 * Math.Clamp(Math.Floor((time - Lead) * places.Length / Seconds), 0, places.Length - 1));
    }

    /// <summary>Noise from 60° left to 60° right in four seconds, or back: pieces of 50 ms, faded into each other, each from between the
    /// two measured directions beside its place.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, -1)]
    [InlineData(3, 1)]
    public async Task Each_answer_to_a_moving_sound_is_near_the_middle_of_its_window(int seed, int sense)
    {
        StereoSound sound = Moving(new Random(seed), sense);
        await using RecordingPlayer player = new(Listening.Network, null);

        LocatedRecording heard = (await player.PlayAsync(sound, TestContext.Current.CancellationToken)).Heard;

        Assert.Equal(0, heard.LostFrames);
        LocatedSound[] parts = [.. heard.Sounds.Where(s => s.Span < 1)];
        LocatedSound[] sure = [.. parts.Where(s => s.Sure)];
        Assert.InRange(sure.Length, (parts.Length / 2) + 1, parts.Length);
        Assert.All(sure, s =>
        {
            double middle = sense * (-60 + (120 * (s.Start + (s.Span / 2) - Lead) / Seconds));
            Assert.InRange(s.Azimuth, middle - 6, middle + 6);
        });
    }

    private static StereoSound Moving(Random random, int sense)
    {
        const int Rate = 8000;
        const int Piece = 200;
        IHead head = new TrainingHead(SofaHead.Kemar());
        int lead = (int)(Lead * Rate);
        int frames = (int)(Seconds * Rate);
        double[] dry = [.. Enumerable.Range(0, frames).Select(_ => random.NextDouble() + random.NextDouble() - 1)];
        float[] left = new float[lead + frames + 1000];
        float[] right = new float[lead + frames + 1000];
        for (int start = -Piece; start < frames; start += Piece)
        {
            double place = sense * Math.Clamp(-60 + (120.0 * (start + Piece) / frames), -60, 60);
            double below = 5 * Math.Floor(place / 5);
            foreach ((double azimuth, double share) in new[] { (below, 1 - ((place - below) / 5)), (below + 5, (place - below) / 5) })
            {
                HeadResponse response = head.ResponseAt(azimuth);
                for (int i = Math.Max(0, -start); i < 2 * Piece && start + i < frames && share > 0; i++)
                {
                    double sample = 0.05 * share * dry[start + i] * (0.5 - (0.5 * Math.Cos(Math.PI * i / Piece)));
                    for (int k = 0; k < response.Left.Count; k++)
                    {
                        left[lead + start + i + k] += (float)(sample * response.Left[k]);
                        right[lead + start + i + k] += (float)(sample * response.Right[k]);
                    }
                }
            }
        }

        return new StereoSound(Rate, left, right);
    }

    private static StereoSound Cut(StereoSound sound, int frames)
    {
        float[] Fill(float[] samples) => [.. Enumerable.Range(0, frames).Select(i => samples[i % samples.Length])];
        return new StereoSound(sound.SampleRate, Fill(sound.Left), Fill(sound.Right));
    }

    // The recording without the silence at its ends.
    private static StereoSound Busy(StereoSound sound)
    {
        float least = 0.02f * Math.Max(sound.Left.Max(Math.Abs), sound.Right.Max(Math.Abs));
        int from = Array.FindIndex(sound.Left, v => Math.Abs(v) > least);
        int to = Array.FindLastIndex(sound.Left, v => Math.Abs(v) > least) + 1;
        return new StereoSound(sound.SampleRate, sound.Left[from..to], sound.Right[from..to]);
    }

    private static Heard Play(StereoSound[] parts, int rate)
    {
        int lead = (int)(Lead * rate);
        int frames = lead + Math.Min(parts.Sum(p => p.Length), (int)(Seconds * rate));
        float[] Join(Func<StereoSound, float[]> ear) => [.. new float[lead], .. parts.SelectMany(ear)];
        StereoSound sound = new(rate, Join(p => p.Left)[..frames], Join(p => p.Right)[..frames]);
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true, Profile = RecordingPlayer.DefaultProfile });
        device.Store(Listening.Network.Image);
        List<(double, double?)> answers = [];
        long begin = device.Bench.Clock.Now;
        device.ConsoleWritten = line =>
        {
            if (line.Contains("azimuth ", StringComparison.Ordinal))
            {
                string word = line[(line.IndexOf("azimuth ", StringComparison.Ordinal) + 8)..].Split(' ')[0];
                double? azimuth = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
                answers.Add(((device.Bench.Clock.Now - begin) / 1e6, azimuth));
            }
        };
        device.PlaySound(sound);
        begin = device.Bench.Clock.Now;
        long sounding = begin + (long)(frames * 1e6 / rate);
        long end = sounding + 800_000;
        long busy = 0;
        while (device.Bench.Clock.Now < end)
        {
            long before = device.Bench.Clock.Now;
            bool works = device.Turn(end);
            long loud = Math.Min(sounding, device.Bench.Clock.Now) - Math.Max(begin + (long)(Lead * 1e6), before);
            busy += works && loud > 0 ? loud : 0;
        }

        return new Heard(answers, device.Heard.Lost, busy / (sounding - begin - (Lead * 1e6)),
            (double)device.Firmware.SoundHeard / device.Firmware.SoundFrames);
    }

    private sealed record Heard(IReadOnlyList<(double Time, double? Azimuth)> Answers, long Lost, double Load, double Share);
}
