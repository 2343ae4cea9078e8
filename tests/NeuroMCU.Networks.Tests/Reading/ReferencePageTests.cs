// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Units;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

/// <summary>The reference page of network files must be true.</summary>
public sealed partial class ReferencePageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "docs", "reference",
        "network-file.md"));

    [Fact]
    public void Its_example_compiles()
    {
        Match block = YamlBlock().Match(s_page);
        Assert.True(block.Success);
        Assert.Equal("pair", NetworkCompiler.Compile(NetworkTexts.Parse(block.Groups["yaml"].Value)).Symbols.Network);
    }

    [Fact]
    public void Its_errors_are_what_the_reader_says()
    {
        string text = NetworkTexts.Good.Replace("tau: 20 ms", "tau: 20", StringComparison.Ordinal)
            .Replace("threshold: -50 mV", "treshold: -50 mV", StringComparison.Ordinal);
        Assert.All(NetworkTexts.Errors(text), e => Assert.Contains(e.ToString(), s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void It_names_every_unit()
    {
        Assert.All(Unit.All, u => Assert.Contains("`" + u.Symbol + "`", s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_connector_and_delay_of_the_page_is_read()
    {
        string[] connectors = ["all-to-all", "one-to-one", "{probability: 0.1, seed: 3}",
            "{list: [[0, 1], [0, 2, 1.5 mV], [1, 2, 1.5 mV, 3 ms]]}"];
        string[] delays = ["{start: 1 ms, per_pre: 20 us, per_post: -20 us}", "{start: 1 ms, per_distance: 0.2 ms}"];
        string positioned = NetworkTexts.Good.Replace("size: 3", "size: 3\n    positions: {line: 0.5}", StringComparison.Ordinal);
        Assert.All(connectors.Concat(delays), form => Assert.Contains("`" + form + "`", s_page, StringComparison.Ordinal));
        Assert.All(connectors,
            c => NetworkTexts.Parse(positioned.Replace("connect: one-to-one", "connect: " + c, StringComparison.Ordinal)));
        Assert.All(delays, d => NetworkTexts.Parse(positioned.Replace("delay: 1.5 ms", "delay: " + d, StringComparison.Ordinal)));
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();
}
