// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Exchange;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Api.Routes;

/// <summary>Turns what goes wrong into an answer: status, name for programs, and the words for people.</summary>
internal static class Failures
{
    public static Task AnswerAsync(HttpContext context, Exception fault)
    {
        (int Status, string Error, string What, string? Why, string? Next) said = fault switch
        {
            ApiException api => (api.Status, api.Error, api.Message, api.Why, api.Next),
            NetworkFileException file => (422, "network_file", file.Diagnostics[0].Message, null, file.Diagnostics[0].Hint),
            BoardFileException board => (422, "board_file", board.Message, null, null),
            CalibrationException calibration => (422, "calibration", calibration.Message, calibration.Why, calibration.Next),
            DeviceException device => (StatusOf(device.Kind), "device_" + Snake(device.Kind.ToString()), device.Message, device.Why,
                Advice.Of(device)),
            ExchangeException exchange => (422, "recording", exchange.Message, exchange.Why, exchange.Next),
            ImageException image => (502, "image", image.Message, null, "host and firmware come from different builds"),
            WavException wav => (422, "sound", wav.Message, null, null),
            BadHttpRequestException bad => (bad.StatusCode, "bad_request", bad.Message, null, null),
            IOException io => (422, "file", io.Message, null, null),
            UnauthorizedAccessException denied => (422, "file", denied.Message, null, null),
            _ => (500, "fault", fault.Message, $"this is a fault in neuromcu ({fault.GetType().Name})", "report it with what you did"),
        };
        IReadOnlyList<Diagnostic>? diagnostics = fault switch
        {
            NetworkFileException file => file.Diagnostics,
            BoardFileException board => board.Diagnostics,
            _ => null,
        };
        return context.AnswerAsync(
            new
            {
                Schema = "neuromcu.api-error/1",
                said.Error,
                What = Printable.Of(said.What, lines: true),
                said.Why,
                said.Next,
                Diagnostics = diagnostics?.Select(Of),
            },
            said.Status);
    }

    /// <summary>A finding in a network file.</summary>
    public static object Of(Diagnostic finding) => new
    {
        finding.File,
        finding.Line,
        finding.Column,
        finding.Path,
        finding.Message,
        Next = finding.Hint,
        Kind = Snake(finding.Kind.ToString()),
    };

    private static int StatusOf(DeviceErrorKind kind) => kind switch
    {
        DeviceErrorKind.AddressInvalid => 400,
        DeviceErrorKind.NotFound or DeviceErrorKind.NoAnswer or DeviceErrorKind.LinkLost or DeviceErrorKind.UploadInterrupted => 502,
        DeviceErrorKind.OutOfRange => 422,
        _ => 409,
    };

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
