// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Sites;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Sites;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Internet.Desk;

/// <summary>Puts the recordings of boards together to the one of the network that they were.</summary>
internal static class DeskRecording
{
    /// <summary>Puts them together.</summary>
    /// <param name="images">What ran.</param>
    /// <param name="boards">What each board recorded.</param>
    /// <returns>The recording, under the names of the network file.</returns>
    public static RunRecording Of(SiteImages images, IReadOnlyList<(NetworkPart Part, RunRecording Run)> boards)
    {
        Network whole = images.Split.Whole;
        RecordedPopulation[] populations =
            [.. whole.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron, p.Size, p.Recorded))];
        string[] early = [.. boards.Where(b => b.Run.EndedEarly != null).Select(b => $"site {b.Part.Site.Name}: {b.Run.EndedEarly}")];
        return new RunRecording
        {
            Network = whole.Name,
            RanOn = boards.Count == 1 ? boards[0].Run.RanOn : $"{boards.Count} boards",
            Duration = boards.Select(b => b.Run.Duration).DefaultIfEmpty(0).Min(),
            Populations = populations,
            Spikes = SpikesOf(boards),
            Traces = [.. TracesOf(whole, boards).OrderBy(t => t.Number).Select(t => t.Trace)],
            Produced = boards.Sum(b => b.Run.Produced - Hidden(b.Part, b.Run)),
            Lost = boards.Sum(b => b.Run.Lost),
            Losses = LossAccount.Sum(boards.Select(b => b.Run.Losses)),
            EndedEarly = early.Length == 0 ? null : string.Join("; ", early),
            Counters = CountersOf(boards),
            Saturations = [.. boards.SelectMany(b => b.Run.Saturations.Select(s =>
                    (b.Part.Populations.First(p => string.Equals(p.Population.Name, s.Key, StringComparison.Ordinal)).Whole.Name, s.Value)))
                .GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => new KeyValuePair<string, long>(g.Key, g.Sum(s => s.Value)))],
            CountsSaturations = boards.All(b => b.Run.CountsSaturations),
            LateEvents = boards.Sum(b => b.Run.LateEvents),
            MaxLateness = boards.Select(b => b.Run.MaxLateness).DefaultIfEmpty(0).Max(),
            Step = images.Step,
            Readouts = [.. boards.SelectMany(b => b.Run.Readouts)],
            Reported = [.. boards.SelectMany(b => b.Run.Reported.Select(t => t with { What = $"site {b.Part.Site.Name}: {t.What}" }))],
            Log = [.. boards.SelectMany(b => b.Run.Log.Select(line => $"{b.Part.Site.Name}: {line}"))],
        };
    }

    // By time, then by neuron: the order of one microsecond says nothing, and boards have none among them.
    private static SpikeRecord SpikesOf(IReadOnlyList<(NetworkPart Part, RunRecording Run)> boards)
    {
        List<(long Time, int Neuron)> spikes = [];
        foreach ((NetworkPart part, RunRecording run) in boards)
        {
            int[] whole = [.. Enumerable.Range(0, part.Network.NeuronCount).Select(n => IsShown(part, n) ? part.WholeNeuron(n) : -1)];
            for (int k = 0; k < run.Spikes.Count; k++)
            {
                if (whole[run.Spikes.Neurons[k]] is >= 0 and var neuron)
                {
                    spikes.Add((run.Spikes.Times[k], neuron));
                }
            }
        }

        spikes.Sort();
        return new SpikeRecord([.. spikes.Select(s => s.Time)], [.. spikes.Select(s => s.Neuron)]);
    }

    // Neurons whose spikes only go to other boards are recorded on the device for that, and not by the network.
    private static bool IsShown(NetworkPart part, int neuron)
    {
        PartPopulation population = part.Populations.First(p => neuron < p.Population.FirstNeuron + p.Population.Size);
        return population.Role == PartRole.Home && population.Whole.Recorded;
    }

    private static long Hidden(NetworkPart part, RunRecording run) => run.Spikes.Neurons.LongCount(n => !IsShown(part, n));

    private static IEnumerable<(int Number, TraceRecord Trace)> TracesOf(Network whole,
        IReadOnlyList<(NetworkPart Part, RunRecording Run)> boards)
    {
        foreach ((NetworkPart part, RunRecording run) in boards)
        {
            for (int k = 0; k < run.Traces.Count; k++)
            {
                TraceRecord own = run.Traces[k];
                int number = part.Traces[k];
                yield return (number, new TraceRecord(TraceNames.Of(whole.Traces[number]), part.WholeNeuron(own.Neuron), own.Unit,
                    own.Times, own.Values)
                { IsCurrent = own.IsCurrent, IsWeight = own.IsWeight, Threshold = own.Threshold });
            }
        }
    }

    // Sums, but for what is a size or a peak of one board.
    private static IReadOnlyList<KeyValuePair<string, long>> CountersOf(IReadOnlyList<(NetworkPart Part, RunRecording Run)> boards)
    {
        static bool IsPeak(string name) => name.Contains("peak", StringComparison.Ordinal) || name.Contains("capacity", StringComparison.Ordinal)
            || name.Contains("max", StringComparison.Ordinal) || string.Equals(name, "step", StringComparison.Ordinal);
        return [.. boards.SelectMany(b => b.Run.Counters).GroupBy(c => c.Key, StringComparer.Ordinal).Select(g =>
            new KeyValuePair<string, long>(g.Key, IsPeak(g.Key) ? g.Max(c => c.Value) : g.Sum(c => c.Value)))];
    }
}
