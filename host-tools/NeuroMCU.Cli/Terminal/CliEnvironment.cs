// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>What surrounds one call of the program; tests bring their own.</summary>
internal sealed class CliEnvironment
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, messages and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, which <c>-</c> stands for where a network file is asked for.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Opens standard input for bytes, which <c>-</c> stands for where a recording is asked for.</summary>
    public Func<Stream> OpenIn { get; init; } = () => Stream.Null;

    /// <summary>Whether <see cref="Out" /> is a terminal, which gets colours.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether <see cref="Error" /> is a terminal, which gets moving progress.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Where questions are asked and answered; null when nobody is there to answer.</summary>
    public IAnsiConsole? Questions { get; init; }

    /// <summary>Columns to write into.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Settings of the virtual bench inside this process.</summary>
    public VirtualDeviceOptions Virtual { get; init; } = new VirtualDeviceOptions();

    /// <summary>Folder of calibrations; null for the user's.</summary>
    public string? CalibrationFolder { get; init; }

    /// <summary>The process's own surroundings.</summary>
    public static CliEnvironment OfProcess()
    {
        return new CliEnvironment
        {
            Out = Console.IsOutputRedirected ? Console.Out : new TerminalWriter(Console.Out),
            In = Console.In,
            OpenIn = Console.OpenStandardInput,
            Error = Console.IsErrorRedirected ? Console.Error : new TerminalWriter(Console.Error),
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Questions = Console.IsInputRedirected || Console.IsErrorRedirected ? null : AskOn(Console.Error),
            Width = TerminalWidth(),
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    // Questions go where messages go, so that a redirected result stays clean.
    private static IAnsiConsole AskOn(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer) });

    private static int TerminalWidth()
    {
        try
        {
            // Narrower than 40 columns nothing is readable; some consoles report 0.
            return Console.IsOutputRedirected ? 100 : Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 100;
        }
    }
}
