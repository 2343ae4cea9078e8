// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>A connected array, and the history of everything that is done to it.</summary>
internal sealed class NodeSession : IAsyncDisposable
{
    private readonly DeviceConnection _connection;

    private NodeSession(DeviceConnection connection, NodeArrayInfo array, NodeHistory history, long id, IReadOnlyList<NodeEntry> entries)
    {
        _connection = connection;
        Array = array;
        History = history;
        Id = id;
        Entries = entries;
    }

    /// <summary>The device.</summary>
    public DeviceClient Client => _connection.Client;

    /// <summary>The array.</summary>
    public NodeArrayInfo Array { get; }

    /// <summary>The history.</summary>
    public NodeHistory History { get; }

    /// <summary>Number of this command in the history.</summary>
    public long Id { get; }

    /// <summary>What the device knows of its nodes, as it was at the beginning.</summary>
    public IReadOnlyList<NodeEntry> Entries { get; }

    /// <summary>Where it runs, for people.</summary>
    public string Where => VerbContext.Describe(_connection) + ", " + Client.Info.BoardName;

    /// <summary>Connects; without a device or board to the virtual array.</summary>
    public static async Task<NodeSession> OpenAsync(VerbContext context, ParseResult line, string verb, CancellationToken cancellation)
    {
        context.UseNodes();
        DeviceConnection connection = await context.ConnectAsync(cancellation);
        try
        {
            if (connection.Device is { NodeWorkWasLost: true })
            {
                context.Say("warning: the last command was killed while it worked on the nodes; what it did to them in its last third of a "
                    + "second is lost. Look at them: neuromcu node verify, or neuromcu node survey");
            }

            DeviceClient client = connection.Client;
            NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation);
            if (array.Count == 0)
            {
                throw new CliException(ExitCode.CannotConnect, $"the board '{client.Info.BoardName}' has no node array", null,
                    $"use a board with nodes: without --device, --board {UsualBoards.NodesName}");
            }

            string path = line.GetValue(NodeOptions.File) ?? NodeHistory.DefaultPath(client.Info.DeviceId);
            NodeHistory history = NodeHistory.Open(path, new NodeArrayIdentity(client.Info.DeviceId, client.Info.BoardName, array.Rows,
                array.Columns, array.FullScale));
            try
            {
                long id = history.Begin(verb, string.Join(' ', line.Tokens.Select(t => t.Value)));
                return new NodeSession(connection, array, history, id, await client.ListNodesAsync(array.Count, cancellation));
            }
            catch
            {
                history.Dispose();
                throw;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Works on nodes, with progress on the terminal and every step in the history.</summary>
    public async Task<NodeTaskReport> WorkAsync(
        VerbContext context, string what, NodeTaskOptions options, CancellationToken cancellation)
    {
        using ProgressLine bar = new(context, what);
        NodeTaskReport report = await Client.WorkOnNodesAsync(
            options,
            step => History.Add(Id, step),
            new Progress(bar),
            cancellation);
        History.Add(Id, report.Results, options.Work == NodeWork.Survey);

        // What a node does and reaches has to outlive the power, also when the device ended the work.
        if (options.Work is not NodeWork.Verify && report.State != NodeState.Failed)
        {
            await Client.StoreNodesAsync(cancellation);
        }

        report.RequireDone();
        return report;
    }

    /// <summary>Says what a network that runs meanwhile does with nodes that were changed.</summary>
    /// <returns>True when one runs.</returns>
    public async Task<bool> SayOfRunAsync(VerbContext context, CancellationToken cancellation)
    {
        bool runs = (await Client.ReadStateAsync(cancellation)).State == DeviceState.Running;
        if (runs)
        {
            context.Say("note: the network that runs goes on with the weights that its nodes had when it started; the next "
                + "'neuromcu run' reads them again, and 'neuromcu node map' brings them to the weights of a file");
        }

        return runs;
    }

    public async ValueTask DisposeAsync()
    {
        History.Dispose();
        await _connection.DisposeAsync();
    }

    private sealed class Progress(ProgressLine bar) : IProgress<double>
    {
        public void Report(double value) => bar.Report(value, string.Empty);
    }
}
