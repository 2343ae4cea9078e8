// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Text;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>AEDAT 2.0: comment lines, then 8 bytes for each event: address and time in µs, 32 bits with the high byte first.</summary>
internal static class Aedat2File
{
    /// <summary>Writes the spikes of a recording: the address is the neuron's number; traces are not part of the format.</summary>
    /// <exception cref="ExchangeException">A time does not fit; nothing was written.</exception>
    public static void Write(string path, RunRecording run, Stream stream)
    {
        if (run.Spikes.Count > 0 && run.Spikes.Times[^1] > int.MaxValue)
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty,
                $"the last spike is at {Number.Time(run.Spikes.Times[^1] / 1e6)}, and AEDAT 2.0 counts to 2147 s",
                "write .npz, .nwb or .h5, or a shorter run");
        }

        Aedat2Encoding encoding = new([.. Origins.Text(run).Split('\n'),
            .. run.Populations.Select(p => $"population: {p.First} {p.Size} {p.Name}")]);
        encoding.WriteHead(stream);
        encoding.WriteSpikes(stream, run.Spikes.Neurons, run.Spikes.Times);
    }

    /// <summary>Reads events; addresses of other chips are numbered in ascending order where they leave gaps.</summary>
    /// <exception cref="ExchangeException">The file is cut off in an event, or damaged.</exception>
    public static RunRecording Read(string path, byte[] bytes)
    {
        List<string> lines = [];
        int at = 0;
        while (at < bytes.Length && bytes[at] == '#' && Array.IndexOf(bytes, (byte)'\n', at) is var end and >= 0)
        {
            lines.Add(Encoding.UTF8.GetString(bytes, at, end - at).TrimEnd('\r')[1..].TrimStart());
            at = end + 1;
        }

        if (at < bytes.Length && bytes[at] == '#' && bytes[at..].All(b => b is >= 32 and < 127))
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, $"byte {at}", "the head is cut off in this line", "copy it again");
        }

        int rest = (bytes.Length - at) % 8;
        if (rest != 0)
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, $"byte {bytes.Length - rest}",
                $"the last event has {rest} of 8 bytes: the file is cut off behind {(bytes.Length - at) / 8} events", "copy it again");
        }

        int count = (bytes.Length - at) / 8;
        uint[] addresses = new uint[count];
        long[] times = new long[count];
        long turn = 0;
        for (int i = 0; i < count; i++)
        {
            addresses[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 * i));
            int stamp = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 8 * i + 4));
            times[i] = stamp + turn;

            // The counter of a chip goes over after 2^32 us.
            if (i > 0 && times[i] < times[i - 1] - (1L << 31))
            {
                turn += 1L << 32;
                times[i] += 1L << 32;
            }
        }

        List<KeyValuePair<string, string>> origin = [.. Origins.Parse(lines).Where(o => o.Key is not "population")];
        return Origins.Apply(AedatFile.Build(path, "an AEDAT 2.0 file", addresses, times, Populations(lines)), origin);
    }

    private static List<(string Name, int First, int Size)> Populations(IEnumerable<string> lines) =>
        [.. lines.Where(l => l.StartsWith("population: ", StringComparison.Ordinal)).Select(l => l["population: ".Length..].Split(' ', 3))
            .Where(p => p.Length == 3 && int.TryParse(p[0], out _) && int.TryParse(p[1], out _))
            .Select(p => (p[2], int.Parse(p[0], System.Globalization.CultureInfo.InvariantCulture),
                int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture)))];
}
