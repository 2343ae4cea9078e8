// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Report;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary><c>calibrate</c> on a board: measures all channels, keeps the result, shows it.</summary>
internal static class BoardRun
{
    /// <summary>Runs it.</summary>
    /// <param name="profile">File with the profile of the device's board, or null.</param>
    /// <param name="reference">Name of the component set that the channels are to behave like; null for that of the board's
    /// profile.</param>
    /// <param name="report">File for the report, or null.</param>
    /// <param name="figure">Picture of its figures, or null.</param>
    /// <param name="force">Keeps the result even when it is worse than the former one.</param>
    /// <returns>0, 26 when channels failed, or 6 when the board lost spikes.</returns>
    public static async Task<ExitCode> RunAsync(VerbContext context, string? profile, string? reference, string? report, string? figure,
        bool force, CancellationToken cancellation)
    {
        await using BoardSession session = await BoardSession.OpenAsync(context, profile, cancellation);
        session.RequireThyristors();
        context.Say(
            $"calibrating {Figures.Count(session.Bench.Channels.Count, "channel")} of {session.Board.Profile.Name} on {session.Where}");
        CalibrationOptions options = reference is null ? CalibrationOptions.For(session.Board)
            : new CalibrationOptions { Reference = reference };
        BoardCalibration made;
        using (ProgressLine progress = new ProgressLine(context, "calibrating"))
        {
            Calibrator calibrator = new Calibrator(session.Bench, options, (what, part) => progress.Report(part, what));
            try
            {
                made = await calibrator.RunAsync(session.Board.Profile.Name, session.DeviceId, cancellation);
            }
            catch (OperationCanceledException) when (calibrator.Partial is not null && cancellation.IsCancellationRequested)
            {
                made = calibrator.Partial;
            }
        }

        LossAccount losses = LossAccount.OfBoard(session.Bench.LostSpikes);

        // A board without supply, or a loose cable, is no reason to lose what was known about its channels.
        BoardCalibration? former = force ? null : Former(session, made);
        string? unkept = made.Incomplete ?? WhyNot(former, made, losses);
        string? kept = unkept is null ? session.Store.Save(made) : null;
        if (report is not null)
        {
            BoardReport.Make(made).Save(report);
        }

        PictureFiles.Save(context, figure, () => BoardReport.Make(made));

        if (context.Json)
        {
            context.WriteJson(BoardJson.Of(made, losses, kept, report is null ? null : Path.GetFullPath(report)));
        }
        else
        {
            BoardText.Write(context, made);
            context.WriteLine(kept is not null ? "kept in " + kept : "not kept: " + unkept);
            if (report is not null)
            {
                context.WriteLine("wrote " + report);
            }

            LossText.Say(context, losses);
        }

        return made.Incomplete is not null ? ExitCode.Cancelled
            : made.Failed().Any() ? ExitCode.ChannelsFailed : losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
    }

    // Why the result is no better than what is kept; null when it may take its place.
    private static string? WhyNot(BoardCalibration? former, BoardCalibration made, LossAccount losses)
    {
        if (former is null)
        {
            return null;
        }

        List<string> worse = [.. CalibrationComparison.Worse(former, made)];
        if (!losses.IsComplete)
        {
            worse.Add("spikes were lost while it was made");
        }

        return worse.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join("; ", worse)}; the calibration of {former.Date:yyyy-MM-dd HH:mm} is better and stays; --force keeps this one");
    }

    // One that cannot be read is nothing to lose.
    private static BoardCalibration? Former(BoardSession session, BoardCalibration made)
    {
        try
        {
            return session.Store.Find(made.Board, made.Device);
        }
        catch (CalibrationException)
        {
            return null;
        }
    }
}
