// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Devices.Client;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>Targets in the shape of the array: a line for each row, cells between commas or semicolons.</summary>
internal static class NodeTargetFile
{
    public static IReadOnlyDictionary<int, double?> Read(string path, NodeArrayInfo array)
    {
        string[] lines = [.. File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#'))];
        if (lines.Length != array.Rows)
        {
            throw Wrong(path, lines.Length, $"there are {lines.Length} rows for {array.Rows}");
        }

        Dictionary<int, double?> targets = [];
        for (int row = 0; row < lines.Length; row++)
        {
            string[] cells = lines[row].Split(lines[row].Contains(';', StringComparison.Ordinal) ? ';' : ',');
            if (cells.Length != array.Columns)
            {
                throw Wrong(path, row + 1, $"row {row} has {cells.Length} cells for {array.Columns} columns");
            }

            for (int column = 0; column < cells.Length; column++)
            {
                string cell = cells[column].Trim().Trim('"');
                if (cell.Length > 0)
                {
                    targets[(row * array.Columns) + column] = NodeOptions.Siemens(cell,
                        $"{path}({row + 1}), column {column}") / array.FullScale;
                }
            }
        }

        return targets.Count > 0 ? targets : throw Wrong(path, 1, "every cell is empty");
    }

    private static CliException Wrong(string path, int line, string why) => new(
        ExitCode.FileAccess, $"{path}({line}): no targets in the shape of the array", why,
        "write a line for each row with a cell such as '5 uS' for each column");
}
