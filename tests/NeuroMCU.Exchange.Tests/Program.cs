// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Exchange.Tests;

/// <summary>Calls of the program inside a test, on a virtual bench that forgets everything.</summary>
internal static class Program
{
    /// <summary>On an ideal device, which has time for everything.</summary>
    public static Task<(ExitCode Code, string Out, string Error)> Run(params string[] arguments) => On("ideal", arguments);

    /// <summary>On the device that a user without a board has. Its turns cost time, so that a calibration, which mostly waits for spikes,
    /// makes fewer of them than on an ideal one.</summary>
    public static Task<(ExitCode Code, string Out, string Error)> RunAsTyped(params string[] arguments) => On(null, arguments);

    private static async Task<(ExitCode Code, string Out, string Error)> On(string? profile, string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        CliEnvironment environment = new()
        {
            Out = output,
            Error = error,
            In = TextReader.Null,
            Virtual = new VirtualDeviceOptions { Profile = profile, Ephemeral = true },
            CalibrationFolder = "no-calibrations-here",
        };
        ExitCode code = await Application.RunAsync(arguments, environment, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Root of the repository.</summary>
    public static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NeuroMCU.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
