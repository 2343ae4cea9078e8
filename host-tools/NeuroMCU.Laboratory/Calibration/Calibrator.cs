// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Search;
using NeuroMCU.Laboratory.Calibration.Tables;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>
/// Calibrates a board: sweeps all channels, finds out which drive belongs to which spike input, judges each channel, fits the closed
/// form, makes drive tables and compares the channels with them and without. Outputs are safe afterwards, whatever happened.
/// </summary>
public sealed class Calibrator
{
    /// <summary>Change of the rate between begin and end of a calibration, as a part of it, that makes it worthless.</summary>
    private const double MostDrift = 0.05;

    private readonly ICalibrationBench _bench;
    private readonly CalibrationOptions _options;
    private readonly Action<string, double> _progress;
    private readonly ThyristorCell _reference;

    /// <summary>Initializes a new instance of the <see cref="Calibrator" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="options">How to calibrate.</param>
    /// <param name="progress">Receives what is being done and which part of it is over, 0 to 1; may be null.</param>
    /// <exception cref="ArgumentException">There is no such reference.</exception>
    public Calibrator(ICalibrationBench bench, CalibrationOptions options, Action<string, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(options);
        _bench = bench;
        _options = options;
        _progress = progress ?? ((_, _) => { });
        _reference = options.Cell ?? ThyristorPresets.Get(options.Reference);
    }

    /// <summary>What was measured by a calibration that was cancelled, without a verdict on any channel; null when nothing was, or it
    /// went through.</summary>
    public BoardCalibration? Partial { get; private set; }

