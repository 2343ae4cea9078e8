// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>What was heard of a recording.</summary>
/// <param name="Heard">The answer.</param>
/// <param name="Profile">Cost profile of the device that gave it.</param>
/// <param name="OnDevice">What an ESP32 heard, which lost some of it; null when the answer is its own.</param>
public sealed record PlayedRecording(LocatedRecording Heard, string Profile, LocatedRecording? OnDevice)
{
    /// <summary>Whether the ESP32 gives the same answer.</summary>
    public bool Same => OnDevice is null || IsSame(Heard.Main, OnDevice.Main);

    // Both unheard, or the same angle, to the digit that is printed, with the same certainty.
    private static bool IsSame(LocatedSound? one, LocatedSound? other) => one is null || other is null
        ? one is null && other is null
        : one.Sure == other.Sure && Math.Abs(one.Azimuth - other.Azimuth) < 0.05;
}
