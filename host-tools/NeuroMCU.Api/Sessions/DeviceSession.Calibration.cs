// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Api.Sessions;

/// <content>Calibration of the board that the device sits on.</content>
internal sealed partial class DeviceSession
{
    /// <summary>Measures all neurons of the board and keeps the result where the command <c>calibrate</c> does; a run that goes on ends. A
    /// result that is worse than the former one is kept only if asked for.</summary>
    /// <returns>What was measured, and why it was not kept; null when it was.</returns>
    public Task<(BoardCalibration Made, string? Unkept)> CalibrateAsync(bool force, CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            await StopInnerAsync().ConfigureAwait(false);
            string name = _device.Client.Info.BoardName;
            string known = _device.Board?.Board ?? name;
            BoardDescription board = BoardCatalog.Names.Contains(known) || File.Exists(known) ? BoardCatalog.Find(known)
                : throw ApiException.Conflict($"the device sits on the board {name}, of which this program has no profile", null,
                    "open it with 'board', the path of its profile");
            if (CalibrationScope.WhyNot(board) is { } why)
            {
                throw ApiException.Conflict($"there is nothing to calibrate on the board {name}", why,
                    "networks drive it by the profile's nominal currents");
            }

            DeviceBench bench = await _device.MeasureAsync(board, cancellation).ConfigureAwait(false);
            DateTime next = DateTime.MinValue;
            Calibrator calibrator = new(bench, CalibrationOptions.For(board), (what, part) =>
            {
                if (DateTime.UtcNow >= next)
                {
                    next = DateTime.UtcNow + s_statusTime;
                    Hub.Send(new { Type = "calibrating", Part = part, What = what });
                }
            });
            BoardCalibration made = await calibrator.RunAsync(board.Profile.Name, _device.Client.Info.DeviceId, cancellation)
                .ConfigureAwait(false);
            CalibrationStore store = new(_settings.CalibrationFolder);
            BoardCalibration? former = store.Find(made.Board, made.Device);
            string[] worse = former is null || force ? [] : [.. CalibrationComparison.Worse(former, made),
                .. bench.LostSpikes > 0 ? ["spikes were lost while it was made"] : Array.Empty<string>()];
            string? unkept = made.Incomplete ?? (worse.Length == 0 ? null : string.Join("; ", worse));
            if (unkept is null)
            {
                store.Save(made);
            }

            Hub.Send(new { Type = "calibrated", Good = made.Good().Count(), Failed = made.Failed().Count(), Kept = unkept is null });
            return (made, unkept);
        },
        cancellation);
}
