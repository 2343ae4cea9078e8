// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Verbs.Virtual;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Tests;

/// <summary><c>virtual --microphone</c>: sound from outside, heard by the firmware without a host.</summary>
public sealed class LiveHearingTests
{
    private static readonly double[] s_azimuths = [-40, 30, 0, 60];

    [Fact]
    public async Task Sounds_are_heard_one_by_one_where_they_are_and_nothing_is_lost()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("sounds.raw");
        await File.WriteAllBytesAsync(file, Raw("click", 44_100), TestContext.Current.CancellationToken);

        CliRun run = await CliRun.Of(
            "virtual", "--microphone", file, "--rate", "44100", "--fast", "--profile", "ideal", "--port", "0",
            "--key-file", folder.File("key"), "--json");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        JsonElement heard = run.Json;
        double?[] azimuths = [.. heard.GetProperty("answers").EnumerateArray()
            .Select(a => a.GetProperty("azimuth_deg") is { ValueKind: JsonValueKind.Number } azimuth ? azimuth.GetDouble() : (double?)null)];
        Assert.Equal(s_azimuths.Length, azimuths.Length);
        for (int k = 0; k < azimuths.Length; k++)
        {
            Assert.InRange(azimuths[k]!.Value, s_azimuths[k] - 4, s_azimuths[k] + 4);
        }

        foreach (string lost in (string[])["lost_frames", "lost_events", "overrun_frames", "silent_frames", "odd_bytes"])
        {
            Assert.Equal(0, heard.GetProperty(lost).GetInt64());
        }

        Assert.Equal(new FileInfo(file).Length / 4, heard.GetProperty("input_frames").GetInt64());
    }

    [Fact]
    public async Task Without_a_recorder_it_says_what_to_install()
    {
        CliRun run = await CliRun.Of("virtual", "--microphone", "--port", "0");

        Assert.Equal(ExitCode.InputRecording, run.Code);
        Golden.Check("microphone-no-recorder", run);
    }

    [Theory]
    [InlineData("absent.raw", "no such file")]
    [InlineData(".", "is a folder")]
    public async Task A_source_that_is_none_is_refused(string name, string why)
    {
        using TemporaryFolder folder = new TemporaryFolder();

        CliRun run = await CliRun.Of("virtual", "--microphone", folder.File(name), "--port", "0");

        Assert.Equal(ExitCode.InputRecording, run.Code);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, ExitCode.InputRecording, "ended without a sound")]
    [InlineData(3, ExitCode.InputRecording, "ended without a sound")]
    [InlineData(4001, ExitCode.Incomplete, "1 bytes at the end no whole frame")]
    [InlineData(4003, ExitCode.Incomplete, "3 bytes at the end no whole frame")]
    [InlineData(4000, ExitCode.Ok, "0 of ")]
    public async Task Sound_that_is_cut_within_a_frame_is_said_to_be_incomplete(int bytes, ExitCode code, string words)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("cut.raw");
        await File.WriteAllBytesAsync(file, new byte[bytes], TestContext.Current.CancellationToken);

        CliRun run = await CliRun.Of(
            "virtual", "--microphone", file, "--fast", "--port", "0", "--key-file", folder.File("key"), "--quiet");

        Assert.Equal(code, run.Code);
        Assert.Contains(words, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azimuth +30.52 deg, confidence 0.870", 30.52, 0.87, "", null)]
    [InlineData("azimuth -4.00 deg, confidence 1.000", -4.0, 1.0, "", null)]
    [InlineData("azimuth unsure (two directions), best guess -12.05 deg, confidence 0.031", null, 0.031, "two directions", -12.05)]
    [InlineData("azimuth unsure, best guess 0.00 deg, confidence 0.011", null, 0.011, "", 0.0)]
    [InlineData("azimuth unsure (left ear deaf), confidence 0.000", null, 0.0, "left ear deaf", null)]
    public void An_answer_on_the_console_is_read(string line, double? azimuth, double confidence, string doubt, double? guess)
    {
        Assert.Equal(new ConsoleAnswer(azimuth, confidence, doubt, guess), ConsoleAnswer.Parse(line));
    }

    [Theory]
    [InlineData("started")]
    [InlineData("azimuth +30.52, confidence 0.870")]
    public void Another_line_on_the_console_is_none(string line)
    {
        Assert.Null(ConsoleAnswer.Parse(line));
    }

    [Theory]
    [InlineData(-90.0, "left")]
    [InlineData(0.0, "middle")]
    [InlineData(90.0, "right")]
    public void The_dial_points_where_the_servo_does(double angle, string where)
    {
        IReadOnlyList<string> dial = ServoDial.Draw(angle);
        IReadOnlyList<string> rest = ServoDial.Draw(null);

        // What the arm adds to the marks.
        bool IsArm(int column) => Enumerable.Range(0, ServoDial.Rows).Any(row => dial[row][column] != rest[row][column]);
        int[] columns = [.. Enumerable.Range(0, dial[0].Length).Where(IsArm)];
        double centre = columns.Average() / (dial[0].Length - 1);
        Assert.Equal(where, centre < 0.4 ? "left" : centre > 0.6 ? "right" : "middle");
    }

    private static byte[] Raw(string sound, int rate)
    {
        using MemoryStream raw = new MemoryStream();
        foreach (double azimuth in s_azimuths)
        {
            string name = FormattableString.Invariant($"{sound}_clean_{(azimuth < 0 ? "-" : "+")}{Math.Abs(azimuth):00}.wav");
            StereoSound recording = WavReader.Read(Path.Combine(ShippedExample.Recordings, name));
            Assert.Equal(rate, recording.SampleRate);
            using MemoryStream wav = new MemoryStream();
            WavWriter.Write(wav, recording);
            raw.Write(wav.ToArray().AsSpan(WavWriter.HeaderBytes));
            raw.Write(new byte[rate * 4]);
        }

        return raw.ToArray();
    }
}
