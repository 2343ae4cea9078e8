// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>An answer of a device that hears while sound comes.</summary>
/// <param name="Time">When it came, in s.</param>
/// <param name="From">Start of the sound that it is about, in s; far before <paramref name="Time" /> where the device lags.</param>
/// <param name="To">End of that sound.</param>
/// <param name="Azimuth">Azimuth in degrees, of an unsure answer its best guess; null when it has no direction.</param>
/// <param name="Sure">False when the device called it unsure.</param>
public sealed record LiveAnswer(double Time, double From, double To, double? Azimuth, bool Sure);
