// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Models;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model check</c> of a learning rule: what it becomes on the device, and whether weights come out as in double
/// precision.</summary>
internal static class RuleReport
{
    // Weights have 16 bits, and so has the limit that they are a part of.
    private const double MostDifference = 2e-4;

    /// <summary>Checks a rule and writes what was found.</summary>
    /// <param name="rule">Name or path.</param>
    /// <param name="only">The one preset to check; null for all.</param>
    /// <param name="seconds">Network time of each.</param>
    /// <returns>The exit code: not zero where weights differ by more than rounding.</returns>
    public static ExitCode Write(VerbContext context, string rule, string? only, double seconds, CancellationToken cancellation)
    {
        if (!(seconds is > 0 and <= 1000))
        {
            throw new CliException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"--duration {seconds} is out of range"), null,
                "give seconds up to 1000");
        }

        (string title, string _, IReadOnlyList<string> presets) = RuleCheck.AboutOf(rule);
        if (only != null && !presets.Contains(only, StringComparer.Ordinal))
        {
            throw new CliException(ExitCode.Usage, $"the rule has no preset '{only}'", null,
                presets.Count == 0 ? "leave --preset out: it has none" : "its presets: " + string.Join(", ", presets));
        }

        List<RuleCheckResult> results = [];
        foreach (string preset in only == null ? [string.Empty, .. presets] : new[] { only })
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(RuleCheck.Run(rule, preset, (long)(seconds * 1e6)));
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.rule-check/1",
                Rule = rule,
                DurationUs = (long)(seconds * 1e6),
                RuleCheck.Synapses,
                results[0].BytesPerSynapse,
                Variables = results[0].Variables.Select(v => new { v.Name, v.Of, v.Course }),
                results[0].Blocks,
                Presets = results.Select(r => new { r.Preset, r.Before, r.After, r.AfterInDouble, r.LargestDifference, r.SpikesDiffer }),
            });
        }
        else
        {
            Print(context, title, rule, seconds, results);
        }

        RuleCheckResult[] far = [.. results.Where(r => r.SpikesDiffer == 0 && r.LargestDifference > MostDifference)];
        foreach (RuleCheckResult r in context.Json ? [] : far)
        {
            context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: {rule}: weights of {Named(r)} are up to "
                + $"{r.LargestDifference:0.0e+0} of the limit from double precision"));
            context.WriteLine("   next: narrow the `range` of variables to what they need: 30 bits go over it");
        }

        return far.Length > 0 ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static void Print(VerbContext context, string title, string rule, double seconds, List<RuleCheckResult> results)
    {
        RuleCheckResult first = results[0];
        context.WriteLine(rule + (title.Length == 0 ? string.Empty : ": " + title));
        context.WriteLine();
        Grid variables = Tables.Plain("variable", "one for each", "between events it");
        foreach ((string name, string of, string course) in first.Variables)
        {
            Tables.Add(variables, name, of, course);
        }

        context.Out.Write(variables);
        context.WriteLine();
        foreach (RuleBlock block in first.Blocks)
        {
            context.WriteLine(block.Lines > 0
                ? FormattableString.Invariant($"{block.Event}: {block.Lines} lines in loops of their own")
                : FormattableString.Invariant(
                    $"{block.Event}: a program of {block.Words} words over 16 synapses at a time, tables {block.TableBytes} bytes"));
        }

        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a synapse takes {first.BytesPerSynapse} bytes of heap beside its own 6"));
        context.WriteLine();
        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seconds:0.###} s of random trains of 30 Hz in {RuleCheck.Synapses} synapses: mean weight at the start, on the device and in "
            + $"double precision at the end, and the largest distance of one, as parts of the limit; spikes that only one of them has:"));
        Grid runs = Tables.Plain("preset", "#start", "#device", "#double", "#distance", "#spikes");
        foreach (RuleCheckResult r in results)
        {
            Tables.Add(runs, Named(r), Part(r.Before), Part(r.After), Part(r.AfterInDouble),
                r.LargestDifference.ToString("0.0e+0", CultureInfo.InvariantCulture), r.SpikesDiffer.ToString(CultureInfo.InvariantCulture));
        }

        context.Out.Write(runs);
    }

    private static string Named(RuleCheckResult result) => result.Preset.Length == 0 ? "defaults" : result.Preset;

    private static string Part(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
