// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Samples what a network asks for from circuits, at the steps of the network.</summary>
internal sealed class TraceSampler
{
    private readonly IReadOnlyList<TraceRequest> _requests;
    private readonly CircuitGroup[] _groups;
    private readonly List<(long Time, double Value)>[] _samples;

    /// <summary>Prepares to sample.</summary>
    public TraceSampler(IReadOnlyList<TraceRequest> requests, CircuitGroup[] groups)
    {
        _requests = requests;
        _groups = groups;
        _samples = requests.Select(_ => new List<(long Time, double Value)>()).ToArray();
    }

    /// <summary>Samples.</summary>
    /// <param name="time">Begin of the step in µs.</param>
    public void Sample(long time)
    {
        for (int k = 0; k < _requests.Count; k++)
        {
            TraceRequest request = _requests[k];
            if (time % request.Interval == 0)
            {
                CircuitGroup group = _groups[request.Population.Index];
                _samples[k].Add((time, request.Quantity == TraceQuantity.Current ? group.Current(request.Neuron) * 1e6
                    : group.Membrane(request.Neuron, time)));
            }
        }
    }

    /// <summary>What was sampled.</summary>
    /// <returns>One record per trace.</returns>
    public IReadOnlyList<TraceRecord> Records() => _requests.Select((t, k) => new TraceRecord(
        TraceNames.Of(t),
        t.Population.FirstNeuron + t.Neuron,
        t.Unit,
        _samples[k].Select(s => s.Time).ToArray(),
        _samples[k].Select(s => s.Value).ToArray())).ToArray();
}
