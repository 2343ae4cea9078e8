// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Hdf;

/// <summary>Numbers with their shape, in row-major order.</summary>
internal sealed record HdfArray(double[] Values, int[] Shape)
{
    /// <summary>The shape in words: <c>(38, 12)</c>.</summary>
    public string ShapeText => "(" + string.Join(", ", Shape) + ")";
}
