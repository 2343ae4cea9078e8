// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

/// <summary>Neurons that are channels of a board: binding, drive tables and what is refused.</summary>
public sealed class ChannelCompileTests
{
    private const string Good = """
        neuromcu: 1
        board: thyristor-starter
        step: 1 ms
        populations:
          cells:
            model: thyristor
            size: 2
            bias: 50 uA
            receptors: {nmda: {tau: 470 ms}}
            channels: [n2, n1]
        projections:
          - {from: cells, to: cells, connect: one-to-one, receptor: nmda, weight: 100 nC, delay: 0 ms}
        inputs:
          - {to: cells, dc: {amplitude: 20 uA, start: 1 s, stop: 2 s}}
        """;

    [Fact]
    public void Channels_are_bound_by_name_and_get_the_transfer_of_the_profile()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse(Good));
        Assert.Equal([1, 0], network.Tables.Populations[0].Channels);
        Assert.Equal([0, 1], network.Tables.Channels.Select(c => c.Channel));
        ChannelTable table = network.Tables.Channels[0];
        DriveDescription drive = BoardCatalog.Find("thyristor-starter").Channels[0].Drive!;
        Assert.Equal(drive.MaxCode, table.MaxCode);
        for (int i = 1; i < table.Codes.Length; i++)
        {
            Assert.InRange(table.Currents[i] - (drive.CurrentOf(table.Codes[i]) * 1e3 * (1 << Formats.CurrentBits)), -1, 1);
        }

        // The device interpolates; halfway between two points of the line it must meet the line.
        double middle = (table.Currents[1] + table.Currents[2]) / 2.0 / (1e3 * (1 << Formats.CurrentBits));
        Assert.InRange(drive.CodeOf(middle) - ((table.Codes[1] + table.Codes[2]) / 2.0), -1, 1);
    }

    [Fact]
    public void Numbers_do_as_well_as_names()
    {
        Assert.Equal([1, 0], NetworkCompiler.Compile(NetworkTexts.Parse(Good.Replace("[n2, n1]", "[1, 0]", StringComparison.Ordinal)))
            .Tables.Populations[0].Channels);
    }

    [Fact]
    public void A_twin_is_software_on_any_board()
    {
        Network network = NetworkTexts.Parse(Good.Replace("board: thyristor-starter\n", string.Empty, StringComparison.Ordinal));
        CompiledNetwork twin = NetworkCompiler.Compile(network, new CompilerOptions { Twin = true });
        CompiledNetwork bound = NetworkCompiler.Compile(NetworkTexts.Parse(Good), new CompilerOptions { Twin = true });
        Assert.Equal(0u, bound.Tables.BoardId);
        Assert.Empty(twin.Tables.Channels);
        Assert.Empty(twin.Tables.Populations[0].Channels);
    }

    [Fact]
    public void A_calibration_goes_before_the_profile()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse(Good),
            new CompilerOptions { DriveTables = new OneCalibrated() });
        Assert.Equal(7u, network.Tables.Channels[0].Calibration);
        Assert.Equal(0u, network.Tables.Channels[1].Calibration);
    }

    [Theory]
    [InlineData("board: thyristor-starter\n", "",
        "net.yaml:9:15: populations.cells.channels: names channels of a board, but the file names no board; add `board: "
        + "thyristor-starter` at the top of the file, or compile with --twin to run the neurons in software")]
    [InlineData("[n2, n1]", "[n2, n3]",
        "net.yaml:10:15: populations.cells.channels: `thyristor-starter` has no channel `n3`; did you mean `n1`?")]
    [InlineData("[n2, n1]", "[n2, 7]",
        "net.yaml:10:15: populations.cells.channels: `thyristor-starter` has no channel `7`; its channels: n1, n2")]
    [InlineData("board: thyristor-starter", "board: ears-devkit",
        "net.yaml:10:15: populations.cells.channels: `ears-devkit` has no channel `n2`; it has no physical neurons; take a board that "
        + "has, such as thyristor-starter")]
    [InlineData("bias: 50 uA", "bias: 100 uA",
        "net.yaml:14:21: inputs[0].dc: drives channel `n2` of `thyristor-starter` with 120 uA, bias included; its limit is 97 uA; stay "
        + "at or below 97 uA; above the hold current the thyristor latches")]
    [InlineData("amplitude: 20 uA", "amplitude: 50 uA",
        "net.yaml:14:21: inputs[0].dc: drives channel `n2` of `thyristor-starter` with 100 uA, bias included; its limit is 97 uA; stay "
        + "at or below 97 uA; above the hold current the thyristor latches")]
    [InlineData("weight: 100 nC", "weight: 10000 uC",
        "net.yaml:12:75: projections[0].weight: the largest weight of `cells->cells` is 1E+07 nC, out of range; at this `step` a "
        + "receptor takes 8388.35 nC from one spike; write a longer `step` or a smaller charge")]
    public void What_a_board_cannot_do_is_refused_by_name(string old, string replacement, string message)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        Network network = NetworkTexts.Parse(Good.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(network))
            .Diagnostics.Select(d => d.ToString()));
    }

    private sealed class OneCalibrated : IDriveTables
    {
        public ChannelTable? Find(BoardDescription board, int channel)
        {
            return channel > 0 ? null : new ChannelTable
            {
                Channel = 0,
                Calibration = 7,
                MaxCode = 100,
                Currents = [0, 400000],
                Codes = [0, 200]
            };
        }
    }
}
