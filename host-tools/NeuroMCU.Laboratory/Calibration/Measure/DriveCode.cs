// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>What a channel is driven with.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Code">Code of its converter.</param>
public sealed record DriveCode(int Channel, int Code);
