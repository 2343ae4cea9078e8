// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>The tutorial "Write your own neuron model", done as it is written: its texts go where it says, its commands are run.</summary>
public sealed partial class OwnModelTutorialTests
{
    [Fact]
    public async Task A_newcomer_who_follows_the_page_has_a_model_that_runs()
    {
        string page = (await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs", "guides", "own-model.md"))).ReplaceLineEndings("\n");
        string[] commands = [.. Blocks(page, "sh").SelectMany(b => b.Split('\n')).Where(l => l.StartsWith("./neuromcu ", StringComparison.Ordinal))];
        string[] yaml = [.. Blocks(page, "yaml")];
        Assert.Equal(5, yaml.Length);
        using TemporaryFolder folder = new TemporaryFolder();

        // 1. A text to start from.
        foreach (string command in commands.Where(c => c.Contains(" new ", StringComparison.Ordinal) || c.Contains(" check ", StringComparison.Ordinal)))
        {
            await Run(folder, command);
        }

        // 2. The parameters, the state, the equations and the spike.
        string model = await File.ReadAllTextAsync(folder.File("mine.yaml"));
        model = Under(model, "parameters", yaml[0]);
        model = Under(model, "state", yaml[1]);
        model = InPlaceOf(model, "equations", yaml[2]);
        model = InPlaceOf(model, "spike", yaml[3]);
        folder.File("mine.yaml", model);
        await Run(folder, "./neuromcu model check mine.yaml");
        folder.File("mine.yaml", model.Replace("g_k*(E_k - v)", "g_k*(E_k - I)", StringComparison.Ordinal));
        CliRun wrong = await CliRun.Of("model", "check", folder.File("mine.yaml"));
        Assert.NotEqual(ExitCode.Ok, wrong.Code);
        string shown = Assert.Single(Blocks(page, "text")).TrimEnd();
        Assert.StartsWith(Lines(shown), Lines(wrong.Error.Replace(folder.Path + Path.DirectorySeparatorChar, string.Empty,
            StringComparison.Ordinal)), StringComparison.Ordinal);
        folder.File("mine.yaml", model);

        // 3. Pictures.
        foreach (string command in commands.Where(c => c.Contains(" plot ", StringComparison.Ordinal)))
        {
            await Run(folder, command);
        }

        Assert.True(new FileInfo(folder.File("mine.png")).Length > 1000);

        // 4. A network of it.
        folder.File("network.yaml", yaml[4]);
        foreach (string verb in new[] { "compile", "run", "compare" })
        {
            CliRun run = await Run(folder, "./neuromcu " + verb + " network.yaml" + (verb == "run" ? " --fast" : string.Empty));
            Assert.True(verb != "compare" || run.Out.Contains("matched within 1 ms     100 %", StringComparison.Ordinal), run.Out);
        }
    }

    [Fact]
    public async Task A_rule_is_begun_and_checked_like_a_model()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string rule = folder.File("my-rule.yaml");
        Assert.Equal(ExitCode.Ok, (await CliRun.Of("model", "new", rule, "--learning")).Code);
        CliRun check = await CliRun.Of("model", "check", rule, "--duration", "1", "--json");
        Assert.True(check.Code == ExitCode.Ok, check.Error);
        JsonElement found = JsonDocument.Parse(check.Out).RootElement.GetProperty("presets")[0];
        Assert.InRange(Math.Abs(found.GetProperty("after").GetDouble() - found.GetProperty("before").GetDouble()), 0.001, 1);
        Assert.InRange(found.GetProperty("largest_difference").GetDouble(), 0, 1e-4);
        Assert.Equal(0, found.GetProperty("spikes_differ").GetInt32());

        folder.File("my-rule.yaml", (await File.ReadAllTextAsync(rule)).Replace("A_plus*x", "A_plus*log(x)", StringComparison.Ordinal));
        CliRun wrong = await CliRun.Of("model", "check", rule);
        Assert.Contains("my-rule.yaml:18:18: rule `my-rule` of `check`: takes the logarithm of `x`", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("\n                        ^^^^^^", wrong.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.StartsWith("neuromcu-learning: 1", (await CliRun.Of("model", "show", "stdp")).Out, StringComparison.Ordinal);
        Assert.Contains("triplet-stdp", (await CliRun.Of("model", "list")).Out, StringComparison.Ordinal);
    }

    private static async Task<CliRun> Run(TemporaryFolder folder, string command)
    {
        string[] words = [.. Words().Matches(command["./neuromcu ".Length..]).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)
            .Select(w => w.StartsWith("mine.", StringComparison.Ordinal) || w == "network.yaml" ? folder.File(w) : w)];
        CliRun run = await CliRun.Of(words);
        Assert.True(run.Code == ExitCode.Ok, command + "\n" + run.Out + run.Error);
        return run;
    }

    private static IEnumerable<string> Blocks(string page, string language)
        => Regex.Matches(page, "^```" + language + "\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(m => m.Groups[1].Value);

    // Further lines of a section, at its end.
    private static string Under(string model, string section, string lines)
        => Regex.Replace(model, $"^({section}:\n(?:  .*\n)+)", m => m.Value + lines, RegexOptions.Multiline);

    private static string InPlaceOf(string model, string section, string text)
        => Regex.Replace(model, $"^{section}:.*\n(?:  .*\n)+", _ => text, RegexOptions.Multiline);

    private static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Words();
}
