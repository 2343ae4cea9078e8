// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Host.Calibration;

namespace NeuroMCU.Cli.Calibrating
{
    /// <summary><c>calibrate --check</c>: has the board drifted from its calibration?</summary>
    internal static class BoardCheck
    {
        /// <summary>Runs it.</summary>
        /// <param name="context">The verb's surroundings.</param>
        /// <param name="tolerance">Change of the rate that counts as drift, as a part of it.</param>
        /// <param name="cancellation">Ends it; outputs are safe then.</param>
        /// <returns>0, or 18 when a channel drifted.</returns>
        public static async Task<ExitCode> RunAsync(VerbContext context, double tolerance, CancellationToken cancellation)
        {
            await using BoardSession session = await BoardSession.OpenAsync(context, cancellation);
            string board = session.Board.Profile.Name;
            BoardCalibration stored = session.Store.Find(board, session.DeviceId)
                ?? throw new CalibrationException(
                    CalibrationErrorKind.Missing, $"there is no calibration of {board} on device {session.DeviceId}", null, "make one: neuromcu calibrate");
            IReadOnlyList<ChannelDrift> drifts = await new DriftCheck(session.Bench, tolerance).RunAsync(stored, cancellation);
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
                foreach (ChannelDrift drift in drifts)
                {
                    DriftPoint worst = drift.Worst;
                    string how = worst.Now > 0 ? Text($"{100 * worst.Change:+0.0;-0.0} % at {worst.Current * 1e6:0.0} uA: {worst.Stored:0.0} Hz then, {worst.Now:0.0} Hz now") : Text($"silent at {worst.Current * 1e6:0.0} uA, where it fired with {worst.Stored:0.0} Hz");
                    context.WriteLine($"{drift.Name} {(drift.Drifted ? "DRIFTED" : "holds")}: {how}");
                }

                if (drifts.Any(d => d.Drifted))
                {
                    context.WriteLine("calibrate again: neuromcu calibrate");
                }
            }

            return drifts.Any(d => d.Drifted) ? ExitCode.CheckFailed : ExitCode.Ok;
        }

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
