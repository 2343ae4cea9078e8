// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Files;

/// <summary>
/// Reads files that a user names. Only regular files of a bounded size are read: a pipe would be waited for, and a device has no end.
/// </summary>
public static class InputFile
{
    /// <summary>Largest file in bytes that is read when nothing else is said.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>Largest recording in bytes: an hour of two ears at 48 kHz and 24 bits.</summary>
    public const long MostSoundBytes = 1 << 30;

    /// <summary>Refuses what is no regular file, or too large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Largest size in bytes.</param>
    /// <exception cref="InputFileException">It is a folder, a pipe, a device or a socket, or larger.</exception>
    /// <exception cref="IOException">It does not exist.</exception>
    public static void Check(string path, long most = MostBytes)
    {
        if (Directory.Exists(path))
        {
            throw new InputFileException(path, "is a folder", "name a file in it");
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException("there is no such file", path);
        }

        if (!FileKind.IsRegular(path))
        {
            throw new InputFileException(
                path, "is no regular file: it is a pipe, a device or a socket, whose end cannot be known",
                "write what comes from it into a file, and name that");
        }

        // Of a link, Length is that of the link itself.
        long length = file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;
        if (length > most)
        {
            string size = string.Create(CultureInfo.InvariantCulture,
                $"has {length >> 20} MB, more than the {most >> 20} MB that are read");
            throw new InputFileException(path, size, "split it, or check that it is the right file");
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Largest size in bytes.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InputFileException">It is a folder, a pipe, a device or a socket, or larger.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path, long most = MostBytes)
    {
        Check(path, most);
        return File.ReadAllBytes(path);
    }

    /// <summary>Reads all bytes of what is no file, such as standard input.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="most">Largest number.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InputFileException">It has no end, or is too large.</exception>
    public static byte[] ReadBytes(Stream stream, long most)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream all = new();
        byte[] part = new byte[1 << 16];
        for (int count = stream.Read(part, 0, part.Length); count > 0; count = stream.Read(part, 0, part.Length))
        {
            all.Write(part, 0, count);
            if (all.Length > most)
            {
                throw new InputFileException("standard input",
                    string.Create(CultureInfo.InvariantCulture, $"has more than {most >> 20} MB"),
                    "split it, or check that it is the right file");
            }
        }

        return all.ToArray();
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="path">The file; UTF-8 unless its first bytes say otherwise.</param>
    /// <param name="most">Largest size in bytes.</param>
    /// <returns>Its text.</returns>
    /// <exception cref="InputFileException">It is a folder, a pipe, a device or a socket, or larger.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(string path, long most = MostBytes)
    {
        Check(path, most);
        return File.ReadAllText(path);
    }

    /// <summary>Reads a whole text that stands in no file, such as standard input.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InputFileException">It has no end, or is too large.</exception>
    public static string ReadText(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        char[] part = new char[1 << 16];
        StringBuilder text = new();
        for (int count = reader.Read(part, 0, part.Length); count > 0; count = reader.Read(part, 0, part.Length))
        {
            text.Append(part, 0, count);
            if (text.Length > MostBytes)
            {
                throw new InputFileException("standard input",
                    string.Create(CultureInfo.InvariantCulture, $"has more than {MostBytes >> 20} MB"), "give it a network file");
            }
        }

        return text.ToString();
    }
}
