// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Tests.Shared;

/// <summary>Small recordings with known content.</summary>
internal static class Samples
{
    public static RunRecording Run(SpikeRecord spikes, long duration = 1_000_000)
    {
        return new RunRecording
        {
            Network = "pair",
            RanOn = "virtual bench",
            Duration = duration,
            Populations = [new RecordedPopulation("input", 0, 2), new RecordedPopulation("cells, \"left\"", 2, 3)],
            Spikes = spikes,
            Traces = [new TraceRecord("cells[0]", 2, "mV", [0, 100, 200], [-70.0, -69.5, -1.25e-7])],
            Produced = spikes.Count + 3,
            Lost = 3,
            Counters = [new KeyValuePair<string, long>("synaptic events", 1L << 40)],
        };
    }
}
