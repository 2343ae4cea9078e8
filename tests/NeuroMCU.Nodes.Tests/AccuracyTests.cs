// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Tests;

/// <summary>A classifier of eight classes whose 8 x 8 weights stand on nodes answers as well as the one with ideal weights.</summary>
public class AccuracyTests
{
    private const int Size = 8;
    private const int Tested = 4000;

    // So much noise that ideal weights are right nine times out of ten: there a wrong weight shows.
    private const double Noise = 0.27;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nodes_answer_within_two_points_of_ideal_weights(int specimen)
    {
        Random random = new(31 + specimen);
        double[][] classes = [.. Enumerable.Range(0, Size)
            .Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble()).ToArray())];

        // Sums of input times weight are largest where the input is nearest to the mean of a class, once half of its square is taken off;
        // that offset is a threshold of the output and needs no node.
        double[] offset = [.. classes.Select(c => c.Sum(v => v * v) / 2)];
        double middle = classes.Average(c => c.Average());
        (int Pre, int Post, double Weight)[] weights = [.. from post in Enumerable.Range(0, Size)
                                                           from pre in Enumerable.Range(0, Size)
                                                           select (pre, post, classes[post][pre] - middle)];
        Workbench bench = new Workbench(specimen).Prepare();
        NodeArrayInfo array = new(Size, Size, 1e-5, new NodeInfo());
        WeightMapping mapping = WeightMapping.Plan(array, [.. bench.Bank.Nodes.Select((n, k) =>
            new NodeEntry(k, n.Mode, n.Masked, null, n.Low / 1e6, n.High / 1e6))], weights, false);
        foreach ((int node, double? target) in mapping.Targets())
        {
            bench.Bank.Nodes[node].Target = (int)Math.Round(target!.Value * 1e6);
        }

        bench.Do(NodeWork.Program, tolerance: WeightMapping.Tolerance);
        double[] realised = [.. mapping.Placed.Select(p => mapping.Realised(p, n => bench.Array.True(n) / 1e6))];
        Assert.InRange(mapping.ErrorOf(realised), 0.0005, 0.012);

        int ideal = 0;
        int onNodes = 0;
        for (int k = 0; k < Tested; k++)
        {
            int right = k % Size;
            double[] input = [.. classes[right].Select(v => v + (Noise * Normal(random)))];
            ideal += Answer(input, i => weights[i].Weight) == right ? 1 : 0;
            onNodes += Answer(input, i => realised[i]) == right ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"specimen {specimen}: ideal {ideal} of {Tested}, on nodes {onNodes}, "
            + $"RMS {100 * mapping.ErrorOf(realised):0.00} %");
        Assert.InRange(ideal, 0.8 * Tested, 0.97 * Tested);
        Assert.True(Math.Abs(ideal - onNodes) <= 0.02 * Tested, $"ideal {ideal}, on nodes {onNodes} of {Tested}");

        int Answer(double[] input, Func<int, double> weight) => Enumerable.Range(0, Size).MaxBy(post => Enumerable.Range(0, Size)
            .Sum(pre => input[pre] * weight((post * Size) + pre)) + (middle * input.Sum()) - offset[post]);
    }

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
