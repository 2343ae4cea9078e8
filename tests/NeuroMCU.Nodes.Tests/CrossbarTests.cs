// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Wires with resistance: what a reading shows, and what solving all nodes together gives back.</summary>
public class CrossbarTests
{
    private const double Segment = 2;
    private const double Switch = 2.5;

    [Fact]
    public void One_node_is_a_series_of_resistors()
    {
        var wires = new CrossbarCircuit(1, 1, 2, 3);
        wires.Set([1e-3]);
        Assert.Equal(1 / (1000.0 + 5 + 5), wires.Apparent(0, 0), 1e-12);
    }

    [Fact]
    public void Two_nodes_of_a_row_share_its_wire()
    {
        // Row: source - 5 - a - 2 - b; nodes 1 kOhm each into columns of 5 Ohm, with virtual ground below. Solved by hand.
        var wires = new CrossbarCircuit(1, 2, 2, 3);
        wires.Set([1e-3, 1e-3]);
        double far = 1 / (2 + 1000 + 5.0);
        double near = 1 / (1000 + 5.0);
        double a = (1 / 5.0) / ((1 / 5.0) + near + far);
        Assert.Equal(a * near, wires.Apparent(0, 0), 1e-12);
        Assert.Equal(a * far, wires.Apparent(0, 1), 1e-12);
    }

    [Theory]
    [InlineData(10e3, 100e3, 0.03, false)]
    [InlineData(1e3, 10e3, 0.01, true)]
    public void Readings_are_as_good_as_the_issue_asks(double least, double most, double bound, bool solve)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            double[] nodes = [.. Enumerable.Range(0, 64).Select(_ => 1 / (least * Math.Pow(most / least, random.NextDouble())))];
            var wires = new CrossbarCircuit(8, 8, Segment, Switch);
            wires.Set(nodes);
            double[] read = [.. Enumerable.Range(0, 64).Select(k => wires.Apparent(k / 8, k % 8))];

            // An averaged reading of 1 % noise, 64 times.
            double[] noisy = [.. read.Select(g => g * (1 + (0.00125 * Normal(random))))];
            double[] seen = solve ? new CrossbarCircuit(8, 8, Segment, Switch).Recover(noisy) : noisy;
            double worst = nodes.Zip(seen, (a, b) => Math.Abs(a - b)).Max() * least;
            Assert.True(worst <= bound, $"seed {seed}: {worst:P2}");
        }
    }

    [Fact]
    public void Solving_gives_back_exactly_what_was_put_in()
    {
        var random = new Random(4);
        double[] nodes = [.. Enumerable.Range(0, 24).Select(_ => 1e-4 + (9e-4 * random.NextDouble()))];
        nodes[3] = 0;
        var wires = new CrossbarCircuit(4, 6, 5, 10);
        wires.Set(nodes);
        double[] back = new CrossbarCircuit(4, 6, 5, 10).Recover([.. Enumerable.Range(0, 24).Select(k => wires.Apparent(k / 6, k % 6))]);
        Assert.All(nodes.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Readings_that_no_array_gives_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CrossbarCircuit(2, 2, 100, 100).Recover([0.1, 0.1, 0.1, 0.1]));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
