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
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.Reference;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Compare;

/// <summary><c>compare</c>: runs a network on the device and on the double-precision reference, and matches their spikes.</summary>
internal static class CompareVerb
{
    private static readonly Argument<string> s_file = NetworkSource.Argument();

    private static readonly Argument<string?> s_other = new("OTHER")
    {
        Description = "Recording to compare the recording FILE with, of this or another program",
        Arity = ArgumentArity.ZeroOrOne,
    };

    // Below it, it is said what the resolution of the device alone does.
    private const double WellMatched = 0.99;

    private static readonly Option<bool> s_twin = NetworkSource.Twin();

    private static readonly Option<string?> s_for = new("--for",
        "-t")
    { Description = "How long, such as \"2 s\" (default: the file's duration)", HelpName = "TIME" };

    private static readonly Option<double?> s_require = new Option<double?>("--require")
    {
        Description = "Fail with exit code 18 when fewer spikes than this fraction match within 1 ms, such as 0.999",
        HelpName = "FRACTION",
    }
        .Within(0, 1, "a fraction");

    private static readonly Option<bool> s_fileWeights = new("--file-weights")
    {
        Description = "Give the reference the file's weights, not the 16-bit ones that the device holds",
    };

    private static readonly Option<string?> s_sites = SiteList.Option();

