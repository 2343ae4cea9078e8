// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;

namespace NeuroMCU.Cli.Tests;

public sealed class UsageTests
{
    public static IEnumerable<TheoryDataRow<string>> Verbs()
    {
        return Commands(Application.Create(new CliEnvironment { Out = TextWriter.Null, Error = TextWriter.Null }), string.Empty)
            .Select(path => new TheoryDataRow<string>(path));
    }

    [Fact]
    public async Task Help_lists_every_verb_and_every_exit_code()
    {
        CliRun run = await CliRun.Of("--help");
        Golden.Check("help", run);
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Matches($"(?m)^ +{(int)code}  ", run.Out));
    }

    [Fact]
    public async Task No_arguments_show_the_help()
    {
        Assert.Equal((await CliRun.Of("--help")).Out, (await CliRun.Of()).Out);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_explains_itself(string verb)
    {
        CliRun run = await CliRun.Of([.. verb.Split(' '), "--help"]);
        Golden.Check("help-" + verb.Replace(' ', '-'), run);
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("--json", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usage-verb", "progam")]
    [InlineData("usage-option", "doctor", "--jsn")]
    [InlineData("usage-json", "doctor", "--jsn", "--json")]
    [InlineData("usage-azimuth", "render", "clap.wav", "--azimuth", "400", "--out", "right.wav")]
    [InlineData("usage-demo", "demo", "sound-localisation")]
    public async Task A_slip_of_the_finger_gets_a_suggestion(string name, params string[] arguments)
    {
        CliRun run = await CliRun.Of(arguments);
        Golden.Check(name, run);
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public void Exit_codes_have_one_sentence_each_and_distinct_numbers()
    {
        Assert.Equal(Enum.GetValues<ExitCode>().Order(), ExitCodes.All.Select(c => c.Key).Order());
        Assert.Equal(ExitCodes.All.Count, ExitCodes.All.Select(c => (int)c.Key).Distinct().Count());
        Assert.All(ExitCodes.All, c => Assert.NotEmpty(c.Value));
    }

    [Fact]
    public void The_reference_page_has_the_same_table_of_exit_codes()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root(), "docs", "reference", "verbs.md"));
        Dictionary<int, string> table = Regex.Matches(page, @"(?m)^\| (\d+) \| (.+?) \|$")
            .ToDictionary(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m => m.Groups[2].Value);
        Assert.Equal(ExitCodes.All.ToDictionary(c => (int)c.Key, c => c.Value), table);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_reference_page_describes_each_verb(string verb)
    {
        Assert.Matches($"(?m)^## (`.*` and )?`{Regex.Escape(verb)}[` ]",
            File.ReadAllText(Path.Combine(Repository.Root(), "docs", "reference", "verbs.md")));
    }

    private static IEnumerable<string> Commands(Command command, string path)
    {
        foreach (Command child in command.Subcommands)
        {
            string own = path.Length == 0 ? child.Name : path + " " + child.Name;
            if (child.Subcommands.Count == 0)
            {
                yield return own;
            }

            foreach (string below in Commands(child, own))
            {
                yield return below;
            }
        }
    }
}
