// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Spikes as arrays of Brian2's SpikeMonitor: <c>i</c> and <c>t</c> in s, <c>NAME_i</c> and <c>NAME_t</c> for several.</summary>
internal static class BrianSpikes
{
    /// <summary>The spikes of an archive; null where it has no such arrays. Leaves the stream at its beginning.</summary>
    /// <exception cref="ExchangeException">Two arrays that belong together differ in length, or hold what is no neuron and no
    /// time.</exception>
    public static RunRecording? Find(string path, Stream stream)
    {
        IReadOnlyDictionary<string, Array> arrays = NpzArchive.Read(stream);
        stream.Position = 0;
        string[] prefixes = [.. arrays.Keys.Where(k => (k == "i" || k.EndsWith("_i", StringComparison.Ordinal))
            && arrays.ContainsKey(k[..^1] + "t")).Select(k => k[..^1])];
        if (prefixes.Length == 0)
        {
            return null;
        }

        ForeignSpikes spikes = new();
        foreach (string prefix in prefixes)
        {
            double[] Of(string name) => arrays[prefix + name] switch
            {
                double[] values => values,
                int[] values => Array.ConvertAll(values, v => (double)v),
                long[] values => Array.ConvertAll(values, v => (double)v),
                short[] values => Array.ConvertAll(values, v => (double)v),
                _ => throw new ExchangeException(ExchangeProblem.Recording, path, prefix + name, "holds texts where numbers belong",
                    "numpy.savez(FILE, i=M.i, t=M.t/second)"),
            };
            double[] index = Of("i");
            double[] time = Of("t");
            if (index.Length != time.Length)
            {
                throw new ExchangeException(ExchangeProblem.Recording, path, prefix + "t",
                    $"has {time.Length} values, and {prefix}i {index.Length}", "save the two arrays of one monitor");
            }

            int population = spikes.Population(prefix.TrimEnd('_') is { Length: > 0 } name ? name : "spikes");
            for (int s = 0; s < index.Length; s++)
            {
                if (index[s] is not (>= 0 and < 1 << 24) || index[s] != Math.Floor(index[s]))
                {
                    throw new ExchangeException(ExchangeProblem.Recording, path, $"{prefix}i[{s}]", $"is {Number.Text(index[s])}, and no neuron",
                        "numpy.savez(FILE, i=M.i, t=M.t/second)");
                }

                spikes.Add(population, (int)index[s], Origins.Micros(path, $"{prefix}t[{s}]", time[s]));
            }
        }

        return spikes.Build(Path.GetFileNameWithoutExtension(path), "NumPy arrays", null, []);
    }
}
