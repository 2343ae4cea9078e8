// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Reference;

/// <summary>
/// Sum of what arrives together, with the rounding errors of each addition added up beside it (A. Neumaier, Z. angew. Math. Mech. 54,
/// 1974): the order of the terms makes no difference, and ten times 0.1 is 1.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct PlainSum
{
    private double _sum;
    private double _error;

    /// <summary>The sum.</summary>
    public readonly double Value => _sum + _error;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        double sum = _sum + term;
        _error += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
