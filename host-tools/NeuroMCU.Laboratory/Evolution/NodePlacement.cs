// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>Which row of an array takes which input, and which column gives which answer.</summary>
/// <param name="Rows">Row of each input.</param>
/// <param name="Columns">Column of each answer.</param>
public sealed record NodePlacement(int[] Rows, int[] Columns)
{
    /// <summary>As they come.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="answers">Number of answers.</param>
    /// <returns>Input i on row i, answer j on column j.</returns>
    public static NodePlacement Straight(int inputs, int answers)
        => new([.. Enumerable.Range(0, inputs)], [.. Enumerable.Range(0, answers)]);

    /// <summary>Around nodes that do not move, for a task: one does least harm where it conducts what would be learned there, much where
    /// its input belongs to its answer.</summary>
    /// <param name="known">What will be taught.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="answers">Number of answers.</param>
    /// <param name="size">Rows and columns of the array.</param>
    /// <param name="stuck">Nodes that do not move.</param>
    /// <param name="readings">Readings of all nodes, as parts of full scale.</param>
    /// <param name="forgets">Nodes that do not keep what they learn, which no input and answer may meet at; null for none.</param>
    /// <returns>The placement.</returns>
    public static NodePlacement Around(IReadOnlyList<Presentation> known, int inputs, int answers, (int Rows, int Columns) size,
        IReadOnlySet<int> stuck, IReadOnlyList<double> readings, IReadOnlySet<int>? forgets = null)
    {
        const double Begin = 0.35;
        const double Never = 1e6;
        double[,] mean = new double[inputs, answers];
        for (int j = 0; j < answers; j++)
        {
            Presentation[] own = [.. known.Where(p => p.Right == j)];
            for (int i = 0; i < inputs; i++)
            {
                mean[i, j] = own.Select(p => p.Inputs[i] / 65536.0).DefaultIfEmpty(0).Average();
            }
        }

        return Around(inputs, answers, size.Rows, size.Columns, (row, column, i, j) =>
        {
            int node = (row * size.Columns) + column;
            if (forgets?.Contains(node) == true)
            {
                return Never;
            }

            double usual = Enumerable.Range(0, answers).Average(k => mean[i, k]);
            return stuck.Contains(node) ? usual * Math.Abs(readings[node] - Math.Clamp(Begin + mean[i, j] - usual, 0, 1)) : 0;
        });
    }

    /// <summary>Around nodes that do not move: exchanges rows and columns, used and unused ones, as long as stuck nodes do less
    /// harm.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="answers">Number of answers.</param>
    /// <param name="harm">What a node that does not move costs at a row and column of the array, for an input and an answer; 0 for a good
    /// node.</param>
    /// <param name="rows">Rows of the array.</param>
    /// <param name="columns">Columns of the array.</param>
    /// <returns>A placement that no exchange of two rows or columns makes better.</returns>
    public static NodePlacement Around(int inputs, int answers, int rows, int columns, Func<int, int, int, int, double> harm)
    {
        int[] r = [.. Enumerable.Range(0, rows)];
        int[] c = [.. Enumerable.Range(0, columns)];
        double cost = Cost();
        for (bool better = true; better;)
        {
            better = Exchange(r) | Exchange(c);
        }

        return new NodePlacement(r[..inputs], c[..answers]);

        bool Exchange(int[] order)
        {
            bool any = false;
            for (int a = 0; a < order.Length; a++)
            {
                for (int b = a + 1; b < order.Length; b++)
                {
                    (order[a], order[b]) = (order[b], order[a]);
                    double now = Cost();
                    if (now < cost - 1e-9)
                    {
                        cost = now;
                        any = true;
                    }
                    else
                    {
                        (order[a], order[b]) = (order[b], order[a]);
                    }
                }
            }

            return any;
        }

        double Cost()
        {
            double sum = 0;
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < answers; j++)
                {
                    sum += harm(r[i], c[j], i, j);
                }
            }

            return sum;
        }
    }
}
