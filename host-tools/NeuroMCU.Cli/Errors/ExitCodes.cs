// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Cli.Errors;

/// <summary>One sentence per exit code: <c>--help</c> and the reference page print this table.</summary>
internal static class ExitCodes
{
    public static IReadOnlyList<KeyValuePair<ExitCode, string>> All { get; } =
    [
        new(ExitCode.Ok, "done"),
        new(ExitCode.Unexpected, "a fault in neuromcu itself; --debug shows where"),
        new(ExitCode.Usage, "the command line is wrong"),
        new(ExitCode.NetworkFile, "the network file is wrong (in a way that has no number of its own: 20 to 24)"),
        new(ExitCode.CannotConnect, "no device answers at that address"),
        new(ExitCode.DeviceRefused, "the device answered and refused"),
        new(ExitCode.Incomplete, "the result is incomplete: spikes were lost, and counted"),
        new(ExitCode.InputRecording,
            "the input recording cannot be used (not a WAV file, mono, empty, cut off, a codec that is not read, samples that are no "
            + "numbers)"),
        new(ExitCode.Authentication, "the key is missing or wrong"),
        new(ExitCode.Version, "host and device, or host and image, are of different versions"),
        new(ExitCode.ImageDamaged, "the network image is damaged"),
        new(ExitCode.OtherBoard, "the network image belongs to another board"),
        new(ExitCode.TooBig, "the network does not fit into the device"),
        new(ExitCode.PortBusy, "the port is in use by another program, or may not be opened by this user"),
        new(ExitCode.LinkLost, "the device stopped answering"),
        new(ExitCode.UploadInterrupted, "the upload broke off; the device kept the network it had"),
        new(ExitCode.StoreFault, "the device could not store the network; it kept the one it had"),
        new(ExitCode.FileAccess, "a file or folder could not be read or written"),
        new(ExitCode.CheckFailed, "a check found a problem (doctor, compare --require, calibrate --check, board check, reproduce)"),
        new(ExitCode.NothingHeard, "nothing was heard: the recording is silent, at one ear or both"),
        new(ExitCode.NetworkSyntax, "network file: not valid YAML"),
        new(ExitCode.NetworkName, "network file: unknown model, population or key"),
        new(ExitCode.NetworkUnit, "network file: a unit is missing or wrong"),
        new(ExitCode.NetworkWeight, "network file: a weight is out of range"),
        new(ExitCode.NetworkDelay, "network file: a delay is out of range"),
        new(ExitCode.Calibration, "there is no calibration of this board, or it belongs to another board or profile, or is damaged"),
        new(ExitCode.ChannelsFailed, "channels of the board failed; the result names them and the reason"),
        new(ExitCode.MeasuredData, "a table of measured data cannot be used"),
        new(ExitCode.Saturated, "values went beyond the range of the device's arithmetic and were cut off: the spikes may be wrong"),
        new(ExitCode.Cancelled, "interrupted: Ctrl-C, SIGTERM or SIGHUP"),
    ];

    /// <summary>The name that <c>--json</c> prints beside the number: <c>network_file</c>.</summary>
    public static string NameOf(ExitCode code) => Words(code.ToString());

    /// <summary>A name of the program as documents write it: <c>NetworkFile</c> becomes <c>network_file</c>.</summary>
    public static string Words(string pascal)
    {
        StringBuilder name = new StringBuilder();
        foreach (char letter in pascal)
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
