// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <content>Nodes of an array: reading, pulsing, and the work that the device does on many of them.</content>
public sealed partial class DeviceClient
{
    private const double NodeUnit = 1e6;
    private static readonly TimeSpan s_nodePoll = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads what node array the board has. A device that has just been switched on compares its nodes with their targets
    /// first; that is waited for.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The array; one without rows for a board without nodes.</returns>
    /// <exception cref="DeviceException">The link broke, or the firmware knows no nodes.</exception>
    public async Task<NodeArrayInfo> ReadNodeArrayAsync(CancellationToken cancellation = default)
    {
        NodeInfo info = await ExclusiveAsync(() => NodeInfoAsync(cancellation), cancellation).ConfigureAwait(false);
        if (info.Rows > 0)
        {
            await AwaitComparisonAsync(cancellation).ConfigureAwait(false);
        }

        return new NodeArrayInfo(info.Rows, info.Columns, info.FullScale * 1e-12, info);
    }

    /// <summary>Reads nodes below the voltage that could move them.</summary>
    /// <param name="first">First node.</param>
    /// <param name="count">Number of nodes, 1 or more.</param>
    /// <param name="samples">Readings of each, 1 to 64.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What they showed.</returns>
    /// <exception cref="DeviceException">There is no such node, or the link broke.</exception>
    public Task<IReadOnlyList<NodeReading>> ReadNodesAsync(
        int first, int count, int samples = 16, CancellationToken cancellation = default) => ExclusiveAsync<IReadOnlyList<NodeReading>>(
        async () =>
        {
            var readings = new List<NodeReading>();
            var answer = new NodeReadings();
            while (readings.Count < count)
            {
                var request = new NodeReadRequest
                {
                    First = first + readings.Count,
                    Count = Math.Min(NodeReadings.MaxNodes, count - readings.Count),
                    Samples = samples,
                };
                Check(
                    answer.Read(await _exchange.RequestAsync(MessageType.NodeRead, request.Write, cancellation).ConfigureAwait(false))
                        && answer.Count == request.Count,
                    MessageType.NodeRead);
                for (int k = 0; k < answer.Count; k++)
                {
                    readings.Add(new NodeReading(answer.First + k, answer.Means[k] / NodeUnit, answer.Lowest[k] / NodeUnit,
                        answer.Highest[k] / NodeUnit, samples, answer.Time / NodeUnit));
                }
            }

            return readings;
        },
        cancellation);

