// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Reads and writes recordings in the format that the ending of a file names.</summary>
public static class RecordingFile
{
    private static readonly string[] s_written = [".npz", ".csv", ".nwb", ".h5", ".aedat"];

    /// <summary>Endings of formats that are written.</summary>
    public static IReadOnlyList<string> Endings => s_written;

    /// <summary>Whether a path ends as a recording does.</summary>
    /// <param name="path">The path.</param>
    public static bool IsRecording(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".npz" or ".nwb" or ".h5" or ".hdf5" or ".aedat" or ".aedat2" or ".aedat4" or ".csv" or ".hublog";

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
            case ".aedat":
                Aedat2File.Write(path, run, stream);
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
            ".aedat" or ".aedat2" or ".aedat4" => AedatFile.Read(path),
            ".csv" or ".txt" or ".tsv" or ".dat" => TableRecording.Read(path),
            ".npz" => Own(path, Arrays),
            ".hublog" => Own(path, HubLogReader.Read),
            _ => throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty,
                $"ends in '{Path.GetExtension(path)}', which names no format of recordings",
                "recordings end in .npz, .csv, .nwb, .h5 (SONATA), .aedat, .aedat4 or .hublog"),
        };
    }

    private static RunRecording Arrays(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return RecordingNpz.Read(stream);
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
