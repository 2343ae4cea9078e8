// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;
using PureHDF;
using PureHDF.VOL.Native;

namespace NeuroMCU.Exchange.Hdf;

/// <summary>Reads an HDF5 file: what the library throws becomes an error with file and place.</summary>
internal static class HdfFile
{
    /// <summary>Largest file in bytes that is read.</summary>
    public const long MostBytes = 1L << 30;

    private static readonly byte[] s_mark = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Opens a file and reads what is wanted of it.</summary>
    /// <exception cref="ExchangeException">It is no HDF5 file, cut off or damaged.</exception>
    public static T Read<T>(string path, ExchangeProblem problem, Func<HdfGroup, T> read)
    {
        InputFile.Check(path, MostBytes);
        using FileStream stream = File.OpenRead(path);
        if (!IsHdf(stream))
        {
            throw new ExchangeException(problem, path, "byte 0", "does not begin as an HDF5 file does", "check that it is the right file");
        }

        if (DeclaredEnd(stream) is { } end && end > stream.Length)
        {
            throw new ExchangeException(problem, path, string.Create(CultureInfo.InvariantCulture, $"byte {stream.Length}"),
                string.Create(CultureInfo.InvariantCulture, $"the HDF5 file is cut off: it says that it ends at byte {end}"),
                "copy or export it again");
        }

        try
        {
            using NativeFile file = H5File.Open(stream);
            return read(new HdfGroup(path, string.Empty, file, problem));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(path, string.Empty, problem, e);
        }
    }

    // Where the superblock says that the file ends; null where it is of a form that does not tell. 8-byte addresses, as all writers use.
    private static long? DeclaredEnd(FileStream stream)
    {
        byte[] start = new byte[64];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        int at = (start[8], start[9], start[13]) switch
        {
            (0, _, 8) => 40,
            (1, _, 8) => 44,
            (2 or 3, 8, _) => 28,
            _ => 0,
        };
        return at == 0 ? null : count < start.Length ? long.MaxValue : BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(at));
    }

    /// <summary>Whether a stream begins as an HDF5 file does; leaves it at its beginning.</summary>
    public static bool IsHdf(Stream stream)
    {
        byte[] start = new byte[s_mark.Length];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return count == start.Length && start.AsSpan().SequenceEqual(s_mark);
    }

    /// <summary>Whether an exception of the library means that the file is damaged.</summary>
    public static bool IsDamage(Exception e) => e is not ExplainedException and not OperationCanceledException and not OutOfMemoryException;

    /// <summary>The error for a damaged file.</summary>
    public static ExchangeException Damaged(string path, string place, ExchangeProblem problem, Exception e) =>
        new(problem, path, place, $"the HDF5 file is cut off or damaged ({e.Message.TrimEnd('.')})",
            "copy or export it again; h5dump shows how far it can be read", e);
}
