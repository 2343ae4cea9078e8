// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Exchange;
using NeuroMCU.Exchange.Lists;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Sonata;

namespace NeuroMCU.Cli.Verbs.Import;

/// <summary><c>import</c>: turns a network of another program into a network file, and says what became of each part.</summary>
internal static class ImportVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "Network of another program: NIR (.nir), SONATA (.json), or arrays of synapses (.npz)" };

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Network file to write; its weights go into a folder beside it (default: the name of FILE, in the current folder)",
        HelpName = "NETWORK.yaml",
    }
        .EndingIn("a network file", ".yaml", ".yml");

    private static readonly Option<string?> s_step = new("--step")
    {
        Description = "Step, such as \"0.1 ms\" (default: the one that the file was made for)",
        HelpName = "TIME",
    };

    private static readonly Option<string?> s_decay = new Option<string?>("--decay")
    {
        Description =
            "How membranes decay: euler (by dt/tau, as snnTorch and Norse) or exact (default: as the program that wrote the file)",
        HelpName = "euler|exact",
    }
        .AcceptOnlyFromAmong("euler", "exact");

    private static readonly Option<string?> s_reset = new Option<string?>("--reset")
    {
        Description = "What a spike does: sets the membrane to v_reset (value), or takes the threshold off it (subtract)",
        HelpName = "value|subtract",
    }
        .AcceptOnlyFromAmong("value", "subtract");

    private static readonly Option<string?> s_spikes = new("--spikes")
    {
        Description = "Table of spikes to play to the first Input, with the columns index and time_s",
        HelpName = "FILE.csv",
    };

    private static readonly Option<string?> s_for = new("--for", "-t")
    {
        Description = "Duration of a run (default: 1 s)",
        HelpName = "TIME"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new("import", "Turn a network of another program into a network file")
            { s_file, s_out, s_step, s_decay, s_reset, s_spikes, s_for };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = context.Read(line.GetRequiredValue(s_file), 1L << 30);
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is ".json" or ".npz")
        {
            RefuseNirOptions(line, ending);
            return Task.FromResult(ending == ".json" ? Sonata(context, line, path) : Arrays(context, line, path));
        }

        string target = line.GetValue(s_out) ?? Path.GetFileNameWithoutExtension(path) + ".yaml";
        string folder = Path.GetDirectoryName(target) is { Length: > 0 } given ? given : ".";
        string name = Path.GetFileNameWithoutExtension(target);
        string? spikes = line.GetValue(s_spikes) is { } table ? context.Read(table) : null;
        NirImport import = NirImport.Read(path, name, new NirOptions
        {
            Step = line.GetValue(s_step) is { } step ? StepOf(step) : null,
            Decay = line.GetValue(s_decay) switch { "euler" => NirDecay.Euler, "exact" => NirDecay.Exact, _ => null },
            SubtractReset = line.GetValue(s_reset) == "subtract",
            Spikes = spikes is null ? null : Path.GetRelativePath(folder, spikes).Replace('\\', '/'),
            Duration = line.GetValue(s_for) is { } duration ? (int)Quantities.Duration(duration, "--for") : 1_000_000,
        });
        string[] files = Write(context, [.. import.Tables.Select(t => (Path.Combine(folder, t.Key), t.Value)), (target, import.Text)]);
        if (context.Json)
        {
            context.WriteJson(Document(import, path, files));
        }
        else
        {
            Print(context, import, path, target);
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static void RefuseNirOptions(ParseResult line, string ending)
    {
        foreach (Option option in new Option[] { s_step, s_decay, s_reset, s_spikes, s_for })
        {
            if (line.GetResult(option) is { Implicit: false })
            {
                throw new CliException(ExitCode.Usage, $"{option.Name} belongs to NIR files", $"a file with the ending {ending} says it itself",
                    "leave it out");
            }
        }
    }

    private static ExitCode Sonata(VerbContext context, ParseResult line, string path)
    {
        string target = line.GetValue(s_out) ?? Path.GetFileNameWithoutExtension(path) + ".yaml";
        string folder = Path.GetDirectoryName(target) ?? string.Empty;
        SonataImport import = SonataImport.Read(path, Path.GetFileNameWithoutExtension(target));
        string[] files = Write(context, [.. import.Tables.Select(t => (Path.Combine(folder, t.Key), t.Value)), (target, import.Text)]);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.import/1",
                File = path,
                Format = "SONATA",
                import.Neurons,
                import.Synapses,
                Findings = import.Findings.Select(Finding),
                Files = files,
            });
            return ExitCode.Ok;
        }

        context.WriteLine($"{path}: SONATA, {Figures.Count(import.Neurons, "neuron")}, {Figures.Count(import.Synapses, "synapse")}");
        context.WriteLine();
        FindingLines.Write(context, import.Findings);
        context.WriteLine();
        context.WriteLine($"wrote {target}; next: neuromcu run {target} --fast");
        return ExitCode.Ok;
    }

    private static ExitCode Arrays(VerbContext context, ParseResult line, string path)
    {
        if (line.GetValue(s_out) is not null)
        {
            throw new CliException(ExitCode.Usage, "--out names a network file", "arrays of synapses become a table for each pair of them",
                "leave --out out: the tables get the names of the arrays");
        }

        IReadOnlyList<(string Name, int Count, string Table)> tables = ConnectionLists.ReadArrays(path);
        string[] files = Write(context, [.. tables.Select(t => ($"{Path.GetFileNameWithoutExtension(path)}-{t.Name}.csv", t.Table))]);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.import/1",
                File = path,
                Format = "NumPy",
                Synapses = tables.Sum(t => t.Count),
                Files = files
            });
            return ExitCode.Ok;
        }

        for (int i = 0; i < files.Length; i++)
        {
            context.WriteLine($"wrote {files[i]}: {Figures.Count(tables[i].Count, "synapse")}; in a network file: "
                + $"connect: {{csv: {files[i]}}}");
        }

        return ExitCode.Ok;
    }

    private static string[] Write(VerbContext context, (string Path, string Text)[] files)
    {
        WrittenFiles written = new();
        context.ForWritingAll([.. files.Select(f => f.Path)]);
        foreach ((string file, string text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".");
            if (!written.Try(file, p => OutputFile.WriteText(p, text)))
            {
                throw written.Problem!;
            }
        }

        return [.. written.Paths];
    }

    private static int StepOf(string text)
    {
        long step = Quantities.Time(text, "--step");
        return step is >= 10 and <= 100_000 ? (int)step
            : throw new CliException(ExitCode.Usage, $"--step is {text}", "a step is 10 us to 100 ms", "--step \"0.1 ms\"");
    }

    private static object Document(NirImport import, string path, IReadOnlyList<string> files) => new
    {
        Schema = "neuromcu.import/1",
        File = path,
        Format = "NIR",
        import.Version,
        StepUs = import.Step,
        Decay = import.Decay == NirDecay.Euler ? "euler" : "exact",
        import.Why,
        import.Neurons,
        import.Synapses,
        Findings = import.Findings.Select(Finding),
        import.Notes,
        Files = files,
    };

    private static void Print(VerbContext context, NirImport import, string path, string target)
    {
        context.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: NIR {import.Version}, {Figures.Count(import.Neurons, "neuron")}, {Figures.Count(import.Synapses, "synapse")}"));
        context.WriteLine($"step {Figures.Time(import.Step)}, {(import.Decay == NirDecay.Euler ? "Euler" : "exact")} decay: {import.Why}");
        context.WriteLine();
        FindingLines.Write(context, import.Findings);
        foreach (string note in import.Notes)
        {
            context.WriteLine("note: " + note);
        }

        context.WriteLine();
        context.WriteLine($"wrote {target}; next: neuromcu run {target} --fast");
    }

    /// <summary>A finding as JSON shows it.</summary>
    public static object Finding(ExchangeFinding finding) => new
    {
        finding.Node,
        finding.Type,
        Fidelity = finding.Fidelity.ToString().ToLowerInvariant(),
        finding.Text,
        finding.LargestWeightError,
        finding.MeanWeightError,
    };
}
