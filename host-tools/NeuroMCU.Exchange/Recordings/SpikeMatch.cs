// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>How well the spikes of two recordings agree, neuron by neuron.</summary>
public sealed class SpikeMatch
{
    private const long Far = 10_000;

    private SpikeMatch(long[] a, long[] b)
    {
        SpikesA = a.Length;
        SpikesB = b.Length;
        List<long> lags = [];
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            long lag = b[j] - a[i];
            if (Math.Abs(lag) <= Far)
            {
                lags.Add(lag);
                i++;
                j++;
            }
            else if (lag > 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        Lags = lags;
    }

    /// <summary>Spikes of the first recording.</summary>
    public int SpikesA { get; private init; }

    /// <summary>Spikes of the second recording.</summary>
    public int SpikesB { get; private init; }

    /// <summary>For each pair of spikes within 10 ms, in order: how much later the second recording has it, in µs.</summary>
    public IReadOnlyList<long> Lags { get; private init; }

    /// <summary>The middle of the lags in µs; 0 without pairs.</summary>
    public long Lag => Lags.Count == 0 ? 0 : Lags.Order().ElementAt(Lags.Count / 2);   // sorts: take it once

    /// <summary>Share of all spikes that have a partner, within a time of it once the middle lag is taken off.</summary>
    /// <param name="within">Time in µs.</param>
    public double Share(long within)
    {
        int most = Math.Max(SpikesA, SpikesB);
        long middle = Lag;
        return most == 0 ? 1 : (double)Lags.Count(lag => Math.Abs(lag - middle) <= within) / most;
    }

    /// <summary>Compares two recordings: populations by name where both have it, else by their order. A recording that knows no
    /// populations, and has all neurons in one, is taken to have those of the other.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <returns>For each population of both its name and the match; the last, with an empty name, is the sum.</returns>
    public static IReadOnlyList<(string Name, SpikeMatch Match)> Of(RunRecording a, RunRecording b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool named = a.Populations.Select(p => p.Name).Intersect(b.Populations.Select(p => p.Name)).Any();
        (a, b) = named ? (a, b) : (Parted(a, b), Parted(b, a));
        named |= a.Populations.Select(p => p.Name).Intersect(b.Populations.Select(p => p.Name)).Any();
        RecordedPopulation[] left = [.. a.Populations];
        List<(string, SpikeMatch)> result = [];
        IEnumerable<(RecordedPopulation?, RecordedPopulation?)> pairs = named
            ? left.Select(p => p.Name).Union(b.Populations.Select(p => p.Name))
                .Select(n => (left.FirstOrDefault(p => p.Name == n), b.Populations.FirstOrDefault(p => p.Name == n)))
            : Enumerable.Range(0, Math.Max(left.Length, b.Populations.Count))
                .Select(i => (left.ElementAtOrDefault(i), b.Populations.ElementAtOrDefault(i)));
        foreach ((RecordedPopulation? p, RecordedPopulation? q) in pairs)
        {
            int size = Math.Max(p?.Size ?? 0, q?.Size ?? 0);
            long[][] ta = Trains(a, p, size);
            long[][] tb = Trains(b, q, size);
            result.Add((p?.Name ?? q!.Name, Sum(ta.Zip(tb, (x, y) => new SpikeMatch(x, y)))));
        }

        return [.. result, (string.Empty, Sum(result.Select(r => r.Item2)))];
    }

    private static RunRecording Parted(RunRecording run, RunRecording other)
    {
        int size = other.Populations.Sum(p => p.Size);
        return run.Populations.Count == 1 && other.Populations.Count > 1 && run.Populations[0].Size <= size
            ? run with { Populations = other.Populations } : run;
    }

    private static long[][] Trains(RunRecording run, RecordedPopulation? population, int size)
    {
        List<long>[] trains = new List<long>[size];
        for (int i = 0; i < size; i++)
        {
            trains[i] = [];
        }

        for (int i = 0; population is not null && i < run.Spikes.Count; i++)
        {
            if (population.Contains(run.Spikes.Neurons[i]))
            {
                trains[run.Spikes.Neurons[i] - population.First].Add(run.Spikes.Times[i]);
            }
        }

        return Array.ConvertAll(trains, t => t.ToArray());
    }

    private static SpikeMatch Sum(IEnumerable<SpikeMatch> parts)
    {
        SpikeMatch[] all = [.. parts];
        return new SpikeMatch([], [])
        {
            SpikesA = all.Sum(p => p.SpikesA),
            SpikesB = all.Sum(p => p.SpikesB),
            Lags = [.. all.SelectMany(p => p.Lags)],
        };
    }
}
