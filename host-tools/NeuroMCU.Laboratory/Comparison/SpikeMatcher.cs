// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Comparison;

/// <summary>Matches the spikes of two runs one to one, neuron by neuron.</summary>
internal static class SpikeMatcher
{
    /// <summary>Counts the pairs of a one-to-one matching that leaves as few spikes as possible unmatched.</summary>
    /// <param name="first">Times of one train in µs, ascending.</param>
    /// <param name="second">Times of the other train in µs, ascending.</param>
    /// <param name="window">Largest distance of a pair in µs.</param>
    /// <returns>The number of pairs.</returns>
    /// <remarks>
    /// Two pointers: the earlier of the two spikes at hand is left alone only when the other is out of its reach; every later spike of the
    /// other train is farther still, so nothing is lost by giving it up, and pairing two that reach each other never costs a pair.
    /// </remarks>
    public static int Match(IReadOnlyList<long> first, IReadOnlyList<long> second, long window)
    {
        int pairs = 0;
        int i = 0;
        int j = 0;
        while (i < first.Count && j < second.Count)
        {
            long difference = first[i] - second[j];
            if (Math.Abs(difference) <= window)
            {
                pairs++;
                i++;
                j++;
            }
            else if (difference < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    /// <summary>Counts the pairs over several neurons.</summary>
    /// <param name="window">Largest distance of a pair in µs.</param>
    /// <returns>The number of pairs.</returns>
    public static int Match(SpikeRecord first, SpikeRecord second, Predicate<int> neurons, long window)
    {
        Dictionary<int, List<long>> one = Trains(first, neurons);
        Dictionary<int, List<long>> other = Trains(second, neurons);
        int pairs = 0;
        foreach ((int neuron, List<long> train) in one)
        {
            pairs += other.TryGetValue(neuron, out List<long>? twin) ? Match(train, twin, window) : 0;
        }

        return pairs;
    }

    /// <summary>Counts the spikes of some neurons.</summary>
    /// <returns>The number of spikes.</returns>
    public static int Count(SpikeRecord spikes, Predicate<int> neurons)
    {
        int count = 0;
        foreach (int neuron in spikes.Neurons)
        {
            count += neurons(neuron) ? 1 : 0;
        }

        return count;
    }

    private static Dictionary<int, List<long>> Trains(SpikeRecord spikes, Predicate<int> neurons)
    {
        Dictionary<int, List<long>> trains = [];
        for (int i = 0; i < spikes.Count; i++)
        {
            int neuron = spikes.Neurons[i];
            if (!neurons(neuron))
            {
                continue;
            }

            if (!trains.TryGetValue(neuron, out List<long>? train))
            {
                train = [];
                trains.Add(neuron, train);
            }

            train.Add(spikes.Times[i]);
        }

        return trains;
    }
}
