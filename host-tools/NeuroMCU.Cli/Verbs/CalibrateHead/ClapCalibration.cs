// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization.Claps;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice.Microphones;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.CalibrateHead;

/// <summary>Claps from known angles, from files or one after the other from a microphone, to the head that they describe.</summary>
internal static class ClapCalibration
{
    private const int Attempts = 4;

    private static readonly Option<string?> s_claps = new("--claps")
    {
        Description = "In place of a head: recordings of claps, a folder with clap_-60.wav, clap_0.wav, ..., or a list; without --microphone",
        HelpName = "DIR",
    };

    private static readonly Option<string?> s_angles = new("--angles")
    {
        Description = "With --microphone: the angles that it asks for, in degrees (default: -90,-60,-30,0,30,60,90)",
        HelpName = "LIST",
    };

    /// <summary>The options.</summary>
    public static IEnumerable<Option> Options => [s_claps, s_angles, .. MicrophoneOption.Options];

    /// <summary>Tells whether claps were chosen.</summary>
    public static bool IsChosen(ParseResult line) => line.GetValue(s_claps) is not null || MicrophoneOption.IsGiven(line);

    /// <summary>Gets the head that claps describe.</summary>
    /// <exception cref="CliException">They do not agree, or the choice makes no sense.</exception>
    public static HeadChoice Of(VerbContext context, ParseResult line, string folder, CancellationToken cancellation)
    {
        if (HeadChoice.Options.FirstOrDefault(o => line.GetResult(o) is { Implicit: false }) is { } other)
        {
            throw new CliException(ExitCode.Usage, $"claps and {other.Name} exclude each other", "a network is made for one head", $"leave {other.Name} out");
        }

        if (line.GetValue(s_claps) is { } path)
        {
            if (MicrophoneOption.IsGiven(line))
            {
                throw new CliException(ExitCode.Usage, "--claps and --microphone exclude each other", null, "leave one of them out");
            }

            return Made(context, new ClapSet(ClapFiles.Read(path)), $" --claps {path}");
        }

        double[] angles = Angles(line.GetValue(s_angles) ?? "-90,-60,-30,0,30,60,90");
        using SoundInput input = MicrophoneOption.Open(context, line);
        string kept = Path.Combine(folder, "claps");
        return Made(context, new ClapSet(Ask(context, input, angles, kept, cancellation)), $" --claps {kept}");
    }

    private static HeadChoice Made(VerbContext context, ClapSet claps, string shown)
    {
        Grid table = Tables.Plain("clap", "#angle", "#height", "#delay", "#right over left", "");
        foreach (Clap clap in claps.Claps)
        {
            Tables.Add(
                table,
                clap.Name,
                Text($"{clap.Azimuth:+0.#;-0.#;0} deg"),
                Text($"{clap.Height:0} dB"),
                Text($"{clap.Delay:+0;-0;0} us"),
                Text($"{clap.Level:+0.0;-0.0;0.0} dB"),
                claps.Problems.Any(p => p.StartsWith(clap.Name + ":", StringComparison.Ordinal)) ? "bad" : "good");
        }

        if (!context.Quiet)
        {
            context.Messages.Write(table);
        }

        foreach (string note in claps.Notes)
        {
            context.Say("note: " + note);
        }

        if (claps.Problems.Count > 0)
        {
            throw new CliException(
                ExitCode.InputRecording,
                "no network was made of these claps",
                string.Join("; ", claps.Problems),
                "record the bad ones again, or take them out; what lies beyond the outermost angle is a guess");
        }

        double spacing = claps.Largest * MicrophonePair.SpeedOfSound / 1e4;
        context.Say(Text($"the claps agree: {claps.Largest:0} us from ahead to the side, as {(claps.IsRound ? "around a head" : $"microphones {spacing:0.0} cm apart")}"));
        return new HeadChoice(new ClapHead(claps), Text($"microphones that {claps.Claps.Count} claps have measured"), shown);
    }

    private static List<Clap> Ask(VerbContext context, SoundInput input, double[] angles, string folder, CancellationToken cancellation)
    {
        using CancellationTokenRegistration end = cancellation.Register(input.Dispose);
        input.Start();
        ClapListener listener = new ClapListener(input.Sound);
        List<Clap> claps = [];
        context.Say($"listening to {input.Description}; clap from a step away, at the height of the microphones, where it does not echo");
        foreach (double angle in angles)
        {
            for (int attempt = 1; ; attempt++)
            {
                context.Say(Text($"clap once at {angle:+0.#;-0.#;0} deg ({Where(angle)})"));
                StereoSound? sound = listener.Next();
                cancellation.ThrowIfCancellationRequested();
                if (sound is null)
                {
                    throw new CliException(
                        ExitCode.InputRecording,
                        Text($"the sound ended before the clap at {angle:+0.#;-0.#;0} deg"),
                        input.Problem,
                        $"it takes {angles.Length} claps, half a second apart, after half a second of quiet; --angles LIST names other angles");
                }

                string name = ClapFiles.NameOf(angle);
                Clap clap = Clap.In(name, angle, sound);
                Directory.CreateDirectory(folder);
                WavWriter.Write(Path.Combine(folder, name), sound);
                if (clap.Problem is null || attempt == Attempts)
                {
                    context.Say(clap.Problem ?? Text($"  heard: {clap.Height:0} dB over the background, {clap.Delay:+0;-0;0} us"));
                    claps.Add(clap);
                    break;
                }

                context.Say("  once more: " + clap.Problem);
            }
        }

        return claps;
    }

    private static string Where(double angle) => angle == 0 ? "straight ahead" : $"to the {(angle < 0 ? "left" : "right")}";

    private static double[] Angles(string list)
    {
        double[] angles = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double angle)
                && Math.Abs(angle) <= 90
                ? angle
                : throw new CliException(ExitCode.Usage, $"--angles has '{text}'", "angles are -90 to 90 degrees", "write them such as --angles -90,-60,-30,0,30,60,90"))];
        return angles.Select(Math.Abs).Distinct().Count() >= 3
            ? angles
            : throw new CliException(ExitCode.Usage, $"--angles is '{list}'", "it takes three angles to a side at least", "write them such as --angles -90,-60,-30,0,30,60,90");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
