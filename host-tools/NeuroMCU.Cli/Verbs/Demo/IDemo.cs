// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>A ready-made experiment with a result to look at: <c>neuromcu demo NAME</c>.</summary>
internal interface IDemo
{
    /// <summary>What the user types.</summary>
    string Name { get; }

    /// <summary>One line for the list of demos.</summary>
    string Summary { get; }

    /// <summary>Neurons to choose from with <c>--neuron</c>.</summary>
    IReadOnlyList<string> Neurons => [];

    /// <summary>Runs it: text or the JSON document on standard output, progress on standard error, files into the folder.</summary>
    /// <returns>What to return to the shell.</returns>
    Task<ExitCode> RunAsync(VerbContext context, DemoRequest request, CancellationToken cancellation);
}
