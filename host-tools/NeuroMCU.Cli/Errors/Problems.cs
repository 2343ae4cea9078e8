// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Exchange;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Nodes.History;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Errors;

/// <summary>Turns what the libraries throw into what the user reads. All of it is in this one place, so that the same cause always gets
/// the same words and the same code.</summary>
internal static class Problems
{
    /// <summary>What is said when a command was interrupted that had something to show.</summary>
    public static CliException Interrupted => new CliException(
        ExitCode.Cancelled, "interrupted",
        "what there was until then is shown and written, marked incomplete; the device, if one was in use, was stopped", null);

    /// <summary>Explains a failure.</summary>
    /// <returns>The problem to print.</returns>
    public static CliException Explain(Exception fault, bool cancelled)
    {
        if (fault is CliException known)
        {
            return known;
        }

        if (fault is OperationCanceledException && cancelled)
        {
            return new CliException(
                ExitCode.Cancelled, "interrupted",
                "there was no result yet; the device, if one was in use, was stopped and keeps the network that it had stored", null,
                fault);
        }

        return fault switch
        {
            NetworkFileException file => Explain(file.Diagnostics, $"neuromcu {file.Verb} {file.File ?? file.Diagnostics[0].File}", file),
            BoardFileException board => Explain(board.Diagnostics, "type the command again", board),
            ExchangeException foreign => new CliException(CodeOf(foreign.Problem), foreign),
            DeviceException device => new CliException(CodeOf(device.Kind), device),
            NodeHistoryException history => new CliException(ExitCode.FileAccess, history),
            CalibrationException calibration => new CliException(CodeOf(calibration.Kind), calibration),
            ImageException image => Explain(image),
            WavException wav => Explain(wav),
            HeadException head => new CliException(ExitCode.FileAccess, head.Message),
            InputFileException input => new CliException(ExitCode.FileAccess, input.Message, null, input.Next, input),
            OutputFileException output => new CliException(
                ExitCode.FileAccess, output.Message, output.Why + "; what was there before is still there",
                "free space and permissions: df -h . && ls -l", output),
            InvalidDataException data => new CliException(ExitCode.InputRecording, data.Message),
            FileNotFoundException missing => new CliException(
                ExitCode.FileAccess, $"{missing.FileName ?? "a file"} does not exist", null,
                "check the path; file names are relative to the current folder", fault),
            DirectoryNotFoundException => new CliException(
                ExitCode.FileAccess, fault.Message, null, "check the path; it is relative to the current folder", fault),
            UnauthorizedAccessException => new CliException(
                ExitCode.FileAccess, fault.Message, "this user may not read or write there", "ls -l shows who may", fault),
            IOException => new CliException(ExitCode.FileAccess, fault.Message, null, "free space and permissions: df -h . && ls -l",
                fault),
            _ => new CliException(
                ExitCode.Unexpected,
                fault.Message,
                $"this is a fault in neuromcu ({fault.GetType().Name}), not in what you typed",
                "run the command again with --debug, and report it with the file that 'neuromcu doctor --report neuromcu-report.zip' "
                + "writes",
                fault),
        };
    }

    private static ExitCode CodeOf(CalibrationErrorKind kind) => kind switch
    {
        CalibrationErrorKind.Data => ExitCode.MeasuredData,
        CalibrationErrorKind.Failed => ExitCode.ChannelsFailed,
        CalibrationErrorKind.NothingToCalibrate => ExitCode.DeviceRefused,
        _ => ExitCode.Calibration,
    };

    private static ExitCode CodeOf(ExchangeProblem problem) => problem switch
    {
        ExchangeProblem.Recording => ExitCode.InputRecording,
        ExchangeProblem.Syntax => ExitCode.NetworkSyntax,
        ExchangeProblem.Name => ExitCode.NetworkName,
        ExchangeProblem.Weight => ExitCode.NetworkWeight,
        ExchangeProblem.Delay => ExitCode.NetworkDelay,
        ExchangeProblem.TooBig => ExitCode.TooBig,
        _ => ExitCode.NetworkFile,
    };

