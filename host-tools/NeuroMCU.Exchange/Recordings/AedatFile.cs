// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Events of event cameras and other chips, by the first line of the file.</summary>
internal static class AedatFile
{
    private const int MostAddresses = 1 << 16;

    /// <summary>Reads events.</summary>
    /// <exception cref="ExchangeException">The file is of another version, cut off or damaged.</exception>
    public static RunRecording Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, HdfFile.MostBytes);
        string first = System.Text.Encoding.ASCII.GetString(bytes, 0, Math.Min(bytes.Length, 14));
        return first.StartsWith("#!AER-DAT2", StringComparison.Ordinal) ? Aedat2File.Read(path, bytes)
            : first.StartsWith("#!AER-DAT4.0\r\n", StringComparison.Ordinal) ? Aedat4File.Read(path, bytes)
            : throw new ExchangeException(ExchangeProblem.Recording, path, "byte 0",
                first.StartsWith("#!AER-DAT", StringComparison.Ordinal)
                    ? $"is AEDAT {first[9..Math.Min(12, first.Length)]}, and 2.0 and 4.0 are read" : "does not begin with #!AER-DAT",
                "convert it to AEDAT 2.0 (jAER or dv-processing do), or check that it is the right file");
    }

    /// <summary>A recording of addresses and times.</summary>
    /// <param name="times">Time of each event in µs.</param>
    public static RunRecording Build(
        string path, string from, uint[] addresses, long[] times, IReadOnlyList<(string Name, int First, int Size)> named)
    {
        long begin = named.Count > 0 || times.Length == 0 ? 0 : Math.Min(0, times.Min());
        ForeignSpikes spikes = new();
        if (named.Count > 0)
        {
            int[] numbers = [.. named.Select(p => spikes.Population(p.Name, p.Size))];
            for (int i = 0; i < times.Length; i++)
            {
                int at = named.ToList().FindIndex(p => addresses[i] >= p.First && addresses[i] < p.First + p.Size);
                if (at < 0)
                {
                    throw new ExchangeException(ExchangeProblem.Recording, path, $"event {i}",
                        $"the address {addresses[i]} is in none of the populations of the header", "copy it again");
                }

                spikes.Add(numbers[at], (int)addresses[i] - named[at].First, times[i]);
            }
        }
        else
        {
            uint[] known = [.. addresses.Distinct().Order()];
            bool dense = known.Length == 0 || known[^1] < MostAddresses;
            int events = spikes.Population("events");
            for (int i = 0; i < times.Length; i++)
            {
                spikes.Add(events, dense ? (int)addresses[i] : Array.BinarySearch(known, addresses[i]), times[i] - begin);
            }
        }

        return spikes.Build(Path.GetFileNameWithoutExtension(path), from, null, []);
    }
}
