// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Tables in the style that all verbs share: no lines, two blanks between columns.</summary>
internal static class Tables
{
    /// <summary>Makes a table that has its heads only.</summary>
    /// <param name="columns">Heads; one that starts with <c>#</c> belongs to a column of numbers, set flush right.</param>
    /// <returns>The table.</returns>
    public static Grid Plain(params string[] columns)
    {
        Grid grid = new Grid { Expand = false };
        foreach (string column in columns)
        {
            GridColumn added = new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 0, 0) };
            grid.AddColumn(column.StartsWith('#') ? added.RightAligned() : added);
        }

        grid.AddRow(Array.ConvertAll<string, IRenderable>(columns, c => new Text(c.TrimStart('#'), new Style(decoration: Decoration.Dim))));
        return grid;
    }

    /// <summary>Adds a row of plain text.</summary>
    /// <param name="cells">As many cells as there are columns; markup is not interpreted.</param>
    public static void Add(Grid grid, params string[] cells) => grid.AddRow(Array.ConvertAll<string, IRenderable>(cells, c => new Text(c)));
}
