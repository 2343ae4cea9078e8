// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Tests.Layout;

namespace NeuroMCU.Protocol.Tests;

/// <summary>A slip in messages.txt ends with its line, not with a message that nobody meant.</summary>
public class DeclarationTests
{
    [Theory]
    [InlineData("reqest 26 Glow: empty -> empty | Glows.")]
    [InlineData("request 26 Glow: empty | Glows.")]
    [InlineData("event 47 Glow: empty -> empty | Glows.")]
    [InlineData("request 2G Glow: empty -> empty | Glows.")]
    [InlineData("body Glow: Glows.\n  level | u24 | | Level | How much.")]
    [InlineData("body Glow: Glows.\n  level | u8 | Level | How much.")]
    [InlineData("values Glow: How.\n  one | Dim | A little.")]
    public void A_line_that_is_not_understood_is_named(string text)
    {
        var lines = ("section Run\n\n" + text).Split('\n');
        var error = Assert.Throws<FormatException>(() => DeclarationReader.Read(lines));
        Assert.Contains($"messages.txt({lines.Length}): '{lines[^1].Trim()}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_goes_on_in_the_next_one_when_that_is_indented_far_enough()
    {
        var protocol = DeclarationReader.Read(["section Run", "event 47 Glow: empty | Glows", "        brightly."]);
        Assert.Equal("Glows brightly.", Assert.Single(protocol.Messages).Text);
    }
}
