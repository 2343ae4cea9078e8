// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Api.Sessions;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Api.Routes;

/// <summary>Networks and sounds that come with the program.</summary>
internal static class Examples
{
    /// <summary>Network files, by their path below the examples.</summary>
    public static IReadOnlyList<string> Networks
    {
        get
        {
            string root = Root();
            return [.. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
                .Where(IsNetwork)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Recordings for the microphones.</summary>
    public static IReadOnlyList<string> Sounds =>
        [.. Directory.EnumerateFiles(ShippedExample.Recordings, "*.wav").Select(path =>
            Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Path of a network file.</summary>
    /// <exception cref="ApiException">There is none of that name.</exception>
    public static string Network(string name) => Networks.Contains(name) ? Path.Combine(Root(), name)
        : throw ApiException.NotFound($"there is no example '{Printable.Of(name)}'", "GET /api/v1/examples lists them");

    /// <summary>Reads a recording.</summary>
    /// <exception cref="ApiException">There is none of that name.</exception>
    public static StereoSound Sound(string name) => Sounds.Contains(name)
        ? WavReader.Read(Path.Combine(ShippedExample.Recordings, name))
        : throw ApiException.NotFound($"there is no sound '{Printable.Of(name)}'", "GET /api/v1/examples lists them");

    // Boards, hubs, sites and lists of recordings lie beside them, and say so by other first fields.
    private static bool IsNetwork(string path) => File.ReadLines(path).Any(line => line.StartsWith("neuromcu:", StringComparison.Ordinal));

    private static string Root() => Path.GetDirectoryName(ShippedExample.Folder())!;
}
