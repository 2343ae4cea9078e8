// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Firmware.Log;

namespace NeuroMCU.Firmware.Tests;

public sealed class SymbolTextTests
{
    private const string Lines = "population 0 ears 1 0 1\nnetwork where sounds come from\nreadout 0 azimuth deg\nreadout 10 level 1\n";

    [Theory]
    [InlineData(Lines, "where sounds come from")]
    [InlineData("network plain", "plain")]
    [InlineData("population 0 network 1 0 1\n", "")]
    [InlineData("", "")]
    public void Network_name_runs_to_the_end_of_its_line(string lines, string expected)
    {
        Assert.Equal(expected, new SymbolText(Encoding.UTF8.GetBytes(lines)).Network);
    }

    [Theory]
    [InlineData(0, "azimuth", "deg")]
    [InlineData(10, "level", "1")]
    [InlineData(1, "", "")]
    public void Readouts_have_name_and_unit(int index, string name, string unit)
    {
        var symbols = new SymbolText(Encoding.UTF8.GetBytes(Lines));

        Assert.Equal(name, symbols.ReadoutName(index));
        Assert.Equal(unit, symbols.ReadoutUnit(index));
    }

    [Fact]
    public void Image_without_symbols_has_no_names()
    {
        Assert.Equal(string.Empty, new SymbolText(null).Network);
    }
}
