// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Recording;

public sealed class SpikeRecordTests
{
    [Fact]
    public void Refuses_times_that_go_backwards_and_says_where()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new SpikeRecord([5, 9, 8], [0, 0, 0]));
        Assert.Contains("spike 2 at 8 us", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_arrays_of_different_length()
    {
        Assert.Throws<ArgumentException>(() => new SpikeRecord([5, 9], [0]));
        Assert.Throws<ArgumentException>(() => SpikeRecord.Sorted([5, 9], [0]));
    }

    [Fact]
    public void Sorting_keeps_every_spike_and_the_order_within_one_microsecond()
    {
        Prop.ForAll<int[]>(draws =>
        {
            long[] times = draws.Select(d => (long)(Math.Abs(d % 7))).ToArray();
            int[] neurons = Enumerable.Range(0, times.Length).ToArray();
            SpikeRecord sorted = SpikeRecord.Sorted(times, neurons);
            Assert.Equal(times.Order(), sorted.Times);
            Assert.Equal(neurons.OrderBy(n => times[n]).ThenBy(n => n), sorted.Neurons);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_neuron_belongs_to_the_population_whose_range_holds_it()
    {
        RunRecording run = Samples.Run(SpikeRecord.Empty);
        Assert.Equal([0, 0, 1, 1, 1, -1], Enumerable.Range(0, 6).Select(run.PopulationOf));
        Assert.Equal(-1, run.PopulationOf(-1));
    }

    [Fact]
    public void A_part_begins_at_its_own_zero_and_keeps_what_falls_into_it()
    {
        RunRecording part = Samples.Run(new SpikeRecord([0, 99, 100, 500], [1, 2, 4, 0])).From(100);
        Assert.Equal([0L, 400L], part.Spikes.Times);
        Assert.Equal([4, 0], part.Spikes.Neurons);
        Assert.Equal(999_900, part.Duration);
        Assert.Equal([0L, 100L], part.Traces[0].Times);
        Assert.Equal([-69.5, -1.25e-7], part.Traces[0].Values);
        Assert.Empty(part.From(10_000_000).Spikes.Times);
    }

    [Fact]
    public void Csv_has_microseconds_in_full_and_indices_within_the_population()
    {
        RunRecording run = Samples.Run(new SpikeRecord([0, 100_001, 100_001, 3_600_000_000], [1, 2, 4, 0]));
        StringWriter text = new StringWriter();
        SpikeCsv.Write(run, text);
        Assert.Equal(
            "index,time_s,population\n"
            + "1,0.000000,input\n"
            + "0,0.100001,\"cells, \"\"left\"\"\"\n"
            + "2,0.100001,\"cells, \"\"left\"\"\"\n"
            + "0,3600.000000,input\n",
            text.ToString());
    }
}
