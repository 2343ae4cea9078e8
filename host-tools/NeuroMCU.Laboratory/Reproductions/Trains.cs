// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Measures spike trains; times in s.</summary>
internal static class Trains
{
    /// <summary>Spikes of one neuron.</summary>
    /// <returns>Times in s.</returns>
    public static double[] Of(RunRecording run, int neuron)
        => run.Spikes.Times.Where((_, i) => run.Spikes.Neurons[i] == neuron).Select(t => t / 1e6).ToArray();

    /// <summary>Rate in a window, from its first to its last spike.</summary>
    /// <returns>Rate in Hz; 0 with fewer than two spikes.</returns>
    public static double Rate(double[] spikes, double from, double to)
    {
        double[] inside = spikes.Where(t => t >= from && t < to).ToArray();
        return inside.Length < 2 ? 0 : (inside.Length - 1) / (inside[^1] - inside[0]);
    }

    /// <summary>Splits a train into bursts.</summary>
    /// <returns>First and last spike of each burst and how many it has.</returns>
    public static IReadOnlyList<(double First, double Last, int Count)> Bursts(double[] spikes, double gap)
    {
        List<(double First, double Last, int Count)> bursts = [];
        foreach (double time in spikes)
        {
            if (bursts.Count == 0 || time - bursts[^1].Last > gap)
            {
                bursts.Add((time, time, 1));
            }
            else
            {
                bursts[^1] = (bursts[^1].First, time, bursts[^1].Count + 1);
            }
        }

        return bursts;
    }

    /// <summary>Bursts without those of the start and the cut one at the end.</summary>
    /// <param name="settle">Bursts that begin before this time are left out.</param>
    /// <returns>Whole bursts.</returns>
    public static IReadOnlyList<(double First, double Last, int Count)> Settled(double[] spikes, double gap, double settle)
        => Bursts(spikes, gap).SkipLast(1).Where(b => b.First >= settle && b.Count > 1).ToArray();

    /// <summary>Mean length of settled bursts.</summary>
    /// <returns>Length; NaN without bursts.</returns>
    public static double Length(IReadOnlyList<(double First, double Last, int Count)> bursts)
        => bursts.Count == 0 ? double.NaN : bursts.Average(b => b.Last - b.First);

    /// <summary>Mean period of settled bursts.</summary>
    /// <returns>Period; NaN with fewer than two.</returns>
    public static double Period(IReadOnlyList<(double First, double Last, int Count)> bursts)
        => bursts.Count < 2 ? double.NaN : (bursts[^1].First - bursts[0].First) / (bursts.Count - 1);

    /// <summary>Part of the second neuron's settled burst time in which the first one bursts too.</summary>
    /// <returns>0 when they take turns, 1 when the second bursts only with the first; NaN without bursts.</returns>
    public static double Overlap(IReadOnlyList<(double First, double Last, int Count)> first,
        IReadOnlyList<(double First, double Last, int Count)> second)
    {
        double common = 0;
        double total = 0;
        foreach ((double begin, double end, _) in second)
        {
            total += end - begin;
            common += first.Sum(b => Math.Max(0, Math.Min(end, b.Last) - Math.Max(begin, b.First)));
        }

        return total > 0 && first.Count > 0 ? common / total : double.NaN;
    }

    /// <summary>Mean delay of the second neuron's bursts behind those of the first, in periods: 0.5 is antiphase.</summary>
    /// <returns>Phase from 0 to 1; NaN without a rhythm.</returns>
    public static double Phase(IReadOnlyList<(double First, double Last, int Count)> first,
        IReadOnlyList<(double First, double Last, int Count)> second)
    {
        List<double> phases = [];
        for (int i = 0; i + 1 < first.Count; i++)
        {
            double period = first[i + 1].First - first[i].First;
            double middle = (first[i].First + first[i].Last) / 2;
            phases.AddRange(second.Select(b => (((b.First + b.Last) / 2) - middle) / period).Where(p => p is >= 0 and < 1));
        }

        return phases.Count == 0 ? double.NaN : phases.Average();
    }

    /// <summary>Mean of a trace in a window.</summary>
    /// <returns>Mean in the unit of the trace.</returns>
    public static double Mean(TraceRecord trace, double from, double to)
    {
        return trace.Values.Where((_, i) => trace.Times[i] >= from * 1e6 && trace.Times[i] < to * 1e6).DefaultIfEmpty(double.NaN).Average();
    }
}
