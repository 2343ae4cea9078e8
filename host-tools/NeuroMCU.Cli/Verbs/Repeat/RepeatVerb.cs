// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Program;
using NeuroMCU.Cli.Verbs.Report;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Repeat;

/// <summary><c>repeat</c>: runs again what a recording says that it came from, and compares the spikes.</summary>
internal static class RepeatVerb
{
    private static readonly Argument<string> s_recording = new("RECORDING")
    {
        Description = "Recording of 'neuromcu run --out' or of the live page, or the folder of a run",
    };

    public static Command Create(VerbRunner runner) => runner.Bind(
        new Command("repeat", "Run again what a recording came from, and compare") { s_recording }, usesDevice: true, RunAsync);

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = ReportVerb.PathOf(line.GetRequiredValue(s_recording));
        RunRecording old = RecordingFile.Read(context.Note(path));
        if (!RecordingFile.HoldsSpikes(path))
        {
            throw new CliException(ExitCode.InputRecording, $"{path} holds no spikes to compare", "its format holds traces only",
                "'neuromcu run NETWORK.yaml --out FILE.npz' records both; 'neuromcu compare A B' compares traces");
        }

        CompiledNetwork compiled = Network(context, path, old);
        context.UseBoardOf(compiled.Network);
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        NodeWeights weights = await NodeWeightInput.OfAsync(context, connection, compiled, compiled.Network.File, cancellation);
        DrivenNetwork driven = DriveTableSource.Of(context, connection, weights.Compiled,
            uncalibrated: Value(old, RunOrigin.Calibration) == DrivenNetwork.Nominal);
        compiled = driven.Compiled;
        SayDifferences(context, old, RunOrigin.Of(context, compiled.Network.File, driven, connection, weights));
        await ProgramVerb.UploadAsync(context, client, compiled.Image, new ProgramOptions(), cancellation);
        RunRecorder recorder = new();
        client.Observer = recorder;
        await client.ResetAsync(cancellation);
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation);
        RunReport end = await client.RunAsync(new RunOptions { Duration = old.Duration, RealTime = false }, cancellation);
        RunRecording run = DeviceRecording.Of(compiled.Tables, compiled.Symbols, VerbContext.Describe(connection), recorder, end,
            await client.ReadCountersAsync(cancellation), null, before, old.Duration);
        SpikeMatch match = SpikeMatch.Of(old, run)[^1].Match;
        bool same = old.Spikes.Times.SequenceEqual(run.Spikes.Times) && match.Share(0) == 1 && match.Lag == 0;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.repeat/1",
                Recording = path,
                Identical = same,
                SpikesRecorded = match.SpikesA,
                SpikesRepeated = match.SpikesB,
                LagUs = match.Lag,
                Matched_100us = match.Share(100),
                Matched_1ms = match.Share(1000),
            });
        }
        else
        {
            context.WriteLine(same
                ? string.Create(CultureInfo.InvariantCulture, $"the same: all {match.SpikesA} spikes fell at the same microsecond again")
                : string.Create(CultureInfo.InvariantCulture,
                    $"not the same: {match.SpikesA} spikes were recorded, {match.SpikesB} fell now; ")
                    + $"{Figures.Share(match.Share(100))} within 0.1 ms");
        }

        return !run.Losses.IsComplete || end.Reason != EndReason.Duration ? ExitCode.Incomplete : same ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static CompiledNetwork Network(VerbContext context, string path, RunRecording old)
    {
        if (Value(old, LiveOrigin.Text) is { } text)
        {
            return LiveNetwork(context, path, old, text);
        }

        string? file = Value(old, RunOrigin.NetworkFile);
        if (file is null or "-")
        {
            throw new CliException(ExitCode.InputRecording, $"{path} does not say from which network file it came",
                file is null ? "another program wrote it, or an older version of this one, or its format has no room for that (.eieio)" : "the network came from standard input",
                "neuromcu run NETWORK.yaml --out FILE.npz writes a recording that can be repeated");
        }

        string settings = Value(old, RunOrigin.Settings) ?? string.Empty;
        context.Settings = [.. NetworkSource.SettingsOf(settings.Split("; ", StringSplitOptions.RemoveEmptyEntries)), .. context.Settings];
        CompiledNetwork compiled = NetworkSource.Compile(context, context.Read(file));
        string hash = RunOrigin.HashOf([file, .. compiled.Network.FilesRead]);
        if (Value(old, RunOrigin.NetworkHash) is { } recorded && recorded != hash)
        {
            throw new CliException(ExitCode.CheckFailed, $"{file}, or a file that it reads, has changed since {path} was made",
                $"its hash was {recorded[..12]} and is {hash[..12]}",
                "git log shows the change; neuromcu run and neuromcu compare A B compare them");
        }

        return compiled;
    }

    // A recording of the live page or the API holds the text itself, and says what hands did to the network beside it.
    private static CompiledNetwork LiveNetwork(VerbContext context, string path, RunRecording old, string text)
    {
        string? why = Value(old, LiveOrigin.ByHand) is { } hands ? "its network was changed by hand while it ran: " + hands
            : Value(old, LiveOrigin.Begun) is { } begun and not "0" ? $"it went on from {begun} us, and what was before is not in it" : null;
        if (why is not null)
        {
            throw new CliException(ExitCode.CheckFailed, $"{path} cannot be repeated", why,
                "reset, change nothing during the run, and record again; 'neuromcu report' shows it all the same");
        }

        string[] settings = (Value(old, RunOrigin.Settings) ?? string.Empty).Split("; ", StringSplitOptions.RemoveEmptyEntries);
        context.Settings = [.. NetworkSource.SettingsOf(settings), .. context.Settings];
        Networks.Network network = NetworkFile.Parse(LiveOrigin.Decode(text), Value(old, LiveOrigin.Path) ?? "network.yaml",
            context.Settings);
        string hash = RunOrigin.HashOf(network.FilesRead);
        if (network.FilesRead.Count > 0 && Value(old, LiveOrigin.FilesHash) is { } recorded && recorded != hash)
        {
            throw new CliException(ExitCode.CheckFailed,
                $"a file that the network reads has changed since {path} was made: {string.Join(", ", network.FilesRead)}",
                $"the hash was {recorded[..12]} and is {hash[..12]}", "bring the file back as it was");
        }

        return NetworkSource.Compile(context, network, Value(old, LiveOrigin.Twin) is not null);
    }

    private static void SayDifferences(VerbContext context, RunRecording old, IReadOnlyList<KeyValuePair<string, string>> now)
    {
        foreach (string name in new[] { "program", "firmware", "board", "board_id", "calibration", RunOrigin.Weights, "image_crc", "step_us" })
        {
            string? was = Value(old, name);
            string? is_ = now.Where(o => o.Key == name).Select(o => o.Value).FirstOrDefault();
            if (was is not null && was != is_)
            {
                context.Say($"note: {name} was {was} and is {is_}");
            }
        }
    }

    private static string? Value(RunRecording run, string name) => run.Origin.Where(o => o.Key == name).Select(o => o.Value)
        .FirstOrDefault();
}
