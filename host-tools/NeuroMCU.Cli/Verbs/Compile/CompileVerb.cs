// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Networks;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Compile;

/// <summary><c>compile</c>: turns a network file into an image and says what that costs.</summary>
internal static class CompileVerb
{
    private static readonly Argument<string> s_file = NetworkSource.Argument();

    private static readonly Option<bool> s_twin = NetworkSource.Twin();

    private static readonly Option<string?> s_calibration = DriveTableSource.Calibration();

    private static readonly Option<string?> s_sites = SiteList.Option();

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "Write the image to this file",
        HelpName = "IMAGE"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("compile", "Check a network file, say what it costs, write its image") { s_file, s_output, s_sites, s_twin,
            s_calibration };
        return runner.Bind(command, usesDevice: false, RunAsync, makesDevice: true);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        string? output = line.GetValue(s_output) is { } asked ? context.ForWriting(asked) : null;
        Network network = context.LoadNetwork(path);
        if (SiteList.Of(context, network, line.GetValue(s_sites)) is { } sites)
        {
            return Task.FromResult(ForBoards(context, network, sites, line.GetValue(s_twin), output));
        }

        DrivenNetwork driven = new(NetworkSource.Compile(context, network, line.GetValue(s_twin)), null);
        NetworkSource.NominalBoard(context, driven.Compiled, "compile reckons with nominal parts");
        if (line.GetValue(s_calibration) is { } named)
        {
            driven = DriveTableSource.Named(context, driven.Compiled, named);
        }

        CompiledNetwork compiled = driven.Compiled;
        SpikeSchedule.Check(context, compiled.Network, compiled.Network.Duration, chosen: true);
        IReadOnlyList<Diagnostic> slips = NetworkSource.Follow(context, compiled);
        if (output is not null)
        {
            OutputFile.Write(output, stream => stream.Write(compiled.Image));
            context.Say($"wrote {output}");
        }

        if (context.Json)
        {
            context.WriteJson(Document(driven, slips, output));
        }
        else
        {
            Print(context, driven);
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static ExitCode ForBoards(VerbContext context, Network network, IReadOnlyList<NetworkSite> sites, bool twin, string? output)
    {
        SiteImages images = SiteNetwork.Compile(context, network, sites, twin);
        if (output is not null)
        {
            throw new CliException(ExitCode.Usage, "--output names one file, and each board gets an image of its own", null,
                "leave it out: 'neuromcu run' gives the boards their images");
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.compile-sites/1",
                Network = network.Name,
                network.File,
                StepUs = images.Step,
                Sites = SiteText.Document(images),
                Warnings = images.Boards.OfType<CompiledNetwork>().SelectMany(b => b.Report.Warnings).Select(w => w.ToString()),
            });
        }
        else
        {
            context.WriteLine($"{network.Name}: {Figures.Count(network.NeuronCount, "neuron")}, {Figures.Count(network.SynapseCount, "synapse")}, on "
                + Figures.Count(sites.Count, "board"));
            SiteText.Plan(context, images);
        }

