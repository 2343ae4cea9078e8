// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualDevice.Microphones;

/// <summary>
/// What a device's last answer is about, on the clock of the sound that came: in s from its first frame, however late the device began to
/// hear it and however long it took to answer.
/// </summary>
/// <param name="From">Start of what was heard.</param>
/// <param name="To">Its end.</param>
/// <param name="Now">The device's time.</param>
public sealed record AnsweredSound(double From, double To, double Now);
