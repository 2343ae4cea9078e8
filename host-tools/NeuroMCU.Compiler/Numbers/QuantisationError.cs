// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler.Numbers;

/// <summary>Worst rounding error of one parameter over all neurons or synapses.</summary>
/// <param name="Element">Population, projection, input or read-out.</param>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Wanted">Value that is hit worst, as the file has it.</param>
/// <param name="Got">What it became.</param>
/// <param name="Unit">Unit of both; <c>1</c> for pure numbers.</param>
public sealed record QuantisationError(string Element, string Parameter, double Wanted, double Got, string Unit)
{
    /// <summary>Difference in <see cref="Unit" />.</summary>
    public double Absolute => Got - Wanted;

    /// <summary>Difference as a fraction of the wanted value; 0 when both are zero.</summary>
    public double Relative => Wanted == 0 ? (Got == 0 ? 0 : double.PositiveInfinity) : (Got - Wanted) / Wanted;
}
