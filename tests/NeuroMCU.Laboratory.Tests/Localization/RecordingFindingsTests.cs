// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>What is said of a recording before its direction.</summary>
public sealed class RecordingFindingsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(119, 1)]
    [InlineData(120, 0)]
    public void A_recording_shorter_than_a_wave_is_called_too_short(int frames, int findings)
    {
        IReadOnlyList<string> found = RecordingFindings.Of(new StereoSound(48_000, new float[frames], new float[frames]));
        Assert.Equal(findings, found.Count(f => f.Contains("too short for a direction", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_said_of_the_recordings_that_ship()
    {
        Assert.All(Listening.Recordings, recording => Assert.Empty(RecordingFindings.Of(WavReader.Read(recording.Path))));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(-300)]
    [InlineData(400)]
    public void An_offset_of_one_ear_is_said(double offset)
    {
        IndexedRecording recording = Listening.Of("speech_en").First();
        StereoSound sound = WavReader.Read(recording.Path);
        StereoSound raw = new(sound.SampleRate, Array.ConvertAll(sound.Left, s => (float)((0.02 * s) + (offset / 32768))), sound.Right);

        Assert.Contains("lie around", Assert.Single(RecordingFindings.Of(raw)), StringComparison.Ordinal);
    }
}
