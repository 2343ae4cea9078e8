// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Opens the sound that <c>--microphone</c> names.</summary>
internal static class MicrophoneOption
{
    private const int UsualRate = 48_000;

    private static readonly Option<string?> s_microphone = new("--microphone")
    {
        Description = "Hear this machine's sound input, a WAV file, a list of recordings, or raw samples (16 bits, two channels) of a file, a pipe, or - for "
            + "standard input",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> s_rate = new Option<int?>("--rate")
    {
        Description = "With --microphone: samples per second (default: 48000, or what a WAV file says)",
        HelpName = "HZ",
    }
        .Within(4000, 384_000, "a rate in Hz");

    /// <summary>The options.</summary>
    public static IEnumerable<Option> Options => [s_microphone, s_rate];

    /// <summary>Tells whether live sound was asked for.</summary>
    public static bool IsGiven(ParseResult line) => line.GetResult(s_microphone) is not null;

    /// <summary>The list of recordings that is named in place of sound; null when there is none.</summary>
    public static RecordingMix? Mix(ParseResult line) =>
        line.GetValue(s_microphone) is { } path && path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? RecordingMix.Read(path) : null;

    /// <summary>Opens the sound; <see cref="SoundInput.Start" /> begins to read it.</summary>
    /// <exception cref="CliException">There is no sound input, no program that reads it, or no such file.</exception>
    public static SoundInput Open(VerbContext context, ParseResult line)
    {
        int rate = line.GetValue(s_rate) ?? UsualRate;
        return line.GetValue(s_microphone) switch
        {
            null => Recorder(context, rate),
            "-" => SoundInput.OfStream("standard input", rate, context.OpenInput),
            { } path => OfFile(path, line.GetValue(s_rate) is null, rate),
        };
    }

    private static SoundInput Recorder(VerbContext context, int rate)
    {
        if (SoundRecorder.Find(context.Variable("PATH") ?? string.Empty) is { } found)
        {
            return SoundInput.OfRecorder(found.Recorder, found.Path, rate);
        }

        string looked = string.Join(", ", SoundRecorder.All.Select(r => r.Program));
        string packages = string.Join(", ", SoundRecorder.All.Select(r => r.Package));
        throw new CliException(
            ExitCode.InputRecording,
            "no program that reads this machine's sound input was found",
            $"looked for {looked}",
            $"install one (Debian: {packages}), such as 'sudo apt-get install alsa-utils', or pipe samples: … | neuromcu virtual --microphone -");
    }

    private static SoundInput OfFile(string path, bool anyRate, int rate)
    {
        if (Directory.Exists(path) || !File.Exists(path))
        {
            throw new CliException(
                ExitCode.InputRecording,
                $"{path}: {(Directory.Exists(path) ? "is a folder" : "no such file")}",
                null,
                "name a file or pipe of raw samples (16 bits, left and right in turn), or write --microphone alone for this machine's sound input");
        }

        bool list = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!list && !path.EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
        {
            return SoundInput.OfStream(path, rate, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }

        StereoSound sound = list ? RecordingMix.Read(path).Mixed() : WavReader.Read(path);
        return anyRate || rate == sound.SampleRate
            ? SoundInput.OfStream(path, sound.SampleRate, () => new MemoryStream(Samples(sound)))
            : throw new CliException(ExitCode.Usage, $"--rate is {rate}, but {path} has {sound.SampleRate} samples per second", null, "leave --rate out");
    }

    private static byte[] Samples(StereoSound sound)
    {
        using MemoryStream wav = new MemoryStream();
        WavWriter.Write(wav, sound);
        return wav.ToArray()[WavWriter.HeaderBytes..];
    }
}
