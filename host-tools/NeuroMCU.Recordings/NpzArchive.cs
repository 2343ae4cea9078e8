// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Compression;

namespace NeuroMCU.Recordings;

/// <summary>Named arrays in NumPy's .npz format: a ZIP archive with one <c>name.npy</c> per array. Equal arrays give equal bytes.</summary>
public static class NpzArchive
{
    // ZIP cannot say "no date"; its earliest keeps the file independent of the clock.
    private static readonly DateTimeOffset s_date = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes arrays.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">Names without extension, and arrays: double[], int[], long[], short[] or string[].</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Array>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using ZipArchive archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (KeyValuePair<string, Array> array in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(array.Key + ".npy", CompressionLevel.Optimal);
            entry.LastWriteTime = s_date;
            using Stream body = entry.Open();
            NpyArray.Write(body, array.Value);
        }
    }

    /// <summary>Reads all arrays.</summary>
    /// <param name="stream">Where from; must be seekable.</param>
    /// <returns>Arrays by their names without extension.</returns>
    /// <exception cref="InvalidDataException">Not a .npz file, or an array that is not read here; the text says which.</exception>
    public static IReadOnlyDictionary<string, Array> Read(Stream stream)
    {
        Dictionary<string, Array> arrays = new Dictionary<string, Array>(StringComparer.Ordinal);
        using ZipArchive archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream body = entry.Open();
            try
            {
                arrays[Path.GetFileNameWithoutExtension(entry.FullName)] = NpyArray.Read(body);
            }
            catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
            {
                throw new InvalidDataException($"{entry.FullName}: {problem.Message}", problem);
            }
        }

        return arrays;
    }
}
