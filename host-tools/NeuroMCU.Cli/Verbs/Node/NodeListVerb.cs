// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node list</c>: what the device knows of its nodes, and what the board allows.</summary>
internal static class NodeListVerb
{
    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("list", "Show modes, targets and ranges, and what the board allows") { NodeOptions.File };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "list", cancellation);
        NodeArrayInfo array = session.Array;
        Dictionary<int, string> map = session.History.Map().ToDictionary(m => m.Node, m => m.Condition);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-list/1",
                Device = session.Client.Address,
                Board = session.Client.Info.BoardName,
                array.Rows,
                array.Columns,
                FullScaleS = array.FullScale,
                History = session.History.Path,
                Nodes = session.Entries.Select(e => new
                {
                    e.Node,
                    Mode = Mode(e.Mode),
                    e.Masked,
                    TargetS = e.Target * array.FullScale,
                    LowS = e.Low * array.FullScale,
                    HighS = e.High * array.FullScale,
                    Condition = map.GetValueOrDefault(e.Node),
                }),
            });
            return ExitCode.Ok;
        }

        NodeInfo info = array.Info;
        context.WriteLine($"{session.Where}: {array.Rows} x {array.Columns} nodes, full scale {NodeOptions.Text(array.FullScale)}");
        context.WriteLine($"full pulse {Figures.Short(info.PulseMillivolts / 1000.0)} V, {Figures.Time(info.PulseMicroseconds)}; at most "
            + $"{Figures.Short(info.MaxMillivolts / 1000.0)} V, {Figures.Time(info.MaxMicroseconds)}, "
            + $"{NodeOptions.Number(info.MaxMicroamperes)} uA; "
            + $"read at {Figures.Short(info.ReadMillivolts / 1000.0)} V");
        Grid grid = Tables.Plain("#node", "#row", "#column", "mode", "condition", "#target", "#low", "#high");
        foreach (NodeEntry entry in session.Entries)
        {
            Tables.Add(grid, NodeOptions.Number(entry.Node), NodeOptions.Number(entry.Node / array.Columns),
                NodeOptions.Number(entry.Node % array.Columns),
                entry.Masked ? Mode(entry.Mode) + ", masked" : Mode(entry.Mode), map.GetValueOrDefault(entry.Node, "-"),
                Conductance(entry.Target), entry.High is null ? "-" : Conductance(entry.Low), Conductance(entry.High));
        }

        context.Out.Write(grid);
        return ExitCode.Ok;

        string Conductance(double? value) => value is double v ? NodeOptions.Text(v * array.FullScale) : "-";
    }

    private static string Mode(int mode) => mode switch
    {
        NodeMode.Volatile => "volatile",
        NodeMode.Keeping => "keeping",
        _ => "unknown",
    };
}
