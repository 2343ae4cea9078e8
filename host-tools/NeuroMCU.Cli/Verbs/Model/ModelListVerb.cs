// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Equations;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model list</c>: the models and learning rules that come with the program as texts.</summary>
internal static class ModelListVerb
{
    public static Command Create(VerbRunner runner)
        => runner.Bind(new Command("list", "List the models and learning rules that come with the program as texts"), usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        var models = ModelLibrary.Names.Select(n => (Name: n, About: ModelCheck.AboutOf(n), Presets: ModelCheck.PresetsOf(n))).ToArray();
        var rules = ModelLibrary.RuleNames.Select(n => (Name: n, About: RuleCheck.AboutOf(n))).ToArray();
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.models/1",
                Models = models.Select(m => new { m.Name, m.About.Title, m.About.Source, m.Presets }),
                Rules = rules.Select(r => new { r.Name, r.About.Title, r.About.Source, r.About.Presets }),
            });
            return Task.FromResult(ExitCode.Ok);
        }

        Grid table = Tables.Plain("model", "what it is", "#presets");
        table.Columns[1].NoWrap = false;
        foreach (var model in models)
        {
            Tables.Add(table, model.Name, model.About.Title, Figures.Short(model.Presets.Count));
        }

        context.Out.Write(table);
        context.WriteLine();
        Grid ruleTable = Tables.Plain("learning rule", "what it does", "#presets");
        ruleTable.Columns[1].NoWrap = false;
        foreach (var rule in rules)
        {
            Tables.Add(ruleTable, rule.Name, rule.About.Title, Figures.Short(rule.About.Presets.Count));
        }

        context.Out.Write(ruleTable);
        context.WriteLine();
        context.WriteLine(
            "Use one as `model: NAME` of a population or `learning: NAME` of a projection in a network file; `neuromcu model show NAME` "
            + "prints its text, `neuromcu model new FILE` begins one of your own, with `--learning` a rule.");
        return Task.FromResult(ExitCode.Ok);
    }
}
