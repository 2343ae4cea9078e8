// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Exchange.Tests;

public sealed class GuideTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_commands_of_the_guide_work_one_after_the_other()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Program.Root(), "docs", "guides", "exchange.md"));
        string[] commands = [.. Regex.Matches(page, @"(?m)^neuromcu (.+)$").Select(m => m.Groups[1].Value)];
        Assert.True(commands.Length > 5, $"{commands.Length} commands");
        foreach (string command in commands)
        {
            string[] words = [.. command.Split(' ').Select(w => w.StartsWith("examples/", StringComparison.Ordinal)
                ? Path.Combine(Program.Root(), w) : Path.HasExtension(w) ? _files.Path(w) : w)];
            (ExitCode code, string text, string error) = await Program.RunAsTyped(words);
            Assert.True(code == ExitCode.Ok, $"{command} ended with {code}\n{error}\n{text}");
        }
    }
}
