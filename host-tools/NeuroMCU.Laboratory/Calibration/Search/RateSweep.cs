// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Search;

/// <summary>
/// Measures f(I) of all channels at once: first undriven, then in even steps from below the onset upwards, each channel up to its block
/// or its limit; then halves the distance that encloses onset and block; then adds points where the curve is steepest. A blocked
/// channel is released after the reading that found it so, never left there.
/// </summary>
internal sealed class RateSweep
{
    private readonly ICalibrationBench _bench;
    private readonly SweepOptions _options;
    private readonly Action<string, double> _progress;

    /// <summary>Initializes a new instance of the <see cref="RateSweep" /> class.</summary>
    /// <param name="progress">Receives what is being done and which part of it is over, 0 to 1.</param>
    public RateSweep(ICalibrationBench bench, SweepOptions options, Action<string, double> progress)
    {
        _bench = bench;
        _options = options;
        _progress = progress;
        Curves = [.. bench.Channels.Select(c => new ChannelCurve(c))];
    }

    /// <summary>Gets the curves, in the order of the bench's channels.</summary>
    public IReadOnlyList<ChannelCurve> Curves { get; }

    /// <summary>Measures.</summary>
    /// <returns>Done.</returns>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await QuietAsync(cancellation).ConfigureAwait(false);
        await CoarseAsync(cancellation).ConfigureAwait(false);
        foreach (ChannelCurve curve in Curves)
        {
            curve.KeepEarly();
        }

        await StepAsync(cancellation).ConfigureAwait(false);
        await HalveAsync("onset", _options.Onset, OnsetCode, cancellation).ConfigureAwait(false);
        await HalveAsync("block", _options.Block, BlockCode, cancellation).ConfigureAwait(false);
        for (int i = 0; i < _options.FillPoints; i++)
        {
            _progress("curve", (double)i / _options.FillPoints);
            await RoundAsync(SteepestCode, _options.Fill, cancellation).ConfigureAwait(false);
        }
    }

    private async Task QuietAsync(CancellationToken cancellation)
    {
        _progress("rest", 0);
        await _bench.ReleaseAsync([.. _bench.Channels.Select(c => c.Number)], cancellation).ConfigureAwait(false);
        IReadOnlyList<BenchReading> quiet = await _bench.MeasureAsync([.. Curves.Select(c => new DriveCode(c.Channel.Number, 0))],
            _options.Quiet, cancellation).ConfigureAwait(false);
        for (int i = 0; i < quiet.Count; i++)
        {
            Curves[i].Quiet = quiet[i];
        }
    }

    private async Task CoarseAsync(CancellationToken cancellation)
    {
        for (int step = 0; step < _options.Steps; step++)
        {
            double part = _options.From + ((1 - _options.From) * step / (_options.Steps - 1));
            _progress("sweep", (double)step / _options.Steps);
            await RoundAsync(c => c.Blocked is null ? c.Channel.CodeOf(part * c.Channel.CurrentOf(c.Channel.MaxCode)) : null,
                _options.Coarse, cancellation).ConfigureAwait(false);
        }
    }

    // A thyristor that does not let go fires once when the drive comes; a shorted one never.
    private async Task StepAsync(CancellationToken cancellation)
    {
        ChannelCurve[] silent = [.. Curves.Where(c => c.First is null)];
        if (silent.Length == 0)
        {
            return;
        }

        int[] numbers = [.. silent.Select(c => c.Channel.Number)];
        await _bench.ReleaseAsync(numbers, cancellation).ConfigureAwait(false);
        IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync(
            [.. silent.Select(c => new DriveCode(c.Channel.Number, c.Channel.MaxCode))], _options.Coarse with { Settle = 0 }, cancellation)
            .ConfigureAwait(false);
        for (int i = 0; i < silent.Length; i++)
        {
            silent[i].Step = readings[i];
        }

        await _bench.ReleaseAsync(numbers, cancellation).ConfigureAwait(false);
    }

    // Until no channel asks for more: as many rounds as the widest of the intervals needs.
    private async Task HalveAsync(string what, MeasureTiming timing, Func<ChannelCurve, int?> next, CancellationToken cancellation)
    {
        const int MostRounds = 12;
        for (int round = 0; round < MostRounds; round++)
        {
            _progress(what, (double)round / MostRounds);
            if (!await RoundAsync(next, timing, cancellation).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private int? OnsetCode(ChannelCurve curve) => curve.First is { } first
        ? Between(curve, curve.Silent, first, _options.OnsetPrecision) : null;

    private int? BlockCode(ChannelCurve curve) => curve.Last is { } last && curve.Blocked is { } blocked
        ? Between(curve, last, blocked, _options.BlockPrecision) : null;

    private static int? Between(ChannelCurve curve, int low, int high, double precision)
    {
        double gap = curve.Channel.CurrentOf(high) - curve.Channel.CurrentOf(low);
        return high - low < 2 || gap < precision * curve.Channel.CurrentOf(high) ? null : (low + high) / 2;
    }

    private static int? SteepestCode(ChannelCurve curve)
    {
        BenchReading[] firing = [.. curve.Readings.Where(r => r.Rate > 0)];
        return Enumerable.Range(0, Math.Max(0, firing.Length - 1))
            .Where(i => firing[i + 1].Code - firing[i].Code >= 2)
            .OrderByDescending(i => Math.Abs(firing[i + 1].Rate - firing[i].Rate))
            .Select(i => (int?)((firing[i].Code + firing[i + 1].Code) / 2))
            .FirstOrDefault();
    }

    // One measurement of all channels that want one; false when none does.
    private async Task<bool> RoundAsync(Func<ChannelCurve, int?> next, MeasureTiming timing, CancellationToken cancellation)
    {
        List<(ChannelCurve Curve, DriveCode Drive)> asked = [];
        foreach (ChannelCurve curve in Curves)
        {
            if (next(curve) is { } code)
            {
                asked.Add((curve, new DriveCode(curve.Channel.Number, code)));
            }
        }

        if (asked.Count == 0)
        {
            return false;
        }

        IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync([.. asked.Select(a => a.Drive)], timing, cancellation)
            .ConfigureAwait(false);
        List<int> blocked = [];
        for (int i = 0; i < readings.Count; i++)
        {
            ChannelCurve curve = asked[i].Curve;
            curve.Add(readings[i]);
            if (readings[i].Condition == ReadingCondition.Latched || (readings[i].Rate == 0 && curve.First < readings[i].Code))
            {
                blocked.Add(curve.Channel.Number);
            }
        }

        if (blocked.Count > 0)
        {
            await _bench.ReleaseAsync(blocked, cancellation).ConfigureAwait(false);
        }

        return true;
    }
}
