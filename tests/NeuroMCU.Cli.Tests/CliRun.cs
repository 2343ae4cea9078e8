// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Tests;

/// <summary>One call of the program inside the test: what it printed and returned.</summary>
internal sealed record CliRun(ExitCode Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Runs a command line as a shell without a terminal would; the virtual bench is ideal and forgets everything.</summary>
    public static Task<CliRun> Of(params string[] arguments)
        => With(new VirtualDeviceOptions { Profile = "ideal", Ephemeral = true }, CancellationToken.None, arguments);

    /// <summary>Runs a command line on a virtual bench whose flash is in a folder.</summary>
    public static Task<CliRun> In(TemporaryFolder folder, params string[] arguments) =>
        With(new VirtualDeviceOptions { Profile = "ideal", StateFolder = folder.File("flash") }, CancellationToken.None, arguments);

    /// <summary>Runs a command line on a virtual bench with the costs of its board, as a user does. Minutes of bench time pass ten
    /// times as fast as on the ideal one, which looks around every microsecond.</summary>
    public static Task<CliRun> Charged(TemporaryFolder folder, params string[] arguments) =>
        With(new VirtualDeviceOptions { StateFolder = folder.File("flash") }, CancellationToken.None, arguments);

    /// <summary>Runs a command line, and cancels it as Ctrl-C would.</summary>
    public static Task<CliRun> With(VirtualDeviceOptions bench, CancellationToken cancellation, params string[] arguments) =>
        Asked(null, bench, cancellation, arguments);

    /// <summary>Runs a command line as at a terminal, with somebody who answers its questions.</summary>
    public static Task<CliRun> Asked(IAnsiConsole? questions, VirtualDeviceOptions bench, CancellationToken cancellation,
        params string[] arguments) =>
        Call(questions, TextReader.Null, bench, arguments, cancellation);

    /// <summary>Runs a command line with a text on standard input.</summary>
    public static Task<CliRun> Piped(string input, params string[] arguments) =>
        Call(null, new StringReader(input), new VirtualDeviceOptions { Profile = "ideal", Ephemeral = true }, arguments,
            CancellationToken.None);

    private static async Task<CliRun> Call(
        IAnsiConsole? questions, TextReader input, VirtualDeviceOptions bench, string[] arguments, CancellationToken cancellation)
    {
        StringWriter output = new StringWriter();
        StringWriter error = new StringWriter();
        CliEnvironment environment = new CliEnvironment
        {
            Out = output,
            Error = error,
            In = input,
            Questions = questions,
            Virtual = bench,
            CalibrationFolder = bench.StateFolder is { } folder ? folder + "-calibrations" : "no-calibrations-here",
        };
        ExitCode code = await Application.RunAsync(arguments, environment, cancellation);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
