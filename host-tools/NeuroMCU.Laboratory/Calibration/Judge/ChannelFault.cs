// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Judge;

/// <summary>Why a channel failed calibration. The names are stored and printed: they do not change.</summary>
public enum ChannelFault
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>Its converter could not be written.</summary>
    DriveFailed,

    /// <summary>It is driven although nothing drives it: its converter does not follow.</summary>
    DriveStuck,

    /// <summary>What it senses could not be read, or does not follow the current.</summary>
    SenseBad,

    /// <summary>Its spike input fires without drive, or without pause.</summary>
    SpikeInputStuck,

    /// <summary>Its spike input belongs to the drive of another channel.</summary>
    Swapped,

    /// <summary>No current arrives at the load: part, wire or drive is open.</summary>
    Open,

    /// <summary>It conducts without ever firing.</summary>
    Shorted,

    /// <summary>It fires once and then stays on, whatever the drive.</summary>
    Latched,

    /// <summary>It conducts and fires, but no spike is seen.</summary>
    NoSpikesSeen,

    /// <summary>Its onset lies above the limit of the drive.</summary>
    NeverFires,

    /// <summary>Its holding current is hardly above its onset, so that there is next to no range to fire in.</summary>
    RangeTooNarrow,

    /// <summary>Its rate goes down and up again while the current rises.</summary>
    NotMonotone,

    /// <summary>Its rate at the same drive changed while it was measured.</summary>
    Drifts,

    /// <summary>The board lost spikes while it was measured.</summary>
    SpikesLost,

    /// <summary>The calibration was broken off before it could be judged.</summary>
    NotJudged,
}
