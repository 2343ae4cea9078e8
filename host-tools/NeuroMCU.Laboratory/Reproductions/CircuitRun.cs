// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>
/// Runs a network on the circuits of the virtual boards: each neuron is a circuit in continuous time; once per step of the network its
/// spikes are collected, the synapses are computed and the drive is set anew, as a microcontroller between DAC and spike inputs does it.
/// A packet of charge is a pulse of current that lasts one step. Parts are nominal and converters exact.
/// </summary>
internal static class CircuitRun
{
    /// <summary>Runs a network of circuit neurons and stored input spikes.</summary>
    /// <param name="until">Time in µs.</param>
    /// <returns>Spikes, and traces sampled once per step.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotSupportedException">A population is neither a circuit nor an input, or there are Poisson inputs.</exception>
    public static RunRecording Run(Network network, long until, CancellationToken cancellation = default)
    {
        if (network.PoissonInputs.Count > 0)
        {
            throw new NotSupportedException("circuits take stored spikes, no Poisson inputs");
        }

        List<(long Time, int Neuron)> spikes = [];
        PriorityQueue<Arrival, long> queue = new();
        CircuitGroup[] groups = network.Populations.Select(p => new CircuitGroup(network, p)).ToArray();
        int handled = 0;
        foreach (StoredSpike spike in network.StoredSpikes.Where(s => s.Time <= until))
        {
            spikes.Add((spike.Time, spike.Neuron));
        }

        TraceSampler traces = new TraceSampler(network.Traces, groups);
        for (long time = 0; time <= until; time += network.Step)
        {
            cancellation.ThrowIfCancellationRequested();
            for (; handled < spikes.Count; handled++)
            {
                Send(network, spikes[handled], queue);
            }

            while (queue.TryPeek(out Arrival arrival, out long at) && at <= time)
            {
                queue.Dequeue();
                groups[arrival.Population].Receive(arrival);
            }

            foreach (CircuitGroup group in groups)
            {
                group.Step(time, Math.Min(network.Step, until - time), spikes);
            }

            traces.Sample(time);
        }

        (long Time, int Neuron)[] sorted = spikes.OrderBy(s => s.Time).ThenBy(s => s.Neuron).ToArray();
        return new RunRecording
        {
            Network = network.Name,
            RanOn = "circuits of the virtual board",
            Duration = until,
            Populations = network.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron, p.Size, p.Recorded)).ToArray(),
            Spikes = new SpikeRecord(sorted.Select(s => s.Time).ToArray(), sorted.Select(s => s.Neuron).ToArray()),
            Traces = traces.Records(),
            Produced = spikes.Count,
        };
    }

    private static void Send(Network network, (long Time, int Neuron) spike, PriorityQueue<Arrival, long> queue)
    {
        foreach (Projection projection in network.Projections)
        {
            int pre = spike.Neuron - projection.Source.FirstNeuron;
            if (pre < 0 || pre >= projection.Source.Size)
            {
                continue;
            }

            foreach (Connection connection in projection.Connections.Where(c => c.Pre == pre))
            {
                queue.Enqueue(new Arrival(projection.Target.Index, connection.Post, projection.ReceptorIndex, connection.Weight),
                    spike.Time + connection.Delay);
            }
        }
    }
}
