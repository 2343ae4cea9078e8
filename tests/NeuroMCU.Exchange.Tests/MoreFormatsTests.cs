// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

/// <summary>Formats with times or values of their own steps: what is read back is within the half of one.</summary>
public sealed class MoreFormatsTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EDF_holds_spikes_to_the_microsecond_and_traces_to_their_step_of_16_bits(int seed)
    {
        RunRecording run = Random(seed);
        RunRecording back = Round(run, ".edf");
        Assert.Equal(run.Spikes.Times, back.Spikes.Times);
        Assert.Equal(run.Spikes.Neurons, back.Spikes.Neurons);
        Assert.Equal(run.Populations, back.Populations);
        Assert.Equal((run.Network, run.Duration), (back.Network, back.Duration));
        Assert.Equal("42", back.Origin.Single(o => o.Key == "seed").Value);
        SameTraces(run, back);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WAV_holds_traces_to_their_step_of_16_bits(int seed)
    {
        RunRecording run = Random(seed);
        RunRecording back = Round(run with { Traces = [run.Traces[0], run.Traces[1]] }, ".wav");
        SameTraces(run with { Traces = [run.Traces[0], run.Traces[1]] }, back);
        Assert.Equal(run.Network, back.Network);
        Assert.Contains("spikes are not in it", RecordingFile.Leaves("x.wav", run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EIEIO_holds_spikes_to_the_millisecond(int seed)
    {
        RunRecording run = Random(seed);
        RunRecording back = Round(run, ".eieio");
        Assert.Equal(run.Spikes.Times.Select(t => (t + 500) / 1000 * 1000), back.Spikes.Times);
        Assert.Equal(run.Spikes.Neurons.Order(), back.Spikes.Neurons.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NIR_data_holds_spikes_and_traces(int seed)
    {
        RunRecording run = Random(seed);
        RunRecording back = Round(run, ".nir");
        Assert.Equal(run.Spikes.Times, back.Spikes.Times);
        Assert.Equal(run.Spikes.Neurons.Order(), back.Spikes.Neurons.Order());
        Assert.Equal(run.Duration, back.Duration);
        Assert.Equal(run.Traces.Select(t => t.Name).Order(), back.Traces.Select(t => t.Name).Order());
        foreach (TraceRecord trace in run.Traces)
        {
            TraceRecord same = back.Traces.Single(t => t.Name == trace.Name);
            Assert.Equal((trace.Neuron, trace.Unit), (same.Neuron, same.Unit));
            Assert.Equal(trace.Times, same.Times);
            Assert.Equal(trace.Values, same.Values);
        }
    }

    // As another program writes it: 16-bit keys, a prefix in the upper half-word, one time for the whole message; then a command.
    [Fact]
    public void Messages_of_other_programs_are_read()
    {
        byte[] message = [2, 0x80 | 0x40 | 0x20 | 0x10, 7, 0, 250, 0, 1, 0, 3, 0, 3, 0x40, 1, 0x1C, 1, 0, 7, 0, 44, 1, 0, 0];
        File.WriteAllBytes(_files.Path("x.eieio"), message);
        RunRecording run = RecordingFile.Read(_files.Path("x.eieio"));
        Assert.Equal([250_000, 250_000, 300_000], run.Spikes.Times);
        Assert.Equal([0, 1, 0], run.Spikes.Neurons);   // keys 0x70001 and 0x70003 in ascending order

        File.WriteAllBytes(_files.Path("x.eieio"), message[..^3]);
        Assert.Contains("byte 12: the message that begins here is cut off",
            Assert.Throws<ExchangeException>(() => RecordingFile.Read(_files.Path("x.eieio"))).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_files.Path("x.eieio"), [1, 0x08, 1, 0, 0, 0]);
        Assert.Contains("no times", Assert.Throws<ExchangeException>(() => RecordingFile.Read(_files.Path("x.eieio"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".edf")]
    [InlineData(".wav")]
    [InlineData(".nir")]
    public void Whatever_is_cut_off_is_refused_with_its_place(string ending)
    {
        RunRecording run = Random(5);
        string path = Write(run with { Traces = [run.Traces[0]] }, ending);
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 5, 200, whole.Length / 2, whole.Length - 3 })
        {
            File.WriteAllBytes(path, whole[..length]);
            ExchangeException problem = Assert.Throws<ExchangeException>(() => RecordingFile.Read(path));
            Assert.Equal(ExchangeProblem.Recording, problem.Problem);
            Assert.False(string.IsNullOrEmpty(problem.Next));
        }
    }

    // Bits of a file flipped one by one: read, or refused in words, and nothing else.
    [Theory]
    [InlineData(".edf")]
    [InlineData(".wav")]
    [InlineData(".eieio")]
    public void A_flipped_bit_is_read_or_refused_in_words(string ending)
    {
        RunRecording run = Random(6);
        string path = Write(run with { Traces = [run.Traces[0]] }, ending);
        byte[] whole = File.ReadAllBytes(path);
        Random random = new(7);
        for (int i = 0; i < 150; i++)
        {
            byte[] bent = [.. whole];
            bent[random.Next(Math.Min(bent.Length, 1500))] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bent);
            try
            {
                RecordingFile.Read(path);
            }
            catch (ExchangeException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Spikes_of_Brian2_are_read_from_their_arrays()
    {
        using (FileStream stream = File.Create(_files.Path("brian.npz")))
        {
            NpzArchive.Write(stream, [new("exc_i", new[] { 2, 0 }), new("exc_t", new[] { 0.0105, 0.25 }), new("inh_i", new[] { 1 }),
                new("inh_t", new[] { 0.001 })]);
        }

        RunRecording run = RecordingFile.Read(_files.Path("brian.npz"));
        Assert.Equal([("exc", 3), ("inh", 2)], run.Populations.Select(p => (p.Name, p.Size)));
        Assert.Equal([1000, 10_500, 250_000], run.Spikes.Times);
        Assert.Equal([4, 2, 0], run.Spikes.Neurons);

        using (FileStream stream = File.Create(_files.Path("brian.npz")))
        {
            NpzArchive.Write(stream, [new("i", new[] { 2, 0 }), new("t", new[] { 0.0105 })]);
        }

        Assert.Contains("t: has 1 values, and i 2", Assert.Throws<ExchangeException>(() => RecordingFile.Read(_files.Path("brian.npz"))).Message,
            StringComparison.Ordinal);
    }

    private static void SameTraces(RunRecording run, RunRecording back)
    {
        Assert.Equal(run.Traces.Count, back.Traces.Count);
        for (int k = 0; k < run.Traces.Count; k++)
        {
            TraceRecord a = run.Traces[k];
            TraceRecord b = back.Traces[k];
            Assert.Equal((a.Name, a.Neuron, a.Unit), (b.Name, b.Neuron, b.Unit));
            Assert.Equal(a.Times, b.Times);
            double step = (a.Values.Max() - a.Values.Min()) / 65535;
            for (int i = 0; i < a.Values.Length; i++)
            {
                // EDF writes its range in eight letters, outwards: up to 1e-4 wider.
                Assert.Equal(a.Values[i], b.Values[i], 0.51 * step + 1e-8);
            }
        }
    }

    private static RunRecording Random(int seed)
    {
        Random random = new(seed);
        RecordedPopulation[] populations = [new("a", 0, random.Next(2, 6)), new("long name of a population", 6, 3)];
        populations[1] = populations[1] with { First = populations[0].Size };
        int neurons = populations[1].First + 3;
        long duration = random.Next(2_100_000, 3_900_000);
        TraceRecord Trace(string name, int neuron, string unit, int every) =>
            new(name, neuron, unit, [.. Enumerable.Range(0, (int)(duration / every)).Select(i => (long)i * every)],
                [.. Enumerable.Range(0, (int)(duration / every)).Select(_ => -70 + 40 * random.NextDouble())]);
        (long Time, int Neuron)[] spikes = [.. Enumerable.Range(0, 100)
            .Select(_ => ((long)random.Next((int)duration), random.Next(neurons))).OrderBy(s => s.Item1)];
        return new RunRecording
        {
            Network = "round trip",
            RanOn = "the bench",
            Duration = duration,
            Populations = populations,
            Spikes = new SpikeRecord([.. spikes.Select(s => s.Time)], [.. spikes.Select(s => s.Neuron)]),
            Produced = spikes.Length,
            Traces = [Trace("a[1]", 1, "mV", 1000), Trace("long name of a population[2]", populations[1].First + 2, "mV", 1000),
                Trace("a[0]", 0, "1", 2500)],
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
