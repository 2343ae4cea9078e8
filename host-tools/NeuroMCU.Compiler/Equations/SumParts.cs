// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>A sum by what the machine computes its terms with.</summary>
internal sealed class SumParts
{
    public SumParts(double constant)
    {
        Constant = constant;
    }

    /// <summary>The constant.</summary>
    public double Constant { get; }

    /// <summary>Multiples of registers.</summary>
    public List<(double Factor, Register Of)> Linear { get; } = [];

    /// <summary>Functions of one part each, with all terms of that part, by its key.</summary>
    public Dictionary<string, (Expr Of, Expr Function)> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Multiples of products of two registers.</summary>
    public List<(double Factor, Register A, Register B)> Products { get; } = [];

    /// <summary>Adds a term to the function of a part.</summary>
    /// <param name="function">The term, a function of <see cref="Shape.Variable" />.</param>
    public void AddFunction(Expr of, Expr function)
    {
        Functions[of.Key] = Functions.TryGetValue(of.Key, out (Expr Of, Expr Function) before) ? (of, before.Function + function)
            : (of, function);
    }
}
