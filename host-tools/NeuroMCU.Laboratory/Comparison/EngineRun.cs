// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Comparison;

/// <summary>Runs the firmware's fixed-point engine on the host as fast as it goes: no device, no wire, no cost profile.</summary>
public static class EngineRun
{
    private const int Work = 4096;

    /// <summary>Runs a compiled network from its image, as a device would load it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="until">Last µs to be served.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What the engine recorded.</returns>
    /// <exception cref="System.OperationCanceledException">It was cancelled.</exception>
    public static RunRecording Run(CompiledNetwork network, long until, CancellationToken cancellation = default)
    {
        NetworkEngine engine = new(ImageReader.Read(network.Image, 0, network.Image.Length, ModelList.All));
        List<long> times = [];
        List<int> neurons = [];
        List<(long Time, double Value)>[] samples = network.Network.Traces.Select(_ => new List<(long Time, double Value)>()).ToArray();
        engine.WaitsForRecord = true;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            engine.Advance(until, Work);
            for (int i = 0; i < engine.Spikes.Count; i++)
            {
                times.Add(engine.Spikes.TimeAt(i));
                neurons.Add(engine.Spikes.NeuronAt(i));
            }

            engine.Spikes.Remove(engine.Spikes.Count);
            Drain(engine.Traces, network, samples);
        }
        while (!engine.HasReached(until));
        LossAccount losses = LossAccount.Of(engine);
        RecordedPopulation[] populations = network.Network.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron, p.Size,
            p.Recorded)).ToArray();
        return new RunRecording
        {
            Network = network.Network.Name,
            RanOn = "engine on the host (fixed point)",
            Duration = until,
            Populations = populations,
            Spikes = new SpikeRecord(times.ToArray(), neurons.ToArray()),
            Traces = network.Network.Traces.Select((t, i) => Trace(t, samples[i])).ToArray(),
            Produced = engine.Spikes.Total + losses.Unnumbered,
            Lost = losses.Spikes,
            Losses = losses,
            Saturations = DeviceRecording.SaturatedOf(populations, Enumerable.Range(0, populations.Length).Select(engine.Saturations)
                .ToArray()),
            Counters =
            [
                new("spikes", engine.Counters.Spikes),
                new("synaptic_events", engine.Counters.SynapticEvents),
                new("neuron_updates", engine.Counters.NeuronUpdates),
                new("clocked_steps", engine.Counters.ClockedSteps),
                new("clocked_updates", engine.Counters.ClockedUpdates),
                new("queue_peak", engine.Counters.QueuePeak),
                new("queue_drops", engine.Counters.QueueDrops),
                new("trace_samples_dropped", engine.Traces.Dropped),
            ],
        };
    }

    private static void Drain(TraceRing ring, CompiledNetwork network, List<(long Time, double Value)>[] samples)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            int index = ring.IndexAt(i);
            Core.Contracts.TraceTable table = network.Tables.Traces[index];
            if (table.Quantity == Core.Contracts.TraceQuantity.Weight)
            {
                SynapseMap map = new(network.Tables, network.Symbols);
                samples[index].Add((ring.TimeAt(i), map.ToPhysical(table.Neuron, ring.ValueAt(i))));
                continue;
            }

            PopulationSymbol symbol = network.Symbols.Populations[network.Network.Traces[index].Population.Index];
            samples[index].Add((ring.TimeAt(i), TraceValues.Of(table, symbol, ring.ValueAt(i))));
        }

        ring.Remove(ring.Count);
    }

    private static TraceRecord Trace(TraceRequest request, List<(long Time, double Value)> samples)
    {
        return new TraceRecord(
            TraceNames.Of(request),
            request.Population.FirstNeuron + request.Neuron,
            request.Unit,
            samples.Select(s => s.Time).ToArray(),
            samples.Select(s => s.Value).ToArray())
        { IsWeight = request.Projection != null };
    }
}