    /// <summary>Applies equal pulses to a node and reads it once; returns when the last pulse is over.</summary>
    /// <param name="node">The node.</param>
    /// <param name="volts">Amplitude in V; positive raises the conductance.</param>
    /// <param name="seconds">Width in s.</param>
    /// <param name="amperes">Largest current in A; 0 for the profile's.</param>
    /// <param name="count">Number of pulses, 1 to 64.</param>
    /// <param name="cancellation">Ends the wait; no voltage is on the array then.</param>
    /// <returns>The reading after the pulses.</returns>
    /// <exception cref="DeviceException">The pulse is beyond the profile, the node is masked or none, or the link broke.</exception>
    public async Task<NodeStep> PulseNodeAsync(
        int node, double volts, double seconds, double amperes = 0, int count = 1, CancellationToken cancellation = default)
    {
        var request = new NodePulse
        {
            Node = node,
            Millivolts = Math.Clamp((int)Math.Round(volts * 1000), short.MinValue, short.MaxValue),
            Microseconds = (int)Math.Clamp(Math.Round(seconds * NodeUnit), 0, int.MaxValue),
            Microamperes = (int)Math.Clamp(Math.Round(amperes * NodeUnit), 0, int.MaxValue),
            Count = count,
        };
        NodePulsed answer = await ExclusiveAsync(
            async () =>
            {
                var pulsed = new NodePulsed();
                Check(pulsed.Read(await _exchange.RequestAsync(MessageType.NodePulse, request.Write, cancellation).ConfigureAwait(false)),
                    MessageType.NodePulse);
                return pulsed;
            },
            cancellation).ConfigureAwait(false);
        if (answer.Left == 0)
        {
            return new NodeStep(node, volts, seconds, answer.Reading / NodeUnit, answer.Time / NodeUnit);
        }

        try
        {
            while (answer.Left > 0)
            {
                await PauseAsync(TimeSpan.FromMicroseconds(Math.Min(answer.Left, 1_000_000)), cancellation).ConfigureAwait(false);
                answer.Left = (await NodeProgressAsync(MessageType.NodeProgress, null, cancellation).ConfigureAwait(false)).Left;
            }
        }
        catch (OperationCanceledException)
        {
            await NodeProgressAsync(MessageType.NodeCancel, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        NodeReading after = (await ReadNodesAsync(node, 1, 1, cancellation).ConfigureAwait(false))[0];
        return new NodeStep(node, volts, seconds, after.Value, after.Time);
    }

    /// <summary>Lets the device's time pass.</summary>
    /// <param name="time">How long, on its clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it has passed.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public async Task WaitNodesAsync(TimeSpan time, CancellationToken cancellation = default)
    {
        // The device has to hear from the host in between.
        // The device counts whole microseconds: a part of one would never pass.
        TimeSpan end = Elapsed + TimeSpan.FromMicroseconds(Math.Ceiling(time.TotalMicroseconds));
        while (Elapsed < end)
        {
            await PauseAsync(TimeSpan.FromMicroseconds(Math.Ceiling((end - Elapsed).TotalMicroseconds)),
                cancellation).ConfigureAwait(false);
            await PingAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sets the targets of nodes.</summary>
    /// <param name="targets">Targets in parts of full scale by node; null takes a target away.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When they are set.</returns>
    /// <exception cref="DeviceException">A target is outside what the node reaches, the node is masked or none, or the link
    /// broke.</exception>
    public async Task SetNodeTargetsAsync(IReadOnlyDictionary<int, double?> targets, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(targets);
        foreach ((int node, double? target) in targets.OrderBy(t => t.Key))
        {
            var request = new NodeTargets { First = node, Count = 1 };
            request.Targets[0] = target is double value ? (int)Math.Round(value * NodeUnit) : NodeTargets.None;
            await CommandAsync(MessageType.NodeTargets, request.Write, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what the device knows of its nodes.</summary>
    /// <param name="count">Number of nodes of the array.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>One entry for each.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<IReadOnlyList<NodeEntry>> ListNodesAsync(int count, CancellationToken cancellation = default)
        => ExclusiveAsync<IReadOnlyList<NodeEntry>>(
            async () =>
            {
                var entries = new List<NodeEntry>();
                var list = new NodeList();
                while (entries.Count < count)
                {
                    Check(
                        list.Read(await _exchange.RequestAsync(MessageType.NodeList, new FirstIndex { First = entries.Count }.Write,
                            cancellation).ConfigureAwait(false)) && list.Count > 0,
                        MessageType.NodeList);
                    for (int k = 0; k < list.Count; k++)
                    {
                        entries.Add(new NodeEntry(list.First + k, list.Modes[k], list.Masked[k] != 0,
                            list.Targets[k] == NodeTargets.None ? null : list.Targets[k] / NodeUnit, list.Lows[k] / NodeUnit,
                            list.Highs[k] == 0 ? null : list.Highs[k] / NodeUnit));
                    }
                }

                return entries;
            },
            cancellation);

    /// <summary>Sets the mode of a node, or masks it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="mode">One of <see cref="NodeMode" />; unknown leaves it.</param>
    /// <param name="masked">True to mask it; null leaves it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="DeviceException">The node cannot have this mode, there is none, or the link broke.</exception>
    public Task SetNodeAsync(int node, int mode, bool? masked = null, CancellationToken cancellation = default) => CommandAsync(
        MessageType.NodeSet, new NodeSet { Node = node, Mode = mode, Masked = masked is bool mask ? mask ? 1 : 0 : 2 }.Write, cancellation);

    /// <summary>Stores modes, targets and ranges on the device.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Generation of what is stored.</returns>
    /// <exception cref="DeviceException">The store refuses, or the link broke.</exception>
    public Task<uint> StoreNodesAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var stored = new NodeStored();
            Check(stored.Read(await _exchange.RequestAsync(MessageType.NodeStore, null, cancellation).ConfigureAwait(false)),
                MessageType.NodeStore);
            return stored.Generation;
        },
        cancellation);

    /// <summary>Makes the device forget modes, targets and ranges; the nodes stay as they are.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When they are forgotten.</returns>
    /// <exception cref="DeviceException">The store refuses, or the link broke.</exception>
    public Task ForgetNodesAsync(CancellationToken cancellation = default) => CommandAsync(MessageType.NodeForget, null, cancellation);

    /// <summary>Works on nodes until the device is through.</summary>
    /// <param name="options">What to do, to which nodes.</param>
    /// <param name="steps">Receives every pulse and check in order; may be null.</param>
    /// <param name="progress">Receives the share that is over, 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work; no voltage is on the array when the task ends.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public async Task<NodeTaskReport> WorkOnNodesAsync(
        NodeTaskOptions options, Action<NodeStep>? steps = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NodeStart request = Request(options);
        NodeProgress state = await NodeProgressAsync(MessageType.NodeStart, request.Write, cancellation).ConfigureAwait(false);
        int number = state.Number;
        int fetched = 0;
        try
        {
            while (true)
            {
                fetched = await FetchStepsAsync(fetched, state.Steps, steps, cancellation).ConfigureAwait(false);
                progress?.Report(state.Nodes == 0 ? 1 : (double)state.Done / state.Nodes);
                if (state.State != NodeState.Going)
                {
                    break;
                }

                await PauseAsync(s_nodePoll, cancellation).ConfigureAwait(false);
                state = await NodeProgressAsync(MessageType.NodeProgress, null, cancellation).ConfigureAwait(false);
                if (state.Number != number)
                {
                    throw new DeviceException(DeviceErrorKind.LinkLost, "the work on the nodes is gone",
                        "the device has restarted or another host has begun other work", "repeat the command");
                }
            }
        }
        catch (OperationCanceledException)
        {
            await NodeProgressAsync(MessageType.NodeCancel, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        IReadOnlyList<NodeResult> results = await NodeResultsAsync(options.Nodes, cancellation).ConfigureAwait(false);
        return new NodeTaskReport(state.State, state.Pulses, state.Reads, results);
    }

    private static NodeStart Request(NodeTaskOptions options)
    {
        var request = new NodeStart
        {
            Work = options.Work,
            Rule = options.Rule,
            Passes = options.Passes,
            Most = options.MostPulses,
            Tolerance = (int)Math.Round(options.Tolerance * NodeUnit),
        };
        foreach (int node in options.Nodes)
        {
            request.Chosen[node / 8] |= (byte)(1 << (node % 8));
        }

        return request;
    }

    private async Task<NodeInfo> NodeInfoAsync(CancellationToken cancellation)
    {
        var answer = new NodeInfo();
        try
        {
            Check(answer.Read(await _exchange.RequestAsync(MessageType.NodeInfo, null, cancellation).ConfigureAwait(false)),
                MessageType.NodeInfo);
        }
        catch (DeviceException refusal) when (refusal.DeviceCode == ErrorCode.NoNodes)
        {
            answer.Rows = 0;
        }

        return answer;
    }

    private async Task AwaitComparisonAsync(CancellationToken cancellation)
    {
        NodeProgress state = await NodeProgressAsync(MessageType.NodeProgress, null, cancellation).ConfigureAwait(false);
        while (state.State == NodeState.Going && state.Work == NodeWork.Verify)
        {
            await PauseAsync(s_nodePoll, cancellation).ConfigureAwait(false);
            state = await NodeProgressAsync(MessageType.NodeProgress, null, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<int> FetchStepsAsync(int from, int until, Action<NodeStep>? receive, CancellationToken cancellation)
    {
        var answer = new NodeSteps();
        int next = from;
        do
        {
            int first = next;
            await ExclusiveAsync(
                async () =>
                {
                    Check(
                        answer.Read(await _exchange.RequestAsync(MessageType.NodeSteps, new NodeStepsRequest { From = first }.Write,
                            cancellation).ConfigureAwait(false)) && answer.From == first,
                        MessageType.NodeSteps);
                    return true;
                },
                cancellation).ConfigureAwait(false);
            for (int k = 0; k < answer.Count; k++)
            {
                receive?.Invoke(new NodeStep(answer.Nodes[k], answer.Millivolts[k] / 1000.0, answer.Microseconds[k] / NodeUnit,
                    answer.Readings[k] / NodeUnit, answer.Times[k] / NodeUnit));
            }

            next += answer.Count;
        }
        while (next < until);
        return next;
    }

    private Task<IReadOnlyList<NodeResult>> NodeResultsAsync(IReadOnlyCollection<int> nodes, CancellationToken cancellation)
        => ExclusiveAsync<IReadOnlyList<NodeResult>>(
            async () =>
            {
                var results = new Dictionary<int, NodeResult>();
                var answer = new NodeResults();
                foreach (int node in nodes.Order())
                {
                    if (results.ContainsKey(node))
                    {
                        continue;
                    }

                    Check(
                        answer.Read(await _exchange.RequestAsync(MessageType.NodeResults, new FirstIndex { First = node }.Write,
                            cancellation).ConfigureAwait(false)) && answer.Count > 0,
                        MessageType.NodeResults);
                    for (int k = 0; k < answer.Count; k++)
                    {
                        results[answer.First + k] = new NodeResult(answer.First + k, answer.Outcomes[k], answer.Pulses[k],
                            answer.Readings[k] / NodeUnit, answer.Lows[k] / NodeUnit,
                            answer.Highs[k] == 0 ? null : answer.Highs[k] / NodeUnit);
                    }
                }

                return [.. nodes.Order().Select(n => results[n])];
            },
            cancellation);

    private Task<NodeProgress> NodeProgressAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            var progress = new NodeProgress();
            Check(progress.Read(await _exchange.RequestAsync(type, write, cancellation).ConfigureAwait(false)), type);
            return progress;
        },
        cancellation);
}
