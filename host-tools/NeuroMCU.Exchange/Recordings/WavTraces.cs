// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Traces as sound: a channel of 16 bits for each, over its full range; names, units and ranges stand in the comment.</summary>
internal static class WavTraces
{
    private const int MostChannels = 64;

    /// <summary>Writes the traces of a recording.</summary>
    /// <exception cref="ExchangeException">There are none, or they do not fit into one file; nothing was written.</exception>
    public static void Write(string path, RunRecording run, Stream stream)
    {
        Grid[] grids = [.. run.Traces.Select(Grid.Of)];
        ExchangeException Refused(string what, string next) => new(ExchangeProblem.Recording, path, string.Empty, what, next);
        if (grids.Length == 0)
        {
            throw Refused("the recording has no traces, and a WAV file holds nothing else", "add 'record: traces' to the network, or write .csv");
        }

        long every = grids[0].Every;
        if (grids.Length > MostChannels || grids.Any(g => g.Every != every) || 1_000_000 % every != 0)
        {
            throw Refused($"{grids.Length} traces with steps of {string.Join(", ", grids.Select(g => Number.Time(g.Every / 1e6)).Distinct())}:"
                + $" a WAV file holds up to {MostChannels} with one step, a whole number of them in a second", "write .edf, .nwb or .npz");
        }

        int length = grids.Max(g => g.Values.Length);
        byte[] sound = new byte[2 * length * grids.Length];
        StringBuilder comment = new();
        for (int k = 0; k < grids.Length; k++)
        {
            double low = grids[k].Values.Min();
            double high = Math.Max(grids[k].Values.Max(), low + 1e-9 + Math.Abs(low) * 1e-9);
            string unit = grids[k].Trace.Unit.Length == 0 ? "-" : grids[k].Trace.Unit;
            comment.Append(CultureInfo.InvariantCulture,
                $"trace {k} {grids[k].Values.Length} {low:R} {high:R} {unit} {grids[k].Trace.Name}\n");
            for (int i = 0; i < length; i++)
            {
                double value = grids[k].Values[Math.Min(i, grids[k].Values.Length - 1)];
                BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(2 * (i * grids.Length + k)),
                    (short)(Math.Round((value - low) / (high - low) * 65535) - 32768));
            }
        }

        foreach (RecordedPopulation p in run.Populations)
        {
            comment.Append(CultureInfo.InvariantCulture, $"population {p.Size} {p.Name}\n");
        }

