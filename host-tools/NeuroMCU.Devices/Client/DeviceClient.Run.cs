// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Client;

/// <summary>A spike to inject.</summary>
/// <param name="Neuron">Global index of a source neuron, 0 to 65535.</param>
/// <param name="Time">Network time in µs; times that have passed count as now.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct InjectedSpike(int Neuron, long Time);

/// <content>Runs.</content>
public sealed partial class DeviceClient
{
    // While nothing arrives the host asks how far the run is: that shows progress, keeps the device from ending it, and finds out
    // when the message of its end was lost.
    private static readonly TimeSpan s_pollTime = TimeSpan.FromMilliseconds(500);

    private int _linkTimeout;

    /// <summary>Runs the loaded network from its present time to the end, and accounts for everything that it sent.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops the run; the report then says so, with everything that came until then.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="DeviceException">The device refuses.</exception>
    /// <exception cref="RunBrokenException">The link broke during the run, or the device restarted.</exception>
    public async Task<RunReport> RunAsync(RunOptions options, CancellationToken cancellation = default)
    {
        await StartAsync(options, cancellation).ConfigureAwait(false);
        return await WaitForEndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Starts a run and comes back at once; <see cref="WaitForEndAsync" /> or <see cref="StopAsync" /> end it.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait for the answer.</param>
    /// <returns>Network time in µs at which it starts.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public Task<long> StartAsync(RunOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Duration < 0 || options.LinkTimeout is < 0 or > 65534)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, "duration 0 or more, link timeout 0 to 65534 ms");
        }

