// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>
/// A crossbar with wires that have resistance: rows are driven at their left end through a switch, columns end at virtual ground below,
/// through another one. Nodal analysis by a Cholesky factor of the band matrix (two potentials at each crossing).
/// </summary>
public sealed class CrossbarCircuit
{
    private const int MostSteps = 200;
    private const double Tolerance = 1e-7;

    private readonly int _rows;
    private readonly int _columns;
    private readonly double _segment;
    private readonly double _end;
    private readonly int _band;
    private readonly double[][] _factor;
    private readonly double[] _potential;
    private readonly double[] _apparent;
    private double[] _nodes;

    /// <summary>Initializes a new instance of the <see cref="CrossbarCircuit" /> class.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="segment">Resistance in Ω of a wire from one node to the next, and to its switch; above 0.</param>
    /// <param name="switches">Resistance in Ω of each switch, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or a resistance is not above 0.</exception>
    public CrossbarCircuit(int rows, int columns, double segment, double switches)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(switches);

        // Of wires alone or switches alone, what is missing is so small that it does not show, and the matrix stays regular.
        const double nothing = 1e-3;
        _rows = rows;
        _columns = columns;
        _segment = 1 / Math.Max(segment, nothing);
        _end = 1 / Math.Max(segment + switches, nothing);
        _band = 2 * columns;
        _factor = [.. Enumerable.Range(0, 2 * rows * columns).Select(_ => new double[_band + 1])];
        _potential = new double[2 * rows * columns];
        _apparent = new double[rows * columns];
        _nodes = new double[rows * columns];
    }

    /// <summary>Sets the conductances of the nodes, row by row, in S.</summary>
    /// <param name="nodes">One for each node.</param>
    public void Set(IReadOnlyList<double> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        _nodes = [.. nodes];
        Factor();
        for (int row = 0; row < _rows; row++)
        {
            Solve(row);
            for (int column = 0; column < _columns; column++)
            {
                _apparent[(row * _columns) + column] = _potential[Below(_rows - 1, column)] * _end;
            }
        }
    }

    /// <summary>Gets what a reading of a node shows: the current of its column over the voltage of its row, the other rows at 0.</summary>
    /// <param name="row">Row of the node.</param>
    /// <param name="column">Column of the node.</param>
    /// <returns>Conductance in S.</returns>
    public double Apparent(int row, int column) => _apparent[(row * _columns) + column];

    /// <summary>Finds the conductances that readings of all nodes stand for.</summary>
    /// <param name="readings">What each node showed, row by row, in S; at least 0.</param>
    /// <returns>Conductances in S, row by row.</returns>
    /// <exception cref="ArgumentException">No conductances give these readings: they are larger than the wires allow.</exception>
    public double[] Recover(IReadOnlyList<double> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        double[] nodes = [.. readings];
        for (int step = 0; step < MostSteps; step++)
        {
            Set(nodes);
            double worst = 0;
            double scale = readings.Max();
            for (int k = 0; k < nodes.Length; k++)
            {
                worst = Math.Max(worst, Math.Abs(_apparent[k] - readings[k]));

                // Wires take some percent of a node's effect, so that what is missing is nearly what has to be added.
                nodes[k] = Math.Max(0, nodes[k] + (readings[k] - _apparent[k]));
            }

            if (worst <= Tolerance * scale)
            {
                return nodes;
            }
        }

        throw new ArgumentException("no conductances of the nodes give these readings: check the resistance of wires and switches",
            nameof(readings));
    }

    private int Above(int row, int column) => 2 * ((row * _columns) + column);

    private int Below(int row, int column) => Above(row, column) + 1;

    // Row k of _factor holds the entries k − band … k of the matrix, then of its factor.
    private void Add(int a, int b, double conductance)
    {
        _factor[a][_band] += conductance;
        _factor[b][_band] += conductance;
        int high = Math.Max(a, b);
        _factor[high][_band - (high - Math.Min(a, b))] -= conductance;
    }

    private void Factor()
    {
        foreach (double[] line in _factor)
        {
            Array.Clear(line);
        }

        for (int i = 0; i < _rows; i++)
        {
            _factor[Above(i, 0)][_band] += _end;
            for (int j = 0; j < _columns; j++)
            {
                Add(Above(i, j), Below(i, j), _nodes[(i * _columns) + j]);
                if (j + 1 < _columns)
                {
                    Add(Above(i, j), Above(i, j + 1), _segment);
                }

                if (i + 1 < _rows)
                {
                    Add(Below(i, j), Below(i + 1, j), _segment);
                }
            }
        }

        for (int j = 0; j < _columns; j++)
        {
            _factor[Below(_rows - 1, j)][_band] += _end;
        }

        for (int i = 0; i < _factor.Length; i++)
        {
            int first = Math.Max(0, i - _band);
            for (int j = first; j <= i; j++)
            {
                double sum = _factor[i][_band - (i - j)];
                for (int k = Math.Max(first, j - _band); k < j; k++)
                {
                    sum -= _factor[i][_band - (i - k)] * _factor[j][_band - (j - k)];
                }

                _factor[i][_band - (i - j)] = i == j ? Math.Sqrt(sum) : sum / _factor[j][_band];
            }
        }
    }

    private void Solve(int driven)
    {
        int n = _potential.Length;
        Array.Clear(_potential);
        _potential[Above(driven, 0)] = _end;
        for (int i = 0; i < n; i++)
        {
            double sum = _potential[i];
            for (int k = Math.Max(0, i - _band); k < i; k++)
            {
                sum -= _factor[i][_band - (i - k)] * _potential[k];
            }

            _potential[i] = sum / _factor[i][_band];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            _potential[i] /= _factor[i][_band];
            for (int k = Math.Max(0, i - _band); k < i; k++)
            {
                _potential[k] -= _factor[i][_band - (i - k)] * _potential[i];
            }
        }
    }
}
