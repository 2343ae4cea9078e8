// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Cli.Terminal;

namespace NeuroMCU.Cli;

/// <summary>Entry point of <c>neuromcu</c>.</summary>
internal static class Program
{
    // Sent when a file would grow beyond the limit that the shell has set; the same number on all Unix systems that .NET runs on.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private static async Task<int> Main(string[] arguments)
    {
        // The write that was too much is to fail and be reported, as on a full disk, and not to end the process.
        using PosixSignalRegistration? limit = OperatingSystem.IsWindows() ? null
            : PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);
        using Interruption interruption = new Interruption();
        return (int)await Application.RunAsync(arguments, CliEnvironment.OfProcess(), interruption.Token);
    }
}
