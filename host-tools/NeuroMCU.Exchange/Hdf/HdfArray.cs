// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Hdf;

/// <summary>Numbers with their shape, in row-major order.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Shape">Sizes of the dimensions; empty for a scalar.</param>
internal sealed record HdfArray(double[] Values, int[] Shape)
{
    /// <summary>The shape in words: <c>(38, 12)</c>.</summary>
    public string ShapeText => "(" + string.Join(", ", Shape) + ")";
}
