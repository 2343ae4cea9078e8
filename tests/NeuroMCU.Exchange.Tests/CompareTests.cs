// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

public sealed class CompareTests
{
    [Fact]
    public void A_recording_without_populations_has_those_of_the_other()
    {
        RunRecording named = RecordingFileTests.Make([2, 3], [(1000, 0), (2000, 1), (3000, 4)]);
        RunRecording bare = RecordingFileTests.Make([5], [(1000, 0), (2000, 1), (3000, 4)]) with
        {
            Populations = [new RecordedPopulation("keys", 0, 5)],
        };
        foreach ((RunRecording a, RunRecording b) in new[] { (named, bare), (bare, named) })
        {
            Assert.Equal([("p0", 2, 2), ("p1", 1, 1), ("", 3, 3)],
                SpikeMatch.Of(a, b).Select(m => (m.Name, m.Match.SpikesA, (int)(m.Match.Share(0) * m.Match.SpikesB))));
        }
    }

    // Each share took the middle of all lags anew for each of them: two recordings of minutes were compared for hours.
    [Fact]
    public void A_million_spikes_are_compared()
    {
        RunRecording run = RecordingFileTests.Make([1], []) with
        {
            Spikes = new SpikeRecord([.. Enumerable.Range(0, 1_000_000).Select(i => i * 2000L)], new int[1_000_000]),
        };
        Assert.Equal(1, SpikeMatch.Of(run, run)[^1].Match.Share(0));
    }

    [Fact]
    public void Traces_are_compared_where_both_have_a_time()
    {
        RunRecording With(params TraceRecord[] traces) => RecordingFileTests.Make([2], []) with { Traces = traces };

        // The second is sampled elsewhere: between 0 and 2 ms it is a line from 0 to 4.
        TraceMatch match = TraceMatch.Of(With(new TraceRecord("v", 0, "mV", [0, 500, 1500, 5000], [0, 1, 6, 9])),
            With(new TraceRecord("w", 1, "mV", [0], [7]), new TraceRecord("v", 0, "mV", [0, 2000], [0, 4]))).Single();
        Assert.Equal(("v", 3, 3.0), (match.Name, match.Samples, match.Largest));
        Assert.Equal(Math.Sqrt(9.0 / 3), match.Rms, 1e-12);
    }
}
