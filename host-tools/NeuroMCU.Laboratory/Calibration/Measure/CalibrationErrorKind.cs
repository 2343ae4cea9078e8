// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>Kinds of problems with calibrations.</summary>
public enum CalibrationErrorKind
{
    /// <summary>A table of measured data cannot be read, or is too short.</summary>
    Data,

    /// <summary>There is no calibration of this board.</summary>
    Missing,

    /// <summary>The calibration belongs to another board or another profile.</summary>
    Foreign,

    /// <summary>The stored calibration is damaged, or of a version that this program does not know.</summary>
    Damaged,

    /// <summary>The network uses a channel that failed its calibration.</summary>
    Failed,

    /// <summary>The board has nothing that could be calibrated.</summary>
    NothingToCalibrate,
}
