// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Terminal;

/// <summary>A grid of dots drawn with Unicode's braille patterns: two dots wide and four high per character.</summary>
internal sealed class BrailleCanvas
{
    // Unicode numbers the dots down the left column, down the right one, then the lowest row.
    private static readonly int[] s_left = [0x01, 0x02, 0x04, 0x40];
    private static readonly int[] s_right = [0x08, 0x10, 0x20, 0x80];

    private readonly char[][] _rows;

    public BrailleCanvas(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        _rows = new char[rows][];
        for (int r = 0; r < rows; r++)
        {
            _rows[r] = new char[columns];
        }
    }

    /// <summary>Characters across.</summary>
    public int Columns { get; }

    /// <summary>Characters down.</summary>
    public int Rows { get; }

    /// <summary>Dots across.</summary>
    public int Width => 2 * Columns;

    /// <summary>Dots down.</summary>
    public int Height => 4 * Rows;

    /// <summary>Sets a dot.</summary>
    /// <param name="x">From the left, from 0.</param>
    /// <param name="y">From the top, from 0.</param>
    public void Set(int x, int y) => _rows[y / 4][x / 2] |= (char)(x % 2 == 0 ? s_left[y % 4] : s_right[y % 4]);

    /// <summary>One row of characters; places without a dot are spaces.</summary>
    /// <param name="row">From the top, from 0.</param>
    /// <returns>As many characters as there are columns.</returns>
    public string Row(int row)
    {
        char[] text = new char[Columns];
        for (int c = 0; c < Columns; c++)
        {
            text[c] = _rows[row][c] == 0 ? ' ' : (char)(0x2800 | _rows[row][c]);
        }

        return new string(text);
    }
}
