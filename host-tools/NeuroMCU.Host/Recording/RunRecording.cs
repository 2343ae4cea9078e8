// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;

namespace NeuroMCU.Host.Recording
{
    /// <summary>Everything that one run left behind.</summary>
    public sealed class RunRecording
    {
        /// <summary>Name of the network.</summary>
        public required string Network { get; init; }

        /// <summary>Where it ran, for people: <c>virtual bench</c>, <c>reference</c>, or a device address.</summary>
        public required string RanOn { get; init; }

        /// <summary>Length of the run in µs of the network's time.</summary>
        public required long Duration { get; init; }

        /// <summary>Populations in order of their first neuron.</summary>
        public required IReadOnlyList<RecordedPopulation> Populations { get; init; }

        /// <summary>The spikes that arrived.</summary>
        public required SpikeRecord Spikes { get; init; }

        /// <summary>Membrane traces; empty when none was asked for.</summary>
        public IReadOnlyList<TraceRecord> Traces { get; init; } = [];

        /// <summary>Spikes that the engine produced for the record, whether they arrived or not.</summary>
        public required long Produced { get; init; }

        /// <summary>Spikes known to be missing: dropped on the device, or lost on the wire.</summary>
        public long Lost { get; init; }

        /// <summary>Counters of the engine and the firmware at the end, in the order to show them.</summary>
        public IReadOnlyList<KeyValuePair<string, long>> Counters { get; init; } = [];

        /// <summary>The loss account in words: <c>0 lost of 1234</c>.</summary>
        public string LossLine => $"{Lost} lost of {Produced}";

        /// <summary>Finds the population of a neuron.</summary>
        /// <param name="neuron">Global neuron index.</param>
        /// <returns>Index into <see cref="Populations" />, or −1 when the neuron belongs to none.</returns>
        public int PopulationOf(int neuron)
        {
            int low = 0;
            int high = Populations.Count - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                RecordedPopulation population = Populations[middle];
                if (neuron < population.First)
                {
                    high = middle - 1;
                }
                else if (neuron >= population.First + population.Size)
                {
                    low = middle + 1;
                }
                else
                {
                    return middle;
                }
            }

            return -1;
        }
    }
}
