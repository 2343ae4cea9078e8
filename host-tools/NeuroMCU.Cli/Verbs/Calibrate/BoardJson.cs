// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary>A board's calibration as <c>--json</c> prints it.</summary>
internal static class BoardJson
{
    /// <summary>Makes the document.</summary>
    /// <param name="kept">Its file; null when it was not kept.</param>
    /// <param name="report">The report's file, or null.</param>
    /// <returns>What to serialise.</returns>
    public static object Of(BoardCalibration made, LossAccount losses, string? kept, string? report) => new
    {
        Schema = "neuromcu.calibrate/1",
        made.Board,
        DeviceId = made.Device,
        made.Date,
        made.Reference,
        Complete = made.Incomplete is null,
        made.Incomplete,
        BenchS = made.BenchSeconds,
        Good = made.Good().Count(),
        Failed = made.Failed().Count(),
        LostSpikes = losses.Spikes,
        Losses = losses.ByName,
        Channels = made.Channels.Select(c => new
        {
            c.Channel,
            c.Name,
            Good = c.Verdict.IsGood,
            Fault = ExitCodes.Words(c.Verdict.Fault.ToString()),
            c.Verdict.Reason,
            c.Verdict.Advice,
            Cell = c.Fit is null ? null : CellJson.Of(c.Fit.Cell),
            RmseHz = c.Fit?.Rmse,
            c.Fit?.BlockSeen,
            c.Fit?.Fitted,
            LowestRateHz = c.LowestRate,
            HighestRateHz = c.HighestRate,
            Points = c.Readings.Select((r, i) => new
            {
                r.Code,
                CurrentUa = c.Currents[i] * 1e6,
                RateHz = r.Rate,
                HeightV = double.IsNaN(r.SenseHigh) || r.Rate == 0 ? (double?)null : r.SenseHigh
            }),
            Table = c.Table is null ? null : c.Table.Codes.Select((k, i) => new { CurrentUa = c.Table.Currents[i] * 1e6, Code = k }),
        }),
        Spread = made.Spread?.Commands.Select(s => new
        {
            RateHz = s.Rate,
            CurrentUa = s.Current * 1e6,
            Before = RateSpread.Variation(s.Before),
            After = RateSpread.Variation(s.After),
            BeforeHz = s.Before,
            AfterHz = s.After,
        }),
        Kept = kept,
        Report = report,
    };
}
