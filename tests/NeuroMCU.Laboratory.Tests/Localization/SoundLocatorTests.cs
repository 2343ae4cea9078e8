// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>Recordings through the whole firmware: microphones, run loop, wire.</summary>
public sealed class SoundLocatorTests
{
    [Fact]
    public async Task The_firmware_hears_what_its_parts_hear_and_loses_nothing()
    {
        await using SoundLocator locator = await SoundLocator.OpenAsync(Listening.Network, "ideal", TestContext.Current.CancellationToken);
        OfflineListener parts = Listening.Open();
        foreach (IndexedRecording recording in Listening.Recordings.Where((_, i) => i % 11 == 0))
        {
            StereoSound sound = WavReader.Read(recording.Path);

            LocatedRecording heard = await locator.LocateAsync(sound, TestContext.Current.CancellationToken);

            // The microphones cut to 16 bits where the host rounds, and go on listening into the silence.
            Assert.InRange(heard.Main!.Azimuth - (parts.Hear(PcmSound.Of(sound, 8000)).Value / 100.0), -2.5, 2.5);
            Assert.InRange(heard.Main.Azimuth - recording.Azimuth, -10, 10);
            Assert.Equal(0, heard.LostSpikes);
            Assert.Equal(0, heard.LostFrames);
            Assert.True(heard.Spikes > 0);
        }
    }

    [Fact]
    public async Task A_device_that_thinks_more_slowly_than_it_hears_listens_to_less_and_is_right()
    {
        StereoSound word = WavReader.Read(Listening.Of("speech_en").Single(r => r.Azimuth.Equals(-20.0)).Path);
        await using SoundLocator fast = await SoundLocator.OpenAsync(Listening.Network, "ideal", TestContext.Current.CancellationToken);
        await using SoundLocator slow = await SoundLocator.OpenAsync(Listening.Network, "esp32-rev3",
            TestContext.Current.CancellationToken);

        LocatedRecording heardFast = await fast.LocateAsync(word, TestContext.Current.CancellationToken);
        LocatedRecording heardSlowly = await slow.LocateAsync(word, TestContext.Current.CancellationToken);

        // What it has no time for it leaves out by plan, and says so; it loses nothing, and is right.
        Assert.InRange(heardSlowly.Main!.Azimuth - heardFast.Main!.Azimuth, -3, 3);
        Assert.True(heardSlowly.Main.Sure);
        Assert.Equal(0, heardFast.LostFrames + heardSlowly.LostFrames);
        Assert.InRange(heardSlowly.Listened.Part, 0.01, heardFast.Listened.Part - 0.01);
    }

    [Fact]
    public async Task Sounds_with_a_pause_between_them_are_told_apart()
    {
        StereoSound right = WavReader.Read(Listening.Of("speech_en").Single(r => r.Azimuth.Equals(40.0)).Path);
        float[] pause = new float[right.SampleRate];
        StereoSound both = new(right.SampleRate, [.. right.Left, .. pause, .. right.Right], [.. right.Right, .. pause, .. right.Left]);
        await using SoundLocator locator = await SoundLocator.OpenAsync(Listening.Network, "ideal", TestContext.Current.CancellationToken);

        LocatedRecording heard = await locator.LocateAsync(both, TestContext.Current.CancellationToken);

        LocatedSound[] first = [.. heard.Sounds.Where(s => s.Start < 1)];
        LocatedSound[] second = [.. heard.Sounds.Except(first)];
        Assert.All(first, s => Assert.InRange(s.Azimuth, 35, 45));
        Assert.All(second, s => Assert.InRange(s.Azimuth, -45, -35));
        Assert.InRange(second[0].Start, 1.2, 1.5);
        Assert.True(first[^1].Sure && second[^1].Sure);
        Assert.Equal(Math.Sign(heard.Sounds[0].Delay), Math.Sign(heard.Sounds[0].Azimuth));
    }

