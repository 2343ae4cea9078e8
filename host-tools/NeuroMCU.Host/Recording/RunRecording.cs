// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

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

        /// <summary>Everything that is missing, by cause.</summary>
        public LossAccount Losses { get; init; } = LossAccount.None;

        /// <summary>Why and when the run ended before its time, in words; null when it did not.</summary>
        public string? EndedEarly { get; init; }

        /// <summary>What is missing, in words: the run ended early, or something was lost. Null when the recording is complete.</summary>
        public string? Incomplete
        {
            get
            {
                string[] missing = [.. Losses.Causes.Select(Losses.Describe)];
                return EndedEarly is null && missing.Length == 0 ? null : string.Join("; ", EndedEarly is null ? missing : [EndedEarly, .. missing]);
            }
        }

        /// <summary>Counters of the engine and the firmware at the end, in the order to show them.</summary>
        public IReadOnlyList<KeyValuePair<string, long>> Counters { get; init; } = [];

        /// <summary>
        /// Populations of which values went beyond the range of the engine's arithmetic and were cut off, with how often: their spikes, and those
        /// of everything that they drive, may be wrong. Empty when there are none.
        /// </summary>
        public IReadOnlyList<KeyValuePair<string, long>> Saturations { get; init; } = [];

        /// <summary>False when the device did not tell: it is too old to count <see cref="Saturations" />, or the link broke.</summary>
        public bool CountsSaturations { get; init; } = true;

        /// <summary>The saturations in words: <c>values of cortex (12 times) were cut off at the end of the device's range</c>.</summary>
        public string SaturationLine => Saturations.Count == 0
            ? "no value was cut off"
            : "values of " + string.Join(", ", Saturations.Select(s => s.Key + (s.Value == 1 ? " (once)" : string.Create(CultureInfo.InvariantCulture, $" ({s.Value} times)"))))
                + " were cut off at the end of the device's range: spikes may be wrong";

        /// <summary>The loss account in words: <c>0 lost of 1234</c>, or with what lost them.</summary>
        public string LossLine => Losses.IsComplete ? $"{Lost} lost of {Produced}" : Losses.Line(Produced);

        /// <summary>The part from a time on, as a recording that begins there. Counters and the loss account stay those of the whole.</summary>
        /// <param name="start">Time in µs that becomes 0.</param>
        /// <returns>The recording.</returns>
        public RunRecording From(long start)
        {
            int first = Array.FindIndex(Spikes.Times, t => t >= start);
            int skipped = first < 0 ? Spikes.Count : first;
            return new RunRecording
            {
                Network = Network,
                RanOn = RanOn,
                Duration = Math.Max(0, Duration - start),
                Populations = Populations,
                Spikes = new SpikeRecord(Array.ConvertAll(Spikes.Times[skipped..], t => t - start), Spikes.Neurons[skipped..]),
                Traces = Traces.Select(t =>
                {
                    int from = t.Times.TakeWhile(time => time < start).Count();
                    return new TraceRecord(t.Name, t.Neuron, t.Unit, Array.ConvertAll(t.Times[from..], time => time - start), t.Values[from..]);
                }).ToArray(),
                Produced = Produced,
                Lost = Lost,
                Losses = Losses,
                EndedEarly = EndedEarly,
                Counters = Counters,
                Saturations = Saturations,
                CountsSaturations = CountsSaturations,
            };
        }

        /// <summary>Finds the population of a neuron.</summary>
        /// <param name="neuron">Global neuron index.</param>
        /// <returns>Index into <see cref="Populations" />, or −1 when the neuron belongs to none.</returns>
        public int PopulationOf(int neuron) => PopulationOf(Populations, neuron);

        /// <summary>Finds the population of a neuron.</summary>
        /// <param name="populations">Populations in order of their first neuron.</param>
        /// <param name="neuron">Global neuron index.</param>
        /// <returns>Index into the populations, or −1 when the neuron belongs to none.</returns>
        internal static int PopulationOf(IReadOnlyList<RecordedPopulation> populations, int neuron)
        {
            int low = 0;
            int high = populations.Count - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                RecordedPopulation population = populations[middle];
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
