// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

public sealed class SynapseMapTests
{
    [Fact]
    public void An_image_alone_tells_where_every_synapse_is_and_what_it_weighs()
    {
        Network network = NetworkFile.Load(Path.Combine(NetworkTexts.Examples(), "random-100.yaml"));
        CompiledNetwork compiled = NetworkCompiler.Compile(network);
        SynapseMap map = SynapseMap.FromTables(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All));
        Assert.Equal(network.SynapseCount, map.Count);
        foreach (Projection projection in network.Projections)
        {
            int p = map.ProjectionIndex(projection.Name);
            Assert.Equal(projection.Index, p);
            Assert.Equal("mV", map.UnitOf(p));
            foreach (Connection c in projection.Connections)
            {
                int synapse = Assert.Single(map.Find(p, c.Pre, c.Post));
                Assert.Equal(new SynapseSite(p, c.Pre, c.Post, c.Delay), map.Locate(synapse));
                short raw = compiled.Tables.Projections[p].Weights[synapse - map.FirstOf(p)];
                Assert.Equal(c.Weight, map.ToPhysical(synapse, raw), 3);
                Assert.True(map.TryToDevice(synapse, c.Weight, out int back));
                Assert.Equal(raw, back);
            }
        }
    }

    [Fact]
    public void Weights_beyond_the_limit_are_not_translated()
    {
        SynapseMap map = SynapseMap.FromTables(NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Tables);
        Assert.True(map.TryToDevice(0, map.LimitOf(0), out int most));
        Assert.Equal(32767, most);
        Assert.True(map.TryToDevice(0, -map.LimitOf(0), out int least));
        Assert.Equal(-32767, least);
        Assert.False(map.TryToDevice(0, map.LimitOf(0) * 1.001, out _));
        Assert.False(map.TryToDevice(0, double.NaN, out _));
    }

    [Fact]
    public void What_is_not_connected_is_not_found()
    {
        SynapseMap map = SynapseMap.FromTables(NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Tables);
        Assert.Empty(map.Find(0, 0, 1));
        Assert.Empty(map.Find(0, 99, 1));
        Assert.Empty(map.Find(0, -1, 1));
        Assert.Equal(-1, map.ProjectionIndex("nothing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Locate(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Locate(-1));
    }

    [Fact]
    public void Symbols_survive_the_trip_and_foreign_ones_are_skipped()
    {
        SymbolTable symbols = new("a b", [new(0, "p", 0.1 + 0.2, -65.000000001, "mV"), new(1, "q", 1, 0, "1")], ["p->q"],
            [new(0, "r", "deg")]);
        SymbolTable back = SymbolTable.Decode([.. symbols.Encode(), .. "future 1 2 3\npopulation 7 x 1 0 mV\npopulation 1 broken\n"u8],
            2, 1, 1);
        Assert.Equal(symbols.Network, back.Network);
        Assert.Equal(symbols.Populations, back.Populations);
        Assert.Equal(symbols.Projections, back.Projections);
        Assert.Equal(symbols.Readouts, back.Readouts);
        Assert.Equal("population1", SymbolTable.Decode(null, 2, 0, 0).Populations[1].Name);
        Assert.Equal(2, SymbolTable.Decode([0xFF, 0xFE, 0x0A], 2, 0, 0).Populations.Count);
    }
}
