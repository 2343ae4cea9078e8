// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Reads and writes recordings in the format that the ending of a file names.</summary>
public static class RecordingFile
{
    private static readonly string[] s_written = [".npz", ".csv", ".nwb", ".h5", ".nir", ".aedat", ".eieio", ".edf", ".wav"];

    /// <summary>Endings of formats that are written.</summary>
    public static IReadOnlyList<string> Endings => s_written;

    /// <summary>Whether a path ends as a recording does.</summary>
    /// <param name="path">The path.</param>
    public static bool IsRecording(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".npz" or ".nwb" or ".h5" or ".hdf5" or ".nir" or ".aedat"
            or ".aedat2" or ".aedat4" or ".csv" or ".eieio" or ".edf" or ".bdf" or ".hublog";

    /// <summary>Whether the format of a file has room for spikes.</summary>
    /// <param name="path">Its ending names the format.</param>
    public static bool HoldsSpikes(string path) => !Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase);

    /// <summary>What of a recording the format of a file cannot hold, in words; null where it holds all.</summary>
    /// <param name="path">Its ending names the format.</param>
    /// <param name="run">The recording.</param>
    public static string? Leaves(string path, RunRecording run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string ending = Path.GetExtension(path).ToLowerInvariant();
        int held = ending is ".edf" or ".wav" ? run.Traces.Sum(t => Grid.Of(t).Held) : 0;
        string[] words =
        [
            .. run.Traces.Count > 0 && ending is ".csv" or ".h5" or ".aedat" or ".eieio"
                ? [$"{ending} holds spikes only: the {run.Traces.Count} traces are not in it (.npz, .nwb, .nir and .edf hold them)"]
                : Array.Empty<string>(),
            .. ending == ".wav" && run.Spikes.Count > 0
                ? [$".wav holds traces only: the {run.Spikes.Count} spikes are not in it (.edf holds both)"] : Array.Empty<string>(),
            .. ending == ".eieio" ? [".eieio counts milliseconds, and says nothing of the run: times are rounded by up to 0.5 ms"]
                : Array.Empty<string>(),
            .. ending is ".edf" or ".wav" && run.Traces.Count > 0 ? [$"{ending} holds values in 16 bits of the range of each trace"]
                : Array.Empty<string>(),
            .. held > 0 ? [$"{held} samples were lost: the value before each stands in its place"] : Array.Empty<string>(),
        ];
        return words.Length == 0 ? null : string.Join("; ", words);
    }

    /// <summary>Writes a recording.</summary>
    /// <param name="path">Its ending names the format.</param>
    /// <param name="run">The recording.</param>
    /// <param name="now">When it was made.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ExchangeException">The format cannot hold it; nothing was written.</exception>
    public static void Write(string path, RunRecording run, DateTimeOffset now, Stream stream)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".nwb":
                NwbFile.Write(run, now, stream);
                break;
            case ".h5":
                SonataSpikes.Write(run, stream);
                break;
            case ".nir":
                NirDataFile.Write(run, stream);
                break;
            case ".aedat":
                Aedat2File.Write(path, run, stream);
                break;
            case ".eieio":
                EieioFile.Write(run, stream);
                break;
            case ".edf":
                EdfFile.Write(path, run, now, stream);
                break;
            case ".wav":
                WavTraces.Write(path, run, stream);
                break;
            case ".csv":
                TableRecording.Write(run, stream);
                break;
            default:
                RecordingNpz.Write(run, stream);
                break;
        }
    }

    /// <summary>Reads a recording, of this program or of another one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExchangeException">It cannot be used; says where and why.</exception>
    public static RunRecording Read(string path)
    {
        InputFile.Check(path, HdfFile.MostBytes);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".nwb" => NwbFile.Read(path),
            ".h5" or ".hdf5" => SonataSpikes.Read(path),
            ".nir" => NirDataFile.Read(path),
            ".eieio" => EieioFile.Read(path),
            ".edf" or ".bdf" => EdfFile.Read(path),
            ".wav" => WavTraces.Read(path),
            ".aedat" or ".aedat2" or ".aedat4" => AedatFile.Read(path),
            ".csv" or ".txt" or ".tsv" or ".dat" => TableRecording.Read(path),
            ".npz" => Own(path, Arrays),
            ".hublog" => Own(path, HubLogReader.Read),
            _ => throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty,
                $"ends in '{Path.GetExtension(path)}', which names no format of recordings",
                "recordings end in .npz, .csv, .nwb, .h5 (SONATA), .nir, .aedat, .aedat4, .eieio, .edf, .bdf, .wav or .hublog"),
        };
    }

    private static RunRecording Arrays(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return BrianSpikes.Find(path, stream) ?? RecordingNpz.Read(stream);
    }

    private static RunRecording Own(string path, Func<string, RunRecording> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty, e.Message.TrimEnd('.'),
                "check that 'neuromcu run --out' or a hub wrote it, and copy it again", e);
        }
    }
}
