// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>
/// A run as NumPy arrays. Per spike: <c>time_us</c> (int64), <c>neuron</c> (int32, global index), <c>population</c> (int32) and
/// <c>index</c> (int32, within the population). Per population: <c>population_name</c>, <c>population_first</c>,
/// <c>population_size</c>. Per trace k: <c>trace_k_time_us</c>, <c>trace_k_value</c>; <c>trace_name</c>, <c>trace_unit</c> and
/// <c>trace_neuron</c> list them all. Of length 1: <c>network</c>, <c>ran_on</c>, <c>duration_us</c>, <c>produced</c>, <c>lost</c>,
/// <c>incomplete</c> (what is missing in words; empty when nothing is). <c>counter_name</c> and <c>counter_value</c> go together,
/// and so do <c>origin_name</c> and <c>origin_value</c> (how the run came about).
/// </summary>
public static class RecordingNpz
{
    /// <summary>Writes a run.</summary>
    /// <param name="recording">The run.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(RunRecording recording, Stream stream)
    {
        int count = recording.Spikes.Count;
        int[] population = new int[count];
        int[] index = new int[count];
        for (int i = 0; i < count; i++)
        {
            int neuron = recording.Spikes.Neurons[i];
            population[i] = recording.PopulationOf(neuron);
            index[i] = population[i] < 0 ? neuron : neuron - recording.Populations[population[i]].First;
        }

        IReadOnlyDictionary<string, long> losses = recording.Losses.ByName;
        List<KeyValuePair<string, Array>> arrays =
        [
            new("time_us", recording.Spikes.Times),
            new("neuron", recording.Spikes.Neurons),
            new("population", population),
            new("index", index),
            new("population_name", Column(recording.Populations, p => p.Name)),
            new("population_first", Column(recording.Populations, p => p.First)),
            new("population_size", Column(recording.Populations, p => p.Size)),
            new("trace_name", Column(recording.Traces, t => t.Name)),
            new("trace_unit", Column(recording.Traces, t => t.Unit)),
            new("trace_neuron", Column(recording.Traces, t => t.Neuron)),
            new("network", new[] { recording.Network }),
            new("ran_on", new[] { recording.RanOn }),
            new("duration_us", new[] { recording.Duration }),
            new("produced", new[] { recording.Produced }),
            new("lost", new[] { recording.Lost }),
            new("incomplete", new[] { recording.Incomplete ?? string.Empty }),
            new("ended_early", new[] { recording.EndedEarly ?? string.Empty }),
            new("loss_name", losses.Keys.ToArray()),
            new("loss_count", losses.Values.ToArray()),
            new("loss_lateness_us", new[] { recording.Losses.MaxLateness }),
            new("saturation_name", Column(recording.Saturations, s => s.Key)),
            new("saturation_count", Column(recording.Saturations, s => s.Value)),
            new("counter_name", Column(recording.Counters, c => c.Key)),
            new("counter_value", Column(recording.Counters, c => c.Value)),
            new("origin_name", Column(recording.Origin, o => o.Key)),
            new("origin_value", Column(recording.Origin, o => o.Value)),
        ];
        for (int k = 0; k < recording.Traces.Count; k++)
        {
            arrays.Add(new($"trace_{k}_time_us", recording.Traces[k].Times));
            arrays.Add(new($"trace_{k}_value", recording.Traces[k].Values));
        }

        NpzArchive.Write(stream, arrays);
    }

    /// <summary>Reads a run back.</summary>
    /// <param name="stream">Where from; must be seekable.</param>
    /// <returns>The run.</returns>
    /// <exception cref="InvalidDataException">An array is missing or of another type; the text names it.</exception>
    public static RunRecording Read(Stream stream)
    {
        IReadOnlyDictionary<string, Array> arrays = NpzArchive.Read(stream);
        T[] Take<T>(string name) => arrays.TryGetValue(name, out Array? array) && array is T[] values
            ? values
            : throw new InvalidDataException($"no array '{name}' of {typeof(T).Name}");

        KeyValuePair<string, long>[] Pairs(string name, string value)
            => [.. Take<string>(name).Zip(Take<long>(value), (key, count) => new KeyValuePair<string, long>(key, count))];

        string[] names = Take<string>("population_name");
        int[] first = Take<int>("population_first");
        int[] size = Take<int>("population_size");
        RecordedPopulation[] populations = new RecordedPopulation[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            populations[i] = new RecordedPopulation(names[i], first[i], size[i]);
        }

        string[] traceNames = Take<string>("trace_name");
        string[] traceUnits = Take<string>("trace_unit");
        int[] traceNeurons = Take<int>("trace_neuron");
        TraceRecord[] traces = new TraceRecord[traceNames.Length];
        for (int k = 0; k < traces.Length; k++)
        {
            traces[k] = new TraceRecord(
                traceNames[k], traceNeurons[k], traceUnits[k], Take<long>($"trace_{k}_time_us"), Take<double>($"trace_{k}_value"));
        }

        // Recordings of earlier versions have the sum of what is missing, and its causes in words only.
        bool byCause = arrays.ContainsKey("loss_name");
        string ended = arrays.ContainsKey("incomplete") ? Take<string>(byCause ? "ended_early" : "incomplete")[0] : string.Empty;
        return new RunRecording
        {
            Network = Take<string>("network")[0],
            RanOn = Take<string>("ran_on")[0],
            Duration = Take<long>("duration_us")[0],
            Populations = populations,
            Spikes = new SpikeRecord(Take<long>("time_us"), Take<int>("neuron")),
            Traces = traces,
            Produced = Take<long>("produced")[0],
            Lost = Take<long>("lost")[0],
            Losses = byCause ? LossAccount.OfNames(Pairs("loss_name", "loss_count"), Take<long>("loss_lateness_us")[0]) : LossAccount.None,
            EndedEarly = ended.Length > 0 ? ended : null,
            Saturations = byCause ? Pairs("saturation_name", "saturation_count") : [],
            Counters = Pairs("counter_name", "counter_value"),
            Origin = arrays.ContainsKey("origin_name")
                ? [.. Take<string>("origin_name").Zip(Take<string>("origin_value"), (k, v) => new KeyValuePair<string, string>(k, v))] : [],
        };
    }

    private static TOut[] Column<TIn, TOut>(IReadOnlyList<TIn> rows, Func<TIn, TOut> value)
    {
        TOut[] column = new TOut[rows.Count];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }

        return column;
    }
}
