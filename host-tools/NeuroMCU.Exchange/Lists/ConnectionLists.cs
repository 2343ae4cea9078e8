// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Lists;

/// <summary>The synapses of a network as lists: as PyNN's FromFileConnector reads them, and as arrays for Brian2's connect(i, j).</summary>
public static class ConnectionLists
{
    /// <summary>A list for each projection, with weights in the unit of the target and delays in ms.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Names of files without ending, and their content.</returns>
    public static IEnumerable<(string Name, string Text)> Pynn(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (Projection projection in network.Projections)
        {
            StringBuilder text = new();
            text.Append("# columns = [\"i\", \"j\", \"weight\", \"delay\"]\n");
            foreach (Connection c in projection.Connections)
            {
                text.Append(CultureInfo.InvariantCulture, $"{c.Pre}\t{c.Post}\t{c.Weight:R}\t{c.Delay / 1e3:R}\n");
            }

            yield return (NameOf(projection), text.ToString());
        }
    }

    /// <summary>
    /// Writes arrays: for each projection <c>NAME_i</c>, <c>NAME_j</c>, <c>NAME_w</c> and <c>NAME_delay</c> (s), for each population
    /// <c>NAME_N</c>, and for its neurons <c>tau</c>, <c>refractory</c> (s), <c>threshold</c>, <c>reset</c>, <c>rest</c>,
    /// <c>bias</c> and <c>initial</c> in the unit of the membrane.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    public static void WriteArrays(Network network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<KeyValuePair<string, Array>> arrays = [];
        foreach (Population population in network.Populations)
        {
            arrays.Add(new(population.Name + "_N", new[] { population.Size }));
            if (population.Lif is { } lif)
            {
                void Add(string name, Func<int, double> value) =>
                    arrays.Add(new($"{population.Name}_{name}", Enumerable.Range(0, population.Size).Select(value).ToArray()));
                arrays.Add(new(population.Name + "_unit", new[] { population.MembraneUnit }));
                Add("tau", i => lif.Tau.At(i) / 1e6);
                Add("refractory", i => lif.Refractory.At(i) / 1e6);
                Add("threshold", lif.Threshold.At);
                Add("reset", lif.Reset.At);
                Add("rest", _ => lif.Rest);
                Add("bias", lif.Bias.At);
                Add("initial", lif.Initial.At);
            }
        }

        foreach (Projection projection in network.Projections)
        {
            string name = NameOf(projection);
            arrays.Add(new(name + "_i", projection.Connections.Select(c => c.Pre).ToArray()));
            arrays.Add(new(name + "_j", projection.Connections.Select(c => c.Post).ToArray()));
            arrays.Add(new(name + "_w", projection.Connections.Select(c => c.Weight).ToArray()));
            arrays.Add(new(name + "_delay", projection.Connections.Select(c => c.Delay / 1e6).ToArray()));
        }

        NpzArchive.Write(stream, arrays);
    }

    /// <summary>Tables of synapses from arrays: each pair <c>NAME_i</c> and <c>NAME_j</c> (or <c>i</c> and <c>j</c>) becomes one.</summary>
    /// <param name="path">The archive.</param>
    /// <returns>Name and table, with the columns pre, post and, where there are arrays for them, weight and delay_us.</returns>
    /// <exception cref="ExchangeException">It holds none, or arrays of different lengths, or values that no synapse has.</exception>
    public static IReadOnlyList<(string Name, int Count, string Table)> ReadArrays(string path)
    {
        InputFile.Check(path, Hdf.HdfFile.MostBytes);
        IReadOnlyDictionary<string, Array> arrays;
        try
        {
            using FileStream stream = File.OpenRead(path);
            arrays = NpzArchive.Read(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw new ExchangeException(ExchangeProblem.Syntax, path, string.Empty, e.Message.TrimEnd('.'), "write it with numpy.savez", e);
        }

        List<(string, int, string)> tables = [];
        foreach (string key in arrays.Keys.Where(k => k == "i" || k.EndsWith("_i", StringComparison.Ordinal)))
        {
            string prefix = key[..^1];
            if (!arrays.TryGetValue(prefix + "j", out Array? targets))
            {
                continue;
            }

            double[] Column(string name, Array array) => Numbers(array) is { } values && values.Length == arrays[key].Length ? values
                : throw new ExchangeException(ExchangeProblem.Network, path, name,
                    $"has {array.Length} values, and {key} {arrays[key].Length}, or they are no numbers", "save arrays of one length");
            double[]? Optional(string name) => arrays.TryGetValue(prefix + name, out Array? found) ? Column(prefix + name, found) : null;
            double[] pre = Column(key, arrays[key]);
            double[] post = Column(prefix + "j", targets);
            double[]? weight = Optional("w");
            double[]? delay = Optional("delay");
            StringBuilder table = new("pre,post" + (weight is null ? string.Empty : ",weight") + (delay is null ? string.Empty : ",delay_us") + "\n");
            for (int s = 0; s < pre.Length; s++)
            {
                if (weight is not null && !double.IsFinite(weight[s]))
                {
                    throw new ExchangeException(ExchangeProblem.Weight, path, $"{prefix}w[{s}]", $"is {Number.Text(weight[s])}", "train it again");
                }

                if (delay is not null && delay[s] is not (>= 0 and <= 1))
                {
                    throw new ExchangeException(ExchangeProblem.Delay, path, $"{prefix}delay[{s}]", $"is {Number.Text(delay[s])} s",
                        "delays are 0 to 1 s, in seconds");
                }

                table.Append(CultureInfo.InvariantCulture, $"{pre[s]},{post[s]}");
                table.Append(weight is null ? string.Empty : "," + Number.Text(weight[s]));
                table.Append(delay is null ? string.Empty : "," + Math.Round(delay[s] * 1e6).ToString(CultureInfo.InvariantCulture)).Append('\n');
            }

            tables.Add((prefix.TrimEnd('_') is { Length: > 0 } name ? name : "synapses", pre.Length, table.ToString()));
        }

        return tables.Count > 0 ? tables : throw new ExchangeException(ExchangeProblem.Network, path, string.Empty,
            $"has no arrays i and j, or NAME_i and NAME_j (it has {string.Join(", ", arrays.Keys.Take(12))})",
            "numpy.savez(FILE, i=S.i, j=S.j, w=S.w, delay=S.delay/second)");
    }

    private static double[]? Numbers(Array array) => array switch
    {
        double[] values => values,
        int[] values => Array.ConvertAll(values, v => (double)v),
        long[] values => Array.ConvertAll(values, v => (double)v),
        short[] values => Array.ConvertAll(values, v => (double)v),
        _ => null,
    };

    private static string NameOf(Projection projection) =>
        projection.Name.Replace("->", "_", StringComparison.Ordinal).Replace('#', '_');
}