        var request = new StartRequest
        {
            Duration = options.Duration,
            Mode = options.RealTime ? RunMode.RealTime : RunMode.Fast,
            LinkTimeout = options.LinkTimeout,
        };
        _linkTimeout = options.LinkTimeout;
        return BeginAsync(MessageType.Start, request.Write, cancellation);
    }

    /// <summary>Runs the loaded network for a time, as fast as the device can.</summary>
    /// <param name="duration">How long in µs of network time, at least 1.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public async Task<RunReport> StepAsync(long duration, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, 1);
        var request = new StepRequest { Duration = duration };
        _linkTimeout = RunOptions.DefaultLinkTimeout;
        await BeginAsync(MessageType.Step, request.Write, cancellation).ConfigureAwait(false);
        return await WaitForEndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes part in a run that goes on already, for example of a device that runs by itself: the observer sees it from now on, and
    /// <see cref="WaitForEndAsync" /> and <see cref="StopAsync" /> account for what was sent from now on.
    /// </summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when no run goes on.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<bool> JoinAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            StateAnswer state = await AskStateAsync(cancellation).ConfigureAwait(false);
            if (state.State != DeviceState.Running)
            {
                return false;
            }

            _linkTimeout = 0;
            _events.Join(state.Totals.Run);
            return true;
        },
        cancellation);

    /// <summary>Waits until the run that was started has ended.</summary>
    /// <param name="cancellation">Stops the run; that is no error.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="RunBrokenException">The link broke, or the device restarted.</exception>
    public async Task<RunReport> WaitForEndAsync(CancellationToken cancellation = default)
    {
        try
        {
            RunReport? report = null;
            while (report is null)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return await StopAsync(CancellationToken.None).ConfigureAwait(false);
                }

                report = await ExclusiveAsync(() => FollowSliceAsync(cancellation), CancellationToken.None).ConfigureAwait(false);
            }

            return report;
        }
        catch (DeviceException problem) when (_events.Run != 0)
        {
            throw new RunBrokenException(problem, _events.BreakOff(problem.Message));
        }
    }

    /// <summary>Receives what the running network sends, for a while.</summary>
    /// <param name="time">How long, on the link's clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>True when the run goes on.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<bool> FollowAsync(TimeSpan time, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            TimeSpan end = Elapsed + time;
            while (Elapsed < end && !_events.HasEnded)
            {
                TimeSpan next = Elapsed + PollTime;
                await FollowAsync(next < end ? next : end, waitForEnd: false, cancellation).ConfigureAwait(false);
            }

            return !_events.HasEnded;
        },
        cancellation);

    /// <summary>Stops the run.</summary>
    /// <param name="cancellation">Ends the wait; the device may have stopped then.</param>
    /// <returns>How it ended, with everything that was still under way.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<RunReport> StopAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            if (_events.Run == 0)
            {
                // Somebody else started it: what is still under way is accounted for from here on.
                _linkTimeout = 0;
                _events.Join((await AskStateAsync(cancellation).ConfigureAwait(false)).Totals.Run);
            }

            var totals = new RunTotals();
            if (!_events.HasEnded)
            {
                BodyReader body = await _exchange.RequestAsync(MessageType.Stop, null, cancellation).ConfigureAwait(false);
                Check(totals.Read(body), MessageType.Stop);
            }

            // What was recorded before the stop is still on its way; the message of the end comes after it.
            RunReport? report = null;
            while (report is null)
            {
                report = await FollowAsync(Elapsed + PollTime, waitForEnd: true, cancellation).ConfigureAwait(false);
            }

            return report;
        },
        cancellation);

    /// <summary>Sets the network back to time 0; weights stay. A run that goes on starts over.</summary>
    /// <param name="cancellation">Ends the wait; the device may have done so then.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="DeviceException">There is no network, or the link broke.</exception>
    public Task ResetAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            await _exchange.RequestAsync(MessageType.Reset, null, cancellation).ConfigureAwait(false);
            _events.Restart();
            return true;
        },
        cancellation);

    /// <summary>Makes source neurons fire now.</summary>
    /// <param name="neurons">Global indices of source neurons.</param>
    /// <param name="cancellation">Ends the wait; the device may have taken them then.</param>
    /// <returns>Number of spikes that found a place in the device's queue; the first ones did.</returns>
    /// <exception cref="DeviceException">A neuron is no source, or the link broke.</exception>
    public Task<int> InjectNowAsync(IReadOnlyList<int> neurons, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(neurons);
        return InjectAsync(neurons.Count, k => (neurons[k], InjectList.Now), cancellation);
    }

    /// <summary>Makes source neurons fire at given times.</summary>
    /// <param name="spikes">The spikes.</param>
    /// <param name="cancellation">Ends the wait; the device may have taken them then.</param>
    /// <returns>Number of spikes that found a place in the device's queue; the first ones did.</returns>
    /// <exception cref="DeviceException">A neuron is no source, or the link broke.</exception>
    public Task<int> InjectAsync(IReadOnlyList<InjectedSpike> spikes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spikes);
        return InjectAsync(spikes.Count, k => (spikes[k].Neuron, spikes[k].Time), cancellation);
    }

    private TimeSpan PollTime =>
        _linkTimeout == 0 || _linkTimeout >= 3 * s_pollTime.TotalMilliseconds ? s_pollTime
        : TimeSpan.FromMilliseconds(Math.Max(1, _linkTimeout / 3));

    private Task<long> BeginAsync(int type, Action<BodyWriter> write, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            _events.Expect();
            try
            {
                var started = new RunStarted();
                Check(started.Read(await _exchange.RequestAsync(type, write, cancellation).ConfigureAwait(false)), type);
                _events.Open(started);
                return started.Time;
            }
            finally
            {
                _events.ForgetExpected();
            }
        },
        cancellation);

    // A slice ends early when another task has a request, so that the device can be worked on during a run.
    private async Task<RunReport?> FollowSliceAsync(CancellationToken cancellation)
    {
        using var slice = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_sliceGate)
        {
            _slice = slice;
            if (_waiting > 0)
            {
                slice.Cancel();
            }
        }

        try
        {
            return await FollowAsync(Elapsed + PollTime, waitForEnd: true, slice.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            lock (_sliceGate)
            {
                _slice = null;
            }
        }
    }

    // Receives events until the run has ended or the time is over. Asks for the state when the whole time brought nothing new.
    private async Task<RunReport?> FollowAsync(TimeSpan deadline, bool waitForEnd, CancellationToken cancellation)
    {
        long before = _events.Arrived;
        while (!_events.HasEnded && await _exchange.ReceiveAnyAsync(deadline, cancellation).ConfigureAwait(false))
        {
            if (MessageType.IsEvent(_exchange.Decoder.Type))
            {
                _events.Take(_exchange.Decoder.Type, _exchange.Decoder);
            }
        }

        if (_events.HasEnded)
        {
            return waitForEnd ? _events.Close(_events.Ended) : null;
        }

        StateAnswer state = await AskStateAsync(cancellation).ConfigureAwait(false);
        if (state.Totals.Run != _events.Run)
        {
            // The totals are those of another run: with them this one would be closed with figures that are not its own.
            throw new DeviceException(
                DeviceErrorKind.LinkLost,
                "the device does not know this run any more",
                "it has restarted, or another host has begun a run",
                "repeat the command; 'neuromcu info' says why it restarted");
        }

        _events.Reach(state.Totals.Time);
        bool over = state.State != DeviceState.Running;

        // Over and silent: the message of the end, and whatever was before it, is lost. The state has the totals all the same.
        return over && waitForEnd && _events.Arrived == before ? _events.Close(state.Totals, endMissing: true) : null;
    }

    private Task<int> InjectAsync(int count, Func<int, (int Neuron, long Time)> spike, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            int accepted = 0;
            var answer = new InjectAnswer();
            var list = new InjectList();
            for (int done = 0; done < count;)
            {
                list.Count = 0;
                list.Base = spike(done).Time;
                while (done + list.Count < count && list.Count < InjectList.MaxSpikes)
                {
                    (int neuron, long time) = spike(done + list.Count);
                    long offset = time - list.Base;
                    if (offset is < 0 or > uint.MaxValue)
                    {
                        break;
                    }

                    list.Neurons[list.Count] = neuron;
                    list.Offsets[list.Count] = (uint)offset;
                    list.Count++;
                }

                BodyReader body = await _exchange.RequestAsync(MessageType.Inject, list.Write, cancellation).ConfigureAwait(false);
                Check(answer.Read(body), MessageType.Inject);
                accepted += answer.Accepted;
                if (answer.Accepted < list.Count)
                {
                    break;
                }

                done += list.Count;
            }

            return accepted;
        },
        cancellation);
}
