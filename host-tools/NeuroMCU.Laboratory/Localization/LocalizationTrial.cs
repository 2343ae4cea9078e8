// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>A recording of known direction, what the device heard of it, and what cross-correlation makes of it.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Heard">What the device heard.</param>
/// <param name="Plain">Azimuth in degrees from the plain cross-correlation.</param>
/// <param name="PhaseTransform">Azimuth in degrees from the phase transform.</param>
public sealed record LocalizationTrial(IndexedRecording Recording, LocatedRecording Heard, double Plain, double PhaseTransform)
{
    private const double Unheard = 90;
    private const double Gross = 10;

    /// <summary>Gets the azimuth in degrees that was found; null when nothing was heard.</summary>
    public double? Found => Heard.Main?.Azimuth;

    /// <summary>Gets the absolute error in degrees; 90 when nothing was heard.</summary>
    public double Error => Found is { } azimuth ? Math.Abs(azimuth - Recording.Azimuth) : Unheard;

    /// <summary>Gets the absolute error of the plain cross-correlation in degrees.</summary>
    public double PlainError => Math.Abs(Plain - Recording.Azimuth);

    /// <summary>Gets the absolute error of the phase transform in degrees.</summary>
    public double PhaseTransformError => Math.Abs(PhaseTransform - Recording.Azimuth);

    /// <summary>Gets a value indicating whether the sound was put on the wrong side, more than 10° off.</summary>
    public bool IsWrongSide => Error > Gross && Math.Sign(Found ?? 0) != Math.Sign(Recording.Azimuth);

    /// <summary>Makes a trial, and measures the yardsticks.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="sound">Its sound.</param>
    /// <param name="heard">What the device heard.</param>
    /// <param name="delays">What delays between the ears the head makes.</param>
    /// <returns>The trial.</returns>
    public static LocalizationTrial Of(IndexedRecording recording, StereoSound sound, LocatedRecording heard, DelayMap delays)
    {
        double Yardstick(CorrelationKind kind) => delays.AzimuthOf(DelayEstimator.Estimate(sound, kind, delays.Longest), kind);
        return new LocalizationTrial(recording, heard, Yardstick(CorrelationKind.Plain), Yardstick(CorrelationKind.PhaseTransform));
    }
}
