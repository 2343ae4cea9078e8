// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>How well a trace of two recordings agrees.</summary>
/// <param name="Name">Name of the trace in the first recording.</param>
/// <param name="Unit">Unit of the first; the second is taken to have the same.</param>
/// <param name="Samples">Samples of the first that lie within the time of the second.</param>
/// <param name="Rms">Root mean square of the difference at them, with straight lines between the samples of the second.</param>
/// <param name="Largest">Largest difference at them.</param>
public sealed record TraceMatch(string Name, string Unit, int Samples, double Rms, double Largest)
{
    /// <summary>Compares the traces of two recordings: by name where both have it, else by their order.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <returns>Each pair of traces that share a time.</returns>
    public static IReadOnlyList<TraceMatch> Of(RunRecording a, RunRecording b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool named = a.Traces.Select(t => t.Name).Intersect(b.Traces.Select(t => t.Name)).Any();
        return [.. a.Traces.Select((t, i) => (t, named ? b.Traces.FirstOrDefault(u => u.Name == t.Name) : b.Traces.ElementAtOrDefault(i)))
            .Where(pair => pair.Item2 is { Times.Length: > 0 }).Select(pair => Of(pair.t, pair.Item2!)).Where(m => m.Samples > 0)];
    }

    private static TraceMatch Of(TraceRecord a, TraceRecord b)
    {
        double sum = 0;
        double largest = 0;
        int count = 0;
        int next = 0;
        for (int i = 0; i < a.Times.Length; i++)
        {
            while (next < b.Times.Length && b.Times[next] < a.Times[i])
            {
                next++;
            }

            if (next == b.Times.Length || (next == 0 && b.Times[0] > a.Times[i]))
            {
                continue;
            }

            double other = b.Times[next] == a.Times[i] ? b.Values[next] : b.Values[next - 1] + ((b.Values[next] - b.Values[next - 1])
                * (a.Times[i] - b.Times[next - 1]) / (b.Times[next] - b.Times[next - 1]));
            double difference = Math.Abs(a.Values[i] - other);
            if (double.IsFinite(difference))
            {
                sum += difference * difference;
                largest = Math.Max(largest, difference);
                count++;
            }
        }

        return new TraceMatch(a.Name, a.Unit, count, count == 0 ? 0 : Math.Sqrt(sum / count), largest);
    }
}
