// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Site;

/// <summary>A site at work: its device runs in real time, spikes of the device go to the hub, and arrivals from the hub are
/// injected.</summary>
internal sealed class SiteRunner : IDisposable
{
    private const int InjectionsAtOnce = 32;
    private const int ClockMilliseconds = 250;

    private readonly SiteRunPlan _plan;
    private readonly CompiledNetwork _network;
    private readonly DeviceClient _client;
    private readonly HubLink _link;
    private readonly Action<string> _say;
    private readonly Dictionary<int, SpikeBinding> _spikes;
    private readonly Dictionary<int, (ArrivalBinding Binding, int First)> _arrivals;
    private readonly ConcurrentQueue<WireArrival> _inbox = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly DeviceClock _deviceClock = new();
    private readonly Lock _deviceGate = new();
    private volatile bool _running;
    private PlayoutDelay? _playout;

    /// <summary>Prepares a site.</summary>
    public SiteRunner(SiteRunPlan plan, CompiledNetwork network, DeviceClient client, HubLink link, Action<string> say)
    {
        _plan = plan;
        _network = network;
        _client = client;
        _link = link;
        _say = say;
        Dictionary<string, int> first = network.Network.Populations.ToDictionary(p => p.Name, p => p.FirstNeuron, StringComparer.Ordinal);
        _spikes = plan.Spikes.ToDictionary(b => first[b.Population] + b.Index);
        _arrivals = plan.Arrivals.ToDictionary(b => b.Id, b => (b, first[b.Population] + b.First));
        link.Arrived = Arrive;
    }

    /// <summary>The account.</summary>
    public SiteResult Result { get; } = new();

    /// <summary>Gets each spike of the device, its neuron and its network time in µs, on the thread that reads the device.</summary>
    public Action<int, long>? Fired { get; init; }

    /// <summary>Runs the device until its time is over or it is cancelled.</summary>
    /// <param name="duration">How long in µs of network time; 0 until it is cancelled.</param>
    /// <param name="cancellation">Ends it; the device is stopped, and the account closed.</param>
    /// <returns>When it has ended.</returns>
    /// <exception cref="DeviceException">No hub answers, or the device refuses.</exception>
    public async Task RunAsync(long duration, CancellationToken cancellation)
    {
        await _client.ResetAsync(cancellation).ConfigureAwait(false);
        await HubGreeting.WaitAsync(_link, _plan, _say, cancellation).ConfigureAwait(false);
        IReadOnlyList<KeyValuePair<string, long>> before = await _client.ReadCountersAsync(cancellation).ConfigureAwait(false);
        RunRecorder recorder = new();
        _client.Observer = new Observer(this, recorder);
        await _client.StartAsync(new RunOptions { Duration = duration, RealTime = true }, cancellation).ConfigureAwait(false);
        for (int k = 0; k < 8; k++)
        {
            await CompareClocksAsync().ConfigureAwait(false);
        }

        _running = true;
        _say("the device runs");
        using CancellationTokenSource over = new();
        Task injecting = Task.Run(() => InjectAsync(over.Token), CancellationToken.None);
        Task comparing = Task.Run(() => KeepComparingAsync(over.Token), CancellationToken.None);
        RunReport report;
        DeviceException? broken = null;
        try
        {
            report = await _client.WaitForEndAsync(cancellation).ConfigureAwait(false);
        }
        catch (RunBrokenException problem)
        {
            (report, broken) = (problem.Report, problem);
        }

        _running = false;
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(injecting, comparing).ConfigureAwait(false);
        Result.Ended = report.ReasonText;
        Result.Started = ToHub(0);
        IReadOnlyList<KeyValuePair<string, long>> after = broken is null ? await _client.ReadCountersAsync(CancellationToken.None)
            .ConfigureAwait(false) : [];
        IReadOnlyList<long>? saturations =
            broken is null ? await _client.ReadSaturationsAsync(_network.Tables.Populations.Length, CancellationToken.None)
            .ConfigureAwait(false) : null;
        Result.Run = DeviceRecording.Of(
            _network.Tables, _network.Symbols, _client.Address, recorder, report, after, saturations, before,
            cancellation.IsCancellationRequested ? 0 : duration);
        await _link.LeaveAsync().ConfigureAwait(false);
        Result.AddOutsideRun(_inbox.Count);
        if (broken is not null)
        {
            throw broken;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _link.Arrived = null;
        _arrived.Dispose();
    }

    private async Task CompareClocksAsync()
    {
        DeviceStatus status = await _client.ReadStateAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_deviceGate)
        {
            _deviceClock.Note(status.Time, _link.Clock.Now);
        }
    }

    private async Task KeepComparingAsync(CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(ClockMilliseconds, over).ConfigureAwait(false);
                await CompareClocksAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (DeviceException)
        {
            // The run itself finds out that the device is gone, and says so.
            return;
        }
    }

    // Spikes of the device, on whatever thread reads it at the moment.
    private void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        lock (_deviceGate)
        {
            _deviceClock.Note(times[^1], _link.Clock.Now);
        }

        List<WireSpike> batch = [];
        for (int k = 0; k < neurons.Length; k++)
        {
            Fired?.Invoke(neurons[k], times[k]);
            if (_spikes.TryGetValue(neurons[k], out SpikeBinding? binding))
            {
                batch.Add(new WireSpike(binding.Id, binding.Kind, ToHub(times[k])));
            }
        }

