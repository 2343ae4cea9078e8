// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary><c>calibrate --check</c>: has the board drifted from its calibration?</summary>
internal static class BoardCheck
{
    /// <summary>Runs it.</summary>
    /// <param name="profile">File with the profile of the device's board, or null.</param>
    /// <param name="tolerance">Change of the rate that counts as drift, as a part of it.</param>
    /// <returns>0, 18 when a channel drifted, or 6 when the board lost spikes, so that its rates say nothing.</returns>
    public static async Task<ExitCode> RunAsync(VerbContext context, string? profile, double tolerance, CancellationToken cancellation)
    {
        await using BoardSession session = await BoardSession.OpenAsync(context, profile, cancellation);
        session.RequireThyristors();
        string board = session.Board.Profile.Name;
        BoardCalibration stored = session.Store.Find(board, session.DeviceId)
            ?? throw new CalibrationException(
                CalibrationErrorKind.Missing, $"there is no calibration of {board} on device {session.DeviceId}", null,
                "make one: " + session.CalibrateCommand);
        IReadOnlyList<ChannelDrift> drifts = await new DriftCheck(session.Bench, tolerance).RunAsync(stored, cancellation);
        LossAccount losses = LossAccount.OfBoard(session.Bench.LostSpikes);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.calibrate-check/1",
                Board = board,
                session.DeviceId,
                Calibrated = stored.Date,
                Tolerance = tolerance,
                Drifted = drifts.Count(d => d.Drifted),
                LostSpikes = losses.Spikes,
                Losses = losses.ByName,
                Channels = drifts.Select(d => new
                {
                    d.Channel,
                    d.Name,
                    d.Drifted,
                    Change = d.Worst.Change,
                    Points = d.Points.Select(p => new { CurrentUa = p.Current * 1e6, StoredHz = p.Stored, NowHz = p.Now }),
                }),
            });
        }
        else
        {
            Write(context, session, stored, drifts, tolerance);
            LossText.Say(context, losses);
        }

        return !losses.IsComplete ? ExitCode.Incomplete : drifts.Any(d => d.Drifted) ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static void Write(VerbContext context, BoardSession session, BoardCalibration stored, IReadOnlyList<ChannelDrift> drifts,
        double tolerance)
    {
        context.WriteLine($"{stored.Board} on device {stored.Device}, against the {DrivenNetwork.Describe(stored)}:");
        foreach (ChannelDrift drift in drifts)
        {
            DriftPoint worst = drift.Worst;
            string rates = string.Join(", ", drift.Points.Select(p => Text($"{p.Stored:0}")));
            string how = worst.Now > 0
                ? Text($"at {rates} Hz by {100 * worst.Change:+0.0;-0.0} % at most, {worst.Stored:0.0} Hz then and {worst.Now:0.0} Hz now at {worst.Current * 1e6:0.0} uA")
                : Text($"silent at {worst.Current * 1e6:0.0} uA, where it fired with {worst.Stored:0.0} Hz");
            context.WriteLine($"{drift.Name} {(drift.Drifted ? "DRIFTED" : "holds")}: {how}");
        }

        foreach (ChannelCalibration failed in stored.Failed())
        {
            context.WriteLine($"{failed.Name} not measured: it failed its calibration, {failed.Verdict.Reason}");
        }

        context.WriteLine(
            Text($"{drifts.Count(d => d.Drifted)} of {Figures.Count(drifts.Count, "channel")} changed by more than {100 * tolerance:0.##} %")
            + (drifts.Any(d => d.Drifted) ? "; calibrate again: " + session.CalibrateCommand : string.Empty));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