        return ExitCode.Ok;
    }

    private static object Document(DrivenNetwork driven, IReadOnlyList<Diagnostic> slips, string? output)
    {
        CompiledNetwork compiled = driven.Compiled;
        CompileReport report = compiled.Report;
        return new
        {
            Schema = "neuromcu.compile/1",
            Network = compiled.Network.Name,
            compiled.Network.File,
            report.Board,
            report.Neurons,
            report.Synapses,
            Populations = compiled.Network.Populations.Count,
            report.ImageBytes,
            Crc = Figures.Crc(compiled.Image),
            report.HeapBytes,
            report.HeapLimit,
            report.DeviceLoad,
            report.CostProfile,
            StepUs = report.Step,
            report.StepChosen,
            report.QueueCapacity,
            report.SpikeCapacity,
            Memory = report.Memory.Select(m => new { m.Name, m.Bytes }),
            Updates = report.Updates.Select(u => new
            {
                u.Population,
                u.Chosen,
                u.Cheaper,
                Factor = double.IsFinite(u.Factor) ? u.Factor : (double?)null,
                EventCost = double.IsFinite(u.EventCost) ? u.EventCost : (double?)null,
                u.ClockedCost,
                u.InputRate,
                u.Rate,
                u.RateDifference,
            }),
            Units = report.Units.Select(u => new { u.Population, u.State, u.Resolution, u.Reach, u.Unit }),
            Quantisation = report.Quantisation.Select(q => new { q.Element, q.Parameter, q.Wanted, q.Got, q.Unit, q.Absolute, q.Relative }),
            DriveTables = driven.Document,
            Warnings = report.Warnings.Concat(slips).Select(w => w.ToString()),
            Image = output,
        };
    }

    private static void Print(VerbContext context, DrivenNetwork driven)
    {
        CompiledNetwork compiled = driven.Compiled;
        CompileReport report = compiled.Report;
        context.WriteLine(
            $"{compiled.Network.Name}: {Figures.Count(report.Neurons, "neuron")}, {Figures.Count(report.Synapses, "synapse")}, for "
            + $"{compiled.Network.Board ?? "any board"}");
        context.WriteLine(
            $"image {Figures.Bytes(report.ImageBytes)}, crc {Figures.Crc(compiled.Image)}, heap on the device "
            + $"{Figures.Bytes(report.HeapBytes)} {(report.HeapLimit == int.MaxValue ? "(no limit)" : "of " + Figures.Bytes(report.HeapLimit))}, "
            + $"queue {report.QueueCapacity} places, spike ring {report.SpikeCapacity} places");
        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"device time per second of network time: {report.DeviceLoad:0.00} s (cost profile {report.CostProfile})"));
        context.WriteLine("step: " + NetworkSource.StepText(report));
        if (driven.Drives)
        {
            context.WriteLine($"drive tables of {Figures.Count(compiled.Tables.Channels.Length, "channel")}: {driven.Text}"
                + (driven.Calibration is null ? "; --calibration ID takes those of a board" : string.Empty));
        }

        context.WriteLine();
        if (report.Updates.Count > 0)
        {
            context.WriteLine("Cost on the device, in interpreted instructions per second of network time:");
            context.Out.Write(Updates(report.Updates));
            foreach (UpdateAdvice advice in report.Updates)
            {
                context.WriteLine("  " + advice);
            }

            context.WriteLine();
        }

        if (report.Units.Count > 0)
        {
            context.WriteLine("States on the device:");
            context.Out.Write(States(report.Units));
            context.WriteLine();
        }

        QuantisationError[] rounded = report.Quantisation.Where(q => q.Absolute != 0).OrderByDescending(q => Math.Abs(q.Relative))
            .ToArray();
        if (rounded.Length == 0)
        {
            context.WriteLine("Rounding: every value is met exactly.");
            return;
        }

        context.WriteLine("Rounding, worst value of each parameter:");
        context.Out.Write(Rounding(rounded));
    }

    private static Grid Updates(IReadOnlyList<UpdateAdvice> updates)
    {
        Grid table = Tables.Plain("population", "update", "#event-driven", "#clocked", "#spikes in (1/s)", "#rate (Hz)");
        foreach (UpdateAdvice u in updates)
        {
            Tables.Add(
                table,
                u.Population,
                u.Chosen,
                double.IsFinite(u.EventCost) ? Figures.Short(u.EventCost) : "not possible",
                Figures.Short(u.ClockedCost),
                Figures.Short(u.InputRate),
                Figures.Short(u.Rate));
        }

        return table;
    }

    private static Grid States(IReadOnlyList<StateUnit> states)
    {
        Grid table = Tables.Plain("population", "state", "#smallest step", "#reach", "unit");
        foreach (StateUnit s in states)
        {
            Tables.Add(table, s.Population, s.State, Figures.Short(s.Resolution), Figures.Short(s.Reach), s.Unit);
        }

        return table;
    }

    private static Grid Rounding(QuantisationError[] rounded)
    {
        Grid table = Tables.Plain("of", "parameter", "#wanted", "#got", "unit", "#relative error");
        foreach (QuantisationError q in rounded)
        {
            Tables.Add(
                table,
                q.Element,
                q.Parameter,
                q.Wanted.ToString("G9", CultureInfo.InvariantCulture),
                q.Got.ToString("G9", CultureInfo.InvariantCulture),
                q.Unit,
                double.IsFinite(q.Relative) ? q.Relative.ToString("0.0e+0", CultureInfo.InvariantCulture) : "–");
        }

        return table;
    }
}
