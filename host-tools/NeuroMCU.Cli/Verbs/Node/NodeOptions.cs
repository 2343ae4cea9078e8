// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>What the verbs about nodes take, and how nodes and conductances are written.</summary>
internal static class NodeOptions
{
    /// <summary>Where the history is kept.</summary>
    public static readonly Option<string?> File = new("--file")
    {
        Description = "History of the array (default: one for each device in ~/.local/state/neuromcu/nodes)",
        HelpName = "FILE.db",
    };

    /// <summary>A report to look at.</summary>
    public static readonly Option<string?> Report = new("--out", "-o")
    {
        Description = "Write a report with the array as a map",
        HelpName = "FILE.html",
    };

    /// <summary>Makes the option that chooses nodes.</summary>
    /// <param name="required">True where a verb is about one node.</param>
    /// <returns>The option.</returns>
    public static Option<string?> Nodes(bool required = false) => new("--node", "-n")
    {
        Description = required ? "Node by number, or as ROW,COLUMN" : "Nodes by number (3, 8-15) or as ROW,COLUMN (default: all)",
        HelpName = required ? "NODE" : "NODES",
        Required = required,
    };

    /// <summary>Reads which nodes are meant.</summary>
    /// <returns>Their numbers in order, each once.</returns>
    /// <exception cref="CliException">The text names none of the array.</exception>
    public static IReadOnlyList<int> Choose(string? text, NodeArrayInfo array)
    {
        if (text is null)
        {
            return [.. Enumerable.Range(0, array.Count)];
        }

        SortedSet<int> nodes = [];
        string[] pair = text.Split(',');
        if (pair.Length == 2 && Whole(pair[0]) is int row && Whole(pair[1]) is int column)
        {
            return row < array.Rows && column < array.Columns ? [(row * array.Columns) + column] : throw None(text, array);
        }

        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            int? first = Whole(ends[0]);
            int? last = ends.Length == 2 ? Whole(ends[1]) : first;
            if (ends.Length > 2 || first is null || last is null || last < first || last >= array.Count)
            {
                throw None(text, array);
            }

            nodes.UnionWith(Enumerable.Range(first.Value, last.Value - first.Value + 1));
        }

        return nodes.Count > 0 ? [.. nodes] : throw None(text, array);
    }

    /// <summary>Reads a conductance.</summary>
    /// <returns>Siemens.</returns>
    public static double Siemens(string text, string what)
        => Quantities.Positive(text, Dimension.Conductance, what, "5 uS") * 1e-3;

    /// <summary>Reads a voltage, which may be negative.</summary>
    /// <returns>Volts.</returns>
    public static double Volts(string text, string what)
    {
        string size = text.Trim().TrimStart('-');
        double volts = Quantities.Positive(size, Dimension.Voltage, what, "2 V") / 1000;
        return text.Trim().StartsWith('-') ? -volts : volts;
    }

    /// <summary>Writes a conductance.</summary>
    /// <returns>A number with nS, uS or mS.</returns>
    public static string Text(double siemens)
    {
        double size = Math.Abs(siemens);
        (double scale, string unit) = size >= 1e-3 ? (1e3, "mS") : size >= 1e-7 ? (1e6, "uS") : (1e9, "nS");
        return (siemens * scale).ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>Writes a whole number.</summary>
    /// <returns>Its digits.</returns>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string text)
        => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static CliException None(string text, NodeArrayInfo array) => new(
        ExitCode.Usage,
        $"'{text}' names no node of this array",
        $"it has {array.Rows} x {array.Columns} nodes, 0 to {array.Count - 1}",
        "write --node 5, --node 0-7, or --node 1,2 for row and column");
}
