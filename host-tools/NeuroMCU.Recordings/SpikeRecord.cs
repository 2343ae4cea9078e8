// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>Spikes in the order in which they fell: parallel arrays of time and neuron.</summary>
public sealed class SpikeRecord
{
    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="times">Times in µs since start, ascending.</param>
    /// <param name="neurons">Global neuron indices, parallel to <paramref name="times" />.</param>
    /// <exception cref="ArgumentException">The arrays differ in length, or a time is smaller than the one before it.</exception>
    public SpikeRecord(long[] times, int[] neurons)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(neurons);
        if (times.Length != neurons.Length)
        {
            throw new ArgumentException($"{times.Length} times but {neurons.Length} neurons", nameof(neurons));
        }

        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
            {
                throw new ArgumentException($"spike {i} at {times[i]} us comes before the one in front of it, at {times[i - 1]} us",
                    nameof(times));
            }
        }

        Times = times;
        Neurons = neurons;
    }

    /// <summary>No spikes.</summary>
    public static SpikeRecord Empty { get; } = new SpikeRecord([], []);

    /// <summary>Times in µs since start, ascending.</summary>
    public long[] Times { get; }

    /// <summary>Global neuron index of each spike.</summary>
    public int[] Neurons { get; }

    /// <summary>Number of spikes.</summary>
    public int Count => Times.Length;

    /// <summary>Spikes in any order, sorted by time; spikes of one microsecond keep their order.</summary>
    /// <param name="times">Times in µs since start.</param>
    /// <param name="neurons">Global neuron indices, parallel to <paramref name="times" />.</param>
    /// <returns>A record over sorted copies.</returns>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public static SpikeRecord Sorted(ReadOnlySpan<long> times, ReadOnlySpan<int> neurons)
    {
        if (times.Length != neurons.Length)
        {
            throw new ArgumentException($"{times.Length} times but {neurons.Length} neurons", nameof(neurons));
        }

        long[] keys = times.ToArray();
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Array.Sort is not stable: the place in the input breaks ties.
        long[] source = times.ToArray();
        Array.Sort(order, (a, b) => source[a] != source[b] ? source[a].CompareTo(source[b]) : a.CompareTo(b));
        int[] sortedNeurons = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = source[order[i]];
            sortedNeurons[i] = neurons[order[i]];
        }

        return new SpikeRecord(keys, sortedNeurons);
    }
}