    [Fact]
    public async Task Silence_is_heard_as_nothing_and_so_is_one_ear_alone()
    {
        StereoSound sound = WavReader.Read(Listening.Of("noise_white").First().Path);
        float[] silent = new float[sound.Length];
        await using SoundLocator locator = await SoundLocator.OpenAsync(Listening.Network, "ideal", TestContext.Current.CancellationToken);

        Assert.Null((await locator.LocateAsync(new StereoSound(sound.SampleRate, silent, silent),
            TestContext.Current.CancellationToken)).Main);
        Assert.Null((await locator.LocateAsync(new StereoSound(sound.SampleRate, sound.Left, silent),
            TestContext.Current.CancellationToken)).Main);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(44_100)]
    public async Task An_offset_its_jump_and_its_end_are_no_sound_and_hide_none(int rate)
    {
        await using SoundLocator locator = await SoundLocator.OpenAsync(Listening.Network, "ideal", TestContext.Current.CancellationToken);
        StereoSound sound = WavReader.Read(Listening.Of("noise_white").Single(r => r.Azimuth.Equals(40.0)).Path).AtRate(rate);
        float[] Raw(float[] samples, float offset) => Array.ConvertAll(samples, s => (0.3f * s) + offset);
        float[] Rest(float offset) => Enumerable.Repeat(offset, rate / 2).ToArray();
        async Task<LocatedRecording> Heard(float[] left, float[] right) =>
            await locator.LocateAsync(new StereoSound(rate, left, right), TestContext.Current.CancellationToken);

        LocatedRecording clean = await Heard(Raw(sound.Left, 0), Raw(sound.Right, 0));
        foreach ((int a, int b) in new[] { (20, 20), (2048, 2051), (-300, 0), (0, -6553) })
        {
            (float left, float right) = (a / 32768f, b / 32768f);

            LocatedRecording rest = await Heard(Rest(left), Rest(right));
            Assert.Null(rest.Main);
            Assert.Empty(rest.Others);

            LocatedRecording jump = await Heard([.. Rest(left), .. Rest(0)], [.. Rest(right), .. Rest(0)]);
            Assert.Null(jump.Main);

            LocatedRecording heard = await Heard(Raw(sound.Left, left), Raw(sound.Right, right));
            Assert.Equal(clean.Sounds.Select(s => (s.Start, s.Span)), heard.Sounds.Select(s => (s.Start, s.Span)));
            Assert.All(heard.Sounds, s => Assert.True(s.Sure));
            Assert.All(heard.Sounds, s => Assert.InRange(s.Azimuth - clean.Main!.Azimuth, -1, 1));
        }
    }

    [Fact]
    public async Task A_network_that_cannot_listen_is_refused_before_anything_is_played()
    {
        const string Text = "neuromcu: 1\npopulations:\n  cells: {model: lif, size: 1, tau: 20 ms, threshold: 1.0}\n";
        CompiledNetwork deaf = NetworkCompiler.Compile(NetworkFile.Parse(Text, "deaf.yaml"));

        NetworkFileException error = await Assert.ThrowsAsync<NetworkFileException>(() => SoundLocator.OpenAsync(deaf, "ideal",
            TestContext.Current.CancellationToken));

        Assert.Contains("does not listen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_without_a_host_says_the_azimuth_on_its_console_and_points_there()
    {
        using TemporaryFolder folder = new();
        using BenchDevice device = new(new VirtualDeviceOptions { StateFolder = folder.Path });
        await using (DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), () => null,
            TestContext.Current.CancellationToken))
        {
            await client.ProgramAsync(Listening.Network.Image, new ProgramOptions { Persist = true, StartAtBoot = true }, null,
                TestContext.Current.CancellationToken);
        }

        // Nobody is connected from here on: the power comes back, the device boots into what it stored, and somebody claps at the left.
        device.PowerCycle();
        device.PlaySound(WavReader.Read(Listening.Of("click").Single(r => r.Azimuth.Equals(-40.0)).Path));
        device.Pump(TimeSpan.FromSeconds(4));

        Assert.Equal(DeviceState.Running, device.Firmware.State);
        string line = Assert.Single(device.Console, l => l.StartsWith("azimuth ", StringComparison.Ordinal));
        Assert.Matches(@"^azimuth -(3[5-9]|4[0-5])\.\d\d deg, confidence [01]\.\d\d\d$", line);

        // The pointer turns from 1.0 to 2.0 ms over 180°.
        Assert.InRange(device.Servo(0)!.PulseMicroseconds, 1500 - (45 * 1000 / 180), 1500 - (35 * 1000 / 180));
    }
}
