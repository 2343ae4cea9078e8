// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Experiment;

/// <summary>A phase of the experiment and what was seen in it.</summary>
/// <param name="Start">Its start in µs of hub time.</param>
internal sealed record Phase(string Name, long Start, long End, IReadOnlyDictionary<string, int> Spikes, byte WeightBefore,
    byte WeightAfter)
{
    /// <summary>Rate of a neuron.</summary>
    /// <returns>Hz.</returns>
    public double Rate(string neuron) => Spikes.GetValueOrDefault(neuron) / ((End - Start) / 1e6);
}

/// <summary>The four phases: 10 Hz, 25 Hz, 10 Hz and 2 Hz.</summary>
internal static class Phases
{
    /// <summary>Length of a phase in µs.</summary>
    public const long Length = 8_000_000;

    // What was under way when the last phase began, and a neuron that bursts answers with.
    private const int OneBurst = 4;

    /// <summary>Names in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["before, 10 Hz", "potentiation, 25 Hz", "after, 10 Hz", "depression, 2 Hz"];

    /// <summary>Counts what was seen in each phase.</summary>
    /// <param name="start">Hub time in µs at which the first phase began.</param>
    /// <returns>Four phases.</returns>
    public static IReadOnlyList<Phase> Of(HubRecord record, long start, SynapsePlan synapse, byte initial)
    {
        ILookup<long, RecordedSpike> spikes = record.Spikes.Where(s => s.Kind != SpikeKind.Potential)
            .ToLookup(s => (s.Time - start) / Length);
        return
        [
            .. Names.Select((name, k) => new Phase(
                name,
                start + (k * Length),
                start + ((k + 1) * Length),
                spikes[k].GroupBy(s => s.Neuron.Name).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                WeightAt(start + (k * Length)),
                WeightAt(start + ((k + 1) * Length)))),
        ];

        byte WeightAt(long time) => record.Weights.Where(w => w.Time <= time && w.Synapse.Plan == synapse).Select(w => (byte?)w.Weight)
            .LastOrDefault() ?? initial;
    }

    /// <summary>Whether the experiment's result was found: silent, then firing at the same rate after potentiation, and silent again in
    /// depression.</summary>
    /// <returns>What is missing; empty when nothing is.</returns>
    public static IReadOnlyList<string> Missing(IReadOnlyList<Phase> phases)
    {
        List<string> missing = [];
        void Check(bool found, string what)
        {
            if (!found)
            {
                missing.Add(what);
            }
        }

        Check(phases[0].Rate("bn") == 0, "the biological neuron is silent before potentiation");
        Check(phases[1].WeightAfter > phases[1].WeightBefore, "25 Hz potentiate");
        Check(phases[2].Rate("bn") > 2, "after potentiation 10 Hz bring it to fire");
        Check(phases[2].Rate("anpost") > 2, "the chain goes on to the third neuron");
        Check(phases[3].Spikes.GetValueOrDefault("bn") <= OneBurst, "it stops when depression begins");
        Check(phases[3].WeightAfter < phases[3].WeightBefore, "2 Hz depress");
        return missing;
    }
}
