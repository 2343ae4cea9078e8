// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>Impulse responses of both ears for one measured direction.</summary>
/// <param name="Azimuth">Azimuth in degrees that was measured: 0 ahead, positive to the right.</param>
/// <param name="Left">Response of the left ear.</param>
/// <param name="Right">Response of the right ear, of the same length.</param>
public sealed record HeadResponse(double Azimuth, IReadOnlyList<float> Left, IReadOnlyList<float> Right);
