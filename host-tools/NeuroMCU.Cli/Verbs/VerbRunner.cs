// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Verbs;

/// <summary>Gives every verb the common options and turns its failures into messages and exit codes.</summary>
internal sealed class VerbRunner
{
    private readonly CliEnvironment _environment;

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON document on standard output" };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress and no messages on standard error" };

    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours (as does the variable NO_COLOR)" };

    private readonly Option<bool> _debug = new("--debug") { Description = "Show where an error comes from" };

    private readonly Option<string?> _device = new("--device", "-d")
    {
        Description = "Device: virtual, virtual:ideal, serial:PATH, id:USB-SERIAL or tcp://HOST[:PORT] "
            + "(default: $NEUROMCU_DEVICE, else the virtual bench)",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = "File with the device's pre-shared key (default: $NEUROMCU_KEY_FILE, $NEUROMCU_KEY, ~/.config/neuromcu/key)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _board = new("--board")
    {
        Description = "Board of the virtual bench: a name such as thyristor-starter, or the path of a profile (default: $NEUROMCU_BOARD)",
        HelpName = "BOARD",
    };

    private readonly Option<long?> _boardSeed = new("--board-seed")
    {
        Description = "Draw the virtual board's parts from the measured spread; each number is one board (default: nominal parts)",
        HelpName = "NUMBER",
    };

    private readonly Option<string[]> _fault = new("--fault")
    {
        Description = "Fault of the virtual board: KIND:CHANNEL[=VALUE][@SECONDS], for example latched:n1@2; may be repeated",
        HelpName = "FAULT",
        DefaultValueFactory = _ => [],
    };

    public VerbRunner(CliEnvironment environment)
    {
        _environment = environment;
        _board.CompletionSources.Add([.. BoardCatalog.Names]);
    }

    /// <summary>What a verb does.</summary>
    public delegate Task<ExitCode> Body(VerbContext context, ParseResult line, CancellationToken cancellation);

    /// <summary>Adds the common options to a verb and sets what it does.</summary>
    /// <param name="usesDevice">Whether it takes --device and --key-file, and the board of the virtual bench.</param>
    /// <param name="makesDevice">Whether it takes the board alone, since it makes a device or reckons for one, and connects to
    /// none.</param>
    /// <returns>The verb.</returns>
    public Command Bind(Command command, bool usesDevice, Body body, bool makesDevice = false)
    {
        if (usesDevice)
        {
            command.Add(_device);
            command.Add(_keyFile);
        }

        if (usesDevice || makesDevice)
        {
            command.Add(_board);
            command.Add(_boardSeed);
            command.Add(_fault);
        }

        if (command.Arguments.Any(argument => argument.Description?.StartsWith("Network file", StringComparison.Ordinal) == true))
        {
            command.Add(NetworkSource.Set);
        }

        NumberOptions.Apply(command);
        command.Add(_json);
        command.Add(_quiet);
        command.Add(_noColor);
        command.Add(_debug);
        command.SetAction(async (line, cancellation) =>
        {
            // Ctrl-C is listened for once this has returned for the first time; a virtual bench in this process never waits by itself.
            await Task.Yield();
            return (int)await RunAsync(line, usesDevice, makesDevice, body, cancellation);
        });
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult line, bool usesDevice, bool makesDevice, Body body, CancellationToken cancellation)
    {
        VerbContext context = new VerbContext(
            _environment,
            line.GetValue(_json),
            line.GetValue(_quiet),
            color: !line.GetValue(_noColor) && string.IsNullOrEmpty(_environment.Variable("NO_COLOR")),
            line.GetValue(_debug),
            usesDevice ? line.GetValue(_device) : null,
            usesDevice ? line.GetValue(_keyFile) : null)
        {
            BoardSeed = usesDevice || makesDevice ? line.GetValue(_boardSeed) : null,
            BoardFaults = usesDevice || makesDevice ? line.GetValue(_fault) ?? [] : [],
        };
        try
        {
            if (usesDevice || makesDevice)
            {
                context.Board = BoardOf(line, context, usesDevice ? context.Device : null);
            }

            if (line.CommandResult.Command.Options.Contains(NetworkSource.Set))
            {
                context.Settings = NetworkSource.SettingsOf(line.GetValue(NetworkSource.Set) ?? []);
            }

            OutputPlace.Require(line);
            ExitCode code = await body(context, line, cancellation);
            if (code == ExitCode.Cancelled)
            {
                context.Complain(Problems.Interrupted);
            }

            return code;
        }
        catch (Exception fault)
        {
            CliException problem = Problems.Explain(fault, cancellation.IsCancellationRequested);
            ErrorReport.Write(_environment, problem, context.Json, context.Debug, context.Messages);
            return problem.Code;
        }
    }

    private VirtualBoardOptions? BoardOf(ParseResult line, VerbContext context, string? device)
    {
        string? board = line.GetValue(_board) ?? _environment.Variable("NEUROMCU_BOARD");
        bool elsewhere = device is not null && DeviceAddress.Parse(device) is not VirtualAddress;
        if (elsewhere && (line.GetValue(_board) is not null || context.BoardSeed is not null || context.BoardFaults.Count > 0))
        {
            throw new CliException(
                ExitCode.Usage,
                "--board, --board-seed and --fault choose the board of the virtual bench",
                $"the device is {device}",
                "leave out these options or --device; 'neuromcu virtual' takes them for the device that it serves");
        }

        return elsewhere || string.IsNullOrEmpty(board)
            ? null
            : new VirtualBoardOptions { Board = board, Seed = context.BoardSeed, Faults = context.BoardFaults };
    }
}
