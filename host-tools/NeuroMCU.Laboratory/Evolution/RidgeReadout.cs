// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.LinearAlgebra;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>Ridge regression from inputs to answers in double precision: the yardstick of what a linear read-out can do.</summary>
public sealed class RidgeReadout
{
    private const double Penalty = 0.01;

    private readonly Matrix<double> _weights;

    private RidgeReadout(Matrix<double> weights) => _weights = weights;

    /// <summary>Fits one.</summary>
    /// <param name="shown">Presentations with their answers.</param>
    /// <param name="answers">Number of answers.</param>
    /// <returns>The fit.</returns>
    public static RidgeReadout Fit(IReadOnlyList<Presentation> shown, int answers)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfRows(shown.Select(Row));
        Matrix<double> y = Matrix<double>.Build.Dense(shown.Count, answers, (n, j) => shown[n].Right == j ? 1 : 0);
        Matrix<double> gram = x.TransposeThisAndMultiply(x) + (Matrix<double>.Build.DenseIdentity(x.ColumnCount) * Penalty);
        return new RidgeReadout(gram.Cholesky().Solve(x.TransposeThisAndMultiply(y)));
    }

    /// <summary>Answers.</summary>
    /// <param name="shown">What is shown.</param>
    /// <returns>The column with the largest sum.</returns>
    public int Answer(Presentation shown)
        => (Vector<double>.Build.DenseOfEnumerable(Row(shown)) * _weights).MaximumIndex();

    private static double[] Row(Presentation shown) => [.. shown.Parts, 1];
}
