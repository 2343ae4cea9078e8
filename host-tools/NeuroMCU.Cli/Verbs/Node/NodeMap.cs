// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.Report;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>An array on the terminal and in a report.</summary>
internal static class NodeMap
{
    /// <summary>Prints a value for each node in its place.</summary>
    /// <param name="cell">Text of a node.</param>
    public static void Print(VerbContext context, NodeArrayInfo array, Func<int, string> cell)
    {
        Grid grid = Tables.Plain(["row", .. Enumerable.Range(0, array.Columns).Select(c => "#" + NodeOptions.Number(c))]);
        for (int row = 0; row < array.Rows; row++)
        {
            Tables.Add(grid, [NodeOptions.Number(row), .. Enumerable.Range(0, array.Columns).Select(c => cell((row * array.Columns) + c))]);
        }

        context.Out.Write(grid);
    }

    /// <summary>Writes a report with the array as a map and a table of its nodes.</summary>
    /// <param name="values">Conductance of each node in S; NaN where it is not known.</param>
    /// <param name="bad">Nodes that cannot be used.</param>
    public static void Write(
        VerbContext context, string path, string title, NodeSession session, IReadOnlyList<double> values, ISet<int> bad,
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, IEnumerable<(string Label, string Value,
            FigureTone Tone)> figures)
    {
        NodeArrayInfo array = session.Array;
        HtmlReport report = new(title, $"{array.Rows} x {array.Columns} nodes of {session.Client.Info.BoardName}");
        foreach ((string label, string value, FigureTone tone) in figures)
        {
            report.Figure(label, value, tone);
        }

        double full = values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(array.FullScale).Max();
        report.Add(new SvgSection("Array", NodeHeatMap.Svg(array.Rows, array.Columns, [.. values.Select(v => v / full)],
            [.. values.Select(v => double.IsNaN(v) ? "-" : NodeOptions.Text(v))], bad)));
        report.Add(new TableSection("Nodes", columns, rows));
        context.ForWriting(path);
        OutputFile.WriteText(path, Text(report));
        context.Say("wrote " + path);
    }

    private static string Text(HtmlReport report)
    {
        using StringWriter writer = new();
        report.Write(writer);
        return writer.ToString();
    }
}
