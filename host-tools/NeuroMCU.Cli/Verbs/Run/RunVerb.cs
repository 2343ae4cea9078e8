// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Program;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Calibration.AfterRun;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Run;

/// <summary><c>run</c>: runs a network file on a device and shows its spikes.</summary>
internal static class RunVerb
{
    private static readonly Argument<string> s_file = NetworkSource.Argument();

    private static readonly Option<bool> s_twin = NetworkSource.Twin();

    private static readonly Option<bool> s_uncalibrated = DriveTableSource.Uncalibrated();

    private static readonly Option<string?> s_for = new("--for",
        "-t")
    { Description = "How long, such as \"200 ms\" (default: the file's duration)", HelpName = "TIME" };

    private static readonly Option<bool> s_fast = new("--fast")
    {
        Description =
        "As fast as the device can, instead of in step with its clock; with --sites, with the clock on the wall"
    };

    private static readonly Option<string?> s_wav = new("--wav")
    {
        Description = "Stereo recording for the virtual bench's microphones",
        HelpName = "FILE.wav"
    };

    private static readonly Option<string?> s_sweep = new("--sweep")
    {
        Description = "Run it once for each value of a parameter, such as \"populations.cells.bias=40..90:5 uA\", and show the rates",
        HelpName = "NAME=RANGE",
    };

    private static readonly Option<string?> s_sites = SiteList.Option();

