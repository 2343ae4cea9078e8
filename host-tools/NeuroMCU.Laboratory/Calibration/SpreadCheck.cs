// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Commands the same currents to all good channels of a board, without drive tables and with them, and measures the
/// rates.</summary>
internal sealed class SpreadCheck
{
    private readonly ICalibrationBench _bench;
    private readonly MeasureTiming _timing;

    /// <summary>Initializes a new instance of the <see cref="SpreadCheck" /> class.</summary>
    public SpreadCheck(ICalibrationBench bench, MeasureTiming timing)
    {
        _bench = bench;
        _timing = timing;
    }

    /// <summary>Measures.</summary>
    /// <param name="rates">Rates in Hz to command.</param>
    /// <returns>The rates; null when there is nothing to compare.</returns>
    public async Task<RateSpread?> RunAsync(BoardCalibration calibration, IReadOnlyList<double> rates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(rates);
        ChannelCalibration[] good = [.. calibration.Good()];
        BenchChannel[] channels = [.. good.Select(g => _bench.Channels.First(c => c.Number == g.Channel))];
        List<CommandedRate> commands = [];
        foreach (double rate in rates)
        {
            if (ThyristorRate.CurrentFor(calibration.ReferenceCell, rate) is { } current)
            {
                double[] before = await RatesAsync([.. channels.Select(c => new DriveCode(c.Number, c.CodeOf(current)))], cancellation)
                    .ConfigureAwait(false);
                double[] after = await RatesAsync([.. good.Select(g => new DriveCode(g.Channel, g.Table!.CodeOf(current)))], cancellation)
                    .ConfigureAwait(false);
                commands.Add(new CommandedRate(rate, current, before, after));
            }
        }

        return commands.Count == 0 ? null : new RateSpread(commands);
    }

    private async Task<double[]> RatesAsync(IReadOnlyList<DriveCode> drives, CancellationToken cancellation)
    {
        IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync(drives, _timing, cancellation).ConfigureAwait(false);
        int[] blocked = [.. readings.Where(r => r.Rate == 0 && r.Code > 0).Select(r => r.Channel)];
        if (blocked.Length > 0)
        {
            await _bench.ReleaseAsync(blocked, cancellation).ConfigureAwait(false);
        }

        return [.. readings.Select(r => r.Rate)];
    }
}
