// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>Turns the code that a device refuses with into what happened, why, and what to do next.</summary>
internal static class Refusals
{
    private const string Kept = "the device kept the network it had";

    public static DeviceException Make(int request, int code, int detail)
    {
        (DeviceErrorKind kind, string message, string? why, string? next) = Explain(request, code, detail);
        return new DeviceException(kind, message, why, next) { DeviceCode = code, DeviceDetail = detail };
    }

    /// <summary>Says in a few words what a fault code means; used for faults as well as for refusals.</summary>
    public static string Describe(int code, int detail) => code switch
    {
        ErrorCode.None => "none",
        ErrorCode.Watchdog => Text($"a turn of the main loop took {detail} µs, longer than the watchdog allows"),
        ErrorCode.Exception => Text($"the firmware failed in {Place(detail)}"),
        ErrorCode.LinkLost => Text($"the host was silent for {detail} ms"),
        ErrorCode.Output => Text($"output {detail} could not be driven"),
        ErrorCode.Microphones => Text($"the microphones gave no data for {detail} ms"),
        ErrorCode.StoreCorrupt => "both slots of the store are damaged",
        ErrorCode.Channel => Text($"neuron channel {detail} could not be driven or read"),
        ErrorCode.StoreLoad => Text($"the stored network cannot be loaded (code {detail})"),
        _ => Explain(0, code, detail).Message,
    };

