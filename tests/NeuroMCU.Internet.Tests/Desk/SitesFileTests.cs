// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using Xunit;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>What a file may ask of boards, and what it is told when it cannot have it.</summary>
public class SitesFileTests
{
    private const string Pair =
        """
        neuromcu: 1
        name: pair
        sites: {left: {}, right: {}}
        populations:
          a: {model: lif, size: 3, tau: 10 ms, threshold: 1, bias: 1.5, site: left}
          b: {model: lif, size: 3, tau: 10 ms, threshold: 1, site: right}
        projections:
          - {from: a, to: b, connect: one-to-one, weight: 2, delay: 2 ms}

        """;

    [Theory]
    [InlineData("site: left}", "site: lfet}", "pair.yaml:5:71: populations.a.site: is `lfet`, which is no site of this file; did you mean `left`?")]
    [InlineData("sites: {left: {}, right: {}}\n", "", "add `sites: {left: {}}`")]
    [InlineData("{left: {}, right: {}}", "{left: {device: x}, right: {device: x}}", "is on the device `x`, as another site is")]
    [InlineData("{left: {}, right: {}}", "{left: {port: 3}, right: {}}", "unknown field `port`")]
    [InlineData("name: pair", "wire: {delay: 5}", "a time needs a unit")]
    [InlineData("name: pair", "wire: {delay: 10 us}", "wire.delay")]
    [InlineData("name: pair", "wire: {short: bend}", "wire.short")]
    public void Mistakes_are_named_with_their_place(string right, string wrong, string expected)
    {
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() =>
            NetworkFile.Parse(Pair.Replace(right, wrong, StringComparison.Ordinal), "pair.yaml"));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_shorter_than_the_wire_is_refused_with_line_and_advice()
    {
        Network network = NetworkFile.Parse(Pair, "pair.yaml");
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() =>
            SiteCompiler.Compile(network, network.Sites!.Sites, new()));
        Assert.Equal(
            "pair.yaml:8:5: projections[0]: `a->b` has a delay of 2 ms from `left` to `right`, and the wire takes 5 ms; put both populations on one site, write "
            + "longer delays, a shorter `wire: {delay: ...}` if the boards keep it, or `wire: {short: lengthen}`", refused.Message);
    }

    [Fact]
    public async Task A_delay_may_become_as_long_as_the_wire_and_then_is()
    {
        Network network = NetworkFile.Parse(Pair.Replace("name: pair", "wire: {delay: 7 ms, short: lengthen}", StringComparison.Ordinal), "pair.yaml");
        SiteImages images = SiteCompiler.Compile(network, network.Sites!.Sites, new());
        Assert.Equal((3, 3, 5000), (images.Split.CrossingSynapses, images.Split.LengthenedSynapses, images.Split.MostLengthened));

        DeskResult desk = await DeskBench.RunAsync(images, 50_000);
        long[] Of(int neuron) => [.. desk.Run.Spikes.Times.Where((_, k) => desk.Run.Spikes.Neurons[k] == neuron)];
        Assert.Equal(Of(0).Select(t => t + 7000).Where(t => t <= 50_000), Of(3));
    }

    [Fact]
    public void A_wire_without_delay_to_spare_can_be_as_short_as_the_delays()
    {
        Network network = NetworkFile.Parse(Pair.Replace("name: pair", "wire: {delay: 2 ms}", StringComparison.Ordinal), "pair.yaml");
        Assert.Equal(0, SiteCompiler.Compile(network, network.Sites!.Sites, new()).Split.LengthenedSynapses);
    }

    [Fact]
    public void A_modulator_belongs_on_the_site_of_what_it_modulates()
    {
        Network network = NetworkFile.Parse(Pair.Replace("delay: 2 ms}", "delay: 9 ms, weight_limit: 3, learning: {rule: reward-stdp, modulator: a}}",
            StringComparison.Ordinal), "pair.yaml");
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() =>
            SiteCompiler.Compile(network, network.Sites!.Sites, new()));
        Assert.Contains("its modulator `a` is on another site", refused.Message, StringComparison.Ordinal);
        Assert.Contains("pair.yaml:8:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_too_large_names_its_site_and_more_boards()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(4, 150), "ring.yaml");
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() =>
            SiteCompiler.Compile(network, DeskBench.Sites(network, 2), new()));
        Assert.Contains("site `s0`: the network takes", refused.Message, StringComparison.Ordinal);
        Assert.Contains("spread it over more boards, such as --sites 4", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_talks_faster_than_the_wire_needs_other_delays_and_not_more_boards()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(4, 150).Replace("[5 ms, 9 ms]", "[2 ms, 9 ms]", StringComparison.Ordinal),
            "ring.yaml");
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() =>
            SiteCompiler.Compile(network, DeskBench.Sites(network, 2), new()));
        Assert.DoesNotContain("--sites", refused.Message, StringComparison.Ordinal);
        Assert.Contains("delays below the 5 ms of the wire", refused.Message, StringComparison.Ordinal);

        // Nor does one board send its user to them.
        foreach (string text in new[] { DeskTexts.Ring(4, 150), DeskTexts.Ring(1, 250) })
        {
            refused = Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(NetworkFile.Parse(text, "ring.yaml")));
            Assert.DoesNotContain("--sites", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_network_too_large_for_one_board_may_be_spread()
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(8, 60), "ring.yaml");
        NetworkFileException refused = Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(network));
        Assert.Contains("or spread it over boards, 4 at least: --sites 4", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(SiteCompiler.Compile(network, DeskBench.Sites(network, 8), new()).Boards);
    }
}
