// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Import;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Verbs.Export;

/// <summary><c>export</c>: writes a network as other programs read it.</summary>
internal static class ExportVerb
{
    private static readonly Argument<string> s_file = NetworkSource.Argument();

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "File to write (default: the name of FILE with .nir)",
        HelpName = "FILE.nir",
    }
        .EndingIn("a NIR file", ".nir", ".h5");

    public static Command Create(VerbRunner runner) =>
        runner.Bind(new Command("export", "Write a network for other programs (NIR)") { s_file, s_out }, usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        Network network = context.LoadNetwork(path);
        foreach (string read in network.FilesRead)
        {
            context.Note(read);
        }

        string target = context.ForWriting(line.GetValue(s_out)
            ?? (path == "-" ? network.Name : Path.GetFileNameWithoutExtension(path)) + ".nir");
        IReadOnlyList<NirFinding> findings = [];
        OutputFile.Write(target, stream => findings = NirExport.Write(network, stream));
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.export/1",
                File = target,
                Format = "NIR",
                NirExport.Version,
                Findings = findings.Select(ImportVerb.Finding)
            });
        }
        else
        {
            FindingLines.Write(context, findings);
            context.WriteLine();
            context.WriteLine("wrote " + target);
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
