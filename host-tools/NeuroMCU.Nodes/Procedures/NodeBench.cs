// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Procedures;

/// <summary>One node on a device, and the history that everything done to it goes into.</summary>
public sealed class NodeBench
{
    // What the device accepts of several pulses together, in s.
    private const double LongestTurn = 0.02;

    private readonly DeviceClient _client;
    private readonly NodeHistory? _history;
    private readonly long _session;

    /// <summary>Initializes a new instance of the <see cref="NodeBench" /> class.</summary>
    /// <param name="client">The device.</param>
    /// <param name="array">Its array.</param>
    /// <param name="node">The node.</param>
    /// <param name="mode">What it does with what it is given, one of <see cref="NodeMode" />.</param>
    /// <param name="history">The history; null to note nothing.</param>
    /// <param name="session">Number of the command in it.</param>
    public NodeBench(DeviceClient client, NodeArrayInfo array, int node, int mode, NodeHistory? history, long session)
    {
        _client = client;
        _history = history;
        _session = session;
        Array = array;
        Node = node;
        Mode = mode;
    }

    /// <summary>Gets the array.</summary>
    public NodeArrayInfo Array { get; }

    /// <summary>Gets the number of the node.</summary>
    public int Node { get; }

    /// <summary>Gets what it does with what it is given.</summary>
    public int Mode { get; private set; }

    /// <summary>Gets a value indicating whether it keeps what it is given.</summary>
    public bool Keeps => Mode == NodeMode.Keeping;

    /// <summary>Gets the low end of its range in parts of full scale, as the survey found it.</summary>
    public double Low { get; init; }

    /// <summary>Gets the high end; full scale of a node that no survey has seen.</summary>
    public double High { get; init; } = 1;

    /// <summary>Gets a conductance within its range.</summary>
    /// <param name="share">0 for the low end, 1 for the high one.</param>
    /// <returns>Conductance in S.</returns>
    public double At(double share) => (Low + (share * (High - Low))) * Array.FullScale;

    /// <summary>Gets the voltage of a full pulse in V.</summary>
    public double PulseVolts => Array.Info.PulseMillivolts / 1000.0;

    /// <summary>Gets the width of a full pulse in s.</summary>
    public double PulseSeconds => Array.Info.PulseMicroseconds / 1e6;

    /// <summary>Gets the time in s by which a volatile node has forgotten.</summary>
    public double Settle => Math.Max(Array.Info.SettleMilliseconds / 1000.0, 0.01);

    /// <summary>Gives pulses.</summary>
    /// <param name="volts">Amplitude in V.</param>
    /// <param name="seconds">Width in s.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Conductance in S after them, and the device's clock in s.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public async Task<(double Siemens, double Time)> PulseAsync(
        double volts, double seconds, int count = 1, CancellationToken cancellation = default)
    {
        // The device takes as many at once as do not hold its loop for long.
        int most = (int)Math.Max(1, LongestTurn / seconds);
        NodeStep step;
        do
        {
            int now = Math.Min(count, most);
            step = await _client.PulseNodeAsync(Node, volts, seconds, 0, now, cancellation).ConfigureAwait(false);
            _history?.Add(_session, step);
            count -= now;
        }
        while (count > 0);

        return (step.Value * Array.FullScale, step.Time);
    }

    /// <summary>Reads it.</summary>
    /// <param name="samples">Readings to average.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Conductance in S, and the device's clock in s.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public async Task<(double Siemens, double Time)> ReadAsync(int samples = 16, CancellationToken cancellation = default)
    {
        NodeReading reading = (await _client.ReadNodesAsync(Node, 1, samples, cancellation).ConfigureAwait(false))[0];
        _history?.Add(_session, reading);
        return (reading.Value * Array.FullScale, reading.Time);
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it has passed.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task WaitAsync(double seconds, CancellationToken cancellation = default)
        => _client.WaitNodesAsync(TimeSpan.FromSeconds(seconds), cancellation);

    /// <summary>Does work on the node alone.</summary>
    /// <param name="work">One of <see cref="NodeWork" />.</param>
    /// <param name="target">Target in S, for programming.</param>
    /// <param name="rule">One of <see cref="NodeRule" />.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Its steps, and what came out.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public async Task<(IReadOnlyList<NodeStep> Steps, NodeResult Result)> WorkAsync(
        int work, double? target = null, int rule = NodeRule.Proportional, CancellationToken cancellation = default)
    {
        if (target is double siemens)
        {
            await _client.SetNodeTargetsAsync(new Dictionary<int, double?> { [Node] = siemens / Array.FullScale }, cancellation)
                .ConfigureAwait(false);
        }

        List<NodeStep> steps = [];
        NodeTaskReport report = await _client.WorkOnNodesAsync(new NodeTaskOptions(work, [Node]) { Rule = rule, Passes = 1 }, step =>
        {
            steps.Add(step);
            _history?.Add(_session, step);
        }, null, cancellation).ConfigureAwait(false);
        _history?.Add(_session, report.Results, work == NodeWork.Survey);
        report.RequireDone();
        Mode = report.Results[0].Outcome == NodeOutcome.Formed ? NodeMode.Keeping : Mode;
        return (steps, report.Results[0]);
    }
}
