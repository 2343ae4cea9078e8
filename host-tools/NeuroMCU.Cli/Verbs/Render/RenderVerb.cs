// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Verbs.Render;

/// <summary><c>render</c>: makes binaural recordings with a measured head.</summary>
internal static class RenderVerb
{
    private static readonly Argument<string?> s_sound = new("sound")
    {
        Description = "Dry sound, a WAV file of one or two channels",
        Arity = ArgumentArity.ZeroOrOne
    };
    private static readonly Option<double> s_azimuth = new("--azimuth")
    {
        Description =
        "Direction in degrees: 0 ahead, positive to the right",
        HelpName = "DEG"
    };
    private static readonly Option<double?> s_noise = new Option<double?>("--signal-to-noise")
    {
        Description =
        "Add noise at the ears, this far below the sound",
        HelpName = "DB"
    }
        .Within(-60, 120, "decibels");
    private static readonly Option<int> s_seed = new("--seed") { Description = "Seed of the noise", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> s_set = new("--set") { Description = "Render a whole set instead", HelpName = "FILE.yaml" };
    private static readonly Option<bool> s_map = new("--delay-map")
    {
        Description =
        "Measure the head instead: delay between the ears by azimuth, as CSV"
    };
    private static readonly Option<string?> s_out = new("--out",
        "-o")
    { Description = "Where to: a WAV file, a folder with --set, a table with --delay-map", HelpName = "PATH" };
    private static readonly Option<string> s_head = new("--head")
    {
        Description =
        "Measured head, a SOFA file (default: KEMAR of Debian's libmysofa1)",
        HelpName = "FILE.sofa",
        DefaultValueFactory = _ => SofaHead.KemarPath
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("render", "Make a binaural recording with a measured head") { s_sound, s_azimuth, s_noise, s_seed,
            s_set, s_map, s_out, s_head };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        double azimuth = line.GetValue(s_azimuth);
        if (!(Math.Abs(azimuth) <= 180))
        {
            throw new CliException(ExitCode.Usage, FormattableString.Invariant($"--azimuth {azimuth} is no direction"), null,
                "give degrees from -180 to 180: 0 is ahead, positive to the right");
        }

        SofaHead head = SofaHead.Open(line.GetValue(s_head)!, SofaHead.KemarRate);
        if (line.GetValue(s_map))
        {
            DelayMap map = DelayMap.Measure(head);
            if (line.GetValue(s_out) is { } table)
            {
                OutputFile.WriteText(context.ForWriting(table), map.Write);
                context.Say($"wrote {table}");
            }
            else
            {
                map.Write(context.Plain);
            }

            return Task.FromResult(ExitCode.Ok);
        }

        string target = line.GetValue(s_out) ?? throw new CliException(ExitCode.Usage, "render needs a place for its result",
            "add '--out FILE.wav', or '--out FOLDER' with --set");
        (int count, int planned) = line.GetValue(s_set) is { } set
            ? RenderSet(context, new BinauralRenderer(head), set, target, cancellation)
            : (RenderOne(context, new BinauralRenderer(head), line, target), 1);
        string? missing = count < planned ? $"{count} of {planned} recordings were rendered" : null;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.render/1",
                Recordings = count,
                Complete = missing is null,
                Incomplete = missing,
                Out = Path.GetFullPath(target)
            });
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
        }

        return Task.FromResult(missing is null ? ExitCode.Ok : ExitCode.Cancelled);
    }

    private static int RenderOne(VerbContext context, BinauralRenderer renderer, ParseResult line, string target)
    {
        string path = line.GetValue(s_sound) ?? throw new CliException(ExitCode.Usage, "render needs a sound",
            "name a WAV file, or a set with '--set FILE.yaml'");
        double azimuth = line.GetValue(s_azimuth);
        EarNoise? noise = line.GetValue(s_noise) is { } ratio ? new EarNoise(ratio, line.GetValue(s_seed)) : null;
        context.ForWriting(target);
        StereoSound sound = WavReader.ReadMonoOrStereo(context.Read(path, InputFile.MostSoundBytes));
        OutputFile.Write(target, stream => WavWriter.Write(stream, renderer.Render(sound.Left, sound.SampleRate, azimuth, noise)));
        context.Say(FormattableString.Invariant($"wrote {target}: {Path.GetFileName(path)} from {azimuth:+0;-0;0}°"));
        return 1;
    }

    private static (int Count, int Planned) RenderSet(VerbContext context, BinauralRenderer renderer, string set, string folder,
        CancellationToken cancellation)
    {
        RecordingSet recordings = RecordingSet.Load(context.Read(set));
        Directory.CreateDirectory(folder);
        using ProgressLine progress = new ProgressLine(context, "rendering");
        int count = 0;
        foreach (RecordingRecipe recipe in recordings.Recipes.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            progress.Report((double)count / recordings.Recipes.Count, recipe.FileName);
            StereoSound sound = WavReader.ReadMonoOrStereo(context.Read(recipe.Source, InputFile.MostSoundBytes));
            EarNoise? noise = recipe.SignalToNoise is { } ratio ? new EarNoise(ratio, recipe.Seed) : null;
            StereoSound rendered = renderer.Render(sound.Left, sound.SampleRate, recipe.Azimuth, noise);
            OutputFile.Write(context.ForWriting(Path.Combine(folder, recipe.FileName)), stream => WavWriter.Write(stream, rendered));
            count++;
        }

        // The list names what is there, so that a set that was broken off can be used as far as it goes.
        progress.Dispose();
        RecordingIndex.Write(folder, recordings.Recipes.Take(count));
        context.Say(FormattableString.Invariant($"wrote {count} recordings and {RecordingIndex.FileName} to {folder}"));
        return (count, recordings.Recipes.Count);
    }
}