        if (batch.Count > 0)
        {
            Result.Spikes += batch.Count;
            _link.Send(CollectionsMarshal.AsSpan(batch));
        }
    }

    private long ToHub(long deviceTime)
    {
        lock (_deviceGate)
        {
            return _link.ToHub(_deviceClock.ToOwn(deviceTime));
        }
    }

    private long ToDevice(long hubTime)
    {
        lock (_deviceGate)
        {
            return _deviceClock.ToDevice(_link.ToOwn(hubTime));
        }
    }

    private void Arrive(IReadOnlyList<WireArrival> arrivals)
    {
        long now = _link.ToHub(_link.Clock.Now);
        foreach (WireArrival arrival in arrivals)
        {
            Result.Arrival.Add(now - arrival.Cause);
            Measure(now - arrival.Cause, now);
            if (!_arrivals.ContainsKey(arrival.Neuron))
            {
                Result.Unknown++;
            }
            else if (!_running)
            {
                Result.AddOutsideRun(1);
            }
            else
            {
                _inbox.Enqueue(arrival);
            }
        }

        if (_running)
        {
            _arrived.Release();
        }
    }

    // Where the hub leaves the latency to its sites.
    private void Measure(long latency, long now)
    {
        if (_link.Policy is not { Measured: true, Delay: { } least })
        {
            return;
        }

        _playout ??= new PlayoutDelay(least);
        if (_playout.Note(latency, now))
        {
            _say(FormattableString.Invariant($"the constant latency is {_playout.Delay / 1e3:0.#} ms now, from the measured jitter"));
        }

        (Result.Delay, Result.DelayChanges) = (_playout.Delay, _playout.Changes);
    }

    private async Task InjectAsync(CancellationToken over)
    {
        ArrivalHold held = new(Result);
        List<(WireArrival Arrival, long? Due)> ready = [];
        try
        {
            while (true)
            {
                int wait = held.Next is { } next ? (int)Math.Clamp((next - HubNow()) / 1000, 0, 1000) : 1000;
                await _arrived.WaitAsync(wait, over).ConfigureAwait(false);
                Sort(held, ready);
                while (ready.Count > 0)
                {
                    await InjectAsync(ready).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            Result.AddOutsideRun(held.Count + ready.Count);
        }
        catch (DeviceException)
        {
            Result.AddOutsideRun(held.Count + ready.Count);
        }
    }

    private void Sort(ArrivalHold held, List<(WireArrival Arrival, long? Due)> ready)
    {
        SyncAnswer policy = _link.Policy!.Value;
        while (_inbox.TryDequeue(out WireArrival arrival))
        {
            long? delay = policy.Measured && _playout is not null ? _playout.Delay : policy.Delay;
            held.Take(arrival, delay, policy.DeliverLate, HubNow(), ready);
        }

        held.Release(HubNow(), ready);
    }

    private async Task InjectAsync(List<(WireArrival Arrival, long? Due)> ready)
    {
        // All neurons of an arrival go in one request, so that they share one microsecond also where it is injected "now".
        List<InjectedSpike> injections = [];
        List<(WireArrival Arrival, long? Due, int End)> batch = [];
        bool timed = ready[0].Due.HasValue;
        int taken = 0;
        while (taken < ready.Count && ready[taken].Due.HasValue == timed && injections.Count + ArrivalBinding.Bits <= InjectionsAtOnce)
        {
            (WireArrival arrival, long? due) = ready[taken++];
            Spread(arrival, due is { } time ? ToDevice(time) : 0, injections);
            batch.Add((arrival, due, injections.Count));
        }

        ready.RemoveRange(0, taken);
        int accepted = injections.Count == 0 ? 0
            : timed ? await _client.InjectAsync(injections).ConfigureAwait(false)
            : await _client.InjectNowAsync([.. injections.Select(i => i.Neuron)]).ConfigureAwait(false);
        List<WireSpike> potentials = [];
        foreach ((WireArrival arrival, long? due, int end) in batch)
        {
            long time = due ?? HubNow();
            Result.Delivered += end <= accepted ? 1 : 0;
            Result.CutShort += end <= accepted ? 0 : 1;
            Result.Injection.Add(time - arrival.Cause);
            if (_arrivals[arrival.Neuron].Binding.ReportPotential && arrival.Weight > 0)
            {
                potentials.Add(new WireSpike(arrival.Neuron, SpikeKind.Potential, time));
            }
        }

        Result.Potentials += potentials.Count;
        _link.Send(CollectionsMarshal.AsSpan(potentials));
    }

    // Bit k of the weight is neuron k, whose synapses weigh 2^k units.
    private void Spread(WireArrival arrival, long deviceTime, List<InjectedSpike> into)
    {
        (ArrivalBinding binding, int first) = _arrivals[arrival.Neuron];
        if (!binding.Binary)
        {
            into.Add(new InjectedSpike(first, deviceTime));
            return;
        }

        for (int bit = 0; bit < ArrivalBinding.Bits; bit++)
        {
            if ((arrival.Weight >> bit & 1) != 0)
            {
                into.Add(new InjectedSpike(first + bit, deviceTime));
            }
        }
    }

    private long HubNow() => _link.ToHub(_link.Clock.Now);

    private sealed class Observer(SiteRunner site, RunRecorder recorder) : IRunObserver
    {
        public void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
        {
            if (neurons.Length > 0)
            {
                site.OnSpikes(neurons, times);
            }
        }

        public void OnLog(string line) => recorder.OnLog(line);

        public void OnFault(int code, string text)
        {
            recorder.OnFault(code, text);
            site._say("the device found a fault: " + text);
        }

        public void OnChannel(ChannelFinding finding) => recorder.OnChannel(finding);
    }
}
