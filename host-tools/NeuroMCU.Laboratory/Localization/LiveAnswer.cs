// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>An answer of a device that hears while sound comes.</summary>
/// <param name="Time">When it came, in s.</param>
/// <param name="Azimuth">Azimuth in degrees, of an unsure answer its best guess; null when it has no direction.</param>
/// <param name="Sure">False when the device called it unsure.</param>
public sealed record LiveAnswer(double Time, double? Azimuth, bool Sure);