    private static (DeviceErrorKind Kind, string Message, string? Why, string? Next) Explain(int request, int code, int detail)
        => code switch
        {
            ErrorCode.ProtocolVersion => (
                DeviceErrorKind.VersionMismatch,
                Text($"the device speaks protocol {detail >> 8}.{detail & 255}, this program {WireFormat.ProtocolMajor}.{WireFormat.ProtocolMinor}"),
                "the major numbers have to be equal",
                "flash the firmware of this release, or use the neuromcu of the firmware's release"),
            ErrorCode.SchemaMismatch => (
                DeviceErrorKind.VersionMismatch,
                Text($"the device's message table is {(uint)detail:x8}, this program's {MessageTable.Hash:x8}"),
                "host and firmware come from different builds of the same protocol version",
                "flash the firmware of this release, or use the neuromcu of the firmware's release"),
            ErrorCode.UnknownMessage => (
                DeviceErrorKind.Refused, Text($"the device does not know message 0x{detail:X2}"), "its firmware is older than this program",
                "flash the firmware of this release"),
            ErrorCode.BadBody => (
                DeviceErrorKind.Refused, Text($"the device could not read the message 0x{request:X2} ({detail} bytes)"), null,
                "compare the versions with 'neuromcu info'"),
            ErrorCode.HelloNeeded => (
                DeviceErrorKind.LinkLost, "the device has restarted", "it asks for a new connection",
                "repeat the command; 'neuromcu info' says why it restarted"),
            ErrorCode.AuthenticationNeeded => (
                DeviceErrorKind.KeyMissing, "the device asks for a key", null, "name the key file with --key-file FILE, or set NEUROMCU_KEY"),
            ErrorCode.WrongKey => (
                DeviceErrorKind.WrongKey, "the device holds another key", null,
                "use the key that is in the device's board profile: --key-file FILE"),
            ErrorCode.NoKey => (
                DeviceErrorKind.WrongKey, "the device has no key, so that it lets nobody in over the network", null,
                "connect by cable and put a key into its board profile"),
            ErrorCode.AuthenticationLocked => (
                DeviceErrorKind.WrongKey, Text($"too many wrong keys: the device accepts none for {detail} ms"), null,
                "wait, then use the right key: --key-file FILE"),
            ErrorCode.NoNetwork => (
                DeviceErrorKind.NoNetwork, "there is no network in the device", null, "neuromcu program NETWORK.yaml"),
            ErrorCode.Running => (
                DeviceErrorKind.Refused, "that is not possible while the network runs", null,
                "end the run with Ctrl-C; a network that runs by itself ends when another is programmed: neuromcu program NETWORK.yaml"),
            ErrorCode.NotRunning => (
                DeviceErrorKind.Refused, "that is possible only while the network runs", null, "start it first: neuromcu run"),
            ErrorCode.Faulted => (
                DeviceErrorKind.Faulted, "the device is in its fault state: "
                + (detail == ErrorCode.ImageInvalid ? "the stored image cannot be used, 'neuromcu info' says why" : Describe(detail, 0)),
                "its outputs are at their safe level until the fault is cleared", "remove the cause, then 'neuromcu info --clear-fault'"),
            ErrorCode.OutOfRange => (
                DeviceErrorKind.OutOfRange, Text($"index {detail} does not exist in the loaded network"), null,
                "'neuromcu info' shows how many neurons and synapses there are"),
            ErrorCode.BadValue => (
                DeviceErrorKind.OutOfRange, Text($"the value {detail} is out of range"), null, null),
            ErrorCode.OtherHost => (
                DeviceErrorKind.PortBusy, "another host controls the device", null, "end the other program, or wait until its run has ended"),
            ErrorCode.NoChannel => (
                DeviceErrorKind.OutOfRange, Text($"the board has no neuron channel {detail}, or it lacks the part that was asked for"), null,
                "compare with 'channels:' of the board profile; 'neuromcu info' shows the board's name"),
            ErrorCode.DriveLimit => (
                DeviceErrorKind.OutOfRange, Text($"neuron channel {detail >> 16} may be driven with code {detail & 0xFFFF} at most"),
                "the limit of the board profile keeps it below the current at which it latches; nothing was driven",
                "ask for less, or override the limit in the board profile"),
            ErrorCode.Measuring => (
                DeviceErrorKind.Refused, "that is not possible while neuron channels are measured", null,
                "wait until the measurement is over, or end it with Ctrl-C"),
            ErrorCode.NoMeasurement => (
                DeviceErrorKind.Refused, "there is no finished measurement in the device",
                "it was broken off, or the device has restarted; its outputs are safe", "repeat the command"),
            ErrorCode.RealTimeOnly => (
                DeviceErrorKind.Refused, "a network with neurons of the board runs in real time only",
                "its neurons are parts that take their time", "run it without --fast, or with --twin to run these neurons as software"),
            ErrorCode.Fixed => (
                DeviceErrorKind.Refused, "a loaded network cannot take that change", "the device computed from the number when it loaded it",
                "load the network anew"),
            ErrorCode.OtherCalibration => (
                DeviceErrorKind.OtherCalibration,
                Text($"the image was compiled with the calibration of another device (id check {(uint)detail:x8})"), Kept,
                "compile it with the calibration of this device: neuromcu compile NETWORK.yaml --calibration DEVICE-ID -o IMAGE; 'neuromcu "
                + "info' shows the id, 'neuromcu calibrate' makes the calibration"),
            ErrorCode.MissingChannel => (
                DeviceErrorKind.OtherBoard, Text($"the network needs neuron channel {detail}, which the device's board does not have"), Kept,
                "compile for this board, or with --twin to run these neurons as software"),
            ErrorCode.NoUpload => (
                DeviceErrorKind.UploadInterrupted, "the device has forgotten the upload",
                "it has restarted, or another host has begun one; " + Kept, "repeat the command"),
            ErrorCode.ImageTooLarge => (
                DeviceErrorKind.TooBig, Text($"the image is too large: the device takes {detail} bytes at most"), Kept,
                "make the network smaller; 'neuromcu compile' shows its size"),
            ErrorCode.UploadIncomplete => (
                DeviceErrorKind.UploadInterrupted, Text($"the upload is incomplete from byte {detail} on"), Kept, "repeat the command"),
            ErrorCode.UploadCorrupt => (
                DeviceErrorKind.UploadInterrupted, "the uploaded bytes do not fit their CRC", Kept, "repeat the command"),
            ErrorCode.ImageInvalid => (
                DeviceErrorKind.ImageInvalid, Text($"the image is damaged: {ImageProblem(detail)}, at byte {detail & 0xFFFFFF}"), Kept,
                "compile the network file again: neuromcu compile NETWORK.yaml"),
            ErrorCode.OtherBoard => (
                DeviceErrorKind.OtherBoard, Text($"the image is bound to another board (id {(uint)detail:x8})"), Kept,
                "compile for this board, or without 'board:' for any: 'neuromcu info' shows the board's name"),
            ErrorCode.NotEnoughMemory => (
                DeviceErrorKind.TooBig, Text($"the network needs {detail} bytes of memory, more than the device has"), Kept,
                "make the network smaller; 'neuromcu info' shows the limit"),
            ErrorCode.UnsavedNetwork => (
                DeviceErrorKind.TooBig, Text($"the new network ({detail} bytes) does not fit beside the one in memory, which is not stored"),
                "it would be lost if the new one turned out to be bad; " + Kept,
                "store it with 'neuromcu program --persist', or restart the device"),
            ErrorCode.StoreWrite => (
                DeviceErrorKind.StoreFault, "the network could not be stored", Kept,
                "check the free space on the device, or on the disk where a virtual one keeps its flash; 'neuromcu info --self-test' tries it"),
            ErrorCode.StoreLoad => (
                DeviceErrorKind.StoreFault, "the stored network cannot be loaded", Text($"code {detail}"),
                "program it again: neuromcu program NETWORK.yaml --persist"),
            >= ErrorCode.NoNodes and <= ErrorCode.NodeNothing => NodeRefusals.Explain(code, detail),
            _ => (DeviceErrorKind.Refused, Text($"the device refused message 0x{request:X2} with code {code}"), Text($"detail {detail}"),
                "compare the versions with 'neuromcu info'"),
        };

    private static string ImageProblem(int detail) => (detail >>> 24) switch
    {
        ImageError.Truncated => "it is cut short",
        ImageError.Magic => "it does not begin like a NeuroMCU image",
        ImageError.Version => "it has another version of the format",
        ImageError.Length => "its length is wrong",
        ImageError.Checksum => "its CRC does not match",
        ImageError.Section => "its table of sections is wrong",
        ImageError.Count => "a number of items is wrong",
        ImageError.Range => "a value is out of range",
        ImageError.Index => "an index points nowhere",
        ImageError.Order => "values that must ascend do not",
        ImageError.Padding => "bytes that must be zero are not",
        _ => Text($"check {detail >>> 24}"),
    };

    private static string Place(int detail) => detail switch
    {
        FaultPlace.Requests => "reading and answering requests",
        FaultPlace.Hearing => "the microphones' front end",
        FaultPlace.Engine => "the engine",
        FaultPlace.Outputs => "read-outs and outputs",
        FaultPlace.Events => "sending events",
        FaultPlace.Neurons => "the neuron channels",
        _ => Text($"place {detail}"),
    };

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
