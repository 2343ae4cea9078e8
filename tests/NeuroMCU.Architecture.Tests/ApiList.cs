// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

/// <summary>Every public member of the nanoFramework libraries that the firmware may reference, as documentation comment IDs.</summary>
internal static class ApiList
{
    private static readonly HashSet<string> s_members =
        typeof(ApiList).Assembly.GetManifestResourceNames().SelectMany(Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>Tells whether the device has the member.</summary>
    public static bool Contains(string documentationId) => s_members.Contains(documentationId);

    /// <summary>The members of one library.</summary>
    public static IEnumerable<string> Of(string library)
    {
        using var reader = new StreamReader(typeof(ApiList).Assembly.GetManifestResourceStream(library)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
