// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Networks.Sites;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Desk;

/// <summary>One board of several that run a network together: it goes on for a slice of time, and takes what the others sent.</summary>
internal sealed class DeskBoard
{
    private readonly DeviceClient _client;
    private readonly CompiledNetwork _network;
    private readonly IReadOnlyList<Crossing>?[] _ways;
    private readonly RunRecorder _recorder = new();
    private readonly List<InjectedSpike> _waiting = [];
    private readonly List<RunReport> _reports = [];
    private readonly Queue<long> _held = [];
    private IReadOnlyList<KeyValuePair<string, long>> _before = [];

    /// <summary>Prepares a board.</summary>
    /// <param name="part">What it runs.</param>
    /// <param name="network">The image of that.</param>
    /// <param name="client">Its device.</param>
    /// <param name="ways">Where the spikes of its neurons go.</param>
    public DeskBoard(NetworkPart part, CompiledNetwork network, DeviceClient client, IReadOnlyList<Crossing>?[] ways)
    {
        Part = part;
        _network = network;
        _client = client;
        _ways = ways;
        client.Observer = new Observer(this);
    }

    /// <summary>What it runs.</summary>
    public NetworkPart Part { get; }

    /// <summary>Spikes of the last slice that go to other boards, with their own times.</summary>
    public List<(Crossing To, long Time)> Sent { get; } = [];

    /// <summary>Spikes from other boards that it took.</summary>
    public long Taken { get; private set; }

    /// <summary>Spikes from other boards that would have arrived after its end.</summary>
    public int UnderWay => _waiting.Count;

    /// <summary>Network time in µs that it has reached.</summary>
    public long Time { get; private set; }

    /// <summary>Whether its part goes on; false once a slice did not end by itself.</summary>
    public bool GoesOn => _reports.Count == 0 || _reports[^1] is { BrokenBy: null, Reason: EndReason.Duration };

    /// <summary>What broke its link; null while that stands.</summary>
    public DeviceException? Broken { get; private set; }

    /// <summary>Gives it its image and sets it to time 0.</summary>
    /// <returns>When it is ready.</returns>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        await _client.ProgramAsync(_network.Image, new ProgramOptions(), null, cancellation).ConfigureAwait(false);
        await _client.ResetAsync(cancellation).ConfigureAwait(false);
        _before = await _client.ReadCountersAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a spike of another board.</summary>
    /// <param name="neuron">Neuron of the part that stands for the one that fired.</param>
    /// <param name="time">When it arrives, in µs.</param>
    public void Take(int neuron, long time) => _waiting.Add(new InjectedSpike(neuron, time));

    /// <summary>Goes on to a time.</summary>
    /// <param name="until">Last µs that is served; everything that arrives by then has been taken.</param>
    /// <returns>When it is there, or has ended before.</returns>
    public async Task AdvanceAsync(long until, CancellationToken cancellation)
    {
        Sent.Clear();
        _waiting.Sort((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Neuron.CompareTo(b.Neuron));
        try
        {
            do
            {
                long end = await InjectAsync(until, cancellation).ConfigureAwait(false);
                _reports.Add(await _client.StepAsync(end - Time, cancellation).ConfigureAwait(false));
                Time = _reports[^1].Time;
                while (_held.TryPeek(out long fired) && fired <= Time)
                {
                    _held.Dequeue();
                }
            }
            while (Time < until && GoesOn);
        }
        catch (RunBrokenException broken)
        {
            _reports.Add(broken.Report);
            (Time, Broken) = (broken.Report.Time, broken);
        }
        catch (DeviceException broken)
        {
            Broken = broken;
        }
    }

    /// <summary>Closes its account.</summary>
    /// <param name="asked">Network time in µs at which the run was to end.</param>
    /// <returns>What it recorded, with the names of its part.</returns>
    public async Task<RunRecording> EndAsync(long asked)
    {
        IReadOnlyList<KeyValuePair<string, long>> counters = [];
        IReadOnlyList<long>? saturations = null;
        if (Broken is null)
        {
            try
            {
                counters = await _client.ReadCountersAsync(CancellationToken.None).ConfigureAwait(false);
                saturations = await _client.ReadSaturationsAsync(_network.Tables.Populations.Length, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            catch (DeviceException broken)
            {
                Broken = broken;
            }
        }

        _client.Observer = null;
        RunRecording run = DeviceRecording.Of(_network.Tables, _network.Symbols, _client.Address, _recorder, Whole(), counters, saturations,
            _before, asked);
        return run with { EndedEarly = run.EndedEarly ?? Broken?.Message };
    }

    // Gives the device what arrives next, as much as it can hold, and says how far it may go with that.
    private async Task<long> InjectAsync(long until, CancellationToken cancellation)
    {
        int due = _waiting.FindIndex(s => s.Time > until);
        due = due < 0 ? _waiting.Count : due;
        int now = Math.Min(due, NetworkEngine.InjectCapacity - _held.Count);
        if (now > 0)
        {
            int accepted = await _client.InjectAsync(_waiting[..now], cancellation).ConfigureAwait(false);
            Taken += accepted;
            _waiting.Take(accepted).ToList().ForEach(s => _held.Enqueue(s.Time));

            // What the device refuses it counts itself.
            now = Math.Min(now, accepted + 1);
            _waiting.RemoveRange(0, now);
        }

        if (now == due)
        {
            return until;
        }

        // Until what it holds makes room. All of it may be for the microsecond of what comes next: then for that one, in which it still
        // takes as many again. More of one microsecond come late, by a microsecond for each time that it is full, and are counted by it.
        long next = _waiting[0].Time;
        return Math.Max(Time + 1, _held.TryPeek(out long first) && first < next ? next - 1 : next);
    }

    // The slices as one run.
    private RunReport Whole()
    {
        static StreamTotals Sum(IEnumerable<StreamTotals> all) => all.Aggregate(default(StreamTotals), (a, b) =>
            new StreamTotals(a.Received + b.Received, a.LostOnWire + b.LostOnWire, a.DroppedByDevice + b.DroppedByDevice));
        RunReport? last = _reports.LastOrDefault();
        return new RunReport
        {
            Reason = last?.Reason ?? EndReason.None,
            BrokenBy = Broken?.Message ?? last?.BrokenBy,
            Time = Time,
            Spikes = Sum(_reports.Select(r => r.Spikes)),
            Samples = Sum(_reports.Select(r => r.Samples)),
            LateEvents = _reports.Sum(r => r.LateEvents),
            MaxLateness = _reports.Select(r => r.MaxLateness).DefaultIfEmpty(0).Max(),
            LostFrames = _reports.Sum(r => r.LostFrames),
        };
    }

    private void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        _recorder.OnSpikes(neurons, times);
        for (int k = 0; k < neurons.Length; k++)
        {
            foreach (Crossing way in _ways[neurons[k]] ?? [])
            {
                Sent.Add((way, times[k]));
            }
        }
    }

    private sealed class Observer(DeskBoard board) : IRunObserver
    {
        public void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times) => board.OnSpikes(neurons, times);

        public void OnTraces(ReadOnlySpan<int> traces, ReadOnlySpan<long> times, ReadOnlySpan<int> values)
            => board._recorder.OnTraces(traces, times, values);

        public void OnReadout(ReadoutEvent readout) => board._recorder.OnReadout(readout);

        public void OnLog(string line) => board._recorder.OnLog(line);

        public void OnFault(int code, string text) => board._recorder.OnFault(code, text);

        public void OnChannel(ChannelFinding finding) => board._recorder.OnChannel(finding);
    }
}
