// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

public sealed class GrowingFileTests : IDisposable
{
    private static readonly RecordedPopulation[] s_populations = [new("kick", 0, 2), new("cells", 2, 5)];

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>A growing file says what the run was, and becomes a recording of any format that says so too, and that it is
    /// incomplete.</summary>
    [Theory]
    [InlineData(".npz", ".nwb")]
    [InlineData(".nwb", ".npz")]
    [InlineData(".h5", ".aedat")]
    [InlineData(".aedat", ".h5")]
    [InlineData(".csv", ".nir")]
    public void What_is_left_of_a_run_becomes_a_recording_that_says_what_it_was(string wanted, string target)
    {
        KeyValuePair<string, string>[] origin = [new("network", "left over"), new("network_file", "/a b/c.yaml"), new("seed", "42"),
            new("settings", "two\nlines")];
        ISpikeEncoding encoding = GrowingFile.EncodingOf("run" + wanted, s_populations, origin);
        string path = _files.Path(Path.GetFileName(GrowingFile.PathOf("run" + wanted)));
        using (FileStream stream = File.Create(path))
        {
            encoding.WriteHead(stream);
            encoding.WriteSpikes(stream, [s_populations[0].First, s_populations[^1].First, s_populations[0].First],
                [1000, 2500, 7_000_000]);
        }

        RunRecording left = RecordingFile.Read(path);
        string whole = _files.Path("whole" + target);
        using (FileStream stream = File.Create(whole))
        {
            RecordingFile.Write(whole, left, DateTimeOffset.UnixEpoch, stream);
        }

        foreach (RunRecording run in new[] { left, RecordingFile.Read(whole) })
        {
            Assert.Equal("left over", run.Network);
            Assert.Contains("while the run went on", run.Incomplete, StringComparison.Ordinal);
            Assert.Equal([1000, 2500, 7_000_000], run.Spikes.Times);
            Dictionary<string, string> said = run.Origin.DistinctBy(o => o.Key).ToDictionary(o => o.Key, o => o.Value);
            Assert.Equal(("/a b/c.yaml", "42", "two lines"), (said["network_file"], said["seed"], said["settings"]));
        }
    }

    // Wherever a disk or a power cut ends the file: cut to whole pieces it is a recording of what came first.
    [Theory]
    [InlineData(".csv", 1)]
    [InlineData(".aedat", 1)]
    [InlineData(".eieio", 1000)]
    [InlineData(".npz", 1)]
    public void Every_beginning_of_whole_pieces_is_a_recording(string ending, int resolution)
    {
        Random random = new(5);
        ISpikeEncoding encoding = GrowingFile.EncodingOf("run" + ending, s_populations);
        using MemoryStream file = new();
        encoding.WriteHead(file);
        int head = (int)file.Length;
        List<(long Time, int Neuron)> all = [];
        for (int batch = 0; batch < 12; batch++)
        {
            int[] neurons = [.. Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.Next(7))];
            long[] times = [.. neurons.Select((_, i) => ((batch * 50L) + i) * 1000)];
            encoding.WriteSpikes(file, neurons, times);
            all.AddRange(times.Zip(neurons));
        }

        byte[] bytes = file.ToArray();
        string path = _files.Path(Path.GetFileName(GrowingFile.PathOf("run" + ending)));
        int most = -1;
        for (int k = 0; k < 60; k++)
        {
            int cut = k == 0 ? bytes.Length : random.Next(head + 1, bytes.Length);
            int whole = encoding.WholeLength(bytes.AsSpan(0, cut));
            Assert.InRange(whole, 0, cut);
            if (whole <= head)
            {
                continue;
            }

            File.WriteAllBytes(path, bytes[..whole]);
            RunRecording run = RecordingFile.Read(path);
            Assert.Equal(all.Take(run.Spikes.Count).Select(s => s.Time / resolution), run.Spikes.Times.Select(t => t / resolution));
            Assert.True(ending == ".eieio" || run.Incomplete is not null);
            most = Math.Max(most, run.Spikes.Count);
        }

        Assert.Equal(all.Count, most);
    }

    [Fact]
    public void What_is_on_disk_is_whole_while_it_grows()
    {
        string path = _files.Path("run.aedat.partial.aedat");
        using SpikeLog log = new(path, GrowingFile.EncodingOf("run.aedat", s_populations));
        int[] neurons = [.. Enumerable.Repeat(3, 5000)];
        long[] times = [.. Enumerable.Range(0, 5000).Select(i => (long)i)];
        for (int k = 0; k < 100; k++)
        {
            log.Append(neurons, times);
            byte[] now = ReadShared(path);
            Assert.Equal(now.Length, GrowingFile.EncodingOf("run.aedat", s_populations).WholeLength(now));
        }

        Assert.True(ReadShared(path).Length > 1_000_000);
    }

    private static byte[] ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
