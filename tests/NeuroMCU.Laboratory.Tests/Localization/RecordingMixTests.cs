// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class RecordingMixTests
{
    [Fact]
    public void The_minute_that_ships_has_every_kind_of_sound_from_every_direction_and_quiet_between_them()
    {
        RecordingMix mix = RecordingMix.Read(Path.Combine(ShippedExample.Folder(), "minute.csv"));

        Assert.Equal(13, mix.Sounds.Select(s => s.Azimuth).Distinct().Count());
        Assert.InRange(mix.Mixed().Duration.TotalSeconds, 55, 61);
        foreach ((MixedSound before, MixedSound next) in mix.Sounds.Zip(mix.Sounds.Skip(1)))
        {
            Assert.True(next.Start - before.Start - before.Sound.Duration.TotalSeconds > 0.4);
        }
    }

    [Fact]
    public void Recordings_begin_when_the_list_says()
    {
        using TemporaryFolder folder = new();
        WavWriter.Write(Path.Combine(folder.Path, "a.wav"), new StereoSound(8000, [0.25f, 0.5f], [0, 0]));
        string list = Path.Combine(folder.Path, "list.csv");
        File.WriteAllText(list, "start_s,file,azimuth_deg\n0.5,a.wav,10\n0.25,a.wav,-20\n");

        StereoSound mixed = RecordingMix.Read(list).Mixed();

        Assert.Equal([2000, 2001, 4000, 4001], Enumerable.Range(0, mixed.Length).Where(k => mixed.Left[k] != 0));
    }

    [Theory]
    [InlineData("file,start\n", ":1")]
    [InlineData("start_s,file,azimuth_deg\n0.5,a.wav\n", ":2")]
    [InlineData("start_s,file,azimuth_deg\n-1,a.wav,0\n", ":2")]
    [InlineData("start_s,file,azimuth_deg\n1,a.wav,200\n", ":2")]
    [InlineData("start_s,file,azimuth_deg\n", "names no recording")]
    public void A_list_that_is_none_is_refused_with_its_line(string text, string place)
    {
        using TemporaryFolder folder = new();
        string list = Path.Combine(folder.Path, "list.csv");
        File.WriteAllText(list, text);

        Assert.Contains(place, Assert.Throws<InputFileException>(() => RecordingMix.Read(list)).Message, StringComparison.Ordinal);
    }
}
