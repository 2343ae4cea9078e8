// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>What the device found a channel to be; numbers as on the wire.</summary>
public enum ReadingCondition
{
    /// <summary>Nothing is wrong with it.</summary>
    Good = 0,

    /// <summary>Its thyristor stays on.</summary>
    Latched = 1,

    /// <summary>Driven far above its onset, it neither fires nor conducts.</summary>
    Open = 2,

    /// <summary>It conducts although it is hardly driven.</summary>
    Shorted = 3,

    /// <summary>Its spike input fires without pause or without drive.</summary>
    Stuck = 4,

    /// <summary>It latched again and again, and is no longer driven.</summary>
    Disabled = 5,

    /// <summary>Its drive could not be written.</summary>
    DriveFailed = 6,

    /// <summary>What it senses could not be read.</summary>
    SenseFailed = 7,
}
