// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Rows;
using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;

namespace NeuroMCU.Internet.Tests.Experiment;

public sealed class RowTests
{
    [Fact]
    public void All_rows_of_the_experiment_pass_and_have_names_of_their_own()
    {
        ReproductionRow[] rows = [.. InternetRows.All()];
        Assert.All(Reproduction.Run(new CircuitLaboratory(), rows, [Column.Engine, Column.Reference]),
            r => Assert.True(r.Pass, r.Row.Name));
        Assert.Distinct([.. RowList.All.Select(r => r.Name), .. rows.Select(r => r.Name)]);
    }

    // Each condition of the result is one that can fail.
    [Theory]
    [InlineData(0, 8, 80, 71, 255, 40, 40, 0, 255, 124, "silent before")]
    [InlineData(0, 0, 80, 71, 71, 40, 40, 0, 255, 124, "25 Hz potentiate")]
    [InlineData(0, 0, 80, 71, 255, 4, 40, 0, 255, 124, "bring it to fire")]
    [InlineData(0, 0, 80, 71, 255, 40, 4, 0, 255, 124, "third neuron")]
    [InlineData(0, 0, 80, 71, 255, 40, 40, 10, 255, 124, "stops")]
    [InlineData(0, 0, 80, 71, 255, 40, 40, 0, 255, 255, "2 Hz depress")]
    public void What_was_not_found_is_named(int start, int before, int during, byte low, byte high, int after, int third, int last,
        byte end, byte depressed, string what)
    {
        Phase Phase(int bn, int anpost, byte from, byte to)
            => new("phase", start, Phases.Length, new System.Collections.Generic.Dictionary<string,
                int>
            { ["bn"] = bn, ["anpost"] = anpost }, from, to);
        string found =
            Assert.Single(Phases.Missing([Phase(before, 0, low, low), Phase(during, 0, low, high), Phase(after, third, high, end),
                Phase(last, 0, end, depressed)]));
        Assert.Contains(what, found, System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_experiment_gives_the_same_weights()
    {
        Assert.Equal(EngineExperiment.Run().Select(p => p.WeightAfter), EngineExperiment.Run().Select(p => p.WeightAfter));
        Assert.Equal((71, 255), (EngineExperiment.Run()[0].WeightBefore, EngineExperiment.Run()[1].WeightAfter));
    }
}
