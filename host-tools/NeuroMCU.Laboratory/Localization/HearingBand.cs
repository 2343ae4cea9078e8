// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>A band of the front end as a network file states it; the middle of the two resonances gives the band its name.</summary>
/// <param name="Low">Resonance of the first resonator in Hz.</param>
/// <param name="High">Resonance of the second one in Hz.</param>
/// <param name="Width">Width of both in Hz.</param>
/// <param name="LongestPeriod">Longest interval between crossings that is taken for the band's, in periods.</param>
internal sealed record HearingBand(string Name, double Low, double High, double Width, double LongestPeriod, bool IsEnvelope)
{
    /// <summary>Gets the centre in Hz.</summary>
    public double Centre => (Low + High) / 2;

    /// <summary>Time constant of the coincidence neurons in µs, on a head as large as KEMAR's: one for all bands, since each takes a table
    /// of decays on the device.</summary>
    public const int TimeConstant = 200;

    /// <summary>Every how many places a band has a neuron.</summary>
    public const int Stride = 2;

    /// <summary>
    /// Gets the bands of the network that ships: five of fine structure below 2.7 kHz, where the ears still follow the phase, and one of
    /// the envelope, which has no phase ambiguity.
    /// </summary>
    public static IReadOnlyList<HearingBand> Standard { get; } =
    [
        new("band_490", 420, 560, 220, 2.3, false),
        new("band_800", 736, 864, 300, 1.6, false),
        new("band_1200", 1104, 1296, 500, 1.6, false),
        new("band_1700", 1564, 1836, 600, 1.6, false),
        new("band_2500", 2300, 2700, 800, 1.3, false),
        new("envelope", 360, 440, 300, 1.6, true),
    ];
}
