// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>What the user asked of a demo.</summary>
/// <param name="Folder">Where the report and other files go; it exists.</param>
/// <param name="Figure">Picture of the report's figures; null for none.</param>
/// <param name="Neuron">Which of the neurons that the demo offers; null for the first.</param>
internal sealed record DemoRequest(string Folder, string? Figure, string? Neuron);
