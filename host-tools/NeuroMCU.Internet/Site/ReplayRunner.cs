// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Site;

/// <summary>A site without a device: spikes of a recording go to the hub as they fell, at any speed.</summary>
internal sealed class ReplayRunner
{
    private readonly SiteRunPlan _plan;
    private readonly RunRecording _recording;
    private readonly HubLink _link;
    private readonly Action<string> _say;
    private readonly Dictionary<int, SpikeBinding> _spikes;

    /// <summary>Prepares a site.</summary>
    public ReplayRunner(SiteRunPlan plan, RunRecording recording, HubLink link, Action<string> say)
    {
        _plan = plan;
        _recording = recording;
        _link = link;
        _say = say;
        Dictionary<string, int> first = recording.Populations.ToDictionary(p => p.Name, p => p.First, StringComparer.Ordinal);
        _spikes = plan.Spikes.ToDictionary(b => first[b.Population] + b.Index);
        link.Arrived = arrivals => Result.AddOutsideRun(arrivals.Count);
    }

    /// <summary>The account. Arrivals count as outside of a run: a recording takes none.</summary>
    public SiteResult Result { get; } = new();

    /// <summary>Plays until the recording is over, its time is up or it is cancelled.</summary>
    /// <param name="duration">How long in µs of hub time; 0 to its end.</param>
    /// <param name="cancellation">Ends it; the account is closed.</param>
    /// <returns>When it has ended.</returns>
    /// <exception cref="DeviceException">No hub answers.</exception>
    public async Task RunAsync(long duration, CancellationToken cancellation)
    {
        bool whole = duration == 0 || duration > _recording.Duration / _plan.Speed;
        long end = whole ? (long)Math.Ceiling(_recording.Duration / _plan.Speed) : duration;
        int played = whole ? _recording.Spikes.Count : Enumerable.Range(0, _recording.Spikes.Count).Count(k => Due(k) < end);
        try
        {
            await HubGreeting.WaitAsync(_link, _plan, _say, cancellation).ConfigureAwait(false);
            long begin = HubNow();
            Result.Started = begin;
            _say("the recording plays");
            for (int next = 0; HubNow() - begin < end || next < played;)
            {
                List<WireSpike> batch = [];
                while (next < played && Due(next) <= HubNow() - begin)
                {
                    if (_spikes.TryGetValue(_recording.Spikes.Neurons[next], out SpikeBinding? binding))
                    {
                        batch.Add(new WireSpike(binding.Id, binding.Kind, begin + Due(next)));
                    }

                    next++;
                }

                if (batch.Count > 0)
                {
                    Result.Spikes += batch.Count;
                    _link.Send(CollectionsMarshal.AsSpan(batch));
                }

                await Task.Delay(1, cancellation).ConfigureAwait(false);
            }

            Result.Ended = "the recording is over";
        }
        catch (OperationCanceledException)
        {
            Result.Ended = "stopped";
        }

        Result.Run = _recording with { CountsSaturations = true };   // nothing is computed that could saturate
        await _link.LeaveAsync().ConfigureAwait(false);
    }

    private long Due(int spike) => (long)(_recording.Spikes.Times[spike] / _plan.Speed);

    private long HubNow() => _link.ToHub(_link.Clock.Now);
}
