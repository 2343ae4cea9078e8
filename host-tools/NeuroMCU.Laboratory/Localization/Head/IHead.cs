// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>A measured head: what each ear receives of a click from a direction in the horizontal plane.</summary>
public interface IHead
{
    /// <summary>Gets the sample rate of the responses in Hz.</summary>
    int SampleRate { get; }

    /// <summary>Gets the responses for a direction.</summary>
    /// <param name="azimuth">Azimuth in degrees: 0 ahead, positive to the right, −180 to 180.</param>
    /// <returns>The responses of the measured direction nearest to it.</returns>
    HeadResponse ResponseAt(double azimuth);
}