    private static ExitCode CodeOf(DeviceErrorKind kind) => kind switch
    {
        DeviceErrorKind.AddressInvalid => ExitCode.Usage,
        DeviceErrorKind.NotFound or DeviceErrorKind.NoAnswer or DeviceErrorKind.LibraryMissing or DeviceErrorKind.NotSupported =>
            ExitCode.CannotConnect,
        DeviceErrorKind.PortBusy or DeviceErrorKind.PermissionDenied => ExitCode.PortBusy,
        DeviceErrorKind.VersionMismatch => ExitCode.Version,
        DeviceErrorKind.KeyMissing or DeviceErrorKind.WrongKey => ExitCode.Authentication,
        DeviceErrorKind.LinkLost => ExitCode.LinkLost,
        DeviceErrorKind.UploadInterrupted => ExitCode.UploadInterrupted,
        DeviceErrorKind.ImageInvalid => ExitCode.ImageDamaged,
        DeviceErrorKind.OtherBoard => ExitCode.OtherBoard,
        DeviceErrorKind.OtherCalibration => ExitCode.Calibration,
        DeviceErrorKind.TooBig => ExitCode.TooBig,
        DeviceErrorKind.StoreFault => ExitCode.StoreFault,
        DeviceErrorKind.FileAccess => ExitCode.FileAccess,
        _ => ExitCode.DeviceRefused,
    };

    private static CliException Explain(ImageException image)
    {
        (ExitCode code, string why) = image.Code switch
        {
            ImageError.Version => (ExitCode.Version, "it was made by another version of NeuroMCU"),
            ImageError.Magic => (ExitCode.ImageDamaged, "it does not begin as an image does"),
            ImageError.Truncated or ImageError.Length => (ExitCode.ImageDamaged, "it is cut short, or something follows it"),
            ImageError.Checksum => (ExitCode.ImageDamaged, "its check sum does not match: bytes were changed"),
            _ => (ExitCode.ImageDamaged, string.Create(CultureInfo.InvariantCulture,
                $"its content is inconsistent (code {image.Code} at byte {image.Offset})")),
        };
        return new CliException(code, "the network image cannot be used", why,
            "compile it again: neuromcu compile NETWORK.yaml -o NETWORK.img", image);
    }

    // The reader says what is wrong and what to do in one sentence, parted by the last semicolon.
    private static CliException Explain(WavException wav)
    {
        int semicolon = wav.Message.LastIndexOf("; ", StringComparison.Ordinal);
        return semicolon < 0
            ? new CliException(ExitCode.InputRecording, wav.Message, null, null, wav)
            : new CliException(ExitCode.InputRecording, wav.Message[..semicolon], null, wav.Message[(semicolon + 2)..], wav);
    }

    // The first finding decides the exit code and the advice.
    private static CliException Explain(IReadOnlyList<Diagnostic> findings, string then, Exception file)
    {
        Diagnostic first = findings[0];
        ExitCode code = first.Kind switch
        {
            DiagnosticKind.Syntax => ExitCode.NetworkSyntax,
            DiagnosticKind.Name => ExitCode.NetworkName,
            DiagnosticKind.Unit => ExitCode.NetworkUnit,
            DiagnosticKind.Weight => ExitCode.NetworkWeight,
            DiagnosticKind.Delay => ExitCode.NetworkDelay,
            DiagnosticKind.TooBig => ExitCode.TooBig,
            _ => first.Line == 0 && !File.Exists(first.File) ? ExitCode.FileAccess : ExitCode.NetworkFile,
        };
        return findings.Count == 1
            ? new CliException(code, (first with { Hint = string.Empty }).ToString(), null, first.Hint, file)
            : new CliException(
                code,
                string.Join('\n', Listing.Of(findings, string.Empty)),
                null,
                string.Create(CultureInfo.InvariantCulture, $"correct these {findings.Count} places, then: {then}"),
                file);
    }
}
