// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Course of a waveform.</summary>
internal enum WaveShape
{
    /// <summary>1 from start to stop.</summary>
    Step,

    /// <summary>From 0 at the start to 1 at the stop, and 1 from there on.</summary>
    Ramp,

    /// <summary>From 0 to 1, to −1 and back in each period.</summary>
    Triangle,

    /// <summary>A sine.</summary>
    Sine,

    /// <summary>1 for the width at the beginning of each period, else 0.</summary>
    Pulses,

    /// <summary>Normal numbers, each kept for a time.</summary>
    Noise,

    /// <summary>Straight lines between points, 0 before the first, the last value behind the last.</summary>
    Points,
}
