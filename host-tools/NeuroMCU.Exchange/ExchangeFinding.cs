// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange;

/// <summary>How well something of a foreign network is met.</summary>
public enum Fidelity
{
    /// <summary>As the file says.</summary>
    Exact,

    /// <summary>But for rounding, which is stated.</summary>
    Rounded,

    /// <summary>In another way than the file says, which is stated.</summary>
    Approximated,
}

/// <summary>A line of the report of an import or an export.</summary>
/// <param name="Node">Node or projection.</param>
/// <param name="Type">Its type.</param>
/// <param name="Fidelity">How well it is met.</param>
/// <param name="Text">What became of it.</param>
public sealed record ExchangeFinding(string Node, string Type, Fidelity Fidelity, string Text)
{
    /// <summary>Largest rounding error of a weight; null where there is none to state.</summary>
    public double? LargestWeightError { get; init; }

    /// <summary>Mean rounding error of the weights.</summary>
    public double? MeanWeightError { get; init; }
}
