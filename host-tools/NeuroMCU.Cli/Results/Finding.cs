// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Results;

/// <summary>The result of one check.</summary>
/// <param name="Next">What to type, or null when there is nothing to do.</param>
internal sealed record Finding(string Name, Health Health, string Detail, string? Next = null);