    /// <summary>Calibrates.</summary>
    /// <param name="board">Name of the board profile.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="cancellation">Ends it; outputs are made safe first.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; <see cref="Partial" /> has what was measured.</exception>
    public async Task<BoardCalibration> RunAsync(string board, string device, CancellationToken cancellation)
    {
        RateSweep sweep = new(_bench, _options.Sweep, _progress);
        try
        {
            return await MeasureAsync(sweep, board, device, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (sweep.Curves.Any(c => c.Readings.Count > 0))
        {
            ChannelVerdict open = new(ChannelFault.NotJudged, "the calibration was broken off before it was judged", "calibrate again");
            Partial = Result(board, device, sweep, [.. sweep.Curves.Select(_ => open)]) with
            {
                Incomplete = $"broken off after {sweep.Curves.Sum(c => c.Readings.Count)} readings of {sweep.Curves.Count} channels",
                BenchSeconds = _bench.BenchTime.TotalSeconds,
            };
            throw;
        }
        finally
        {
            await _bench.SafeAsync().ConfigureAwait(false);
        }
    }

    private async Task<BoardCalibration> MeasureAsync(RateSweep sweep, string board, string device, CancellationToken cancellation)
    {
        await sweep.RunAsync(cancellation).ConfigureAwait(false);
        _progress("cables", 0);
        IReadOnlyList<IReadOnlyList<int>> drivers = await new CableCheck(_bench, sweep.Curves).RunAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<ChannelVerdict> verdicts = new ChannelJudge(_reference).Judge(sweep.Curves, drivers);
        ChannelCurve[] good = [.. sweep.Curves.Where((_, i) => verdicts[i].IsGood)];
        await EvenRatesAsync(good, cancellation).ConfigureAwait(false);
        verdicts = await RepeatAsync(sweep.Curves, verdicts, cancellation).ConfigureAwait(false);
        BoardCalibration made = Result(board, device, sweep, verdicts);
        RateSpread? spread = await new SpreadCheck(_bench, _options.Compare).RunAsync(made, CommonRates.Of(made), cancellation)
            .ConfigureAwait(false);
        return made with { Spread = spread, BenchSeconds = _bench.BenchTime.TotalSeconds };
    }

    private BoardCalibration Result(string board, string device, RateSweep sweep, IReadOnlyList<ChannelVerdict> verdicts) => new()
    {
        Board = board,
        Device = device,
        Date = DateTimeOffset.Now,
        Reference = _options.Reference,
        ReferenceCell = _reference,
        Channels = [.. sweep.Curves.Select((c, i) => Result(c, verdicts[i]))],
    };

    private async Task EvenRatesAsync(IReadOnlyList<ChannelCurve> curves, CancellationToken cancellation)
    {
        for (int k = 0; k < _options.TableRates; k++)
        {
            _progress("tables", (double)k / _options.TableRates);
            List<(ChannelCurve Curve, DriveCode Drive)> asked = [];
            foreach (ChannelCurve curve in curves)
            {
                RisingCurve rising = RisingCurve.Of(curve);
                int code = (int)Math.Round(rising.CodeOf(rising.Rates[0]
                    + ((rising.Top - rising.Rates[0]) * (k + 0.5) / _options.TableRates)));
                asked.Add((curve, new DriveCode(curve.Channel.Number, code)));
            }

            if (asked.Count == 0)
            {
                return;
            }

            IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync([.. asked.Select(a => a.Drive)], _options.Table, cancellation)
                .ConfigureAwait(false);
            for (int i = 0; i < readings.Count; i++)
            {
                asked[i].Curve.Add(readings[i]);
            }
        }
    }

    // A point of the first sweep once more: who fires otherwise now will do so again.
    private async Task<IReadOnlyList<ChannelVerdict>> RepeatAsync(IReadOnlyList<ChannelCurve> curves,
        IReadOnlyList<ChannelVerdict> verdicts, CancellationToken cancellation)
    {
        ChannelVerdict[] after = [.. verdicts];
        int[] places = [.. Enumerable.Range(0, curves.Count).Where(i => verdicts[i].IsGood && curves[i].Early is not null)];
        if (places.Length == 0)
        {
            return after;
        }

        IReadOnlyList<BenchReading> now = await _bench.MeasureAsync(
            [.. places.Select(i => new DriveCode(curves[i].Channel.Number, curves[i].Early!.Code))], _options.Sweep.Fill, cancellation)
            .ConfigureAwait(false);
        for (int k = 0; k < places.Length; k++)
        {
            ChannelCurve curve = curves[places[k]];
            double then = curve.Early!.Rate;
            if (Math.Abs(now[k].Rate - then) > MostDrift * then)
            {
                after[places[k]] = new ChannelVerdict(
                    ChannelFault.Drifts,
                    FormattableString.Invariant(
                        $"its rate at {curve.Channel.CurrentOf(curve.Early.Code) * 1e6:0.0} uA was {then:0.0} Hz, and {now[k].Rate:0.0} Hz at the end of the calibration"),
                    "let the board warm up for ten minutes and calibrate again; then its supply, the thyristor");
            }
        }

        return after;
    }

    private ChannelCalibration Result(ChannelCurve curve, ChannelVerdict verdict)
    {
        DriveTable? table = verdict.IsGood ? DriveTableMaker.Make(curve, _reference) : null;
        RisingCurve? rising = table is null ? null : RisingCurve.Of(curve);
        double highest = rising is null ? 0 : Math.Min(rising.Top, ThyristorRate.Of(_reference, table!.Currents[^1]));
        return new ChannelCalibration
        {
            Channel = curve.Channel.Number,
            Name = curve.Channel.Name,
            Verdict = verdict.IsGood && table is null
                ? new ChannelVerdict(ChannelFault.RangeTooNarrow, $"it fires at none of the rates of {_options.Reference}",
                    "calibrate with another --reference")
                : verdict,
            Readings = [.. curve.Readings],
            Currents = [.. curve.Readings.Select(r => curve.Channel.CurrentOf(r.Code))],
            Fit = verdict.Fault is ChannelFault.None or ChannelFault.RangeTooNarrow or ChannelFault.NotMonotone or ChannelFault.SenseBad
                ? ChannelFitter.Fit(curve, _reference) : null,
            Table = table,
            LowestRate = rising is null ? 0 : CommonRates.LowestOf(rising, highest),
            HighestRate = highest,
            Sense = SenseLine.Of(curve),
        };
    }
}
