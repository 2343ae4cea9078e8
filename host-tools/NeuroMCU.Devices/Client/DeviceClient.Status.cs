// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Client;

/// <summary>What the device is doing.</summary>
public sealed record DeviceStatus
{
    /// <summary>Gets the state, one of <see cref="DeviceState" />.</summary>
    public required int State { get; init; }

    /// <summary>Gets the state in words.</summary>
    public string StateText => DeviceInfo.DescribeState(State);

    /// <summary>Gets the fault code, one of <see cref="ErrorCode" />.</summary>
    public required int Fault { get; init; }

    /// <summary>Gets the fault in words; <c>none</c> without one.</summary>
    public required string FaultText { get; init; }

    /// <summary>Gets a value indicating whether network time follows the clock.</summary>
    public required bool RealTime { get; init; }

    /// <summary>Gets the network time in µs.</summary>
    public required long Time { get; init; }

    /// <summary>Gets the number of events of the run that were served later than one step after their time.</summary>
    public required long LateEvents { get; init; }

    /// <summary>Gets the largest lateness of the run in µs.</summary>
    public required long MaxLateness { get; init; }

    /// <summary>Gets the read-out that changed last; null when there was none.</summary>
    public ReadoutValue? Readout { get; init; }
}

/// <summary>Result of the device's self-test.</summary>
/// <param name="Passed">Names of the parts that were tested and work.</param>
/// <param name="Failed">Names of the parts that were tested and do not.</param>
/// <param name="AdditionNanoseconds">Time of an integer addition in ns, loop included: the interpreter's speed.</param>
public sealed record SelfTestReport(IReadOnlyList<string> Passed, IReadOnlyList<string> Failed, double AdditionNanoseconds);

/// <content>State, counters and self-test.</content>
public sealed partial class DeviceClient
{
    private static readonly (int Bit, string Name)[] s_parts =
    [
        (SelfTestAnswer.Crc, "crc"),
        (SelfTestAnswer.Arithmetic, "arithmetic"),
        (SelfTestAnswer.Clock, "clock"),
        (SelfTestAnswer.Store, "store"),
        (SelfTestAnswer.Outputs, "outputs"),
        (SelfTestAnswer.Microphones, "microphones"),
        (SelfTestAnswer.Neurons, "neurons"),
    ];

    /// <summary>Reads what the device is doing.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The state.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<DeviceStatus> ReadStateAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            StateAnswer answer = await AskStateAsync(cancellation).ConfigureAwait(false);
            return new DeviceStatus
            {
                State = answer.State,
                Fault = answer.Fault,
                FaultText = Refusals.Describe(answer.Fault, answer.FaultDetail),
                RealTime = answer.Mode == RunMode.RealTime,
                Time = answer.Totals.Time,
                LateEvents = answer.Totals.LateEvents,
                MaxLateness = answer.Totals.MaxLateness,
                Readout = answer.Readout.Valid ? ReadoutValue.Of(answer.Readout) : null,
            };
        },
        cancellation);

    /// <summary>Reads all counters of engine, run, queues, wire and store.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Names and values in the order of <see cref="CounterIndex" />.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<IReadOnlyList<KeyValuePair<string, long>>> ReadCountersAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var list = new CounterList();
            Check(
                list.Read(await _exchange.RequestAsync(MessageType.Counters, null, cancellation).ConfigureAwait(false)),
                MessageType.Counters);
            var counters = new List<KeyValuePair<string, long>>();
            for (int k = 0; k < list.Values.Length; k++)
            {
                counters.Add(new KeyValuePair<string, long>(CounterIndex.Name(k), list.Values[k]));
            }

            return (IReadOnlyList<KeyValuePair<string, long>>)counters;
        },
        cancellation);

    /// <summary>
    /// Reads how often values of each population went beyond the range of the device's arithmetic and were cut off, since its network
    /// began at time 0.
    /// </summary>
    /// <param name="populations">Number of populations of the network.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>One number per population; null when the device is older than protocol 1.3 and does not count them.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public Task<IReadOnlyList<long>?> ReadSaturationsAsync(int populations, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var counts = new List<long>();
            var head = new SaturationList();
            while (counts.Count < populations)
            {
                BodyReader body;
                try
                {
                    body = await _exchange.RequestAsync(MessageType.Saturations, new FirstIndex { First = counts.Count }.Write,
                        cancellation).ConfigureAwait(false);
                }
                catch (DeviceException e) when (e.DeviceCode == ErrorCode.UnknownMessage)
                {
                    return null;
                }

                Check(head.Read(body) && head.First == counts.Count && head.Count > 0, MessageType.Saturations);
                for (int k = 0; k < head.Count; k++)
                {
                    counts.Add(body.ReadVarint());
                }

                Check(body.Complete, MessageType.Saturations);
            }

            return (IReadOnlyList<long>?)counts;
        },
        cancellation);

    /// <summary>Runs the device's self-test. Not possible during a run.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What works and what does not.</returns>
    /// <exception cref="DeviceException">A run goes on, or the link broke.</exception>
    public Task<SelfTestReport> SelfTestAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var answer = new SelfTestAnswer();
            Check(
                answer.Read(await _exchange.RequestAsync(MessageType.SelfTest, null, cancellation).ConfigureAwait(false)),
                MessageType.SelfTest);
            var passed = new List<string>();
            var failed = new List<string>();
            foreach ((int bit, string name) in s_parts)
            {
                if ((answer.Tested & bit) != 0)
                {
                    ((answer.Failed & bit) != 0 ? failed : passed).Add(name);
                }
            }

            return new SelfTestReport(passed, failed, answer.ThousandAdditions);
        },
        cancellation);

    /// <summary>Leaves the fault state; outputs stay safe until a run moves them.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task ClearFaultAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            await _exchange.RequestAsync(MessageType.FaultClear, null, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private async Task<StateAnswer> AskStateAsync(CancellationToken cancellation)
    {
        var answer = new StateAnswer();
        Check(
            answer.Read(await _exchange.RequestAsync(MessageType.State, null, cancellation).ConfigureAwait(false)),
            MessageType.State);
        return answer;
    }
}