    private static readonly RunFiles s_files = new RunFiles();

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("run", "Run a network, show its spikes, write CSV, NumPy and HTML") { s_file, s_for, s_fast, s_wav,
            s_sweep, s_sites, s_twin, s_uncalibrated };
        s_files.AddTo(command);
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(s_sweep) is not { } text)
        {
            return OnceAsync(context, line, cancellation);
        }

        if (line.GetValue(s_sites) is not null)
        {
            throw new CliException(ExitCode.Usage, "--sweep and --sites are given", "a sweep runs on one board", "leave one of them out");
        }

        if (s_files.FileOf(line) is { } file)
        {
            throw new CliException(ExitCode.Usage, $"--out names the file {file}", "a sweep makes several recordings", "name a folder");
        }

        ParameterRange range = ParameterRange.Parse(text);
        return RunSweep.RunAsync(context, range, s_files.FolderOf(line), s_files.PageOf(line), s_files.PictureOf(line),
            value => PointAsync(context, line, range.At(value), cancellation), cancellation);
    }

    // One point of a sweep: a device of its own, so that no point begins with what another one left.
    private static async Task<(RunRecording Run, ExitCode Code)> PointAsync(VerbContext context, ParseResult line, NetworkSetting setting,
        CancellationToken cancellation)
    {
        CompiledNetwork compiled = NetworkSource.Compile(context, line.GetRequiredValue(s_file), line.GetValue(s_twin), setting);
        long duration = line.GetValue(s_for) is { } text ? Quantities.Duration(text, "--for") : compiled.Network.Duration;
        string? wav = (line.GetValue(s_wav) ?? compiled.Network.Sound?.Path) is { } sound
            ? context.Read(sound, InputFile.MostSoundBytes) : null;
        context.UseBoardOf(compiled.Network);
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        NodeWeights weights = await WeightsAsync(context, line, connection, compiled, cancellation);
        compiled = DriveTableSource.Of(context, connection, weights.Compiled, line.GetValue(s_uncalibrated)).Compiled;
        await client.ProgramAsync(compiled.Image, new ProgramOptions(), null, cancellation);
        Play(context, connection, wav);
        RunRecorder recorder = new RunRecorder
        {
            Names = ChannelNames.Of(BoardOf(context, connection, compiled.Network.Board),
            compiled.Tables, compiled.Symbols)
        };
        client.Observer = recorder;
        await client.ResetAsync(cancellation);
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation);
        RunReport end = await client.RunAsync(new RunOptions { Duration = duration, RealTime = !line.GetValue(s_fast) }, cancellation);
        client.Observer = null;
        RunRecording run = DeviceRecording.Of(
            compiled.Tables, compiled.Symbols, VerbContext.Describe(connection), recorder, end,
            await client.ReadCountersAsync(CancellationToken.None),
            await client.ReadSaturationsAsync(compiled.Tables.Populations.Length, CancellationToken.None), before, duration);
        run = run with { Reported = [.. run.Reported, .. weights.Troubles] };
        return (run, CodeOf(run, end, cancellation));
    }

    private static async Task<ExitCode> OnceAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        Network network = context.LoadNetwork(line.GetRequiredValue(s_file));
        if (SiteList.Of(context, network, line.GetValue(s_sites)) is { } sites)
        {
            if (line.GetValue(s_wav) is not null)
            {
                throw new CliException(ExitCode.Usage, "--wav is for a network that listens", "one that is spread over boards does not", "leave it out");
            }

            return await RunOnBoards.RunAsync(context, line, network, sites, line.GetValue(s_twin), line.GetValue(s_for) is { } time
                ? Quantities.Duration(time, "--for") : network.Duration, line.GetValue(s_for) is not null, !line.GetValue(s_fast), s_files, cancellation);
        }

        CompiledNetwork compiled = NetworkSource.Compile(context, network, line.GetValue(s_twin));
        IReadOnlyList<Diagnostic> slips = NetworkSource.Follow(context, compiled);
        long duration = line.GetValue(s_for) is { } text ? Quantities.Duration(text, "--for") : compiled.Network.Duration;
        string? wav = (line.GetValue(s_wav) ?? compiled.Network.Sound?.Path) is { } sound
            ? context.Read(sound, InputFile.MostSoundBytes) : null;
        SpikeSchedule.Check(context, compiled.Network, duration, chosen: line.GetValue(s_for) is not null);
        context.UseBoardOf(compiled.Network);
        using SpikeLog? growing = s_files.Begin(context, line, DeviceRecording.PopulationsOf(compiled.Tables, compiled.Symbols),
            RunOrigin.Before(context, line.GetRequiredValue(s_file), compiled));
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        NodeWeights weights = await WeightsAsync(context, line, connection, compiled, cancellation);
        DrivenNetwork driven = DriveTableSource.Of(context, connection, weights.Compiled, line.GetValue(s_uncalibrated));
        compiled = driven.Compiled;
        await ProgramVerb.UploadAsync(context, client, compiled.Image, new ProgramOptions(), cancellation);
        Play(context, connection, wav);

        ChannelNames names = ChannelNames.Of(BoardOf(context, connection, compiled.Network.Board), compiled.Tables, compiled.Symbols);
        RunRecorder recorder = new RunRecorder { Disk = growing, Names = names };
        using (ProgressLine progress = new ProgressLine(context, "running"))
        {
            recorder.TimeReached = time => progress.Report((double)time / Math.Max(1, duration),
                $"{Figures.Time(time)}, {Figures.Count(recorder.SpikeCount, "spike")}");
            client.Observer = recorder;
            await client.ResetAsync(cancellation);
            IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation);
            RunEnd end =
                await RunEnd.OfAsync(() => client.RunAsync(new RunOptions { Duration = duration, RealTime = !line.GetValue(s_fast) },
                    cancellation));
            client.Observer = null;
            progress.Dispose();
            return await ShowAsync(context, line, connection, driven, slips, weights, recorder, end, before, duration, cancellation);
        }
    }

    private static Task<NodeWeights> WeightsAsync(VerbContext context, ParseResult line, DeviceConnection connection,
        CompiledNetwork compiled, CancellationToken cancellation)
        => NodeWeightInput.OfAsync(context, connection, compiled, line.GetRequiredValue(s_file), cancellation, line.GetValue(s_twin));

    // The board that the channels belong to; null when its profile is not known here: the device does not hold its names.
    private static BoardDescription? BoardOf(VerbContext context, DeviceConnection connection, string? named)
    {
        string board = connection.Client.Info.BoardName;
        string profile = context.Board?.Board ?? named ?? board;
        bool known = BoardCatalog.Names.Contains(profile) || System.IO.File.Exists(profile);
        return known && BoardCatalog.Find(profile) is { } found && found.Profile.Name == board ? found : null;
    }

    private static void Play(VerbContext context, DeviceConnection connection, string? wav)
    {
        if (wav is null)
        {
            return;
        }

        if (connection.Device is null)
        {
            throw new CliException(
                ExitCode.Usage,
                "a recording can be played to the virtual bench in this process only",
                $"{connection.Client.Address} has microphones of its own",
                "leave --wav (or the wav input) out, or leave --device out");
        }

        connection.Device.PlaySound(RecordingInput.Read(context, wav, out _));
    }

    private static async Task<ExitCode> ShowAsync(
        VerbContext context,
        ParseResult line,
        DeviceConnection connection,
        DrivenNetwork driven,
        IReadOnlyList<Diagnostic> slips,
        NodeWeights weights,
        RunRecorder recorder,
        RunEnd ended,
        IReadOnlyList<KeyValuePair<string, long>> before,
        long duration,
        CancellationToken cancellation)
    {
        RunReport end = ended.Report;
        CompiledNetwork compiled = driven.Compiled;

        // Ctrl-C stopped the run, not the reading of what it left.
        IReadOnlyList<KeyValuePair<string,
            long>> counters = await ended.TryAsync(() => connection.Client.ReadCountersAsync(CancellationToken.None), []);
        IReadOnlyList<RunFinding> findings =
            await ended.TryAsync(async () => end.Reason == EndReason.Duration
                ? await CheckAsync(context, connection, compiled, recorder.Names, cancellation) : [], []);
        IReadOnlyList<long>? saturations =
            await ended.TryAsync(() => connection.Client.ReadSaturationsAsync(compiled.Tables.Populations.Length,
                CancellationToken.None), null);
        RunRecording run = DeviceRecording.Of(
            compiled.Tables, compiled.Symbols, VerbContext.Describe(connection), recorder, end, counters, saturations, before, duration);
        run = run with
        {
            Origin = RunOrigin.Of(context, line.GetRequiredValue(s_file), driven, connection, weights),
            Reported = [.. run.Reported, .. weights.Troubles, .. slips.Select(s => new RunTrouble(false, null, s.Message, s.Hint)),
            .. findings.Select(f => new RunTrouble(f.IsSerious, null, f.Text, "look at: " + f.Advice))]
        };
        IReadOnlyList<LearnedWeights> learned =
            await ended.TryAsync(() => LearnedWeights.ReadAsync(connection.Client, compiled, CancellationToken.None), []);
        HtmlReport report = RecordingReport.Of(run, RunFiles.MadeWith);
        if (weights.Text is { } source)
        {
            report.Add(new PreformattedSection("Weights on nodes", source));
        }

        if (learned.Count > 0)
        {
            report.Add(new PreformattedSection("What was learned", string.Join('\n', learned.Select(l => l.Text()))));
        }

        WrittenFiles files = s_files.Write(context, line, run, report, recorder.Disk);
        if (s_files.FolderOf(line) is { } folder)
        {
            foreach (LearnedWeights one in learned)
            {
                files.Try(one.PathIn(folder), one.Write);
            }
        }

        if (context.Json)
        {
            context.WriteJson(Document(connection, compiled, weights, run, end, duration, recorder, findings, learned, files.Paths));
        }
        else
        {
            Print(context, run, end, recorder, compiled.Tables.Channels.Length > 0, Again(line, compiled, run));
            foreach (LearnedWeights one in learned)
            {
                context.WriteLine(one.Text());
            }

            weights.Say(context);
            SayStep(context, compiled, run);
            SayCollections(context, connection.Device?.Bench);
            SayChannels(context, compiled, counters);
            foreach (RunFinding finding in findings)
            {
                context.Say("warning: " + finding);
            }
        }

        return ended.Complain(context, files.Problem, CodeOf(run, end, cancellation));
    }

    private static ExitCode CodeOf(RunRecording run, RunReport end, CancellationToken cancellation) => cancellation.IsCancellationRequested
        && run.EndedEarly is not null ? ExitCode.Cancelled
        : end.Reason == EndReason.Fault ? ExitCode.DeviceRefused
        : end.Reason == EndReason.LinkLost ? ExitCode.LinkLost
        : !run.Losses.IsComplete ? ExitCode.Incomplete
        : run.Saturations.Count > 0 ? ExitCode.Saturated
        : run.Reported.Any(trouble => trouble.Serious) ? ExitCode.ChannelsFailed
        : ExitCode.Ok;

    // A run that was broken off left its channels as they are.
    private static async Task<IReadOnlyList<RunFinding>> CheckAsync(
        VerbContext context, DeviceConnection connection, CompiledNetwork compiled, ChannelNames names, CancellationToken cancellation)
    {
        int[] channels = [.. compiled.Tables.Channels.Select(table => table.Channel)];
        if (channels.Length == 0)
        {
            return [];
        }

        DeviceInfo info = connection.Client.Info;
        bool calibrated = compiled.Tables.Channels.Any(table => table.Calibration != 0);
        RunCheck check = new(calibrated ? new CalibrationStore(context.CalibrationFolder).Find(info.BoardName, info.DeviceId)
            : null)
        { Names = names };
        return await check.RunAsync(connection.Client, channels, cancellation);
    }

    private static object Document(
        DeviceConnection connection,
        CompiledNetwork compiled,
        NodeWeights weights,
        RunRecording run,
        RunReport end,
        long duration,
        RunRecorder recorder,
        IReadOnlyList<RunFinding> findings,
        IReadOnlyList<LearnedWeights> learned,
        IReadOnlyList<string> files) => new
        {
            Schema = "neuromcu.run/1",
            run.Network,
            Device = connection.Client.Address,
            DurationS = run.Duration / 1e6,
            AskedS = duration / 1e6,
            Complete = run.Incomplete is null,
            run.Incomplete,
            Spikes = run.Spikes.Count,
            run.Produced,
            LostSpikes = run.Lost,
            Losses = run.Losses.ByName,
            TraceSamples = end.Samples.Received,
            LostTraceSamples = end.Samples.Lost,
            StepUs = compiled.Report.Step,
            compiled.Report.StepChosen,
            NodeWeights = weights.Document,
            LengthenedStepUs = run.LengthenedStep,
            Saturations = run.CountsSaturations ? run.Saturations.Select(s => new { Population = s.Key, Count = s.Value }) : null,
            compiled.Report.DeviceLoad,
            ListenedShare = run.Sound.Frames > 0 ? Math.Round(run.Sound.Part, 3) : (double?)null,
            end.LateEvents,
            MaxLatenessUs = end.MaxLateness,
            Collections = connection.Device?.Bench.Heap.Collections,
            LongestCollectionUs = connection.Device?.Bench.Heap.LongestNanoseconds / 1e3,
            Ended = end.ReasonText,
            Populations = PopulationActivity.Of(run).Where(a => a.Population.Recorded).Select(a => new
            {
                a.Population.Name,
                a.Population.Size,
                a.Active,
                a.Spikes,
                RateHz = a.MeanRate,
                Irregularity = double.IsNaN(a.Regularity) ? (double?)null : a.Regularity,
            }),
            Readouts = recorder.Readouts.Select(r => new
            {
                r.Index,
                compiled.Symbols.Readouts[r.Index].Name,
                compiled.Symbols.Readouts[r.Index].Unit,
                r.Valid,
                TimeS = r.Time / 1e6,
                r.Value,
                r.Confidence,
                r.Spikes
            }),
            ChannelNews = recorder.Channels.Select(n => new
            {
                n.Channel,
                Name = recorder.Names.Of(n.Channel),
                Condition = ChannelFinding.Describe(n.Condition),
                n.Action,
                TimeS = n.Time / 1e6
            }),
            ChannelFindings = findings.Select(f => new { f.Channel, Kind = f.Kind.ToString(), f.Text, f.Advice }),
            Troubles = run.Troubles.Select(t => new { t.Serious, TimeS = t.Time / 1e6, t.What, t.Advice }),
            Learned = learned.Count == 0 ? null : learned.Select(l => l.Document()),
            Counters = run.Counters.ToDictionary(c => c.Key, c => c.Value),
            Files = files,
        };

    // The command that loses nothing of what the wire or the device were too slow for; null where it would not help.
    private static string? Again(ParseResult line, CompiledNetwork compiled, RunRecording run)
    {
        string file = line.GetRequiredValue(s_file);
        return run.Losses.Of(LossCause.Sound) > 0 ? $"neuromcu run {file} --device virtual:ideal"
            + (line.GetValue(s_wav) is { } wav ? " --wav " + wav : string.Empty)
            : !line.GetValue(s_fast) && compiled.Tables.Channels.Length == 0 && compiled.Network.Hearing is null
            && run.Losses.Causes.Any(c => c == LossCause.Record || c == LossCause.Samples) ? $"neuromcu run {file} --fast"
            : null;
    }

    private static void SayStep(VerbContext context, CompiledNetwork compiled, RunRecording run)
    {
        if (compiled.Report.StepChosen)
        {
            context.WriteLine("step: " + NetworkSource.StepText(compiled.Report));
        }

        if (run.LengthenedStep is { } longer)
        {
            context.Say(
                $"note: the device could not keep the step of {Figures.Time(compiled.Report.Step)} and lengthened it to "
                + $"{Figures.Time(longer)}; "
                + (compiled.Report.StepChosen ? "with fewer neurons or spikes it could"
                    : "without 'step' in the network file one is chosen that it can keep"));
        }
    }

    // A real device does not tell of its collections.
    private static void SayCollections(VerbContext context, VirtualBench.Bench? bench)
    {
        if (bench?.Heap is { Collections: > 0 } heap)
        {
            double share = 100.0 * heap.PausedNanoseconds / bench.Clock.Nanoseconds;
            context.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"note: {Figures.Count(heap.Collections, "garbage collection")} stopped the device for up to "
                + $"{heap.LongestNanoseconds / 1e6:0.0} ms each, "
                + $"{share:0.0} % of the time (reckoned)"));
        }
    }

    private static void SayChannels(VerbContext context, CompiledNetwork compiled, IReadOnlyList<KeyValuePair<string, long>> counters)
    {
        if (compiled.Tables.Channels.Length > 0)
        {
            ChannelFigures figures = new ChannelFigures(counters, compiled.Tables.Step);
            string?[] parts = [Figures.Count(compiled.Tables.Channels.Length, "channel"), figures.ResolutionText, figures.LookText,
                figures.LatencyText];
            context.WriteLine("neurons: " + string.Join("; ", parts.OfType<string>()));
        }
    }

    private static void Print(VerbContext context, RunRecording run, RunReport end, RunRecorder recorder, bool hasPins, string? again)
    {
        context.WriteLine($"{run.Network} on {run.RanOn}: {Figures.Count(run.Spikes.Count, "spike")} in {Figures.Time(run.Duration)}");
        context.WriteLine();
        RasterView.Write(context.Out, run);
        context.WriteLine();
        ReadoutText.Say(context, run);
        foreach (string entry in recorder.Log)
        {
            context.Say("device: " + entry);
        }

        if (run.Sound.Frames > 0)
        {
            context.WriteLine(run.Sound.Text);
        }

        context.WriteLine(run.LossLine);
        LossText.Say(context, run.Losses, again);
        SaturationText.Say(context, run);
        if (end.LateEvents > 0)
        {
            string pins = "channels fire in their own time and are recorded in it, whatever the network does";
            string software = "recorded times are the network's own and not affected. --fast gives the device the time that it needs";
            context.Say(
                $"note: the device served {Figures.Count(end.LateEvents, "event")} late, by up to {Figures.Time(end.MaxLateness)}; "
                + $"{(hasPins ? pins : software)}");
        }

        if (run.EndedEarly is { } missing)
        {
            context.WriteLine("incomplete: " + missing);
        }
    }
}
