// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>A head that hears sounds from above or below the plane of its ears.</summary>
/// <param name="head">The head.</param>
/// <param name="elevation">Elevation in degrees, −40 to 90.</param>
public sealed class ElevatedHead(IHead head, double elevation) : IHead
{
    /// <inheritdoc />
    public int SampleRate => head.SampleRate;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth) => head.ResponseAt(azimuth, elevation);
}
