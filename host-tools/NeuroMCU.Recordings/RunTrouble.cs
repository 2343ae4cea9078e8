// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>Something that went wrong in a run.</summary>
/// <param name="Serious">True when spikes are missing or may be wrong; false when it is only worth a look.</param>
/// <param name="Time">Network time in µs; null when it belongs to no moment.</param>
/// <param name="What">What it was.</param>
/// <param name="Advice">What to do, look at or type against it; empty when there is nothing.</param>
public sealed record RunTrouble(bool Serious, long? Time, string What, string Advice);
