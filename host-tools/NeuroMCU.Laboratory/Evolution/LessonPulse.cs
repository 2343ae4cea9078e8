// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>The pulse by which nodes learn.</summary>
public static class LessonPulse
{
    // A pulse goes about 1/31 of the range from its middle.
    private const double Step = 2.0 / 31;

    /// <summary>Gets its width.</summary>
    /// <param name="fullMicroseconds">Width of a full pulse in µs.</param>
    /// <param name="share">Share of the remaining range that a full pulse goes.</param>
    /// <returns>Width in µs.</returns>
    public static double Microseconds(double fullMicroseconds, double share)
        => fullMicroseconds * Math.Log(1 - Step) / Math.Log(1 - share);
}
