// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Reads the weights of a network that are on nodes, and says where they come from.</summary>
internal static class NodeWeightInput
{
    /// <summary>Reads the nodes of the connected array and compiles the network with what they show.</summary>
    /// <param name="path">The network file, for the command that mends it.</param>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <returns>The network to upload.</returns>
    public static Task<NodeWeights> OfAsync(
        VerbContext context, DeviceConnection connection, CompiledNetwork compiled, string path,
        CancellationToken cancellation, bool twin = false)
        => NodeWeightSource.OfAsync(connection.Client, compiled, path, network => NetworkSource.CompileAgain(context, network, twin),
            cancellation);

    /// <summary>Says on the terminal where the weights come from.</summary>
    public static void Say(this NodeWeights weights, VerbContext context)
    {
        if (weights.Text is { } text)
        {
            context.WriteLine("nodes: " + text);
        }

        foreach (RunTrouble trouble in weights.Warnings)
        {
            context.Say("warning: " + trouble.What + "; " + trouble.Advice);
        }

        foreach (RunTrouble missing in weights.NotMeasured)
        {
            context.Say("note: " + missing.Advice);
        }
    }
}