        comment.Append(Origins.Text(run with { Spikes = SpikeRecord.Empty })).Append('\0');
        byte[] words = Encoding.UTF8.GetBytes(comment.ToString());
        int padded = words.Length + words.Length % 2;
        using BinaryWriter writer = new(stream, Encoding.ASCII, leaveOpen: true);
        void Mark(string name) => writer.Write(Encoding.ASCII.GetBytes(name));
        int rate = (int)(1_000_000 / every);
        Mark("RIFF");
        writer.Write(4 + 24 + 8 + 12 + padded + sound.Length + 8);
        Mark("WAVEfmt ");
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)grids.Length);
        writer.Write(rate);
        writer.Write(rate * 2 * grids.Length);
        writer.Write((short)(2 * grids.Length));
        writer.Write((short)16);
        Mark("LIST");
        writer.Write(12 + padded);
        Mark("INFOICMT");
        writer.Write(words.Length);
        writer.Write(words);
        if (padded != words.Length)
        {
            writer.Write((byte)0);
        }

        Mark("data");
        writer.Write(sound.Length);
        writer.Write(sound);
    }

    /// <summary>Reads traces: those of others are named by their channel, between -1 and 1.</summary>
    /// <exception cref="ExchangeException">It is no WAV file of 16 bits, or cut off.</exception>
    public static RunRecording Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, HdfFile.MostBytes);
        ExchangeException Wrong(int at, string what, string next = "copy it again") =>
            new(ExchangeProblem.Recording, path, $"byte {at}", what, next);
        if (bytes.Length < 12 || Encoding.ASCII.GetString(bytes, 0, 4) != "RIFF" || Encoding.ASCII.GetString(bytes, 8, 4) != "WAVE")
        {
            throw Wrong(0, "does not begin as a WAV file does", "check that it is the right file");
        }

        int channels = 0;
        int rate = 0;
        string[] comment = [];
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            string name = Encoding.ASCII.GetString(bytes, at, 4);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4));
            if (at + 8 + (long)size > bytes.Length)
            {
                throw Wrong(at, $"the part '{Printable.Of(name)}' says that it has {size} bytes, and {bytes.Length - at - 8} follow: cut off");
            }

            ReadOnlySpan<byte> part = bytes.AsSpan(at + 8, (int)size);
            if (name == "fmt " && part.Length >= 16)
            {
                channels = BinaryPrimitives.ReadInt16LittleEndian(part[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(part[4..]);
                if (BinaryPrimitives.ReadInt16LittleEndian(part[14..]) != 16 || channels < 1 || rate < 1)
                {
                    throw Wrong(at, "has no samples of 16 bits", "convert it to PCM with 16 bits");
                }
            }
            else if (name == "LIST" && part.Length > 12 && Encoding.ASCII.GetString(part[..8]) == "INFOICMT")
            {
                comment = Encoding.UTF8.GetString(part[12..]).TrimEnd('\0').Split('\n');
            }
            else if (name == "data" && channels > 0)
            {
                return Build(path, part, channels, rate, comment);
            }

            at += 8 + (int)size + (int)(size & 1);
        }

        throw Wrong(bytes.Length, "has no samples, or is cut off before them");
    }

    private static RunRecording Build(string path, ReadOnlySpan<byte> data, int channels, int rate, string[] comment)
    {
        int length = data.Length / (2 * channels);
        ForeignSpikes spikes = new();
        foreach (string[] words in comment.Where(c => c.StartsWith("population ", StringComparison.Ordinal)).Select(c => c.Split(' ', 3)))
        {
            spikes.Population(words[^1], words.Length == 3 && int.TryParse(words[1], out int size) ? size : 0);
        }

        List<KeyValuePair<string, string>> origin = Origins.Parse(comment);
        RunRecording run = Origins.Apply(
            spikes.Build(Path.GetFileNameWithoutExtension(path), "a WAV file", length * 1_000_000L / rate, origin), origin);
        List<TraceRecord> traces = [];
        for (int k = 0; k < channels; k++)
        {
            string[] told = comment.Where(c => c.StartsWith($"trace {k} ", StringComparison.Ordinal)).Select(c => c.Split(' ', 7))
                .FirstOrDefault(c => c.Length == 7) ?? [];
            bool known = told.Length == 7;
            double low = -1;
            double high = 1;
            if (known && !(double.TryParse(told[3], CultureInfo.InvariantCulture, out low)
                && double.TryParse(told[4], CultureInfo.InvariantCulture, out high)))
            {
                throw new ExchangeException(ExchangeProblem.Recording, path, $"channel {k}",
                    $"the range in the comment, {Printable.Of(told[3])} to {Printable.Of(told[4])}, is no pair of numbers", "copy it again");
            }

            string name = known ? told[6] : string.Create(CultureInfo.InvariantCulture, $"channel[{k}]");
            int real = known && int.TryParse(told[2], out int kept) ? Math.Clamp(kept, 0, length) : length;
            double[] values = new double[real];
            for (int i = 0; i < real; i++)
            {
                values[i] = low + (BinaryPrimitives.ReadInt16LittleEndian(data[(2 * (i * channels + k))..]) + 32768) * (high - low) / 65535;
            }

            long[] times = [.. Enumerable.Range(0, real).Select(i => (long)Math.Round(i * 1e6 / rate))];
            traces.Add(new TraceRecord(name, TraceNames.NeuronOf(run, name), known ? told[5].TrimStart('-') : string.Empty, times, values));
        }

        return run with { Traces = traces };
    }
}
