// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Nir;

/// <summary>A node of a NIR graph with its fields, as the file has them.</summary>
/// <param name="Name">Name; within a sub-graph behind that of the sub-graph and a slash.</param>
internal sealed record NirNode(string Name, string Type, IReadOnlyDictionary<string, HdfArray> Fields)
{
    /// <summary>Texts by field: <c>padding</c> of a convolution may be <c>same</c>.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it has a membrane.</summary>
    public bool IsNeuron => Type is "LIF" or "CubaLIF" or "IF" or "LI" or "CubaLI" or "I" or "Threshold";

    /// <summary>Whether it fires.</summary>
    public bool Fires => Type is "LIF" or "CubaLIF" or "IF" or "Threshold";

    /// <summary>Number of its neurons or of the values of an end; 1 for a scalar.</summary>
    public int Size => Type switch
    {
        "Input" or "Output" => Fields["shape"].Values.Aggregate(1, (product, size) => product * (int)size),
        "CubaLIF" or "CubaLI" => Longest("tau_mem", "tau_syn", "r", "v_leak", "w_in", "v_threshold"),
        _ => Longest("r", "tau", "v_threshold", "v_leak", "threshold"),
    };

    /// <summary>A value per neuron: a scalar stands for all.</summary>
    public double At(string field, int neuron, double otherwise = 0) =>
        !Fields.TryGetValue(field, out HdfArray? array) ? otherwise
        : array.Values.Length == 1 ? array.Values[0] : array.Values[neuron];

    private int Longest(params string[] names) =>
        names.Select(n => Fields.TryGetValue(n, out HdfArray? field) ? field.Values.Length : 0).Max();
}
