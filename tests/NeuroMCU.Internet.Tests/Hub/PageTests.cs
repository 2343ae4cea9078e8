// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NeuroMCU.Internet.Hub;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>What the pages show is what the program reads.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Hubs =>
    [
        .. new[] { "docs/reference/hub-file.md",
            "docs/guides/internet.md" }.SelectMany(page => Regex.Matches(File.ReadAllText(Path.Combine(Root(), page)),
                "```yaml\n(?<hub>neuromcu-hub: 1\n.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture))
            .Select(match => match.Groups["hub"].Value),
    ];

    [Theory]
    [MemberData(nameof(Hubs))]
    public void A_hub_of_the_pages_is_right(string text)
    {
        Assert.NotEmpty(HubFile.Parse(text, "page.yaml").Synapses);
    }

    [Fact]
    public void The_pages_show_hubs()
    {
        Assert.Equal(2, Hubs.Count);
    }

    [Fact]
    public void Every_field_of_the_shipped_files_is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "reference", "hub-file.md"));
        foreach (string file in new[] { "hub.yaml", "zurich.yaml", "padova.yaml" })
        {
            string text = File.ReadAllText(Path.Combine(Root(), "examples", "internet", file));
            Assert.All(Regex.Matches(text, @"(?m)^(?<field>[a-z-]+):", RegexOptions.ExplicitCapture).Select(m => m.Groups["field"].Value),
                field => Assert.Contains(field, page, StringComparison.Ordinal));
        }
    }

    private static string Root([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
