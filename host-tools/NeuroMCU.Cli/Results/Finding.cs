// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Results;

/// <summary>The result of one check.</summary>
/// <param name="Name">What was checked, in a word or two.</param>
/// <param name="Health">How it came out.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Next">What to type, or null when there is nothing to do.</param>
internal sealed record Finding(string Name, Health Health, string Detail, string? Next = null);
