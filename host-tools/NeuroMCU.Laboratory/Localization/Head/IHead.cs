// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>A measured head: what each ear receives of a click from a direction in the horizontal plane.</summary>
public interface IHead
{
    /// <summary>Gets the sample rate of the responses in Hz.</summary>
    int SampleRate { get; }

    /// <summary>Gets how finely it knows directions, in degrees: what lies between is taken as straight.</summary>
    double Step => CalibrationSounds.Step;

    /// <summary>Gets the responses for a direction.</summary>
    /// <param name="azimuth">Azimuth in degrees: 0 ahead, positive to the right, −180 to 180.</param>
    /// <returns>The responses of the measured direction nearest to it.</returns>
    HeadResponse ResponseAt(double azimuth);

    /// <summary>Gets the responses for a direction above or below the plane of the ears.</summary>
    /// <param name="azimuth">Azimuth in degrees, as above.</param>
    /// <param name="elevation">Elevation in degrees, −90 to 90.</param>
    /// <returns>
    /// The responses. What is alike all around the axis through the ears, as a ball is, hears by the angle from their middle plane alone.
    /// </returns>
    HeadResponse ResponseAt(double azimuth, double elevation)
    {
        double sine = Math.Sin(azimuth * Math.PI / 180) * Math.Cos(elevation * Math.PI / 180);
        return ResponseAt(Math.Asin(Math.Clamp(sine, -1, 1)) * 180 / Math.PI);
    }
}
