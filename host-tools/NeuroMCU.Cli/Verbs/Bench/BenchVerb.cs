// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Bench;

/// <summary><c>bench</c>: how fast the engine is on this machine, and what things cost on a device.</summary>
internal static class BenchVerb
{
    private const int Repeats = 3;

    private static readonly Argument<string?> s_file = new("FILE")
    {
        Description = "Network file to time (none: the benchmark program)",
        Arity = ArgumentArity.ZeroOrOne
    };

    private static readonly Option<string> s_profile = new("--profile")
    {
        Description = "Cost profile to print",
        HelpName = "PROFILE",
        DefaultValueFactory = _ => VirtualDeviceOptions.DefaultProfile,
    };

    private static readonly Option<bool> s_twin = NetworkSource.Twin();

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("bench", "Time the engine on this machine; print what things cost on a device") { s_file, s_profile,
            s_twin };
        return runner.Bind(command, usesDevice: false, RunAsync, makesDevice: true);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        return Task.FromResult(line.GetValue(s_file) is { } file ? Network(context, file, line.GetValue(s_twin), cancellation)
            : Program(context, line.GetRequiredValue(s_profile)));
    }

    private static ExitCode Program(VerbContext context, string profile)
    {
        CostProfile costs = Find(profile);
        context.Say("running the benchmark program on this machine");
        IReadOnlyList<KeyValuePair<string, string>> ratios = Ratios();
        KeyValuePair<string, long>[] work = Enum.GetValues<WorkKind>()
            .Select(k => new KeyValuePair<string, long>(Words(k.ToString()), costs.Of(k))).ToArray();
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.bench/1",
                Ratios = ratios.ToDictionary(r => r.Key, r => double.Parse(r.Value, CultureInfo.InvariantCulture)),
                CostProfile = costs.Name,
                CostsNs = work.ToDictionary(w => w.Key.Replace(' ', '_'), w => w.Value),
            });
            return ExitCode.Ok;
        }

        context.WriteLine("On this machine (.NET, compiled; ratios on a device differ, see docs/reference/benchmarks.md):");
        Grid measured = Tables.Plain("figure", "#value");
        foreach (KeyValuePair<string, string> ratio in ratios)
        {
            Tables.Add(measured, ratio.Key.Replace('_', ' '), ratio.Value);
        }

        context.Out.Write(measured);
        context.WriteLine();
        context.WriteLine($"On a device, by the cost profile {costs.Name} ({costs.About}):");
        Grid charged = Tables.Plain("work", "#time (us)");
        foreach (KeyValuePair<string, long> item in work)
        {
            Tables.Add(charged, item.Key, (item.Value / 1e3).ToString("0.###", CultureInfo.InvariantCulture));
        }

        context.Out.Write(charged);
        return ExitCode.Ok;
    }

    private static CostProfile Find(string profile)
    {
        try
        {
            return CostProfile.Find(profile);
        }
        catch (ArgumentException unknown)
        {
            throw new CliException(ExitCode.Usage, unknown.Message, null, "neuromcu bench --profile " + VirtualDeviceOptions.DefaultProfile,
                unknown);
        }
    }

    private static ExitCode Network(VerbContext context, string file, bool twin, CancellationToken cancellation)
    {
        CompiledNetwork compiled = NetworkSource.Compile(context, file, twin);
        NetworkSource.NominalBoard(context, compiled, "bench computes every neuron");
        NetworkSource.RefuseChannels(compiled, "a board takes the time that its parts take");
        long duration = compiled.Network.Duration;
        double best = double.MaxValue;
        RunRecording? run = null;
        int done = 0;
        using (ProgressLine progress = new ProgressLine(context, "timing"))
        {
            try
            {
                for (; done < Repeats; done++)
                {
                    progress.Report((double)done / Repeats, $"{done} of {Repeats} runs");
                    Stopwatch watch = Stopwatch.StartNew();
                    run = EngineRun.Run(compiled, duration, cancellation);
                    best = Math.Min(best, watch.Elapsed.TotalSeconds);
                }
            }
            catch (OperationCanceledException) when (done > 0)
            {
                // The best of fewer runs is a time all the same.
            }
        }

        string? missing = done < Repeats ? $"the best of {done} runs instead of {Repeats}" : null;

        long events = run!.Counters.FirstOrDefault(c => c.Key == "synaptic_events").Value;
        double networkSeconds = duration / 1e6;
        CompileReport report = compiled.Report;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.bench-network/1",
                Network = compiled.Network.Name,
                Complete = missing is null,
                Incomplete = missing,
                DurationS = networkSeconds,
                SecondsHere = best,
                TimesRealTimeHere = networkSeconds / best,
                SynapticEvents = events,
                SynapticEventsPerSecondHere = events / best,
                Spikes = run.Produced,
                LostSpikes = run.Lost,
                Losses = run.Losses.ByName,
                report.DeviceLoad,
                report.CostProfile,
            });
            return CodeOf(run, missing);
        }

        context.WriteLine(
            $"{compiled.Network.Name}: {Figures.Time(duration)} of network time, {Figures.Count(run.Produced, "spike")}, "
            + $"{Figures.Count(events, "synaptic event")}");
        context.WriteLine(
            $"on this machine: {Figures.Time(best * 1e6)}, {Figures.Short(networkSeconds / best)} times real time, "
            + $"{Figures.Short(events / best)} synaptic events a second");
        context.WriteLine($"on a device (cost profile {report.CostProfile}): {Figures.Time(report.DeviceLoad * duration)} of its time, "
            + (report.DeviceLoad <= 1 ? "fits into real time" : "too much for real time"));
        LossText.Say(context, run.Losses);
        if (missing is not null)
        {
            context.WriteLine("incomplete: " + missing);
        }

        return CodeOf(run, missing);
    }

    private static ExitCode CodeOf(RunRecording run, string? missing) =>
        missing is not null ? ExitCode.Cancelled : run.Losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;

    // The program is the device's own and writes to the console, one name,value per line.
    private static List<KeyValuePair<string, string>> Ratios()
    {
        TextWriter console = Console.Out;
        StringWriter lines = new StringWriter();
        Console.SetOut(lines);
        try
        {
            DeviceBenchmarks.Program.Main();
        }
        finally
        {
            Console.SetOut(console);
        }

        return lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.Split(','))
            .Where(p => p.Length == 2 && double.TryParse(p[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            .Select(p => new KeyValuePair<string, string>(p[0], p[1]))
            .ToList();
    }

    private static string Words(string name)
        => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c)
            .ToString()));
}
