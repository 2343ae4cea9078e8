// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>Looks at everything of a new board that its own instruments can see. Outputs are safe afterwards, whatever happened.</summary>
public sealed class BoardBringup
{
    private static readonly MeasureTiming s_fire = new(80, 300);

    private readonly ICalibrationBench _bench;
    private readonly CalibrationOptions _options;
    private readonly Action<string, double> _progress;
    private readonly IBringupGuide _guide;

    /// <summary>Initializes a new instance of the <see cref="BoardBringup" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="options">The neuron that it is built for.</param>
    /// <param name="guide">Who is asked before each stage.</param>
    /// <param name="progress">Receives what is being done; may be null.</param>
    public BoardBringup(ICalibrationBench bench, CalibrationOptions options, IBringupGuide guide, Action<string, double>? progress = null)
    {
        _bench = bench;
        _options = options;
        _guide = guide;
        _progress = progress ?? ((_, _) => { });
    }

    /// <summary>Looks.</summary>
    /// <param name="board">Name of the profile.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The findings; those so far, and one that says so, when it was cancelled.</returns>
    public async Task<IReadOnlyList<BringupFinding>> RunAsync(string board, string device, CancellationToken cancellation)
    {
        BringupWalk walk = new BringupWalk(_bench, _guide);
        try
        {
            if (!await walk.LookAtRestAsync(cancellation).ConfigureAwait(false)
                || !await walk.BeginSweepAsync("drive, sense and neuron", "about half a minute", cancellation).ConfigureAwait(false))
            {
                return walk.Findings;
            }

            BoardCalibration made = await new Calibrator(_bench, _options, _progress).RunAsync(board, device, cancellation)
                .ConfigureAwait(false);
            AddChannels(walk, made);
            if (made.Good().Any() && await walk.BeginAsync(ResetStage(), cancellation).ConfigureAwait(false))
            {
                foreach (ChannelCalibration channel in made.Good())
                {
                    walk.Add(await ResetAsync(channel, cancellation).ConfigureAwait(false));
                }
            }

            return walk.Findings;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            walk.BreakOff();
            return walk.Findings;
        }
        finally
        {
            await _bench.SafeAsync().ConfigureAwait(false);
        }
    }

    private static BringupStage ResetStage() => new(
        "reset",
        "Each good channel is driven, reset and driven again.",
        [MeterReading.Around("5 V supply after the sweep", 5, 0.05, "the supply's current limit, the USB cable, a part that became warm")]);

    private static void AddChannels(BringupWalk walk, BoardCalibration made)
    {
        foreach (ChannelCalibration channel in made.Channels)
        {
            if (channel.Sense is { } sense)
            {
                walk.Add(Converters(channel, sense, made.ReferenceCell));
            }

            walk.Add(Neuron(channel));
        }
    }

    private static BringupFinding Converters(ChannelCalibration channel, SenseLine sense, ThyristorCell nominal)
    {
        bool follows = sense.Resistance > 0.2 * nominal.Load && sense.Resistance < 2 * nominal.Load;
        return new BringupFinding(
            "drive and sense",
            channel.Name,
            follows,
            Text($"the load's mean voltage rises by {sense.Resistance:0} mV per mA of drive ({nominal.Load:0} expected)"),
            follows ? string.Empty
            : "with a multimeter: the drive's voltage at its largest code, the mirror's supply, the current into the membrane; then the "
            + "wire of SENSE");
    }

    private static BringupFinding Neuron(ChannelCalibration channel) => channel.Verdict.IsGood && channel.Fit is { } fit
        ? new BringupFinding(
            "neuron", channel.Name, true,
            Text($"threshold {fit.Cell.Threshold:0.00} V, fires from {fit.Cell.Onset * 1e6:0.0} uA, {(fit.BlockSeen ? "blocked from" : "not blocked up to")} {(fit.BlockSeen ? fit.Cell.Hold : channel.Currents[^1]) * 1e6:0.0} uA, up to {channel.Readings.Max(r => r.Rate):0} Hz"), string.Empty)
        : new BringupFinding("neuron", channel.Name, channel.Verdict.IsGood, channel.Verdict.IsGood ? "fires" : channel.Verdict.Reason,
            channel.Verdict.Advice);

    // Driven, released by reset, driven again: it must fire as before.
    private async Task<BringupFinding> ResetAsync(ChannelCalibration channel, CancellationToken cancellation)
    {
        DriveCode[] drive = [new DriveCode(channel.Channel, channel.Readings.Where(r => r.Rate > 0)
            .ElementAt(channel.Readings.Count(r => r.Rate > 0) / 2).Code)];
        BenchReading before = (await _bench.MeasureAsync(drive, s_fire, cancellation).ConfigureAwait(false))[0];
        await _bench.ReleaseAsync([channel.Channel], cancellation).ConfigureAwait(false);
        BenchReading after = (await _bench.MeasureAsync(drive, s_fire, cancellation).ConfigureAwait(false))[0];
        bool same = before.Rate > 0 && Math.Abs(after.Rate - before.Rate) < 0.05 * before.Rate;
        return new BringupFinding("reset", channel.Name, same, Text($"{before.Rate:0.0} Hz before, {after.Rate:0.0} Hz after the reset"),
            same ? string.Empty : "the reset transistor across the membrane capacitor and the wire of RESET");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
