// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Schematics.Tests;

/// <summary>Every pin of a board's profile is on the sheet's net of that name, and a profile that differs is refused.</summary>
public sealed class ProfilePinTests
{
    [Theory]
    [InlineData("thyristor-starter", "starter-bench")]
    [InlineData("thyristor-8", "eight-neuron-bench")]
    [InlineData("thyristor-8-33n", "eight-neuron-bench")]
    [InlineData("msbn", "bursting-neuron")]
    [InlineData("nodes-16", "nodes-16")]
    [InlineData("nodes-64", "nodes-64")]
    [InlineData("crossbar-8", "crossbar-8")]
    public void Every_pin_of_the_profile_is_on_the_sheets_net_of_that_name(string profile, string board)
    {
        string path = PathOf(profile);
        Assert.SkipUnless(File.Exists(path), "there is no profile " + profile + " yet");
        BoardDescription description = BoardProfileFile.Load(path);
        Assert.NotEmpty(description.Nets);
        Assert.Empty(Schematic.Of(board).Differences(description));
    }

    [Fact]
    public void A_profile_with_another_pin_is_refused_with_the_sheets_pin_and_the_change_to_make()
    {
        string text = File.ReadAllText(PathOf("thyristor-starter")).Replace("pin: 35", "pin: 39", StringComparison.Ordinal);
        string difference = Assert.Single(Schematic.Of("starter-bench").Differences(BoardProfileFile.Parse(text, "wrong.yaml")));
        Assert.Equal(
            "wrong.yaml: net DETECT2 is GPIO35 on the sheet, the profile says GPIO39; write the sheet's pin into the profile, or change "
            + "the sheet and the table of "
            + "schematics/starter-bench/README.md",
            difference);
    }

    [Fact]
    public void A_net_that_the_sheet_does_not_have_is_refused()
    {
        string text = File.ReadAllText(PathOf("thyristor-starter")).Replace("net: SENSE1", "net: MEMBRANE1", StringComparison.Ordinal);
        string difference = Assert.Single(Schematic.Of("starter-bench").Differences(BoardProfileFile.Parse(text, "wrong.yaml")));
        Assert.StartsWith("wrong.yaml: the sheet has no net MEMBRANE1 at the ESP32; name one of the nets", difference,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_of_one_board_does_not_pass_for_another()
    {
        IReadOnlyList<string> differences = Schematic.Of("eight-neuron-bench")
            .Differences(BoardProfileFile.Load(PathOf("thyristor-starter")));
        Assert.NotEmpty(differences);
    }

    private static string PathOf(string profile)
    {
        return Path.Combine(Schematic.Root, "hardware/boards", profile + ".yaml");
    }
}
