// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Equations;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model check</c>: what a model becomes on the device, what that costs, and how far it is from double precision.</summary>
internal static partial class ModelCheckVerb
{
    private const int Millisecond = 1000;
    private const string OfPreset = " (preset ";

    private static readonly Argument<string> s_model = new("model")
    {
        Description =
        "File of a model or learning rule, or the name of one that comes with the program",
        HelpName = "FILE"
    };
    private static readonly Option<string?> s_preset = new("--preset") { Description = "Check this preset only", HelpName = "NAME" };
    private static readonly Option<int?> s_step = new("--step")
    {
        Description =
        "Step in microseconds; otherwise what the text says, or 100",
        HelpName = "US"
    };
    private static readonly Option<double> s_duration = new("--duration")
    {
        Description = "Simulated time of each preset in seconds",
        HelpName = "S",
        DefaultValueFactory = _ => 5
    };
    private static readonly Option<string?> s_input = new("--input")
    {
        Description = "Add this to the first input",
        HelpName = "VALUE"
    };
    private static readonly Option<string?> s_period = new("--period")
    {
        Description = "Let it go up and down as a triangle of this period",
        HelpName = "TIME"
    };
    private static readonly Option<bool> s_listing = new("--listing") { Description = "Print the instructions of a step" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("check",
            "Say what a model becomes on the device, its cost, and how far it is from double precision") { s_model, s_preset, s_step,
            s_duration, s_input, s_period, s_listing };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string model = line.GetRequiredValue(s_model);
        if (ModelLibrary.IsRule(model))
        {
            return Task.FromResult(RuleReport.Write(context, model, line.GetValue(s_preset), line.GetValue(s_duration), cancellation));
        }

        int step = line.GetValue(s_step) ?? ModelCheck.StepOf(model);
        double seconds = line.GetValue(s_duration);
        if (step is < 10 or > 100000)
        {
            throw new CliException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"--step {step} is out of range"), null,
                "give 10 to 100000 microseconds");
        }

        if (!(seconds is > 0 and <= 10000))
        {
            throw new CliException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture,
                $"--duration {seconds} is out of range"), null,
                "give seconds up to 10000");
        }

        string? input = line.GetValue(s_input);
        double? period = line.GetValue(s_period) is { } time
            ? Quantities.Positive(time, Dimension.Time, "--period", "100 s") * 1e-6 : null;
        if (period != null && input == null)
        {
            throw new CliException(ExitCode.Usage, "--period needs a height", null, "add --input VALUE, such as --input \"1 V\"");
        }

        IReadOnlyList<string> presets = ModelCheck.PresetsOf(model);
        if (line.GetValue(s_preset) is { } only)
        {
            presets = presets.Contains(only, StringComparer.Ordinal)
                ? [only]
                : throw new CliException(ExitCode.Usage, $"the model has no preset '{only}'", null,
                    "its presets: " + string.Join(", ", presets));
        }

        List<ModelCheckResult> results = [];
        foreach (string preset in presets.Count == 0 ? [string.Empty] : presets)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(ModelCheck.Run(model, preset, step, (long)(seconds * 1e6), input, period));
        }

        // A model of which one preset fires can fire.
        Diagnostic? never = results.All(r => r.Conformance.SpikesDouble == 0) ? ModelFindings.NeverFires(model, step) : null;
        if (context.Json)
        {
            context.WriteJson(Document(results, never));
        }
        else
        {
            Print(context, results, line.GetValue(s_listing));
        }

        IEnumerable<Diagnostic> findings = results.SelectMany(r => r.Findings).Concat(never == null ? [] : [never]);
        if (!context.Json)
        {
            WriteFindings(context, "note", results.SelectMany(r => r.Notes));
        }

        bool found = context.Json ? findings.Any() : WriteFindings(context, "warning", findings);
        return Task.FromResult(found ? ExitCode.CheckFailed : ExitCode.Ok);
    }

    private static object Document(List<ModelCheckResult> results, Diagnostic? never)
    {
        return new
        {
            Schema = "neuromcu.model-check/1",
            results[0].Model,
            StepUs = results[0].Step,
            NeverFires = never == null ? null : new { never.File, never.Line, never.Column, never.Message, never.Hint },
            Presets = results.Select(r => new
            {
                r.Preset,
                r.Drive,
                DurationUs = r.Duration,
                Variables = r.Program.Variables.Select(v => new { v.Name, v.Least, v.Most, v.Resolution, v.Method }),
                Tables = r.Program.Tables.Select(t => new { t.Of, t.For, t.Entries, Bytes = 4 * t.Entries, t.LargestError }),
                Instructions = r.Program.Listing,
                IlPerNeuronAndStep = r.Program.Work,
                r.MicrosecondsPerStep,
                NeuronsAt1Ms = r.NeuronsInRealTime(Millisecond),
                NeuronsAtTenthMs = r.NeuronsInRealTime(Millisecond / 10),
                HeapBytesOf32 = r.HeapOf32,
                SpikesFixed = r.Conformance.Spikes,
                r.Conformance.SpikesDouble,
                r.SpikesFine,
                r.Conformance.Slips,
                r.Conformance.SlipsPerSpike,
                r.Conformance.SlipsOfIntervals,
                r.Conformance.SlipsOfIntervalsPerSpike,
                r.Conformance.SlipsOfRounding,
                r.Conformance.SlipsOfRoundingPerSpike,
                r.Conformance.SlipsOfLastBit,
                r.Conformance.SlipsOfLastBitPerSpike,
                r.Conformance.WithinMillisecond,
                NeighbourSpikes = r.Neighbours is { } n ? new[] { n.Least, n.Most } : null,
                Errors = r.Conformance.Errors.Select(e => new { e.Name, e.RootMeanSquare }),
                ErrorsOfIntervals = r.Conformance.ErrorsOfIntervals.Select(e => new { e.Name, e.RootMeanSquare }),
                r.Lyapunov,
                Chaotic = r.IsChaotic,
                r.Clipped,
                Findings = r.Findings.Select(f => new { f.File, f.Line, f.Column, f.Message, f.Hint }),
                Notes = r.Notes.Select(f => new { f.File, f.Line, f.Column, f.Message, f.Hint }),
            }),
        };
    }

    private static void Print(VerbContext context, List<ModelCheckResult> results, bool listing)
    {
        ModelCheckResult first = results[0];
        string set = first.Preset.Length == 0 ? "default values" : "preset " + first.Preset;
        context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first.Model}, {set}, step {first.Step} us"));
        context.WriteLine();
        Grid variables = Tables.Plain("variable", "#least", "#most", "#resolution", "unit", "method");
        foreach (VariableFormat v in first.Program.Variables)
        {
            Tables.Add(variables, v.Name, Short(v.Least / v.Unit.Scale), Short(v.Most / v.Unit.Scale),
                Small(v.Resolution / v.Unit.Scale), v.Unit.Symbol, v.Method);
        }

        context.Out.Write(variables);
        context.WriteLine();
        if (first.Program.Tables.Count > 0)
        {
            Grid tables = Tables.Plain("table of", "for", "#entries", "#bytes", "#largest error");
            foreach (TableReport t in first.Program.Tables)
            {
                Tables.Add(tables, t.Of, t.For, t.Entries.ToString(CultureInfo.InvariantCulture),
                    (4 * t.Entries).ToString(CultureInfo.InvariantCulture), Small(t.LargestError));
            }

            context.Out.Write(tables);
            context.WriteLine();
        }

        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{first.Program.Listing.Count} instructions, {first.Program.Work} IL instructions per neuron and step, "
            + $"{first.MicrosecondsPerStep:0} us on an ESP32 (cost profile esp32-rev3)"));
        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"in real time: {first.NeuronsInRealTime(Millisecond)} neurons at a step of 1 ms, "
            + $"{first.NeuronsInRealTime(Millisecond / 10)} at 0.1 ms; 32 neurons take {first.HeapOf32} bytes of heap"));
        if (listing)
        {
            context.WriteLine();
            foreach (string instruction in first.Program.Listing)
            {
                context.WriteLine("  " + instruction);
            }
        }

        context.WriteLine();
        context.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{first.Duration * 1e-6:0.###} s of each{(first.Drive.Length == 0 ? string.Empty : " with " + first.Drive + " at the first input")}: spikes of the device, in double precision, and in double precision at a "
                + $"twentieth of the step; slips per spike, those where double precision is set to the device's state after each "
                + $"spike (what one interval brings about), those that rounding alone makes, and those that the last bit of double "
                + $"precision makes (no arithmetic makes less); how many of a hundred spikes stay within 1 ms over segments of "
                + $"100 ms; the largest RMS error of a variable in its range; and the Lyapunov exponent in 1/s:"));
        Grid runs = Tables.Plain("preset", "#spikes", "#double", "#fine", "#slips", "#interval", "#round", "#limit", "#% 1 ms", "#rms error", "#lyap.");
        foreach (ModelCheckResult r in results)
        {
            VariableError worst = r.Conformance.Errors.MaxBy(e => e.RootMeanSquare)!;
            Tables.Add(
                runs,
                r.Preset.Length == 0 ? "defaults" : r.Preset,
                r.Conformance.Spikes.ToString(CultureInfo.InvariantCulture),
                r.Conformance.SpikesDouble.ToString(CultureInfo.InvariantCulture),
                r.SpikesFine.ToString(CultureInfo.InvariantCulture),
                Small(r.Conformance.SlipsPerSpike),
                Small(r.Conformance.SlipsOfIntervalsPerSpike),
                Small(r.Conformance.SlipsOfRoundingPerSpike),
                Small(r.Conformance.SlipsOfLastBitPerSpike),
                (100 * r.Conformance.WithinMillisecond).ToString("0.#", CultureInfo.InvariantCulture),
                Small(worst.RootMeanSquare) + " " + worst.Name,
                r.Lyapunov.ToString("0.0", CultureInfo.InvariantCulture));
        }

        context.Out.Write(runs);
        foreach (ModelCheckResult r in results.Where(r => r.IsChaotic))
        {
            context.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(r.Preset.Length == 0 ? "chaotic" : r.Preset + " is chaotic")}: neighbours part by a factor e in "
                + $"{1000 / r.Lyapunov:0} ms, so that only counts and intervals can be compared over a long run; "
                + $"starts a millionth of the range apart fire {r.Neighbours?.Least} to {r.Neighbours?.Most} times in double precision"
                + $"{LastBit(r.Conformance)}"));
        }
    }

    private static string LastBit(ConformanceFigures figures)
        => figures.SlipsOfLastBit == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
            $", and a change of its last bit makes {figures.SlipsOfLastBitPerSpike:0.0e+0} slips per spike: no format or table "
            + $"avoids them");

    // Each finding once, with the figures of the first preset that has it.
    private static bool WriteFindings(VerbContext context, string kind, IEnumerable<Diagnostic> findings)
    {
        Diagnostic[][] all = [.. findings.GroupBy(f => (f.Line, f.Column, Figure().Replace(f.Message.Split(OfPreset)[0], "#")),
            (_, same) => same.ToArray())];
        foreach (Diagnostic[] same in all)
        {
            Diagnostic finding = same[0];
            string others = string.Join(", ", same.Skip(1).Select(f => f.Message.Split(OfPreset)[^1].TrimEnd(')')).Distinct());
            string[] hint = finding.Hint.Split('\n');
            string path = finding.Path.Length == 0 ? string.Empty : finding.Path + ": ";
            context.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{kind}: {finding.File}:{finding.Line}:{finding.Column}: {path}{finding.Message}{(others.Length == 0 ? string.Empty : "; much the same of " + others)}"));
            context.WriteLine("   next: " + hint[0]);
            foreach (string line in hint.Skip(1))
            {
                context.WriteLine("         " + line);
            }
        }

        return all.Length > 0;
    }

    [GeneratedRegex("[0-9][0-9.]*(?:E[-+][0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();

    private static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Small(double value) => value == 0 ? "0" : value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
