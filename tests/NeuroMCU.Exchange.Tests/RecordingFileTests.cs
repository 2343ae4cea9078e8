// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

public sealed class RecordingFileTests : IDisposable
{
    private readonly NirFiles _files = new();

    // Formats that hold every spike to the microsecond, without traces too.
    public static TheoryData<string> Endings => [.. RecordingFile.Endings.Except([".eieio", ".wav"])];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Endings))]
    public void What_is_written_reads_back(string ending)
    {
        Gen<RunRecording> runs =
            from sizes in Gen.Choose(1, 9).ListOf(3)
            from spikes in Gen.Choose(0, 3_000_000).SelectMany(t => Gen.Choose(0, 1000).Select(n => (t, n))).ListOf()
            select Make([.. sizes], [.. spikes]);
        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            RunRecording back = Round(run, ending);
            Assert.Equal(run.Spikes.Times, back.Spikes.Times);
            Assert.Equal(run.Spikes.Neurons.Order(), back.Spikes.Neurons.Order());
            Assert.Equal(run.Populations.Select(p => (p.Name, p.Size)).Order(), back.Populations.Select(p => (p.Name, p.Size)).Order());
            Assert.Equal(run.Duration, back.Duration);
            Assert.Equal(run.Network, back.Network);
            Assert.Equal("42", back.Origin.Single(o => o.Key == "seed").Value);
            Assert.Equal("two spikes are missing", Round(run with { EndedEarly = "two spikes are missing" }, ending).Incomplete);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Theory]
    [InlineData(".npz")]
    [InlineData(".nwb")]
    public void Traces_read_back(string ending)
    {
        RunRecording run = Make([2, 3, 1], [(5, 1)]) with
        {
            Traces = [new TraceRecord("p1[2]", 4, "mV", [0, 1000, 2500], [-65.5, 1e-9, 3])],
        };
        TraceRecord back = Round(run, ending).Traces.Single();
        Assert.Equal(("p1[2]", 4, "mV"), (back.Name, back.Neuron, back.Unit));
        Assert.Equal(run.Traces[0].Times, back.Times);
        Assert.Equal(run.Traces[0].Values, back.Values);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_file_that_is_cut_off_is_refused_or_says_so(string ending)
    {
        string path = Write(Make([4, 4, 4], [.. Enumerable.Range(0, 300).Select(i => (i * 1000, i))]), ending);
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 3, whole.Length / 3, whole.Length / 2, whole.Length - 5 })
        {
            File.WriteAllBytes(path, whole[..length]);
            if (ending is ".csv" && length > 3)
            {
                continue;   // a table has no end of its own
            }

            ExchangeException problem = Assert.Throws<ExchangeException>(() => RecordingFile.Read(path));
            Assert.Equal(ExchangeProblem.Recording, problem.Problem);
            Assert.Contains(path, problem.Message, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(problem.Next));
        }
    }

    // Between two events nothing but their number shows it.
    [Theory]
    [InlineData(".aedat", 8)]
    [InlineData(".csv", 0)]
    public void A_file_that_is_cut_off_between_two_spikes_is_incomplete(string ending, int last)
    {
        string path = Write(Make([4, 4, 4], [.. Enumerable.Range(0, 300).Select(i => (i * 1000, i))]), ending);
        byte[] whole = File.ReadAllBytes(path);
        int cut = last > 0 ? last : whole.Length - 1 - Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2);
        File.WriteAllBytes(path, whole[..^cut]);
        Assert.Equal("of 300 spikes that were written, the file holds 299: it was cut off", RecordingFile.Read(path).Incomplete);

        File.WriteAllBytes(path, whole[..40]);
        Assert.True(ending == ".csv" || Assert.Throws<ExchangeException>(() => RecordingFile.Read(path)).Message
            .Contains("head is cut off", StringComparison.Ordinal));
    }

    // A run of minutes has a table of more than the 32 MB that tables of other kinds may have.
    [Fact]
    public void A_long_table_of_spikes_reads_back_and_half_a_last_row_is_no_spike()
    {
        string path = _files.Path("long.csv");
        using (StreamWriter writer = new(path))
        {
            writer.Write("# population: 0 2 first\n# population: 2 12345678 second\n# spikes: 1300001\nindex,time_s,population\n");
            for (int i = 0; i < 1_300_000; i++)
            {
                writer.Write(FormattableString.Invariant($"12345677,{i / 1000}.{i % 1000:D3}500,second\n"));
            }

            writer.Write("1,1300.0005");
        }

        Assert.True(new FileInfo(path).Length > 33 << 20);
        RunRecording run = RecordingFile.Read(path);
        Assert.Equal((1_300_000, 12_345_679, 1_299_999_500L), (run.Spikes.Count, run.Spikes.Neurons[0], run.Spikes.Times[^1]));
        Assert.Contains("the file holds 1300000", run.Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_a_camera_are_read_and_an_event_cut_in_half_is_refused()
    {
        string path = _files.Path("camera.aedat");
        byte[] events = [0, 1, 0x80, 4, 0, 0, 0x03, 0xE8, 0, 0, 0, 7, 0, 0, 0x07, 0xD0];
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("#!AER-DAT2.0\r\n# AEChip: DVS128\r\n"), .. events]);
        RunRecording run = RecordingFile.Read(path);
        Assert.Equal([1000, 2000], run.Spikes.Times);
        Assert.Equal([1, 0], run.Spikes.Neurons);   // the larger address first: 0x18004 and 7 in ascending order

        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("#!AER-DAT2.0\r\n"), .. events[..13]]);
        ExchangeException problem = Assert.Throws<ExchangeException>(() => RecordingFile.Read(path));
        Assert.Equal(path + ": byte 22: the last event has 5 of 8 bytes: the file is cut off behind 1 events", problem.Message);
    }

    [Fact]
    public void An_NWB_file_without_units_is_refused()
    {
        new PureHDF.H5File { ["acquisition"] = new PureHDF.H5Group(), ["general"] = new PureHDF.H5Group() }.Write(_files.Path("no.nwb"));
        ExchangeException problem = Assert.Throws<ExchangeException>(() => RecordingFile.Read(_files.Path("no.nwb")));
        Assert.EndsWith("/units: is missing, or has no spike_times: the file holds no spikes (it has acquisition, general)",
            problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_SONATA_spikes_are_in_milliseconds_unless_they_say_otherwise()
    {
        PureHDF.H5Group cells = new() { ["timestamps"] = new[] { 1.5, 2.25 }, ["node_ids"] = new ulong[] { 3, 0 } };
        new PureHDF.H5File { ["spikes"] = new PureHDF.H5Group { ["v1"] = cells } }.Write(_files.Path("s.h5"));
        RunRecording run = RecordingFile.Read(_files.Path("s.h5"));
        Assert.Equal([1500, 2250], run.Spikes.Times);
        Assert.Equal([3, 0], run.Spikes.Neurons);
    }

    [Fact]
    public void A_shift_of_all_spikes_is_a_lag_and_a_missing_spike_no_match()
    {
        RunRecording a = Make([2, 2, 2], [(1000, 0), (50_000, 1), (90_000, 4)]);
        RunRecording b = Make([2, 2, 2], [(1100, 0), (50_100, 1)]);
        SpikeMatch all = SpikeMatch.Of(a, b)[^1].Match;
        Assert.Equal((3, 2, 100L), (all.SpikesA, all.SpikesB, all.Lag));
        Assert.Equal(2.0 / 3, all.Share(100), 12);
    }

    internal static RunRecording Make(int[] sizes, (int Time, int Neuron)[] spikes)
    {
        RecordedPopulation[] populations = new RecordedPopulation[sizes.Length];
        int first = 0;
        for (int p = 0; p < sizes.Length; p++)
        {
            populations[p] = new RecordedPopulation("p" + p, first, sizes[p]);
            first += sizes[p];
        }

        return new RunRecording
        {
            Network = "round trip",
            RanOn = "the bench",
            Duration = 3_000_001,
            Populations = populations,
            Spikes = SpikeRecord.Sorted([.. spikes.Select(s => (long)s.Time)], [.. spikes.Select(s => s.Neuron % first)]),
            Produced = spikes.Length,
            Origin = [new("seed", "42")],
        };
    }

    private RunRecording Round(RunRecording run, string ending) => RecordingFile.Read(Write(run, ending));

    private string Write(RunRecording run, string ending)
    {
        string path = _files.Path("run" + ending);
        using FileStream stream = File.Create(path);
        RecordingFile.Write(path, run, DateTimeOffset.UnixEpoch, stream);
        return path;
    }
}
