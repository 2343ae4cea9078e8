// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Comparison;

/// <summary>How well two runs of one network agree. Spikes of input populations do not count: they agree by construction.</summary>
public sealed class RunComparison
{
    private const long Narrow = 100;
    private const long Wide = 1000;

    /// <summary>Spikes of the reference.</summary>
    public required int SpikesReference { get; init; }

    /// <summary>Spikes of the other run.</summary>
    public required int SpikesDevice { get; init; }

    /// <summary>Pairs within 100 µs as a fraction of the larger spike count; 1 when neither run has spikes.</summary>
    public required double Matched100Us { get; init; }

    /// <summary>Pairs within 1 ms as a fraction of the larger spike count; 1 when neither run has spikes.</summary>
    public required double Matched1Ms { get; init; }

    /// <summary>(device − reference) / reference; 0 when neither run has spikes, infinite when only the reference has none.</summary>
    public required double CountError { get; init; }

    /// <summary>Difference of each pair of traces, in the order of the file.</summary>
    public required IReadOnlyList<TraceError> Traces { get; init; }

    /// <summary>The largest of <see cref="Traces" /> in membrane units; null without traces.</summary>
    public TraceError? LargestTraceError => Traces.MaxBy(t => t.MembraneUnits);

    /// <summary>Compares two runs of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">The run that is right by definition.</param>
    /// <param name="device">The other run.</param>
    /// <returns>The comparison, over the shorter of both durations.</returns>
    public static RunComparison Of(CompiledNetwork network, RunRecording reference, RunRecording device)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Of(network.Network, reference, device);
    }

    /// <summary>Pairs of spikes of two runs of a network within a time, as a fraction of the larger spike count.</summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">The run that is right by definition.</param>
    /// <param name="device">The other run.</param>
    /// <param name="window">Largest distance of a pair in µs.</param>
    /// <returns>The fraction; 1 when neither run has spikes.</returns>
    public static double MatchedWithin(Network network, RunRecording reference, RunRecording device, long window)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(device);
        long end = Math.Min(reference.Duration, device.Duration);
        (SpikeRecord first, SpikeRecord second) = (Until(reference.Spikes, end), Until(device.Spikes, end));
        bool Counts(int neuron) => network.PopulationOf(neuron) is { IsSource: false, Recorded: true };
        int larger = Math.Max(SpikeMatcher.Count(first, Counts), SpikeMatcher.Count(second, Counts));
        return Share(SpikeMatcher.Match(first, second, Counts, window), larger);
    }

    /// <summary>Compares two runs of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">The run that is right by definition.</param>
    /// <param name="device">The other run.</param>
    /// <returns>The comparison, over the shorter of both durations.</returns>
    public static RunComparison Of(Network network, RunRecording reference, RunRecording device)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(device);
        long end = Math.Min(reference.Duration, device.Duration);
        SpikeRecord first = Until(reference.Spikes, end);
        SpikeRecord second = Until(device.Spikes, end);
        bool Counts(int neuron) => network.PopulationOf(neuron) is { IsSource: false, Recorded: true };
        int count = SpikeMatcher.Count(first, Counts);
        int deviceCount = SpikeMatcher.Count(second, Counts);
        int larger = Math.Max(count, deviceCount);
        return new RunComparison
        {
            SpikesReference = count,
            SpikesDevice = deviceCount,
            Matched100Us = Share(SpikeMatcher.Match(first, second, Counts, Narrow), larger),
            Matched1Ms = Share(SpikeMatcher.Match(first, second, Counts, Wide), larger),
            CountError = larger == 0 ? 0 : (deviceCount - count) / (double)count,
            Traces = CompareTraces(network, reference, device),
        };
    }

    private static double Share(int pairs, int of) => of == 0 ? 1 : pairs / (double)of;

    private static SpikeRecord Until(SpikeRecord spikes, long end)
    {
        int count = spikes.Times.Count(t => t <= end);
        return new SpikeRecord(spikes.Times[..count], spikes.Neurons[..count]);
    }

    private static List<TraceError> CompareTraces(Network network, RunRecording reference, RunRecording device)
    {
        List<TraceError> errors = [];
        foreach (TraceRecord trace in reference.Traces)
        {
            TraceRecord? twin = device.Traces.FirstOrDefault(t => string.Equals(t.Name, trace.Name, StringComparison.Ordinal));
            Population? population = network.PopulationOf(trace.Neuron);
            if (twin != null && population != null)
            {
                TraceError? error = CompareTrace(trace, twin, population.Distance);
                if (error != null)
                {
                    errors.Add(error);
                }
            }
        }

        return errors;
    }

    private static TraceError? CompareTrace(TraceRecord trace, TraceRecord twin, double unit)
    {
        TraceError? worst = null;
        int samples = 0;
        int j = 0;
        for (int i = 0; i < trace.Times.Length; i++)
        {
            while (j < twin.Times.Length && twin.Times[j] < trace.Times[i])
            {
                j++;
            }

            if (j == twin.Times.Length || twin.Times[j] != trace.Times[i])
            {
                continue;
            }

            samples++;
            double difference = Math.Abs(trace.Values[i] - twin.Values[j]) / unit;
            if (worst == null || difference > worst.MembraneUnits)
            {
                worst = new TraceError(trace.Name, trace.Times[i], trace.Values[i], twin.Values[j], trace.Unit, difference, 0);
            }
        }

        return worst == null ? null : worst with { Samples = samples };
    }
}
