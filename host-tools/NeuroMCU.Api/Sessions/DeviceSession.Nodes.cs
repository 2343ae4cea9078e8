// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Api.Sessions;

/// <content>Nodes of the array, also while the network runs; what is done to them goes into the array's history.</content>
internal sealed partial class DeviceSession
{
    private const int MeanOf = 16;

    /// <summary>Reads the array, what the device knows of its nodes, and what each shows; after the work that goes on, during which a
    /// device reads for nobody else.</summary>
    /// <param name="samples">Readings of each node; 0 for none.</param>
    public Task<NodeArrayState> ReadNodesAsync(int samples, CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            NodeArrayInfo array = await _device.Client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
            return new NodeArrayState(
                array,
                array.Count == 0 ? [] : await _device.Client.ListNodesAsync(array.Count, cancellation).ConfigureAwait(false),
                array.Count == 0 || samples == 0 ? []
                    : await _device.Client.ReadNodesAsync(0, array.Count, samples, cancellation).ConfigureAwait(false));
        },
        cancellation);

    /// <summary>Gives a node equal pulses.</summary>
    /// <returns>Readings in S before and after.</returns>
    public Task<(double Before, double After)> PulseNodeAsync(int node, double volts, double seconds, int count, string by,
        CancellationToken cancellation) => OnNodesAsync(
        "pulse",
        FormattableString.Invariant($"node {node}, {volts} V, {seconds} s, {count} times, by {by}"),
        async (array, history, id) =>
        {
            NodeReading before = (await _device.Client.ReadNodesAsync(node, 1, MeanOf, cancellation).ConfigureAwait(false))[0];
            history.Add(id, before);
            NodeStep step = await _device.Client.PulseNodeAsync(node, volts, seconds, 0, count, cancellation).ConfigureAwait(false);
            history.Add(id, step);
            Hub.Send(new { Type = "nodes", By = by, Nodes = new[] { node } });
            return (before.Value * array.FullScale, step.Value * array.FullScale);
        },
        cancellation);

    /// <summary>Brings nodes to conductances by write and verify.</summary>
    /// <param name="targets">Conductances in S by node.</param>
    public Task<(NodeArrayInfo Array, NodeTaskReport Report)> ProgramNodesAsync(IReadOnlyDictionary<int, double> targets, double tolerance,
        string by, CancellationToken cancellation) => OnNodesAsync(
        "program",
        FormattableString.Invariant($"{targets.Count} nodes, by {by}"),
        async (array, history, id) =>
        {
            await _device.Client.SetNodeTargetsAsync(targets.ToDictionary(t => t.Key, t => (double?)(t.Value / array.FullScale)),
                cancellation).ConfigureAwait(false);
            NodeTaskReport report = await _device.Client.WorkOnNodesAsync(
                new NodeTaskOptions(NodeWork.Program, [.. targets.Keys]) { Tolerance = tolerance },
                step => history.Add(id, step), null, cancellation).ConfigureAwait(false);
            history.Add(id, report.Results, survey: false);
            if (report.State != NodeState.Failed)
            {
                await _device.Client.StoreNodesAsync(cancellation).ConfigureAwait(false);
            }

            report.RequireDone();
            Hub.Send(new { Type = "nodes", By = by, Nodes = targets.Keys.Order() });
            return (array, report);
        },
        cancellation);

    /// <summary>Sets the mode of a node, masks it, or frees it.</summary>
    /// <param name="mode">One of <see cref="NodeMode" />; unknown leaves it.</param>
    public Task<bool> SetNodeAsync(int node, int mode, bool? masked, string by, CancellationToken cancellation) => OnNodesAsync(
        "mode",
        FormattableString.Invariant($"node {node}, by {by}"),
        async (_, _, _) =>
        {
            await _device.Client.SetNodeAsync(node, mode, masked, cancellation).ConfigureAwait(false);
            await _device.Client.StoreNodesAsync(cancellation).ConfigureAwait(false);
            Hub.Send(new { Type = "nodes", By = by, Nodes = new[] { node } });
            return true;
        },
        cancellation);

    /// <summary>Reads what was done to nodes, here and by the verbs of <c>node</c>.</summary>
    /// <returns>The newest steps, oldest first.</returns>
    public Task<IReadOnlyList<HistoryRow>> NodeHistoryAsync(int? node, int last, CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            NodeArrayInfo array = await RequireNodesAsync(node, cancellation).ConfigureAwait(false);
            using NodeHistory history = OpenHistory(array);
            return history.Rows(node, last);
        },
        cancellation);

    private Task<T> OnNodesAsync<T>(string verb, string detail, Func<NodeArrayInfo, NodeHistory, long, Task<T>> action,
        CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            NodeArrayInfo array = await RequireNodesAsync(null, cancellation).ConfigureAwait(false);
            using NodeHistory history = OpenHistory(array);
            _hand.Note(Time, "nodes");
            return await action(array, history, history.Begin("api " + verb, detail)).ConfigureAwait(false);
        },
        cancellation);

    private async Task<NodeArrayInfo> RequireNodesAsync(int? node, CancellationToken cancellation)
    {
        NodeArrayInfo array = await _device.Client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
        if (array.Count == 0)
        {
            throw ApiException.Conflict($"the board {_device.Client.Info.BoardName} has no nodes", null,
                "open a device with 'board': 'virtual-array'");
        }

        return node is null || (node >= 0 && node < array.Count) ? array
            : throw ApiException.NotFound(FormattableString.Invariant($"there is no node {node}"),
                FormattableString.Invariant($"its nodes are 0 to {array.Count - 1}"));
    }

    private NodeHistory OpenHistory(NodeArrayInfo array)
    {
        DeviceInfo info = _device.Client.Info;
        string path = _settings.NodeFolder is { } folder ? Path.Combine(folder, info.DeviceId + ".db")
            : NodeHistory.DefaultPath(info.DeviceId);
        return NodeHistory.Open(path, new NodeArrayIdentity(info.DeviceId, info.BoardName, array.Rows, array.Columns, array.FullScale));
    }
}

/// <summary>A node array and what its nodes show.</summary>
/// <param name="Readings">One for each node; none when none were asked for.</param>
internal sealed record NodeArrayState(NodeArrayInfo Array, IReadOnlyList<NodeEntry> Entries, IReadOnlyList<NodeReading> Readings);
