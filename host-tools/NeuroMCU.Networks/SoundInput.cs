// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A recording that the virtual microphones play.</summary>
/// <param name="Path">Path of the WAV file, resolved against the network file.</param>
/// <param name="Start">Time in µs at which it begins.</param>
/// <param name="Location">Where it stands in the file.</param>
public sealed record SoundInput(string Path, int Start, SourceLocation Location);
