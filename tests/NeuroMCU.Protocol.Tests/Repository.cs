// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Tests;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NeuroMCU.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
