// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model new</c>: writes a small complete model or learning rule to start from.</summary>
internal static class ModelNewVerb
{
    private static readonly Argument<string> s_file = new("file") { Description = "File to write, such as mine.yaml", HelpName = "FILE" };

    private static readonly Option<bool> s_learning = new("--learning") { Description = "Write a learning rule instead" };

    public static Command Create(VerbRunner runner)
        => runner.Bind(new Command("new", "Write a small model to start from") { s_file, s_learning }, usesDevice: false, RunAsync);

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

        string name = Path.GetFileNameWithoutExtension(path);
        string text = line.GetValue(s_learning) ? ModelTemplate.RuleText(name) : ModelTemplate.Text(name);
        OutputFile.Write(context.ForWriting(path), stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            writer.Write(text);
        });
        context.Say($"wrote {path}; next: neuromcu model check {path}");
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.model/1", Name = name, Text = text });
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
