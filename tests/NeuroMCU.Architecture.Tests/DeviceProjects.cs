// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;

namespace NeuroMCU.Architecture.Tests;

/// <summary>The projects whose files also run on the device: those with a .nfproj beside their .csproj.</summary>
internal static class DeviceProjects
{
    /// <summary>Root of the checkout, written into this assembly by the build.</summary>
    public static string Root { get; } = typeof(DeviceProjects).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    /// <summary>Paths of all .nfproj files that have a host twin.</summary>
    public static IEnumerable<string> ProjectFiles => new[] { "firmware", "hardware", "benchmarks", "tests/device" }
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.nfproj", SearchOption.AllDirectories))
        .Where(path => File.Exists(Path.ChangeExtension(path, ".csproj")))
        .Order(StringComparer.Ordinal);

    /// <summary>Names of the assemblies that run on the device.</summary>
    public static IEnumerable<string> AssemblyNames => new[]
    {
        "NeuroMCU.Core", "NeuroMCU.Hearing", "NeuroMCU.Models", "NeuroMCU.Protocol", "NeuroMCU.Hardware", "NeuroMCU.Firmware",
            "NeuroMCU.Boot", "NeuroMCU.DeviceTests", "NeuroMCU.DeviceBenchmarks",
    };

    /// <summary>Path of the host build of a device assembly.</summary>
    public static string PathOf(string assemblyName) => Path.Combine(AppContext.BaseDirectory, assemblyName + ".dll");
}
