// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks;
using NeuroMCU.Models;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

/// <summary>The list of roundings says what the image holds, computed here from its integers, and of each parameter the value that is
/// farthest off.</summary>
public sealed class RoundingReportTests
{
    private const double Rest = -65;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Thresholds_are_those_of_the_image_and_the_worst_is_named(int seed)
    {
        string text = NetworkTexts.With("threshold: -50 mV", "threshold: {normal: [-50 mV, 0.5 mV]}")
            .Replace("seed: 5", "seed: " + seed, StringComparison.Ordinal)
            .Replace("size: 3\n    tau", "size: 40\n    tau", StringComparison.Ordinal)
            .Replace("one-to-one", "all-to-all", StringComparison.Ordinal);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(text));
        Population cells = compiled.Network.Populations[1];
        double[] wanted = [.. Enumerable.Range(0, cells.Size).Select(cells.Lif!.Threshold.At)];
        double unit = compiled.Symbols.Populations[1].UnitValue;
        double[] held = [.. compiled.Tables.Populations[1].Parameters[LeakyModel.Threshold].Select(raw => (raw / Math.Pow(2, 24) * unit)
            + Rest)];
        Assert.Equal(wanted.Length, held.Length);
        Matches(Reported(compiled, "cells", "threshold"), wanted, held, "mV");
    }

    [Fact]
    public void Weights_are_those_of_the_image_and_the_worst_is_named()
    {
        CompiledNetwork compiled =
            NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.With("weight: 16 mV", "weight: {normal: [4 mV, 1.5 mV]}")
                .Replace("one-to-one", "all-to-all", StringComparison.Ordinal)));
        Projection projection = compiled.Network.Projections[0];
        ProjectionTable table = compiled.Tables.Projections[0];
        double unit = compiled.Symbols.Populations[1].UnitValue;

        // The image sorts synapses by source, delay and target; all delays are alike here.
        double[] wanted = [.. projection.Connections.OrderBy(c => c.Pre).ThenBy(c => c.Post).Select(c => c.Weight)];
        double[] held = [.. table.Weights.Select(w => w * (double)table.WeightScale / Math.Pow(2, 24) * unit)];
        Assert.Equal(9, held.Length);
        Matches(Reported(compiled, "drive", "weight"), wanted, held, "mV");
    }

    private static void Matches(QuantisationError reported, double[] wanted, double[] held, string unit)
    {
        double[] errors = [.. held.Zip(wanted, (got, asked) => got - asked)];
        int worst = Array.IndexOf(errors, errors.MaxBy(Math.Abs));
        Assert.NotEqual(0, errors[worst]);
        Assert.Equal(unit, reported.Unit);
        Assert.Equal(wanted[worst], reported.Wanted, 1e-12);
        Assert.Equal(held[worst], reported.Got, 1e-12);
        Assert.Equal(errors[worst], reported.Absolute, 1e-12);
        Assert.Equal(errors[worst] / wanted[worst], reported.Relative, 1e-14);
    }

    private static QuantisationError Reported(CompiledNetwork compiled, string element, string parameter)
    {
        return Assert.Single(
            compiled.Report.Quantisation,
            q => string.Equals(q.Element, element, StringComparison.Ordinal)
            && string.Equals(q.Parameter, parameter, StringComparison.Ordinal));
    }
}
