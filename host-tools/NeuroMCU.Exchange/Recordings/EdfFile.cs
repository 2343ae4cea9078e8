// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>
/// European Data Format with annotations (EDF+C): traces as signals of 16 bits, spikes and what is known of the run as annotations. BDF,
/// the same with 24 bits, is read.
/// </summary>
internal static partial class EdfFile
{
    private const string Annotations = "EDF Annotations";
    private const string WideAnnotations = "BDF Annotations";
    private const int HeadBytes = 256;
    private static readonly int[] s_widths = [16, 80, 8, 8, 8, 8, 8, 80, 8, 32];

    /// <summary>Writes a recording.</summary>
    /// <exception cref="ExchangeException">Its traces have steps that no record holds in whole numbers; nothing was written.</exception>
    public static void Write(string path, RunRecording run, DateTimeOffset now, Stream stream)
    {
        Grid[] grids = [.. run.Traces.Select(Grid.Of)];
        long record = RecordOf(path, grids);
        int records = (int)Math.Max(1, (Math.Max(run.Duration, grids.Select(g => g.End).DefaultIfEmpty(0).Max()) + record - 1) / record);
        byte[][] notes = Notes(run, record, records);
        int noteSamples = Math.Max(8, (notes.Max(n => n.Length) + 1) / 2);
        int[] samples = [.. grids.Select(g => (int)(record / g.Every)), noteSamples];
        (string Low, string High, string Unit, string Label)[] signals =
        [
            .. grids.Select(g => (Down(g.Values.Min()), Up(g.Values.Max(), g.Values.Min()), g.Trace.Unit, g.Trace.Name)),
            ("-1", "1", string.Empty, Annotations),
        ];

        StringBuilder head = new();
        void Put(string text, int width) => head.Append(Ascii(text, width));
        Put("0", 8);
        Put("X X X X", 80);
        string day = now.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture).ToUpperInvariant();
        Put($"Startdate {day} X X NeuroMCU", 80);
        Put(now.ToString("dd.MM.yy", CultureInfo.InvariantCulture), 8);
        Put(now.ToString("HH.mm.ss", CultureInfo.InvariantCulture), 8);
        Put((HeadBytes * (1 + signals.Length)).ToString(CultureInfo.InvariantCulture), 8);
        Put("EDF+C", 44);
        Put(records.ToString(CultureInfo.InvariantCulture), 8);
        Put((record / 1e6).ToString("0.######", CultureInfo.InvariantCulture), 8);
        Put(signals.Length.ToString(CultureInfo.InvariantCulture), 4);
        for (int field = 0; field < s_widths.Length; field++)
        {
            for (int s = 0; s < signals.Length; s++)
            {
                Put(field switch
                {
                    0 => signals[s].Label,
                    2 => signals[s].Unit,
                    3 => signals[s].Low,
                    4 => signals[s].High,
                    5 => "-32768",
                    6 => "32767",
                    8 => samples[s].ToString(CultureInfo.InvariantCulture),
                    _ => string.Empty,
                }, s_widths[field]);
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(head.ToString()));
        for (int r = 0; r < records; r++)
        {
            for (int s = 0; s < grids.Length; s++)
            {
                double low = double.Parse(signals[s].Low, CultureInfo.InvariantCulture);
                double scale = 65535 / (double.Parse(signals[s].High, CultureInfo.InvariantCulture) - low);
                byte[] bytes = new byte[2 * samples[s]];
                for (int i = 0; i < samples[s]; i++)
                {
                    double value = grids[s].Values[Math.Min(r * samples[s] + i, grids[s].Values.Length - 1)];
                    BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i),
                        (short)Math.Clamp(Math.Round((value - low) * scale) - 32768, -32768, 32767));
                }

                stream.Write(bytes);
            }