    private static readonly RunFiles s_files = new RunFiles();

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("compare", "Match the device's spikes with those in double precision, or two recordings") { s_file,
            s_other, s_for, s_require,
            s_fileWeights, s_sites, s_twin };
        s_files.AddTo(command);
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(s_other) is { } other)
        {
            return RecordingsComparison.Run(context, line.GetRequiredValue(s_file), other, line.GetValue(s_require));
        }

        Network network = context.LoadNetwork(line.GetRequiredValue(s_file));
        if (SiteList.Of(context, network, line.GetValue(s_sites)) is { } sites)
        {
            return await CompareBoards.RunAsync(context, line, network, sites, line.GetValue(s_twin), line.GetValue(s_fileWeights),
                line.GetValue(s_for) is { } time ? Quantities.Duration(time, "--for") : network.Duration, line.GetValue(s_for) is not null,
                line.GetValue(s_require), s_files, cancellation);
        }

        CompiledNetwork compiled = NetworkSource.Compile(context, network, line.GetValue(s_twin));
        NetworkSource.RefuseChannels(compiled, "the reference has no board: it would be compared with parts that nobody has measured");
        if (compiled.Network.Hearing is not null)
        {
            throw new CliException(
                ExitCode.Usage,
                compiled.Network.Name + " listens to microphones",
                "the reference has no ears: what the device hears cannot be given to it",
                "compare a network with spike, Poisson or dc inputs");
        }

        long duration = line.GetValue(s_for) is { } text ? Quantities.Duration(text, "--for") : compiled.Network.Duration;
        SpikeSchedule.Check(context, compiled.Network, duration, chosen: line.GetValue(s_for) is not null);
        using SpikeLog? growing = s_files.Begin(context, line, DeviceRecording.PopulationsOf(compiled.Tables, compiled.Symbols),
            RunOrigin.Before(context, line.GetRequiredValue(s_file), compiled));
        Network file = compiled.Network;
        (RunRecording device, NodeWeights weights) = await OnDeviceAsync(context, line, compiled, duration, growing, cancellation);
        compiled = weights.Compiled;
        if (!device.Losses.IsComplete)
        {
            _ = s_files.Write(context, line, device, RecordingReport.Of(device, RunFiles.MadeWith), growing);
            throw new CliException(
                ExitCode.Incomplete,
                $"the run on {device.RanOn} is incomplete, so that it is not compared: {device.LossLine}",
                "what is missing would look like wrong arithmetic",
                string.Join("; ", device.Losses.Causes.Select(device.Losses.Advise)));
        }

        context.Say("running the reference in double precision");

        // A recurrent network may part from itself over the last bit of a weight. The weights that are programmed are part of the
        // question; what is compared is the arithmetic, unless the user asks for both.
        Network asked = line.GetValue(s_fileWeights) ? file : compiled.WithRoundedWeights();
        RunRecording reference;
        try
        {
            reference = new ReferenceSimulator(asked, compiled.Schemes).Run(duration, cancellation: cancellation);
        }
        catch (OperationCanceledException)
        {
            WrittenFiles half = s_files.Write(context, line, device, RecordingReport.Of(device, RunFiles.MadeWith), growing);
            throw new CliException(
                ExitCode.Cancelled, "interrupted",
                "the run on the device was whole, and is written where files were asked for; it was not compared, since the reference "
                + "was not through", null, half.Problem);
        }

        RunComparison comparison = RunComparison.Of(compiled, reference, device);
        double? rounded = comparison.Matched1Ms < WellMatched ? RoundedReference.Matched1Ms(asked, compiled, reference, cancellation)
            : null;
        WrittenFiles files = s_files.Write(context, line, device, Report(compiled.Network.Name, comparison, reference, device), growing);
        if (context.Json)
        {
            context.WriteJson(Document(context, compiled, comparison, rounded, device, line.GetValue(s_fileWeights) ? "file" : "programmed",
                weights.Document, files.Paths));
        }
        else
        {
            Print(context, compiled, comparison, rounded, reference, device);
            weights.Say(context);
        }

        if (files.Problem is not null)
        {
            throw files.Problem;
        }

        return line.GetValue(s_require) is { } least && comparison.Matched1Ms < least ? ExitCode.CheckFailed
            : device.Saturations.Count > 0 ? ExitCode.Saturated
            : ExitCode.Ok;
    }

    private static async Task<(RunRecording Run, NodeWeights Weights)> OnDeviceAsync(
        VerbContext context, ParseResult line, CompiledNetwork compiled, long duration, SpikeLog? growing,
        CancellationToken cancellation)
    {
        context.UseBoardOf(compiled.Network);
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        NodeWeights weights = await NodeWeightInput.OfAsync(context, connection, compiled, line.GetRequiredValue(s_file), cancellation,
            line.GetValue(s_twin));
        compiled = weights.Compiled;
        await ProgramVerb.UploadAsync(context, client, compiled.Image, new ProgramOptions(), cancellation);
        using ProgressLine progress = new ProgressLine(context, "running on the device");
        RunRecorder recorder = new RunRecorder
        {
            Disk = growing,
            TimeReached = time => progress.Report((double)time / Math.Max(1, duration), Figures.Time(time))
        };
        client.Observer = recorder;
        await client.ResetAsync(cancellation);
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation);

        // Not in step with the clock: a network that is too much for real time still has to give the same spikes.
        RunEnd ended = await RunEnd.OfAsync(() => client.RunAsync(new RunOptions { Duration = duration, RealTime = false }, cancellation));
        RunReport end = ended.Report;
        if (end.Reason != EndReason.Duration)
        {
            // Half a run cannot be compared, and is worth keeping all the same.
            RunRecording half = DeviceRecording.Of(compiled.Tables, compiled.Symbols, VerbContext.Describe(connection), recorder, end, [],
                null, before, duration);
            progress.Dispose();
            _ = s_files.Write(context, line, half, RecordingReport.Of(half, RunFiles.MadeWith), growing);
            context.Say("incomplete: " + half.Incomplete);
            ended.Throw();
            cancellation.ThrowIfCancellationRequested();
            RunTrouble? fault = half.Troubles.FirstOrDefault(trouble => trouble.Serious && end.Reason == EndReason.Fault);
            throw new CliException(ExitCode.DeviceRefused, $"the run ended early: {fault?.What ?? end.ReasonText}", null, fault?.Advice
                ?? "neuromcu info");
        }

        // The run is whole: Ctrl-C from here on does not keep its account from being read and written.
        RunRecording run = DeviceRecording.Of(
            compiled.Tables, compiled.Symbols, VerbContext.Describe(connection), recorder, end,
            await client.ReadCountersAsync(CancellationToken.None),
            await client.ReadSaturationsAsync(compiled.Tables.Populations.Length, CancellationToken.None), before, duration);
        return (run with { Reported = [.. run.Reported, .. weights.Troubles] }, weights);
    }

    private static object Document(VerbContext context, CompiledNetwork compiled, RunComparison comparison, double? rounded,
        RunRecording device,
        string weights, object? nodeWeights, IReadOnlyList<string> files) => new
        {
            Schema = "neuromcu.compare/1",
            Network = compiled.Network.Name,
            Device = context.Device ?? "virtual",
            DurationS = device.Duration / 1e6,
            ReferenceWeights = weights,
            NodeWeights = nodeWeights,
            comparison.SpikesReference,
            comparison.SpikesDevice,
            Matched_100us = comparison.Matched100Us,
            Matched_1ms = comparison.Matched1Ms,
            RoundedMatched_1ms = rounded,
            CountError = double.IsFinite(comparison.CountError) ? comparison.CountError : (double?)null,
            LargestTraceError = comparison.LargestTraceError is { } worst ? Trace(worst) : null,
            Traces = comparison.Traces.Select(Trace),
            LostSpikes = device.Lost,
            Losses = device.Losses.ByName,
            Saturations = device.CountsSaturations ? device.Saturations.Select(s => new { Population = s.Key, Count = s.Value }) : null,
            Files = files,
        };

    /// <summary>A trace error as a document.</summary>
    /// <returns>The document.</returns>
    public static object Trace(TraceError error) =>
        new { error.Trace, TimeS = error.Time / 1e6, error.Reference, error.Device, error.Unit, error.MembraneUnits, error.Samples };

    private static void Print(VerbContext context, CompiledNetwork compiled, RunComparison comparison, double? rounded,
        RunRecording reference, RunRecording device)
    {
        context.WriteLine($"{compiled.Network.Name}, {Figures.Time(device.Duration)}: reference above, {device.RanOn} below");
        context.WriteLine();
        RasterView.Write(context.Out, reference);
        context.WriteLine();
        RasterView.Write(context.Out, device);
        context.WriteLine();
        void Row(string name, string value) => context.WriteLine($"{name,-22}  {value}");
        Row("spikes, reference", comparison.SpikesReference.ToString(CultureInfo.InvariantCulture));
        Row("spikes, device", comparison.SpikesDevice.ToString(CultureInfo.InvariantCulture));
        Row("matched within 100 us", Figures.Share(comparison.Matched100Us));
        Row("matched within 1 ms", Figures.Share(comparison.Matched1Ms));
        if (rounded is { } share)
        {
            Row("by rounding alone", Figures.Share(share) + " within 1 ms: double precision rounded to the device's units, beside itself");
        }

        Row("count error", double.IsFinite(comparison.CountError)
            ? (100 * comparison.CountError).ToString("0.###", CultureInfo.InvariantCulture) + " %" : "the reference has no spikes");
        if (comparison.LargestTraceError is { } worst)
        {
            string unit = worst.Unit == "1" ? string.Empty : " " + worst.Unit;
            Row("largest trace error",
                $"{Figures.Short(Math.Abs(worst.Device - worst.Reference))}{unit} in {worst.Trace} at {Figures.Time(worst.Time)}");
        }

        Row("spikes on the wire", device.LossLine);
        if (device.Saturations.Count > 0)
        {
            Row("range of the device", device.SaturationLine);
        }

        if (!device.CountsSaturations)
        {
            Row("range of the device", "the device is older than protocol 1.3 and does not count what it cuts off");
        }
    }

    /// <summary>The report of a comparison.</summary>
    /// <param name="network">Name of the network.</param>
    /// <returns>The report.</returns>
    public static HtmlReport Report(string network, RunComparison comparison, RunRecording reference, RunRecording device)
    {
        HtmlReport report = new HtmlReport(
            network + ": device and reference",
            $"fixed point on {device.RanOn} against double precision on the host · {Figures.Time(device.Duration)}")
        {
            MadeWith = RunFiles.MadeWith,
        };
        RecordingReport.AddTroubles(report, device);
        report.Figure("of spikes within 100 µs", Figures.Share(comparison.Matched100Us), comparison.Matched100Us >= 0.99 ? FigureTone.Good
            : FigureTone.Bad);
        report.Figure("of spikes within 1 ms", Figures.Share(comparison.Matched1Ms), comparison.Matched1Ms >= 0.999 ? FigureTone.Good
            : FigureTone.Bad);
        report.Figure("spikes: reference / device", $"{comparison.SpikesReference} / {comparison.SpikesDevice}");
        RecordingReport.AddLosses(report, device);
        report.Add(new RasterSection(
            "Spikes", device.Populations, device.Duration, [new("reference", reference.Spikes), new("device", device.Spikes)])
        { Note = "Each row is a neuron: its reference spikes in the upper half, those of the device in the lower half." });
        if (device.Traces.Count > 0)
        {
            foreach (ReportSection traces in TraceSections.Of(device, reference))
            {
                report.Add(traces);
            }

            report.Add(new TableSection(
                "Largest differences",
                ["trace", "#at (s)", "#reference", "#device", "unit", "#membrane units"],
                comparison.Traces.Select(t => new[]
                {
                    t.Trace,
                    (t.Time / 1e6).ToString("0.######", CultureInfo.InvariantCulture),
                    t.Reference.ToString("G8", CultureInfo.InvariantCulture),
                    t.Device.ToString("G8", CultureInfo.InvariantCulture),
                    t.Unit,
                    t.MembraneUnits.ToString("0.0e+0", CultureInfo.InvariantCulture),
                }).ToArray())
            { Note = "A membrane unit is about the distance from rest to threshold." });
        }

        return report;
    }
}
