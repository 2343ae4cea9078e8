// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>What was heard of a recording.</summary>
/// <param name="Heard">The answers.</param>
/// <param name="Profile">Cost profile of the device that gave them.</param>
public sealed record PlayedRecording(LocatedRecording Heard, string Profile);
