// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>What went wrong with a device. Each kind keeps its meaning and number, so that programs can tell them apart.</summary>
public enum DeviceErrorKind
{
    /// <summary>The address is not one that NeuroMCU understands.</summary>
    AddressInvalid = 1,

    /// <summary>There is nothing at the address: no such port, nobody listens.</summary>
    NotFound = 2,

    /// <summary>Another program has the port open.</summary>
    PortBusy = 3,

    /// <summary>The port is there, but this user may not open it.</summary>
    PermissionDenied = 4,

    /// <summary>A native library that the transport needs is not installed.</summary>
    LibraryMissing = 5,

    /// <summary>The link opened, but what is behind it does not answer as a NeuroMCU device.</summary>
    NoAnswer = 6,

    /// <summary>Host and device speak different versions of the protocol.</summary>
    VersionMismatch = 7,

    /// <summary>A key is needed, and there is none or it cannot be read.</summary>
    KeyMissing = 8,

    /// <summary>The device holds another key.</summary>
    WrongKey = 9,

    /// <summary>The link broke or the device fell silent.</summary>
    LinkLost = 10,

    /// <summary>The link broke during an upload; the device kept the network it had.</summary>
    UploadInterrupted = 11,

    /// <summary>The device refused a request.</summary>
    Refused = 12,

    /// <summary>The device holds no network.</summary>
    NoNetwork = 13,

    /// <summary>The image is damaged or inconsistent.</summary>
    ImageInvalid = 14,

    /// <summary>The image is bound to another board.</summary>
    OtherBoard = 15,

    /// <summary>The image, or the network in it, is too large for the device.</summary>
    TooBig = 16,

    /// <summary>The device could not store the network; it kept the one it had.</summary>
    StoreFault = 17,

    /// <summary>An index or value is outside what the loaded network has.</summary>
    OutOfRange = 18,

    /// <summary>The device is in its fault state.</summary>
    Faulted = 19,

    /// <summary>A file or folder of the virtual device could not be used.</summary>
    FileAccess = 20,

    /// <summary>The host's system lacks what this needs, for example pseudo-terminals.</summary>
    NotSupported = 21,

    /// <summary>The image's drive tables were calibrated on another device.</summary>
    OtherCalibration = 22,
}