            byte[] text = new byte[2 * noteSamples];
            notes[r].CopyTo(text, 0);
            stream.Write(text);
        }
    }

    /// <summary>Reads a recording.</summary>
    /// <exception cref="ExchangeException">It is no EDF file, or cut off.</exception>
    public static RunRecording Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, HdfFile.MostBytes);
        ExchangeException Wrong(string place, string what, string next = "copy it again") =>
            new(ExchangeProblem.Recording, path, place, what, next);
        string Text(int at, int width) => at + width <= bytes.Length ? Encoding.Latin1.GetString(bytes, at, width).Trim()
            : throw Wrong($"byte {bytes.Length}", "the header is cut off");
        int Whole(int at, int width, string name) =>
            int.TryParse(Text(at, width), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 0 ? value
            : throw Wrong($"byte {at}", $"{name} is '{Text(at, width)}', and is a whole number", "check that it is an EDF file");
        double Real(int at, int width, string name) =>
            double.TryParse(Text(at, width), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value : throw Wrong($"byte {at}", $"{name} is '{Text(at, width)}', and is a number", "check that it is an EDF file");
        // BioSemi's files are the same with samples of 24 bits.
        bool wide = bytes.Length > 8 && bytes[0] == 0xFF && Text(1, 7) == "BIOSEMI";
        int width = wide ? 3 : 2;
        if (!wide && Text(0, 8) != "0")
        {
            throw Wrong("byte 0", "does not begin as an EDF or BDF file does", "check that it is the right file");
        }

        if (Text(192, 44) is var kind && (kind.StartsWith("EDF+D", StringComparison.Ordinal)
            || kind.StartsWith("BDF+D", StringComparison.Ordinal)))
        {
            throw Wrong("byte 192", $"is {kind[..5]}, whose records have gaps", $"export it as {kind[..4]}C");
        }

        int records = Whole(236, 8, "the number of records");
        double duration = Real(244, 8, "the length of a record");
        int count = Whole(252, 4, "the number of signals");
        int[] start = new int[s_widths.Length];
        for (int f = 0, at = HeadBytes; f < start.Length; at += s_widths[f++] * count)
        {
            start[f] = at;
        }

        int Field(int field, int signal) => start[field] + signal * s_widths[field];
        int[] samples = [.. Enumerable.Range(0, count).Select(s => Whole(Field(8, s), 8, "the samples of a record"))];
        long size = (long)width * samples.Sum(s => (long)s);
        long data = HeadBytes * (1L + count);
        if (data + size * records != bytes.Length)
        {
            throw Wrong($"byte {bytes.Length}", $"the file is cut off or longer than it says: {records} records of {size} bytes end at byte"
                + $" {data + size * records}");
        }

        List<string> texts = [];
        ForeignSpikes spikes = new();
        List<(string Label, string Unit, long[] Times, double[] Values)> traces = [];
        int offset = 0;
        for (int s = 0; s < count; offset += width * samples[s++])
        {
            int signal = s;
            int first = offset;
            ReadOnlySpan<byte> Part(int record) => bytes.AsSpan((int)(data + record * size + first), width * samples[signal]);
            if (Text(Field(0, s), 16) is Annotations or WideAnnotations)
            {
                for (int r = 0; r < records; r++)
                {
                    ReadNotes(path, Part(r), texts, spikes);
                }

                continue;
            }

            double low = Real(Field(3, s), 8, "the physical minimum");
            double high = Real(Field(4, s), 8, "the physical maximum");
            double bottom = Real(Field(5, s), 8, "the digital minimum");
            double top = Real(Field(6, s), 8, "the digital maximum");
            if (top <= bottom)
            {
                throw Wrong($"byte {Field(5, s)}", "the digital maximum is not above the minimum", "export it again");
            }

            double[] values = new double[records * samples[s]];
            for (int r = 0; r < records; r++)
            {
                for (int i = 0; i < samples[s]; i++)
                {
                    ReadOnlySpan<byte> sample = Part(r)[(width * i)..];
                    int digital = wide ? sample[0] | (sample[1] << 8) | ((sbyte)sample[2] << 16)
                        : BinaryPrimitives.ReadInt16LittleEndian(sample);
                    values[r * samples[s] + i] = low + (digital - bottom) * (high - low) / (top - bottom);
                }
            }

            long[] times = [.. Enumerable.Range(0, values.Length).Select(i => (long)Math.Round(i * duration * 1e6 / samples[s]))];
            traces.Add((Text(Field(0, s), 16), Text(Field(2, s), 8), times, values));
        }

        List<KeyValuePair<string, string>> origin = Origins.Parse(texts);
        RunRecording run = Origins.Apply(spikes.Build(Path.GetFileNameWithoutExtension(path), wide ? "a BDF file" : "an EDF file",
            records * (long)Math.Round(duration * 1e6), origin), origin);
        return Named(run, traces, texts);
    }

    // The header has room for short names only: the whole ones, and how many samples are real, are in the annotations.
    private static RunRecording Named(
        RunRecording run, List<(string Label, string Unit, long[] Times, double[] Values)> traces, List<string> texts)
    {
        List<TraceRecord> named = [];
        long end = run.Duration;
        for (int k = 0; k < traces.Count; k++)
        {
            string[] told = texts.Where(t => t.StartsWith($"trace {k} ", StringComparison.Ordinal)).Select(t => t.Split(' ', 4))
                .FirstOrDefault(t => t.Length == 4) ?? [];
            string name = told.Length == 4 ? told[3] : traces[k].Label;
            int real = told.Length == 4 && int.TryParse(told[2], out int kept) ? Math.Clamp(kept, 0, traces[k].Values.Length)
                : traces[k].Values.Length;
            named.Add(new TraceRecord(name, TraceNames.NeuronOf(run, name), traces[k].Unit, traces[k].Times[..real],
                traces[k].Values[..real]));
        }

        string? length = texts.Where(t => t.StartsWith("duration_us: ", StringComparison.Ordinal)).Select(t => t[13..]).FirstOrDefault();
        return run with
        {
            Traces = named,
            Duration = long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long known) ? known : end,
        };
    }

    // Lists of annotations end with a zero: +onset[\x15duration]\x14text\x14text\x14\0.
    private static void ReadNotes(string path, ReadOnlySpan<byte> part, List<string> texts, ForeignSpikes spikes)
    {
        foreach (string list in Encoding.UTF8.GetString(part).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = list.Split('\x14');
            if (!double.TryParse(words[0].Split('\x15')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double onset))
            {
                throw new ExchangeException(ExchangeProblem.Recording, path, Annotations,
                    $"an annotation begins with '{Printable.Of(words[0])}' instead of a time", "export it again");
            }

            foreach (string text in words.Skip(1).Where(w => w.Length > 0))
            {
                if (text.StartsWith("population ", StringComparison.Ordinal) && text.Split(' ', 3) is [_, var size, var name]
                    && int.TryParse(size, out int neurons))
                {
                    spikes.Population(name, neurons);
                }
                else if (onset == 0 && TraceName().IsMatch(text))
                {
                    texts.Add(text);
                }
                else if (Spike().Match(text) is { Success: true } spike)
                {
                    spikes.Add(spikes.Population(spike.Groups[1].Value), int.Parse(spike.Groups[2].Value, CultureInfo.InvariantCulture),
                        Origins.Micros(path, Annotations, onset));
                }
                else if (onset == 0 && text.Contains(' ', StringComparison.Ordinal))
                {
                    texts.Add(text);
                }
                else
                {
                    spikes.Add(spikes.Population(text), 0, Origins.Micros(path, Annotations, onset));
                }
            }
        }
    }

    private static byte[][] Notes(RunRecording run, long record, int records)
    {
        StringBuilder[] texts =
            [.. Enumerable.Range(0, records).Select(r => new StringBuilder().Append(Onset(r * record)).Append("\x14\x14\0"))];
        void Add(long time, string text) =>
            texts[Math.Min(records - 1, (int)(time / record))].Append(Onset(time)).Append('\x14').Append(text).Append("\x14\0");
        foreach (string line in Origins.Text(run).Split('\n'))
        {
            Add(0, line);
        }

        foreach (RecordedPopulation population in run.Populations)
        {
            Add(0, string.Create(CultureInfo.InvariantCulture, $"population {population.Size} {population.Name}"));
        }

        for (int k = 0; k < run.Traces.Count; k++)
        {
            Add(0, string.Create(CultureInfo.InvariantCulture, $"trace {k} {Grid.Of(run.Traces[k]).Values.Length} {run.Traces[k].Name}"));
        }

        for (int i = 0; i < run.Spikes.Count; i++)
        {
            int of = run.PopulationOf(run.Spikes.Neurons[i]);
            string name = of < 0 ? "neurons" : run.Populations[of].Name;
            int index = run.Spikes.Neurons[i] - (of < 0 ? 0 : run.Populations[of].First);
            Add(run.Spikes.Times[i], string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"));
        }

        return Array.ConvertAll(texts, t => Encoding.UTF8.GetBytes(t.ToString()));
    }

    private static string Onset(long micros) => (micros < 0 ? "-" : "+")
        + (Math.Abs(micros) / 1e6m).ToString("0.######", CultureInfo.InvariantCulture);

    private static long RecordOf(string path, Grid[] grids)
    {
        if (grids.All(g => 1_000_000 % g.Every == 0))
        {
            return 1_000_000;
        }

        long every = grids.Max(g => g.Every);
        long record = every * Math.Max(1, 1_000_000 / every);
        return grids.All(g => record % g.Every == 0) ? record
            : throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty,
                "the traces have steps that do not fit into one record of EDF", "write .nwb or .npz, or record all with the same 'every'");
    }

    // Bounds in eight letters, outwards.
    private static string Down(double value) => Bound(value, Math.Floor);

    private static string Up(double value, double low)
    {
        string text = Bound(value, Math.Ceiling);
        return text == Down(low) ? Bound(value + Math.Max(1e-4, Math.Abs(value) * 1e-3), Math.Ceiling) : text;
    }

    private static string Bound(double value, Func<double, double> round)
    {
        for (int digits = 6; digits >= 0; digits--)
        {
            double unit = Math.Pow(10, digits);
            string text = (round(value * unit) / unit).ToString("F" + digits, CultureInfo.InvariantCulture);
            if (text.Length <= 8)
            {
                return text;
            }
        }

        return Ascii(value.ToString("0.E+0", CultureInfo.InvariantCulture), 8).Trim();
    }

    private static string Ascii(string text, int width) =>
        new([.. text.Select(c => c is >= ' ' and <= '~' ? c : '_').Concat(Enumerable.Repeat(' ', width)).Take(width)]);

    [GeneratedRegex(@"^trace \d+ \d+ ")]
    private static partial Regex TraceName();

    [GeneratedRegex(@"^(.+)\[(\d{1,8})\]$")]
    private static partial Regex Spike();
}
