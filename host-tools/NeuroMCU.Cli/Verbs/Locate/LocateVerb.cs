// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Verbs.Locate;

/// <summary><c>locate</c>: plays recordings to the firmware and says where their sounds come from.</summary>
internal static class LocateVerb
{
    private static readonly Argument<string[]> s_wavs = new("recording")
    {
        Description = "Stereo recordings of two ears, WAV files of any rate; a pattern such as \"*.wav\", or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_network = new("--network")
    {
        Description =
        "Network to listen with (default: the one that ships, for the KEMAR head)",
        HelpName = "FILE.yaml"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("locate", "Say where the sounds of stereo recordings come from") { s_wavs, s_network };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = RecordingInput.Expand(line.GetRequiredValue(s_wavs));
        string? profile = Profile(context);
        string network = line.GetValue(s_network) ?? ShippedExample.Network;
        if (paths.Count == 1)
        {
            // Before anything is made ready for a recording that cannot be played.
            StereoSound sound = RecordingInput.Read(context, paths[0], out IReadOnlyList<string> findings);
            await using RecordingPlayer player = new RecordingPlayer(NetworkCompiler.Compile(NetworkFile.Load(network)), profile);
            PlayedRecording played = await player.PlayAsync(sound, cancellation);
            if (context.Json)
            {
                context.WriteJson(LocatedText.Document(paths[0], sound, network, played, findings));
            }
            else
            {
                LocatedText.Write(context, paths[0], played);
            }

            return CodeOf(played);
        }

        return await SeveralAsync(context, paths, network, profile, cancellation);
    }

    // One that cannot be used is no reason not to hear the others.
    private static async Task<ExitCode> SeveralAsync(VerbContext context, IReadOnlyList<string> paths, string network, string? profile,
        CancellationToken cancellation)
    {
        List<(string Path, PlayedRecording? Played, CliException? Problem)> heard = [];
        List<object> documents = [];
        await using RecordingPlayer player = new RecordingPlayer(NetworkCompiler.Compile(NetworkFile.Load(network)), profile);
        using (ProgressLine progress = new ProgressLine(context, "listening"))
        {
            foreach (string path in paths)
            {
                progress.Report((double)heard.Count / paths.Count, $"{heard.Count} of {paths.Count} recordings");
                try
                {
                    StereoSound sound = RecordingInput.Read(context, path, out IReadOnlyList<string> findings);
                    PlayedRecording played = await player.PlayAsync(sound, cancellation);
                    heard.Add((path, played, null));
                    documents.Add(LocatedText.Document(path, sound, network, played, findings));
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested && heard.Count > 0)
                {
                    break;
                }
                catch (Exception e) when (Problems.Explain(e,
                    cancellation.IsCancellationRequested) is { Code: ExitCode.InputRecording or ExitCode.FileAccess } problem)
                {
                    heard.Add((path, null, problem));
                    documents.Add(new
                    {
                        Schema = "neuromcu.error/1",
                        File = path,
                        ExitCode = (int)problem.Code,
                        Error = ExitCodes.NameOf(problem.Code),
                        What = problem.Message,
                        problem.Why,
                        problem.Next
                    });
                }
            }
        }

        if (context.Json)
        {
            context.WriteJson(documents);
        }
        else
        {
            LocatedText.WriteTable(context, heard);
        }

        if (heard.Count < paths.Count)
        {
            context.Say($"incomplete: {heard.Count} of {paths.Count} recordings were played");
            return ExitCode.Cancelled;
        }

        ExitCode[] codes = [.. heard.Select(h => h.Problem?.Code ?? CodeOf(h.Played!))];
        ExitCode[] worstFirst = [ExitCode.FileAccess, ExitCode.InputRecording, ExitCode.Incomplete, ExitCode.NothingHeard];
        return worstFirst.FirstOrDefault(codes.Contains);
    }

    /// <summary>Cost profile of the virtual device that plays recordings; null when --device names none.</summary>
    /// <exception cref="CliException">--device names a real device.</exception>
    internal static string? Profile(VerbContext context)
    {
        context.CheckBoard();
        if (context.Device is null)
        {
            return null;
        }

        if (DeviceAddress.Parse(context.Device) is VirtualAddress address)
        {
            return address.Profile;
        }

        // NEUROMCU_DEVICE is meant for the verbs that can use what it names.
        return context.AskedDevice is null
            ? null
            : throw new CliException(
                ExitCode.Usage,
                "recordings can be played to a virtual device only",
                $"{context.Device} has microphones of its own",
                "leave --device out, or name a virtual device such as virtual:esp32-rev3; 'neuromcu run' shows what a real one hears");
    }

    private static ExitCode CodeOf(PlayedRecording played) =>
        played.Heard.Main is null ? ExitCode.NothingHeard : played.Heard.Losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
}
