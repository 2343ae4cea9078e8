// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class AnsweredSoundTests
{
    /// <summary>Clicks at 0.3, 1.3 and 1.9 s. The sound comes 0.8 s late, and the device hangs for 0.3 s over its first answer: by the time
    /// at which they come, answers would be on the next sound.</summary>
    [Fact]
    public void An_answer_names_the_sound_on_the_clock_of_the_sound_whatever_lags()
    {
        double[] starts = [0.3, 1.3, 1.9];
        StereoSound click = WavReader.Read(Listening.Of("click").First(r => r.Azimuth == 30).Path);
        StereoSound played = new RecordingMix([.. starts.Select(start => new MixedSound(start, 30, click))]).Mixed();
        LiveSound sound = new(click.SampleRate, 4);
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true, Unlimited = true });
        device.Store(Listening.Network.Image);
        device.Listen(sound);
        List<AnsweredSound> answers = [];
        device.ConsoleWritten = line =>
        {
            if (line.StartsWith("azimuth ", StringComparison.Ordinal))
            {
                device.Bench.Clock.Charge(answers.Count == 0 ? 300_000_000 : 0);
                answers.Add(device.Answered);
            }
        };

        device.Pump(TimeSpan.FromSeconds(0.8));
        sound.Write(played.Left, played.Right, wait: false);
        sound.End();
        device.Pump(TimeSpan.FromSeconds(3));

        Assert.Equal(starts.Length, answers.Count);
        Assert.All(answers.Zip(starts), pair =>
        {
            (AnsweredSound answer, double start) = pair;
            Assert.InRange(start, answer.From - 0.005, answer.To);
            Assert.InRange(answer.To, start, start + click.Duration.TotalSeconds + 0.05);
        });
        Assert.InRange(answers[0].Now, starts[0] + 0.3, starts[0] + 1);
    }
}
