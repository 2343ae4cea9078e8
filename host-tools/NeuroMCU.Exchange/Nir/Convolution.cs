// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Nir;

/// <summary>Unfolds convolutions and poolings into single synapses.</summary>
internal static class Convolution
{
    /// <summary>Shape of what comes out of a node.</summary>
    public static int[] OutputShape(NirGraph graph, NirNode node, IReadOnlyList<int> shape)
    {
        Layout layout = LayoutOf(graph, node, shape);
        return [layout.OutChannels, .. layout.Out];
    }

    /// <summary>Unfolds a node.</summary>
    /// <exception cref="ExchangeException">It would be too large; says how large.</exception>
    public static LinearMap Unfold(NirGraph graph, NirNode node, IReadOnlyList<int> shape)
    {
        Layout l = Check(graph, node, shape);
        double outputs = l.Outputs;
        List<(int, int, double)> entries = [];
        double[] bias = new double[(int)outputs];
        for (int o = 0; o < l.OutChannels; o++)
        {
            int group = l.IsPool ? o : o / (l.OutChannels / l.Groups) * l.InPerGroup;
            for (int y = 0; y < l.Out[0]; y++)
            {
                for (int x = 0; x < l.Out[1]; x++)
                {
                    int post = (o * l.Out[0] + y) * l.Out[1] + x;
                    bias[post] = l.Bias.Length == 0 ? 0 : l.Bias[o];
                    Taps(l, o, group, y, x, (pre, weight) => entries.Add((post, pre, weight)));
                }
            }
        }

        return new LinearMap(l.InChannels * l.In[0] * l.In[1], (int)outputs, entries) { Bias = l.Bias.Length == 0 ? [] : bias };
    }

    /// <summary>How a node is laid out, if it can be unfolded.</summary>
    /// <exception cref="ExchangeException">It would be too large; says how large.</exception>
    public static Layout Check(NirGraph graph, NirNode node, IReadOnlyList<int> shape)
    {
        Layout l = LayoutOf(graph, node, shape);
        double outputs = l.Outputs;
        double synapses = outputs * l.InPerGroup * l.Kernel[0] * l.Kernel[1];
        if (synapses > LinearMap.MostUnfolded)
        {
            throw new ExchangeException(ExchangeProblem.TooBig, graph.File, node.Name,
                $"{node.Type} would unfold to {LinearMap.CountText(synapses)} synapses onto {LinearMap.CountText(outputs)} values"
                + $" ({l.OutChannels} channels of {l.Out[0]} by {l.Out[1]}); "
                + $"at most {LinearMap.CountText(LinearMap.MostUnfolded)} are unfolded",
                "a microcontroller holds about 20 000: use dense layers, fewer channels or smaller inputs");
        }

        return l;
    }

    private static void Taps(Layout l, int o, int firstChannel, int y, int x, Action<int, double> add)
    {
        for (int c = 0; c < l.InPerGroup; c++)
        {
            for (int ky = 0; ky < l.Kernel[0]; ky++)
            {
                for (int kx = 0; kx < l.Kernel[1]; kx++)
                {
                    int iy = y * l.Stride[0] + ky * l.Dilation[0] - l.Padding[0];
                    int ix = x * l.Stride[1] + kx * l.Dilation[1] - l.Padding[1];
                    if (iy >= 0 && ix >= 0 && iy < l.In[0] && ix < l.In[1])
                    {
                        double weight = l.IsPool ? l.PoolWeight
                            : l.Weights[((o * l.InPerGroup + c) * l.Kernel[0] + ky) * l.Kernel[1] + kx];
                        add(((firstChannel + c) * l.In[0] + iy) * l.In[1] + ix, weight);
                    }
                }
            }
        }
    }

    private static Layout LayoutOf(NirGraph graph, NirNode node, IReadOnlyList<int> shape)
    {
        bool flat = node.Type == "Conv1d";
        bool pool = node.Type is "SumPool2d" or "AvgPool2d";
        int[] Pair(string field, int otherwise)
        {
            int[] values = node.Fields.TryGetValue(field, out HdfArray? array) && array.Values.Length > 0
                ? Array.ConvertAll(array.Values, v => (int)v) : [otherwise];
            return flat ? [field is "padding" ? 0 : 1, values[0]] : values.Length == 1 ? [values[0], values[0]] : [values[0], values[1]];
        }

        int[] weight = pool ? [] : node.Fields["weight"].Shape;
        int[] kernel = pool ? Pair("kernel_size", 1) : flat ? [1, weight[2]] : [weight[2], weight[3]];
        int groups = pool ? 1 : (int)Math.Max(1, node.At("groups", 0, 1));
        int[] inside = shape.Count == (flat ? 2 : 3) ? flat ? [1, shape[1]] : [shape[1], shape[2]]
            : node.Fields.ContainsKey("input_shape") ? Pair("input_shape", 0) : [0, 0];
        int channels = pool ? shape.Count == 3 ? shape[0] : 0 : weight[1] * groups;
        if (inside[0] < 1 || inside[1] < 1 || channels < 1)
        {
            throw new ExchangeException(ExchangeProblem.Network, graph.File, node.Name,
                $"{node.Type} without the size of its input: neither input_shape nor an Input of that shape gives it",
                "export with the shape of the input");
        }

        int[] stride = Pair("stride", 1);
        int[] dilation = pool ? [1, 1] : Pair("dilation", 1);
        bool same = node.Words.TryGetValue("padding", out string? word) && word == "same";
        int[] padding = same ? [dilation[0] * (kernel[0] - 1) / 2, dilation[1] * (kernel[1] - 1) / 2] : Pair("padding", 0);
        int[] output = new int[2];
        for (int d = 0; d < 2; d++)
        {
            output[d] = same ? inside[d] : (inside[d] + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1) / Math.Max(1, stride[d]) + 1;
        }

        return output[0] < 1 || output[1] < 1 || stride[0] < 1 || stride[1] < 1
            ? throw new ExchangeException(ExchangeProblem.Network, graph.File, node.Name,
                $"{node.Type} leaves nothing of an input of {inside[0]} by {inside[1]}", "check kernel, stride and padding")
            : new Layout(channels, inside, pool ? channels : weight[0], output, pool ? 1 : weight[1], groups, kernel, stride, dilation,
                padding,
                pool, node.Type == "AvgPool2d" ? 1.0 / (kernel[0] * kernel[1]) : 1, pool ? [] : node.Fields["weight"].Values,
                pool ? [] : node.Fields["bias"].Values);
    }

    /// <summary>Sizes and weights of a node.</summary>
    public sealed record Layout(int InChannels, int[] In, int OutChannels, int[] Out, int InPerGroup, int Groups, int[] Kernel,
        int[] Stride,
        int[] Dilation, int[] Padding, bool IsPool, double PoolWeight, double[] Weights, double[] Bias)
    {
        /// <summary>Number of values that come out.</summary>
        public double Outputs => (double)OutChannels * Out[0] * Out[1];
    }
}
