// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Recording;

public sealed class NpzTests
{
    [Fact]
    public void Every_array_comes_back_as_it_was()
    {
        Prop.ForAll<int[], double[], string[]>((whole, real, drawn) =>
        {
            // A NUL inside a text cannot be told from padding, in NumPy neither; a lone surrogate is no code point.
            string[] text = drawn.Select(t => new string((t ?? string.Empty).Where(c => c != 0 && !char.IsSurrogate(c)).ToArray()))
                .ToArray();
            long[] wide = whole.Select(w => (long)w << 20).ToArray();
            short[] narrow = whole.Select(w => (short)w).ToArray();
            foreach (Array array in new Array[] { whole, real, text, wide, narrow })
            {
                MemoryStream stream = new MemoryStream();
                NpyArray.Write(stream, array);
                stream.Position = 0;
                Assert.Equal(array, NpyArray.Read(stream));
                Assert.Equal(stream.Length, stream.Position);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_234_567)]
    public void Values_start_at_a_multiple_of_64_bytes(int length)
    {
        MemoryStream stream = new MemoryStream();
        NpyArray.Write(stream, new short[length]);
        Assert.Equal(0, (stream.Length - (2L * length)) % 64);
        string header = Encoding.Latin1.GetString(stream.GetBuffer(), 10, (int)(stream.Length - (2L * length)) - 10);
        Assert.StartsWith($"{{'descr': '<i2', 'fortran_order': False, 'shape': ({length},), }}", header, StringComparison.Ordinal);
        Assert.EndsWith("\n", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_stored_by_code_point()
    {
        MemoryStream stream = new MemoryStream();
        NpyArray.Write(stream, new[] { "τ", "𝛼x", string.Empty });
        stream.Position = 0;
        Assert.Equal(new[] { "τ", "𝛼x", string.Empty }, NpyArray.Read(stream));
        Assert.Contains("'<U2'", Encoding.Latin1.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<f2", "(3,)", "False", "'<f2'")]
    [InlineData("<i4", "(3, 2)", "False", "3, 2")]
    [InlineData("<i4", "(3,)", "True", "one-dimensional")]
    public void Other_arrays_are_refused_by_name(string type, string shape, string fortran, string said)
    {
        byte[] header = Encoding.Latin1.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[64]];
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => NpyArray.Read(new MemoryStream(file)));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_comes_back_by_cause()
    {
        Prop.ForAll<NonNegativeInt[], bool>((drawn, early) =>
        {
            Dictionary<string, long> counts = LossCause.All.ToDictionary(c => c.Name, c => c.Index < drawn.Length
                ? (long)drawn[c.Index].Get : 0, StringComparer.Ordinal);
            RunRecording run = Samples.Run(SpikeRecord.Empty) with
            {
                Losses = LossAccount.OfNames(counts, 77_000),
                EndedEarly = early ? "it was stopped at 0.5 s" : null,
                Saturations = [new("cells", 12)],
            };
            MemoryStream file = new MemoryStream();
            RecordingNpz.Write(run, file);
            file.Position = 0;
            RunRecording back = RecordingNpz.Read(file);
            Assert.Equal(counts, back.Losses.ByName);
            Assert.Equal(run.Incomplete, back.Incomplete);
            Assert.Equal(run.Saturations, back.Saturations);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused_and_named()
    {
        MemoryStream stream = new MemoryStream();
        using (ZipArchive archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream body = archive.CreateEntry("time_us.npy").Open();
            MemoryStream whole = new MemoryStream();
            NpyArray.Write(whole, new long[] { 1, 2, 3 });
            body.Write(whole.GetBuffer(), 0, (int)whole.Length - 1);
        }

        stream.Position = 0;
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => NpzArchive.Read(stream));
        Assert.Contains("time_us.npy", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_comes_back_as_it_was_and_equal_runs_give_equal_bytes()
    {
        RunRecording run = Samples.Run(new SpikeRecord([0, 100_001, 100_001], [1, 2, 4]));
        MemoryStream first = new MemoryStream();
        MemoryStream second = new MemoryStream();
        RecordingNpz.Write(run, first);
        RecordingNpz.Write(run, second);
        Assert.Equal(first.ToArray(), second.ToArray());

        first.Position = 0;
        RunRecording back = RecordingNpz.Read(first);
        Assert.Equal(run.Spikes.Times, back.Spikes.Times);
        Assert.Equal(run.Spikes.Neurons, back.Spikes.Neurons);
        Assert.Equal(run.Populations, back.Populations);
        Assert.Equal(run.Traces[0].Values, back.Traces[0].Values);
        Assert.Equal(run.Traces[0].Unit, back.Traces[0].Unit);
        Assert.Equal(run.Counters, back.Counters);
        Assert.Equal((run.Network, run.RanOn, run.Duration, "3 lost of 6"), (back.Network, back.RanOn, back.Duration, back.LossLine));
    }

    [Fact]
    public void Each_spike_carries_its_population_and_its_index_there()
    {
        MemoryStream stream = new MemoryStream();
        RecordingNpz.Write(Samples.Run(new SpikeRecord([1, 2, 3], [1, 2, 4])), stream);
        stream.Position = 0;
        IReadOnlyDictionary<string, Array> arrays = NpzArchive.Read(stream);
        Assert.Equal(new[] { 0, 1, 1 }, arrays["population"]);
        Assert.Equal(new[] { 1, 0, 2 }, arrays["index"]);
    }

    [Fact]
    public void A_missing_array_is_named()
    {
        MemoryStream stream = new MemoryStream();
        NpzArchive.Write(stream, [new KeyValuePair<string, Array>("time_us", new long[1])]);
        stream.Position = 0;
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => RecordingNpz.Read(stream));
        Assert.Contains("population_name", problem.Message, StringComparison.Ordinal);
    }
}
