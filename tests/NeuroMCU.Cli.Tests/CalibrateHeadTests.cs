// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Laboratory.Localization.Claps;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Tests;

/// <summary><c>calibrate-head</c> for microphones of one's own.</summary>
public sealed class CalibrateHeadTests
{
    [Theory]
    [InlineData("spacing-bare", "--spacing", "20")]
    [InlineData("spacing-inches", "--spacing", "8in")]
    [InlineData("spacing-wide", "--spacing", "5m")]
    [InlineData("sphere-small", "--sphere", "1cm")]
    [InlineData("two-heads", "--spacing", "20cm", "--sphere", "8cm")]
    [InlineData("two-angles", "--microphone", "--angles", "-30,0,30")]
    [InlineData("head-and-claps", "--claps", "somewhere", "--spacing", "20cm")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_made(string name, params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();

        CliRun run = await CliRun.Of(["calibrate-head", .. options, "--out", folder.File("ears")]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Golden.Check("calibrate-head-" + name, run);
        Assert.False(Directory.Exists(folder.File("ears")));
    }

    [Theory]
    [InlineData("20cm")]
    [InlineData("0.2 m")]
    [InlineData("200mm")]
    [InlineData("200000 um")]
    public void A_length_is_the_same_in_every_unit(string length)
    {
        Command command = new Command("x");
        foreach (Option option in HeadChoice.Options)
        {
            command.Add(option);
        }

        HeadChoice choice = HeadChoice.Of(command.Parse(["--spacing", length]));

        Assert.Equal(0.2 / 343, Assert.IsType<MicrophonePair>(choice.Head).DelayAt(90), 9);
        Assert.Equal("two microphones 20 cm apart in free air", choice.Made);
    }

    [Fact]
    public async Task Claps_that_do_not_agree_are_named_and_make_no_network()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("claps"));
        foreach (double angle in (double[])[-60, -30, 0, 30, 60])
        {
            WavWriter.Write(folder.File("claps/" + ClapFiles.NameOf(angle)), Clap(angle == 30 ? -60 : angle));
        }

        CliRun run = await CliRun.Of("calibrate-head", "--claps", folder.File("claps"), "--out", folder.File("ears"));

        Assert.Equal(ExitCode.InputRecording, run.Code);
        Golden.Check("calibrate-head-bad-clap", run);
        Assert.False(Directory.Exists(folder.File("ears")));
    }

    [Fact]
    public async Task Claps_are_asked_for_one_by_one_and_make_the_network_of_their_microphones()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        double[] angles = [-60, -30, 0, 30, 60];
        using (FileStream raw = File.Create(folder.File("claps.raw")))
        {
            foreach (double angle in angles)
            {
                using MemoryStream wav = new MemoryStream();
                WavWriter.Write(wav, Clap(angle));
                raw.Write(wav.ToArray().AsSpan(WavWriter.HeaderBytes));
            }
        }

        CliRun run = await CliRun.Of(
            "calibrate-head", "--microphone", folder.File("claps.raw"), "--rate", "44100", "--angles", string.Join(',', angles),
            "--out", folder.File("ears"));

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Contains("clap once at -60 deg (to the left)", run.Error, StringComparison.Ordinal);
        Assert.Contains("as microphones 20.0 cm apart", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("ears/network.yaml")));
        Assert.Equal(angles.Length, Directory.GetFiles(folder.File("ears/claps")).Length);
    }

    private static StereoSound Clap(double angle)
    {
        Random random = new Random(11);
        float[] dry = new float[40_000];
        double slow = 0;
        for (int k = 0; k < 900; k++)
        {
            slow += 0.3 * ((((2 * random.NextDouble()) - 1) * Math.Exp(-k / 120.0)) - slow);
            dry[20_000 + k] = (float)slow;
        }

        return new BinauralRenderer(new MicrophonePair(0.2)).Render(dry, 44_100, angle, new EarNoise(20, 500));
    }
}
