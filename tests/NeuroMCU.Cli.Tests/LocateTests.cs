// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Tests;

public sealed class LocateTests
{
    [Fact]
    public async Task The_demo_hears_all_shipped_recordings_within_its_bars_and_writes_the_report()
    {
        using TemporaryFolder folder = new TemporaryFolder();

        CliRun run = await CliRun.Of("demo", "sound-localization", "--json", "--out", folder.File("out"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(156, run.Json.GetProperty("trials").GetInt32());
        Assert.Equal(0, run.Json.GetProperty("wrong_side").GetInt32());
        Assert.Equal(0, run.Json.GetProperty("lost_spikes").GetInt64());
        Assert.InRange(run.Json.GetProperty("mean_abs_error_deg").GetDouble(), 0, 2);
        Assert.InRange(run.Json.GetProperty("max_abs_error_deg").GetDouble(), 0, 10);
        double MeanOf(string name) => run.Json.GetProperty("classes").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name).GetProperty("mean_abs_error_deg").GetDouble();
        Assert.InRange(MeanOf("click"), 0, 2);
        Assert.InRange(MeanOf("speech"), 0, 3);
        Assert.InRange(MeanOf("noise"), 0, 3);
        Assert.All((string[])["click", "noise", "speech", "natural"], name => Assert.InRange(MeanOf(name + ", noisy"), 0, 6));
        string report = run.Json.GetProperty("report").GetString()!;
        Assert.Contains("<svg", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(Path.ChangeExtension(report, ".svg"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_is_located_from_the_command_line()
    {
        string recording = Path.Combine(ShippedExample.Recordings, "speech_it_clean_-50.wav");

        CliRun json = await CliRun.Of("locate", recording, "--json");
        CliRun text = await CliRun.Of("locate", recording);

        Assert.Equal(ExitCode.Ok, json.Code);
        Assert.InRange(json.Json.GetProperty("azimuth_deg").GetDouble(), -55, -45);
        Assert.InRange(json.Json.GetProperty("itd_us").GetDouble(), -700, -500);
        Assert.InRange(json.Json.GetProperty("confidence").GetDouble(), 0.1, 1);
        Assert.Equal(0, json.Json.GetProperty("lost_spikes").GetInt64());
        Assert.Contains("deg (left)", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_says_what_share_of_the_sound_it_listened_to()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string network = Path.Combine(ShippedExample.Folder(), "network.yaml");
        string recording = Path.Combine(ShippedExample.Recordings, "noise_white_clean_+20.wav");
        string page = folder.File("run.html");

        CliRun json = await CliRun.Of("run", network, "--wav", recording, "--for", "1 s", "--json");
        CliRun text = await CliRun.Of("run", network, "--wav", recording, "--for", "1 s", "--report", page);
        CliRun silent = await CliRun.Of("run", network, "--for", "100 ms", "--json");

        // Less than the 15 ms of every block that an onset gets, and something.
        double share = json.Json.GetProperty("listened_share").GetDouble();
        Assert.InRange(share, 0.05, 0.4);
        string percent = string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
        Assert.Contains($"listened to {percent} of the time that there was sound", text.Out, StringComparison.Ordinal);
        Assert.Contains($"<b>{percent}</b><span>of the sound listened to", await File.ReadAllTextAsync(page,
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, silent.Json.GetProperty("listened_share").ValueKind);
    }

    [Fact]
    public async Task A_burst_that_is_a_little_earlier_and_louder_at_the_right_is_there_and_sure()
    {
        // Noise of 48 kHz, 300 us and 5 dB apart: no head has made it, but delay and level agree on where it is.
        JsonElement found = (await CliRun.Of("locate", Path.Combine(AppContext.BaseDirectory, "Sounds", "burst-300us-5dB.wav"),
            "--json")).Json;

        Assert.InRange(found.GetProperty("azimuth_deg").GetDouble(), 20, 45);
        Assert.True(found.GetProperty("sure").GetBoolean());
    }

    [Fact]
    public async Task Silence_and_one_ear_alone_have_an_exit_code_of_their_own()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        float[] tone = Enumerable.Range(0, 8000).Select(i => MathF.Sin(0.4f * i) * 0.3f).ToArray();
        WavWriter.Write(folder.File("silent.wav"), new StereoSound(16000, new float[8000], new float[8000]));
        WavWriter.Write(folder.File("left.wav"), new StereoSound(16000, tone, new float[8000]));
        foreach (string name in (string[])["silent.wav", "left.wav"])
        {
            CliRun run = await CliRun.Of("locate", folder.File(name), "--json");

            Assert.Equal(ExitCode.NothingHeard, run.Code);
            Assert.False(run.Json.GetProperty("heard").GetBoolean());
            Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("azimuth_deg").ValueKind);
        }
    }

    [Fact]
    public async Task A_recording_of_8_bits_is_located_with_a_warning()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        StereoSound sound = WavReader.Read(Path.Combine(ShippedExample.Recordings, "click_clean_+20.wav"));
        WriteEightBits(folder.File("eight.wav"), sound);

        CliRun run = await CliRun.Of("locate", folder.File("eight.wav"), "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.InRange(run.Json.GetProperty("azimuth_deg").GetDouble(), 15, 25);
        Assert.Contains("8 bits", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-file.wav", ExitCode.FileAccess)]
    [InlineData("network.yaml", ExitCode.InputRecording)]
    public async Task What_is_no_recording_is_refused(string name, ExitCode code)
    {
        CliRun run = await CliRun.Of("locate", Path.Combine(ShippedExample.Folder(), name));

        Assert.Equal(code, run.Code);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_recordings_make_a_table_and_a_bad_one_does_not_stop_the_others()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        WavWriter.Write(folder.File("silent.wav"), new StereoSound(16000, new float[8000], new float[8000]));
        string right = Path.Combine(ShippedExample.Recordings, "click_clean_+20.wav");
        string left = Path.Combine(ShippedExample.Recordings, "click_clean_-40.wav");

        CliRun json = await CliRun.Of("locate", right, folder.File("text.wav", "no recording"), folder.File("silent.wav"), left, "--json");
        CliRun text = await CliRun.Of("locate", right, folder.File("silent.wav"), left);
        CliRun fine = await CliRun.Of("locate", right, left);

        JsonElement[] each = [.. json.Json.EnumerateArray()];
        Assert.Equal(["neuromcu.locate/1", "neuromcu.error/1", "neuromcu.locate/1", "neuromcu.locate/1"],
            each.Select(e => e.GetProperty("schema").GetString()));
        Assert.InRange(each[0].GetProperty("azimuth_deg").GetDouble(), 15, 25);
        Assert.Equal(folder.File("text.wav"), each[1].GetProperty("file").GetString());
        Assert.False(each[2].GetProperty("heard").GetBoolean());
        Assert.InRange(each[3].GetProperty("azimuth_deg").GetDouble(), -45, -35);
        Assert.Equal((ExitCode.InputRecording, ExitCode.NothingHeard, ExitCode.Ok), (json.Code, text.Code, fine.Code));
        string[] lines = text.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains("azimuth", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("  " + right, lines[1], StringComparison.Ordinal);
        Assert.Contains("nothing heard", lines[2], StringComparison.Ordinal);
        Assert.Contains("  left ", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "a1.wav a2.wav b1.wav")]
    [InlineData("?1.wav", "a1.wav b1.wav")]
    [InlineData("a[2-9].*", "a2.wav")]
    [InlineData("a1.wav", "a1.wav")]
    [InlineData("c*.wav", "c*.wav")]
    [InlineData("a+.wav", "a+.wav")]
    public void A_pattern_stands_for_its_files(string pattern, string files)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        foreach (string name in (string[])["b1.wav", "a2.wav", "a1.wav"])
        {
            folder.File(name, string.Empty);
        }

        Assert.Equal(files.Split(' ').Select(f => folder.Path + "/" + f), RecordingInput.Expand([folder.Path + "/" + pattern]));
    }

    [Fact]
    public async Task A_recording_is_heard_in_real_time_and_says_how_much_of_it_was_listened_to()
    {
        string recording = Path.Combine(ShippedExample.Recordings, "speech_it_clean_-50.wav");
        CliRun run = await CliRun.Of("locate", recording, "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("esp32-psram-rev3", run.Json.GetProperty("cost_profile").GetString());
        Assert.Equal(0, run.Json.GetProperty("lost_frames").GetInt64());
        Assert.InRange(run.Json.GetProperty("listened_share").GetDouble(), 0.05, 0.5);
        Assert.All(run.Json.GetProperty("sounds").EnumerateArray(), s => Assert.InRange(s.GetProperty("span_s").GetDouble(), 0.05, 3));
        Assert.Contains("% of the time that there was sound", (await CliRun.Of("locate", recording)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_device_is_refused_and_a_deaf_network_too()
    {
        string recording = Path.Combine(ShippedExample.Recordings, "click_clean_+20.wav");
        using TemporaryFolder folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("deaf.yaml"),
            "neuromcu: 1\npopulations:\n  cells: {model: lif, size: 1, tau: 20 ms, threshold: 1.0}\n",
            TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Usage, (await CliRun.Of("locate", recording, "--device", "serial:/dev/ttyUSB0")).Code);
        CliRun deaf = await CliRun.Of("locate", recording, "--network", folder.File("deaf.yaml"));
        Assert.Equal(ExitCode.NetworkFile, deaf.Code);
        Assert.Contains("does not listen", deaf.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variable_for_other_verbs_does_not_keep_it_from_hearing()
    {
        StringWriter output = new StringWriter();
        CliEnvironment environment = new CliEnvironment
        {
            Out = output,
            Error = TextWriter.Null,
            Variable = name => name == "NEUROMCU_DEVICE" ? "tcp://127.0.0.1:5333" : null,
        };
        string recording = Path.Combine(ShippedExample.Recordings, "click_clean_+20.wav");
        Assert.Equal(ExitCode.Ok, await Application.RunAsync(["locate", recording], environment, TestContext.Current.CancellationToken));
        Assert.Contains("(right)", output.ToString(), StringComparison.Ordinal);
    }

    private static void WriteEightBits(string path, StereoSound sound)
    {
        using BinaryWriter writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * sound.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)2);
        writer.Write(sound.SampleRate);
        writer.Write(sound.SampleRate * 2);
        writer.Write((short)2);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(2 * sound.Length);
        for (int i = 0; i < sound.Length; i++)
        {
            writer.Write((byte)Math.Clamp(MathF.Round(sound.Left[i] * 127) + 128, 0, 255));
            writer.Write((byte)Math.Clamp(MathF.Round(sound.Right[i] * 127) + 128, 0, 255));
        }
    }
}
