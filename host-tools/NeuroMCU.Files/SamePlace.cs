// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>Tells whether two paths lead to one file, whatever way they are written and whatever links they go through.</summary>
public static class SamePlace
{
    /// <summary>Compares two paths.</summary>
    /// <param name="a">One path.</param>
    /// <param name="b">The other; the files need not exist.</param>
    /// <returns>True when they lead to the same file.</returns>
    public static bool Is(string a, string b) => string.Equals(
        Real(a), Real(b), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            if (File.Exists(full) && new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true) is { } file)
            {
                full = file.FullName;
            }

            // Links among the folders on the way, from the root down.
            string? folder = Path.GetDirectoryName(full);
            return folder is null ? full : Path.Combine(RealFolder(new DirectoryInfo(folder)), Path.GetFileName(full));
        }
        catch (IOException)
        {
            return full;
        }
    }

    private static string RealFolder(DirectoryInfo folder)
    {
        string here = folder.Exists && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : folder.FullName;
        DirectoryInfo place = new(here);
        return place.Parent is { } parent ? Path.Combine(RealFolder(parent), place.Name) : here;
    }
}
