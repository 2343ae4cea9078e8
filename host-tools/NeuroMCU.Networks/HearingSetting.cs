// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks;

/// <summary>One parameter of a microphone front end as the file states it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Values">One quantity, or several when the file gives a list.</param>
/// <param name="Location">Where it stands in the file.</param>
public sealed record HearingSetting(string Name, IReadOnlyList<Quantity> Values, SourceLocation Location);
