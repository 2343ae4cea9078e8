// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Weights;

/// <summary><c>weights freeze</c> and <c>weights release</c>: stops learning in a device, and lets it go on.</summary>
internal static class WeightsFreezeVerb
{
    public static Command Freeze(VerbRunner runner)
    {
        Command command = new("freeze", "Let weights that learn stay as they are, also while the network runs");
        return runner.Bind(command, usesDevice: true, (context, _, cancellation) => RunAsync(context, LearningOrder.Freeze, cancellation));
    }

    public static Command Release(VerbRunner runner)
    {
        Command command = new("release", "Let frozen weights learn again");
        return runner.Bind(command, usesDevice: true, (context, _, cancellation) => RunAsync(context, LearningOrder.Release, cancellation));
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, int order, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        HeldNetwork network = await HeldNetwork.ReadAsync(context, connection.Client, cancellation);
        (int rules, bool frozen) = await connection.Client.LearningAsync(order, cancellation);
        if (rules == 0)
        {
            throw new CliException(
                ExitCode.Usage, $"no projection of {network.Symbols.Network} learns", null, "give one `learning: stdp` in the network file");
        }

        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.weights-freeze/1", Device = connection.Client.Address, Projections = rules, Frozen = frozen });
            return ExitCode.Ok;
        }

        string what = Figures.Count(rules, "projection") + " of " + network.Symbols.Network;
        context.WriteLine(frozen ? $"frozen: {what} keep their weights until 'neuromcu weights release'" : $"released: {what} learn again");
        return ExitCode.Ok;
    }
}
