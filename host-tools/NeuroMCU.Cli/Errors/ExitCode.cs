// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Errors;

/// <summary>What <c>neuromcu</c> returns to the shell. Numbers are part of the interface: they are never given a new meaning.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>A fault in neuromcu itself.</summary>
    Unexpected = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>The network file is wrong.</summary>
    NetworkFile = 3,

    /// <summary>No device answers at that address.</summary>
    CannotConnect = 4,

    /// <summary>The device answered and refused.</summary>
    DeviceRefused = 5,

    /// <summary>The result is incomplete: spikes were lost, and counted.</summary>
    Incomplete = 6,

    /// <summary>The recording that was to be the input cannot be used.</summary>
    InputRecording = 7,

    /// <summary>The key is missing or wrong.</summary>
    Authentication = 8,

    /// <summary>Host and device speak different versions of the protocol, or the image is of another version.</summary>
    Version = 9,

    /// <summary>The network image is damaged.</summary>
    ImageDamaged = 10,

    /// <summary>The network image belongs to another board.</summary>
    OtherBoard = 11,

    /// <summary>The network does not fit into the device.</summary>
    TooBig = 12,

    /// <summary>The port is in use by another program, or may not be opened by this user.</summary>
    PortBusy = 13,

    /// <summary>The device stopped answering.</summary>
    LinkLost = 14,

    /// <summary>The upload broke off; the device kept the network it had.</summary>
    UploadInterrupted = 15,

    /// <summary>The device could not store the network; it kept the one it had.</summary>
    StoreFault = 16,

    /// <summary>A file or folder could not be read or written.</summary>
    FileAccess = 17,

    /// <summary>A check found a problem: doctor, or a comparison outside its limits.</summary>
    CheckFailed = 18,

    /// <summary>The recording holds no sound that the network could hear.</summary>
    NothingHeard = 19,

    /// <summary>The network file is not valid YAML.</summary>
    NetworkSyntax = 20,

    /// <summary>The network file names a model, population or key that does not exist.</summary>
    NetworkName = 21,

    /// <summary>A quantity in the network file has no unit, or a wrong one.</summary>
    NetworkUnit = 22,

    /// <summary>A weight in the network file is out of range.</summary>
    NetworkWeight = 23,

    /// <summary>A delay in the network file is out of range.</summary>
    NetworkDelay = 24,

    /// <summary>There is no calibration of this board, or it is of another one, or damaged.</summary>
    Calibration = 25,

    /// <summary>Channels of the board failed: calibrate and bringup name them.</summary>
    ChannelsFailed = 26,

    /// <summary>A table of measured data cannot be used.</summary>
    MeasuredData = 27,

    /// <summary>Values went beyond the range of the device's arithmetic: the spikes may be wrong.</summary>
    Saturated = 28,

    /// <summary>Interrupted by the user (128 + SIGINT, as shells count).</summary>
    Cancelled = 130,
}
