// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Nir;

/// <summary>A node that is a linear map: its entries, its bias and its delays.</summary>
/// <param name="Inputs">Number of values that it is made for; 0 for any number.</param>
/// <param name="Outputs">Number of values that come out; 0 for as many as go in.</param>
/// <param name="Entries">Target, source and weight of every entry; null for the identity.</param>
internal sealed record LinearMap(int Inputs, int Outputs, IReadOnlyList<(int Post, int Pre, double Weight)>? Entries)
{
    /// <summary>Most synapses that a convolution is unfolded to.</summary>
    public const int MostUnfolded = 200_000;

    /// <summary>What is added to each value; empty for nothing.</summary>
    public double[] Bias { get; init; } = [];

    /// <summary>Delay of each value in s; empty for none.</summary>
    public double[] Delays { get; init; } = [];

    /// <summary>The map of a node.</summary>
    /// <exception cref="ExchangeException">It is a convolution that would be too large.</exception>
    public static LinearMap Of(NirGraph graph, NirNode node, IReadOnlyList<int> shape)
    {
        switch (node.Type)
        {
            case "Linear" or "Affine":
                HdfArray weight = node.Fields["weight"];
                return new LinearMap(weight.Shape[1], weight.Shape[0], [.. weight.Values.Select((w, i) =>
                    (i / weight.Shape[1], i % weight.Shape[1], w))])
                {
                    Bias = node.Type == "Affine" ? node.Fields["bias"].Values : [],
                };
            case "Scale":
                double[] scale = node.Fields["scale"].Values;
                return scale.Length == 1
                    ? new LinearMap(0, 0, [.. Enumerable.Range(0, Size(shape)).Select(i => (i, i, scale[0]))])
                    : new LinearMap(scale.Length, scale.Length, [.. scale.Select((s, i) => (i, i, s))]);
            case "Delay":
                double[] delays = node.Fields["delay"].Values;
                int wrong = Array.FindIndex(delays, d => d is < 0 or > 1);
                return wrong >= 0
                    ? throw new ExchangeException(ExchangeProblem.Delay, graph.File, node.Name + "/delay",
                        $"value {wrong} is {Number.Text(delays[wrong])} s", "delays are 0 to 1 s, in seconds: correct it, and export again")
                    : new LinearMap(delays.Length == 1 ? 0 : delays.Length, 0, null) { Delays = delays };
            case "Conv1d" or "Conv2d" or "SumPool2d" or "AvgPool2d":
                return Convolution.Unfold(graph, node, shape);
            default:
                return new LinearMap(0, 0, null);
        }
    }

    /// <summary>Product of the sizes.</summary>
    public static int Size(IReadOnlyList<int> shape) => shape.Aggregate(1, (product, size) => product * size);

    /// <summary>A number of synapses for people.</summary>
    public static string CountText(double count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
