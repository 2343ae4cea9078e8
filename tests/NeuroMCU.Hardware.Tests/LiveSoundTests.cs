// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.Hardware.Tests;

/// <summary>Sound that comes while it is heard: nothing is lost but what is counted.</summary>
public sealed class LiveSoundTests
{
    private const int Rate = 8000;

    [Fact]
    public void A_source_that_can_be_held_back_is_heard_to_the_last_frame()
    {
        float[] left = Ramp(30_000);
        float[] right = Array.ConvertAll(left, s => -s);
        LiveSound sound = new(Rate, 0.5) { Patient = true };
        Task writer = Task.Run(
            () =>
            {
                for (int at = 0; at < left.Length; at += 777)
                {
                    int count = Math.Min(777, left.Length - at);
                    sound.Write(left.AsSpan(at, count), right.AsSpan(at, count), wait: true);
                }

                sound.End();
            },
            TestContext.Current.CancellationToken);

        (int[] heardLeft, int[] heardRight) = Hear(sound, 30_208);

        Assert.Equal(left, heardLeft[..30_000].Select(Sample));
        Assert.Equal(right, heardRight[..30_000].Select(Sample));

        // It goes on as its last sample: an offset has no edge.
        Assert.All(heardLeft[30_000..], word => Assert.Equal(left[^1], Sample(word)));
        Assert.True(writer.IsCompleted);
        Assert.Equal((30_000L, 0L, 0L), (sound.Written, sound.Overrun, sound.Silence));
    }

    [Fact]
    public void What_finds_no_room_is_lost_and_counted()
    {
        float[] samples = Ramp(10_000);
        LiveSound sound = new(Rate, 0.5);
        sound.Write(samples, samples, wait: false);
        sound.End();

        (int[] heard, _) = Hear(sound, 4096);

        Assert.Equal(6000, sound.Overrun);
        Assert.Equal(samples[..4000], heard[..4000].Select(Sample));
    }

    [Fact]
    public void Sound_that_is_late_is_silence_by_count_and_is_heard_whole_when_it_comes()
    {
        float[] samples = Ramp(600);
        LiveSound sound = new(Rate);
        sound.Write(samples.AsSpan(0, 300), samples.AsSpan(0, 300), wait: false);
        VirtualMicrophones microphones = new(new VirtualClock());
        microphones.Listen(sound);
        microphones.Start(Rate, 4);
        int[] left = new int[VirtualMicrophones.DmaFrames];
        int[] right = new int[VirtualMicrophones.DmaFrames];

        microphones.Read(left, right, left.Length);
        microphones.Read(left, right, left.Length);
        Assert.All(left, word => Assert.Equal(samples[255], Sample(word)));
        sound.Write(samples.AsSpan(300), samples.AsSpan(300), wait: false);
        microphones.Read(left, right, left.Length);

        Assert.Equal(samples[256..512], left.Select(Sample));
        Assert.Equal((256L, 1), (sound.Silence, sound.Waits));
    }

    [Fact]
    public void A_late_device_leaves_the_frames_behind_that_it_counts_as_lost()
    {
        float[] samples = Ramp(20_000);
        LiveSound sound = new(Rate, 10);
        sound.Write(samples, samples, wait: false);
        VirtualClock clock = new();
        VirtualMicrophones microphones = new(clock);
        microphones.Listen(sound);
        microphones.Start(Rate, 4);
        int[] left = new int[VirtualMicrophones.DmaFrames];
        int[] right = new int[VirtualMicrophones.DmaFrames];
        microphones.Read(left, right, left.Length);

        clock.AdvanceTo(1_000_000);
        microphones.Read(left, right, left.Length);

        Assert.True(microphones.LostFrames > 0);
        Assert.Equal(samples[(int)(256 + microphones.LostFrames)], Sample(left[0]));
    }

    // Multiples of the step of a 16-bit sample, none like the one before.
    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(k => ((k * 37 % 20_011) - 10_000) / 32_768f)];

    private static float Sample(int word) => (word >> 8) / 8_388_608f;

    private static (int[] Left, int[] Right) Hear(LiveSound sound, int frames)
    {
        VirtualMicrophones microphones = new(new VirtualClock());
        microphones.Listen(sound);
        microphones.Start(Rate, 4);
        int[] left = new int[frames];
        int[] right = new int[frames];
        microphones.Read(left, right, frames);
        return (left, right);
    }
}
