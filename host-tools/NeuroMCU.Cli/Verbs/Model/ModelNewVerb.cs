// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model new</c>: writes a small complete model to start from.</summary>
internal static class ModelNewVerb
{
    private static readonly Argument<string> s_file = new("file") { Description = "File to write, such as mine.yaml", HelpName = "FILE" };

    public static Command Create(VerbRunner runner)
        => runner.Bind(new Command("new", "Write a small model to start from") { s_file }, usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        if (!ModelLibrary.IsPath(path))
        {
            throw new CliException(ExitCode.Usage, $"'{path}' does not end in .yaml", null, $"neuromcu model new {path}.yaml");
        }

        if (File.Exists(path))
        {
            throw new CliException(ExitCode.Usage, $"'{path}' is there already", null, "choose another name, or remove the file first");
        }

        string text = ModelTemplate.Text(Path.GetFileNameWithoutExtension(path));
        OutputFile.Write(context.ForWriting(path), stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            writer.Write(text);
        });
        context.Say($"wrote {path}; next: neuromcu model check {path}");
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.model/1", Name = Path.GetFileNameWithoutExtension(path), Text = text });
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
