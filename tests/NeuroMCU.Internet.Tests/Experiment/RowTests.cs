// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Compiler;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Rows;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;
using NeuroMCU.Networks.Reading;

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
    [InlineData(0, 0, 80, 71, 255, 40, 40, 5, 255, 124, "stops")]
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

    // The cell of two compartments takes the place of the usual one: 10 Hz at the weight after potentiation bring it to fire, the same
    // 10 Hz at the weight before do not, and neither do 2 Hz.
    [Theory]
    [InlineData(255, 100, true)]
    [InlineData(61, 100, false)]
    [InlineData(255, 500, false)]
    public void The_pyramidal_cell_adds_up_potentials_of_10_Hz_only(int weight, int interval, bool fires)
    {
        const int Time = 800;
        string[] arrivals = [.. Enumerable.Range(1, Time / interval).SelectMany(k => Enumerable.Range(0, 8)
            .Where(bit => (weight >> bit & 1) != 0).Select(bit => FormattableString.Invariant($"[{bit}, {k * interval} ms]")))];
        string text = ShippedFiles.Text(MiddleNeuron.PinskyRinzel.File).Replace("duration: 32 s", $"duration: {Time} ms", StringComparison.Ordinal)
            .Replace("\ninputs:", $"\ninputs:\n  - {{to: epsp, spikes: [{string.Join(", ", arrivals)}]}}", StringComparison.Ordinal);
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(text, "pyramidal.yaml"));
        Assert.Equal(fires, EngineRun.Run(network, network.Network.Duration).Spikes.Count > 0);
    }

    [Fact]
    public void The_same_experiment_gives_the_same_weights()
    {
        Assert.Equal(EngineExperiment.Run().Select(p => p.WeightAfter), EngineExperiment.Run().Select(p => p.WeightAfter));
        Assert.Equal((71, 255), (EngineExperiment.Run()[0].WeightBefore, EngineExperiment.Run()[1].WeightAfter));
    }
}
