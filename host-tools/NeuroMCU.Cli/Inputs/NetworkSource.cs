// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Inputs;

/// <summary>The network that a verb works on: read and compiled from a network file.</summary>
internal static class NetworkSource
{
    /// <summary>Argument for verbs that need a network file.</summary>
    public static Argument<string> Argument() => new("FILE") { Description = "Network file (YAML); - reads standard input" };

    /// <summary>Option for verbs that can run physical neurons in software.</summary>
    public static Option<bool> Twin() => new("--twin") { Description = "Compute the neurons that are channels of a board, in software" };

    /// <summary>Option for verbs that take a network file.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Put a value in the place of the file's, such as \"populations.cells.bias=60 uA\"; may be repeated",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the values of --set.</summary>
    /// <returns>The settings.</returns>
    /// <exception cref="CliException">One is no setting.</exception>
    public static IReadOnlyList<NetworkSetting> SettingsOf(IEnumerable<string> texts) =>
        [.. texts.Select(text => NetworkSetting.Parse(text)
            ?? throw new CliException(ExitCode.Usage, $"--set is '{text}'", "it is no NAME=VALUE",
                "write it such as --set \"duration=2 s\" or --set \"populations.cells.size=20\""))];

    /// <summary>Reads and compiles a network file, and passes its warnings on.</summary>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <param name="more">Values that replace those of the file, beyond those of --set.</param>
    /// <returns>The compiled network.</returns>
    public static CompiledNetwork Compile(VerbContext context, string path, bool twin = false, params NetworkSetting[] more) =>
        Compile(context, context.LoadNetwork(path, more), twin);

    /// <summary>Compiles a network that was read, and passes its warnings on.</summary>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <returns>The compiled network.</returns>
    public static CompiledNetwork Compile(VerbContext context, Network network, bool twin)
    {
        foreach (string file in network.FilesRead)
        {
            context.Note(file);
        }

        context.UseNodesOf(network);
        CompiledNetwork compiled = CompileAgain(context, network, twin);
        context.Warn(compiled.Report.Warnings);
        return compiled;
    }

    /// <summary>Follows neurons whose models are texts, and says where the device does not keep to double precision.</summary>
    /// <returns>What was said.</returns>
    public static IReadOnlyList<Diagnostic> Follow(VerbContext context, CompiledNetwork compiled)
    {
        IReadOnlyList<Diagnostic> said = ConformancePilot.Of(compiled);
        context.Warn(said);
        return said;
    }

    /// <summary>Compiles a network that was read before, with other weights.</summary>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <returns>The compiled network.</returns>
    public static CompiledNetwork CompileAgain(VerbContext context, Network network, bool twin = false)
        => NetworkCompiler.Compile(network, Options(context, network, twin));

    /// <summary>What the compiler takes besides the network.</summary>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <returns>The options.</returns>
    public static CompilerOptions Options(VerbContext context, Network network, bool twin) => new()
    {
        Twin = twin,
        Board = BoardFor(context, network, twin),
        CostProfile = CostsOf(context),
        Unlimited = CostsOf(context) == VirtualAddress.WithoutCosts,
    };

    /// <summary>The cost profile that the address of a virtual device names; null leaves it to the board.</summary>
    /// <returns>Name or path of the profile.</returns>
    public static string? CostsOf(VerbContext context)
        => context.Device is { } device && DeviceAddress.Parse(device) is VirtualAddress address ? address.Profile : null;

    // A file that names no board has to fit the one that it runs on; channels it can have of a board that it names only.
    private static BoardDescription? BoardFor(VerbContext context, Network network, bool twin) =>
        network.Board is null && context.Board is { } board && (twin || network.Populations.All(p => p.Channels.Count == 0))
            ? BoardBuilder.Find(board.Board)
            : null;

    /// <summary>Takes --board-seed and --fault where no board runs: checks that there is one that they could be of, and says that they
    /// change nothing.</summary>
    /// <exception cref="CliException">Neither the command line nor the network names a board.</exception>
    public static void NominalBoard(VerbContext context, CompiledNetwork compiled, string why)
    {
        context.UseBoardOf(compiled.Network);
        context.CheckBoard();
        if (context.BoardSeed is not null || context.BoardFaults.Count > 0)
        {
            context.Say($"note: {why}: --board-seed and --fault change nothing");
        }
    }

    /// <summary>Says which step the compiler chose, where the file leaves it open.</summary>
    /// <returns>Step and where it comes from.</returns>
    public static string StepText(CompileReport report)
        => Figures.Time(report.Step) + (report.StepChosen ? $", chosen for the cost profile {report.CostProfile}" : string.Empty);

    /// <summary>Refuses a network with physical neurons where no board takes part.</summary>
    /// <exception cref="CliException">It uses channels of a board.</exception>
    public static void RefuseChannels(CompiledNetwork compiled, string why)
    {
        if (compiled.Tables.Channels.Length > 0)
        {
            throw new CliException(ExitCode.Usage, $"{compiled.Network.Name} has neurons that are channels of {compiled.Network.Board}",
                why, "add --twin, which computes them");
        }
    }
}
