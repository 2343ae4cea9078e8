// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Collects the spikes of a foreign file: populations in the order in which they come, neurons by their numbers.</summary>
internal sealed class ForeignSpikes
{
    private readonly List<string> _names = [];
    private readonly List<(int Population, int Index, long Time)> _spikes = [];
    private readonly List<int> _sizes = [];

    /// <summary>Number of the population of a name.</summary>
    public int Population(string name, int size = 0)
    {
        int found = _names.IndexOf(name);
        if (found < 0)
        {
            _names.Add(name);
            _sizes.Add(0);
            found = _names.Count - 1;
        }

        _sizes[found] = Math.Max(_sizes[found], size);
        return found;
    }

    /// <summary>Adds the populations that the comments of a file name: <c>population: FIRST SIZE NAME</c>.</summary>
    public void Populations(IEnumerable<string> comments)
    {
        foreach (string[] p in comments.Where(c => c.StartsWith("population: ", StringComparison.Ordinal)).Select(c => c.Split(' ', 4)))
        {
            if (p.Length == 4 && int.TryParse(p[2], out int size))
            {
                Population(p[3], size);
            }
        }
    }

    /// <summary>Adds a spike.</summary>
    /// <param name="time">Time in µs.</param>
    public void Add(int population, int index, long time)
    {
        _sizes[population] = Math.Max(_sizes[population], index + 1);
        _spikes.Add((population, index, time));
    }

    /// <summary>The recording.</summary>
    /// <param name="duration">Length in µs where the file says it.</param>
    public RunRecording Build(string network, string from, long? duration, IReadOnlyList<KeyValuePair<string, string>> origin)
    {
        RecordedPopulation[] populations = new RecordedPopulation[_names.Count];
        int first = 0;
        for (int p = 0; p < populations.Length; p++)
        {
            populations[p] = new RecordedPopulation(_names[p], first, _sizes[p]);
            first += _sizes[p];
        }

        SpikeRecord spikes = SpikeRecord.Sorted(
            [.. _spikes.Select(s => s.Time)], [.. _spikes.Select(s => populations[s.Population].First + s.Index)]);
        long last = spikes.Count == 0 ? 0 : spikes.Times[^1] + 1;
        return new RunRecording
        {
            Network = network,
            RanOn = from,
            Duration = Math.Max(duration ?? 0, last),
            Populations = populations,
            Spikes = spikes,
            Produced = spikes.Count,
            Origin = origin,
        };
    }
}
