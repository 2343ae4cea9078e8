// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Internet.Nodes;

/// <summary>Nodes of a hub in the array of a device. Pulses are given one after the other, beside the hub's own work.</summary>
internal sealed class NodeArrayLink : IAsyncDisposable
{
    private const int Places = 4096;
    private const int Samples = 16;
    private readonly DeviceClient _client;
    private readonly NodeArrayInfo _array;
    private readonly Dictionary<string, ArrayNode> _nodes = new(StringComparer.Ordinal);
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(Places);
    private readonly ConcurrentQueue<ArrayNode> _moved = [];
    private readonly Task _working;
    private long _dropped;

    private NodeArrayLink(DeviceClient client, NodeArrayInfo array)
    {
        (_client, _array) = (client, array);
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Pulses that found no room, or that the device did not give.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Why a pulse was not given, the last one; null while all are.</summary>
    public DeviceException? Problem { get; private set; }

    /// <summary>Looks for the nodes of a hub in an array, and reads them.</summary>
    /// <param name="places">Number of each node in the array, by its name in the hub.</param>
    /// <returns>The nodes.</returns>
    /// <exception cref="DeviceException">The device has no array or no such node, or one that keeps nothing or was not surveyed.</exception>
    public static async Task<NodeArrayLink> OpenAsync(
        DeviceClient client, IReadOnlyDictionary<string, int> places, CancellationToken cancellation)
    {
        NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<NodeEntry> entries = array.Count == 0 ? []
            : await client.ListNodesAsync(array.Count, cancellation).ConfigureAwait(false);
        NodeArrayLink link = new(client, array);
        try
        {
            foreach ((string name, int place) in places)
            {
                NodeEntry? entry = place < entries.Count ? entries[place] : null;
                if (entry is not { Mode: NodeMode.Keeping, Masked: false, High: { } high } || high <= entry.Low)
                {
                    throw Unusable(name, place, array, entry);
                }

                NodeReading reading = (await client.ReadNodesAsync(place, 1, Samples, cancellation).ConfigureAwait(false))[0];
                link._nodes[name] = new ArrayNode(link, place, entry.Low * array.FullScale, high * array.FullScale,
                    reading.Value * array.FullScale);
            }
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return link;
    }

    /// <summary>A node by its name in the hub.</summary>
    /// <returns>The node.</returns>
    public ArrayNode Find(string name) => _nodes[name];

    /// <summary>Takes a node that was moved since this was last asked.</summary>
    /// <returns>The node; null when there is none.</returns>
    public ArrayNode? NextMoved() => _moved.TryDequeue(out ArrayNode? node) ? node : null;

    /// <summary>Asks for a pulse.</summary>
    /// <param name="part">Its length, as a part of a full one, 0 to 1.</param>
    public void Post(ArrayNode node, bool up, double part)
    {
        if (!_requests.Writer.TryWrite(new Request(node, up, part)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _working.ConfigureAwait(false);   // what was asked for is given, so that the weights are those of the account
    }

    private static DeviceException Unusable(string name, int place, NodeArrayInfo array, NodeEntry? entry)
    {
        (string why, string next) = entry switch
        {
            null => ($"the array has {array.Count} nodes, 0 to {array.Count - 1}", "write another number, or use a board with more nodes"),
            { Masked: true } => ("it is masked", $"neuromcu node mode -n {place} --unmask"),
            { Mode: not NodeMode.Keeping } => ("it does not keep what it is given", $"neuromcu node form -n {place}"),
            _ => ("its range is not known", "neuromcu node survey"),
        };
        return new DeviceException(DeviceErrorKind.Refused, $"node {place} of the array cannot be `{name}`", why, next);
    }

    private async Task WorkAsync()
    {
        await foreach (Request request in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            // Refused is one pulse; with the device all are gone.
            if (Problem?.Kind is DeviceErrorKind.LinkLost or DeviceErrorKind.NoAnswer)
            {
                Interlocked.Increment(ref _dropped);
                continue;
            }

            double volts = (request.Up ? 1 : -1) * _array.Info.PulseMillivolts / 1000.0;
            double width = Math.Max(1, Math.Round(_array.Info.PulseMicroseconds * request.Part)) / 1e6;
            try
            {
                NodeStep step = await _client.PulseNodeAsync(request.Node.Place, volts, width).ConfigureAwait(false);
                request.Node.Note(request.Up, width * 1e6 / _array.Info.PulseMicroseconds, step.Value * _array.FullScale);
                _moved.Enqueue(request.Node);
            }
            catch (DeviceException problem)
            {
                Interlocked.Increment(ref _dropped);
                Problem = problem;
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Request(ArrayNode Node, bool Up, double Part);
}
