// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Files.Diagnostics;

namespace NeuroMCU.Cli.Tests;

public sealed class ProblemTests
{
    [Fact]
    public void Every_kind_of_device_error_has_a_code_that_says_what_failed()
    {
        Dictionary<DeviceErrorKind, ExitCode> codes = Enum.GetValues<DeviceErrorKind>()
            .ToDictionary(k => k, k => Problems.Explain(new DeviceException(k, "what", "why", "next"), cancelled: false).Code);
        Assert.DoesNotContain(ExitCode.Ok, codes.Values);
        Assert.DoesNotContain(ExitCode.Unexpected, codes.Values);

        // The cases that a script must be able to tell apart.
        DeviceErrorKind[] apart =
        [
            DeviceErrorKind.NotFound, DeviceErrorKind.PortBusy, DeviceErrorKind.VersionMismatch, DeviceErrorKind.WrongKey,
                DeviceErrorKind.LinkLost,
            DeviceErrorKind.UploadInterrupted, DeviceErrorKind.ImageInvalid, DeviceErrorKind.OtherBoard, DeviceErrorKind.TooBig,
            DeviceErrorKind.StoreFault, DeviceErrorKind.Refused,
        ];
        Assert.Equal(apart.Length, apart.Select(k => codes[k]).Distinct().Count());
    }

    [Fact]
    public void What_why_and_next_reach_the_user_unchanged()
    {
        CliException problem = Problems.Explain(new DeviceException(DeviceErrorKind.PortBusy, "busy", "minicom has it", "close minicom"),
            cancelled: false);
        Assert.Equal(("busy", "minicom has it", "close minicom"), (problem.Message, problem.Why, problem.Next));
    }

    [Theory]
    [InlineData(DiagnosticKind.Syntax, ExitCode.NetworkSyntax)]
    [InlineData(DiagnosticKind.Name, ExitCode.NetworkName)]
    [InlineData(DiagnosticKind.Unit, ExitCode.NetworkUnit)]
    [InlineData(DiagnosticKind.Weight, ExitCode.NetworkWeight)]
    [InlineData(DiagnosticKind.Delay, ExitCode.NetworkDelay)]
    [InlineData(DiagnosticKind.Other, ExitCode.NetworkFile)]
    public void Each_kind_of_finding_in_a_network_file_has_its_code(DiagnosticKind kind, ExitCode code)
    {
        NetworkFileException file = new NetworkFileException(
            [new Diagnostic("net.yaml", 3, 5, "populations.a", "is wrong", "write it right", kind)]);
        CliException problem = Problems.Explain(file, cancelled: false);
        Assert.Equal(code, problem.Code);
        Assert.Equal(("net.yaml:3:5: populations.a: is wrong", "write it right"), (problem.Message, problem.Next));
    }

    [Fact]
    public void Cancelling_is_not_a_fault_but_a_cancelled_task_without_ctrl_c_is()
    {
        Assert.Equal(ExitCode.Cancelled, Problems.Explain(new OperationCanceledException(), cancelled: true).Code);
        Assert.Equal(ExitCode.Unexpected, Problems.Explain(new OperationCanceledException(), cancelled: false).Code);
    }

    [Fact]
    public void A_fault_of_the_program_is_called_one()
    {
        CliException problem = Problems.Explain(new InvalidOperationException("queue is empty"), cancelled: false);
        Assert.Equal(ExitCode.Unexpected, problem.Code);
        Assert.Contains("fault in neuromcu", problem.Why, StringComparison.Ordinal);
        Assert.Contains("--debug", problem.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_not_faults_of_the_program()
    {
        Assert.All(
            new Exception[] { new FileNotFoundException("gone", "a.yaml"), new DirectoryNotFoundException("gone"),
                new UnauthorizedAccessException("no"), new IOException("disk full") },
            fault => Assert.Equal(ExitCode.FileAccess, Problems.Explain(fault, cancelled: false).Code));
    }
}
