// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;

namespace NeuroMCU.Cli.Tests;

/// <summary>The folder that these tests were built in.</summary>
internal static class Repository
{
    /// <summary>Gets the root of the repository.</summary>
    public static string Root([CallerFilePath] string source = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
