// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Internet.Experiment;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary><c>demo</c>: runs a ready-made experiment, or lists them.</summary>
internal static class DemoVerb
{
    private static readonly Argument<string?> s_name = new("name")
    {
        HelpName = "name",
        Description = "Which demo (none: list them)",
        Arity = ArgumentArity.ZeroOrOne
    };

    private static readonly Option<string> s_folder = new("--out", "-o")
    {
        Description = "Folder for the report and other files",
        HelpName = "DIR",
        DefaultValueFactory = _ => "neuromcu-out",
    };

    private static readonly Option<string?> s_neuron = new("--neuron")
    {
        Description = $"Neuron in the middle of the chain: {string.Join(" or ", MiddleNeuron.All.Select(n => n.Name))} (demos of the internet)",
        HelpName = "MODEL",
    };

    private static readonly Option<string?> s_figure = PictureFiles.Option();

    public static Command Create(VerbRunner runner)
    {
        s_neuron.CompletionSources.Add([.. DemoList.All.SelectMany(d => d.Neurons).Distinct(StringComparer.Ordinal)]);
        s_name.CompletionSources.Add([.. DemoList.All.Select(d => d.Name)]);
        Command command = new Command("demo", "Run a ready-made experiment, such as sound-localization") { s_name, s_folder, s_neuron, s_figure };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string? name = line.GetValue(s_name);
        if (name is null)
        {
            return List(context);
        }

        IDemo? demo = DemoList.All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));
        if (demo is null)
        {
            throw new CliException(ExitCode.Usage, $"there is no demo '{name}'",
                Suggestion.Hint(name, DemoList.All.Select(d => d.Name), '\''), "neuromcu demo");
        }

        string? neuron = line.GetValue(s_neuron);
        if (neuron is not null && !demo.Neurons.Contains(neuron, StringComparer.Ordinal))
        {
            throw new CliException(ExitCode.Usage, $"the demo {demo.Name} has no neuron '{neuron}'",
                demo.Neurons.Count == 0 ? "it has none to choose" : "it has " + string.Join(" and ", demo.Neurons),
                $"neuromcu demo {demo.Name}");
        }

        string folder = Path.GetFullPath(line.GetRequiredValue(s_folder));
        Directory.CreateDirectory(folder);
        return await demo.RunAsync(context, new DemoRequest(folder, line.GetValue(s_figure), neuron), cancellation);
    }

    private static ExitCode List(VerbContext context)
    {
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.demos/1", Demos = DemoList.All.Select(d => new { d.Name, d.Summary }) });
            return ExitCode.Ok;
        }

        foreach (IDemo demo in DemoList.All)
        {
            context.WriteLine($"neuromcu demo {demo.Name,-20}  {demo.Summary}");
        }

        return ExitCode.Ok;
    }
}
