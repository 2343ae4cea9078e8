// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Import;
using NeuroMCU.Exchange;
using NeuroMCU.Exchange.Lists;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Sonata;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Verbs.Export;

/// <summary><c>export</c>: writes a network as other programs read it.</summary>
internal static class ExportVerb
{
    private static readonly Argument<string> s_file = NetworkSource.Argument();

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "File to write: .nir, .json (SONATA), .npz (arrays for Brian2) or .txt (lists for PyNN; default: the name of FILE"
            + " with .nir)",
        HelpName = "FILE.nir",
    }
        .EndingIn("a NIR file, a SONATA configuration, arrays or lists", ".nir", ".h5", ".json", ".npz", ".txt");

    public static Command Create(VerbRunner runner) =>
        runner.Bind(new Command("export", "Write a network for other programs: NIR, SONATA, Brian2, PyNN") { s_file, s_out }, usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        Network network = context.LoadNetwork(path);
        foreach (string read in network.FilesRead)
        {
            context.Note(read);
        }

        string target = line.GetValue(s_out) ?? (path == "-" ? network.Name : Path.GetFileNameWithoutExtension(path)) + ".nir";
        (string format, IReadOnlyList<KeyValuePair<string, byte[]>> files, IReadOnlyList<ExchangeFinding> findings) = Of(network, target);
        context.ForWritingAll([.. files.Select(f => f.Key)]);
        foreach ((string file, byte[] content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".");
            OutputFile.Write(file, stream => stream.Write(content));
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.export/1",
                File = target,
                Files = files.Select(f => f.Key),
                Format = format,
                Version = format == "NIR" ? NirExport.Version : null,
                Findings = findings.Select(ImportVerb.Finding)
            });
        }
        else
        {
            FindingLines.Write(context, findings);
            context.WriteLine();
            foreach ((string file, byte[] _) in files)
            {
                context.WriteLine("wrote " + file);
            }
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static (string Format, IReadOnlyList<KeyValuePair<string, byte[]>> Files, IReadOnlyList<ExchangeFinding> Findings) Of(
        Network network, string target)
    {
        string folder = Path.GetDirectoryName(target) ?? string.Empty;
        string bare = Path.GetFileNameWithoutExtension(target);
        using MemoryStream whole = new();
        switch (Path.GetExtension(target).ToLowerInvariant())
        {
            case ".json":
                (IReadOnlyList<KeyValuePair<string, byte[]>> parts, IReadOnlyList<ExchangeFinding> said) = SonataExport.Of(network, bare);
                return ("SONATA", [.. parts.Select(p => new KeyValuePair<string, byte[]>(Path.Combine(folder, p.Key), p.Value))], said);
            case ".npz":
                ConnectionLists.WriteArrays(network, whole);
                return ("Brian2", [new(target, whole.ToArray())], Lists(network));
            case ".txt":
                return ("PyNN", [.. ConnectionLists.Pynn(network).Select(l => new KeyValuePair<string, byte[]>(
                    Path.Combine(folder, $"{bare}-{l.Name}.txt"), System.Text.Encoding.UTF8.GetBytes(l.Text)))], Lists(network));
            default:
                IReadOnlyList<ExchangeFinding> findings = NirExport.Write(network, whole);
                return ("NIR", [new(target, whole.ToArray())], findings);
        }
    }

    private static List<ExchangeFinding> Lists(Network network) => network.Projections.Count == 0
        ? throw new CliException(ExitCode.NetworkFile, $"{network.File} has no projections", "lists hold nothing else",
            "--out FILE.nir writes the neurons")
        : [.. network.Projections.Select(p => new ExchangeFinding(p.Name, "synapses",
            p.Learning is null ? Fidelity.Exact : Fidelity.Approximated, $"{p.Connections.Count} synapses, weights in {p.Target.WeightUnit}"
            + (p.Learning is null ? string.Empty : "; learning is left out")))];
}
