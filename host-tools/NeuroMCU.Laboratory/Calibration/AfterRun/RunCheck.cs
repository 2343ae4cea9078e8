// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Devices.Client;

namespace NeuroMCU.Laboratory.Calibration.AfterRun;

/// <summary>
/// Holds what a run showed of the channels against their calibration: whether they fired as fast as they did then at the same drive, and
/// whether they are silent now that nothing drives them.
/// </summary>
public sealed class RunCheck
{
    /// <summary>Change of the rate that counts, as a part of it: that of <see cref="DriftCheck" />.</summary>
    public const double Tolerance = DriftCheck.DefaultTolerance;

    // Fewer intervals say nothing: the loop's grain is a part of each end.
    private const int FewestIntervals = 16;

    // Drives whose rates differ by as much in the calibration show whether the channel follows.
    private const double ClearlyOther = 1.15;
    private const double TheSame = 1.04;

    private readonly Dictionary<int, ChannelCalibration> _channels;

    /// <summary>Initializes a new instance of the <see cref="RunCheck" /> class.</summary>
    /// <param name="calibration">The calibration of the board; null when there is none, so that rates cannot be judged.</param>
    public RunCheck(BoardCalibration? calibration) =>
        _channels = calibration is null ? [] : calibration.Good().ToDictionary(c => c.Channel);

    /// <summary>Gets what the channels are called.</summary>
    public ChannelNames Names { get; init; } = ChannelNames.Numbers;

    /// <summary>Reads what the device gathered and counts spikes without drive for a moment.</summary>
    /// <param name="client">The device, after the run.</param>
    /// <param name="channels">The channels that the network used.</param>
    /// <param name="cancellation">Ends it; outputs are safe.</param>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public async Task<IReadOnlyList<RunFinding>> RunAsync(DeviceClient client, IReadOnlyList<int> channels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(channels);
        Dictionary<int, IReadOnlyList<RateAtDrive>> rates = [];
        foreach (int channel in channels)
        {
            rates[channel] = await client.ReadTallyAsync(channel, cancellation).ConfigureAwait(false);
        }

        MeasureOptions undriven = new()
        {
            Drives = [.. channels.Select(channel => new ChannelDrive(channel, 0))],
            SettleMilliseconds = 20,
            WindowMilliseconds = 100,
        };
        IReadOnlyList<ChannelMeasurement> after = await client.MeasureChannelsAsync(undriven, null, cancellation).ConfigureAwait(false);
        return [.. after.Where(m => m.Spikes > 0).Select(NotSafe), .. Judge(rates)];
    }

    /// <summary>Judges the rates of a run.</summary>
    /// <param name="rates">For each channel, how fast it fired at which drive.</param>
    /// <returns>At most one finding per channel, by number.</returns>
    public IReadOnlyList<RunFinding> Judge(IReadOnlyDictionary<int, IReadOnlyList<RateAtDrive>> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ChannelRates[] off = [.. rates.OrderBy(r => r.Key).Select(r => Compare(r.Key, r.Value)).OfType<ChannelRates>()
            .Where(c => Math.Abs(c.Change) > Tolerance)];
        return [.. off.Select(channel => Swapped(channel, off) ?? DoesNotFollow(channel) ?? Drifted(channel))];
    }

    private ChannelRates? Compare(int channel, IReadOnlyList<RateAtDrive> rates)
    {
        if (!_channels.TryGetValue(channel, out ChannelCalibration? calibration))
        {
            return null;
        }

        MeasuredRate measured = new(calibration);
        (RateAtDrive Run, double Then)[] points =
            [.. rates.Where(r => r.Intervals >= FewestIntervals).Select(r => (r, Then: measured.Nearest(r.Code, r.Rate)))
                .Where(p => p.Then is not null).Select(p => (p.r, p.Then!.Value))];
        double expected = points.Sum(p => p.Then * p.Run.Seconds);
        return expected > 0
            ? new ChannelRates(channel, calibration.Name, measured, points, (points.Sum(p => p.Run.Intervals) / expected) - 1)
            : null;
    }

    // Either fires as it would at the drive of the other.
    private RunFinding? Swapped(ChannelRates channel, ChannelRates[] off)
    {
        ChannelRates? other = off.FirstOrDefault(o => o.Channel != channel.Channel && o.FitsTo(channel) && channel.FitsTo(o));
        return other is null
            ? null
            : new RunFinding(
                channel.Channel,
                RunFindingKind.Swapped,
                $"{Names.Of(channel.Channel)} fires as its calibration says for the drive of {other.Name}, and {other.Name} for that of {channel.Name}: their cables are swapped",
                $"exchange the cables of {channel.Name} and {other.Name} between board and converter, on one side only");
    }

    private RunFinding? DoesNotFollow(ChannelRates channel)
    {
        (RateAtDrive Run, double Then) slow = channel.Points.MinBy(p => p.Then);
        (RateAtDrive Run, double Then) fast = channel.Points.MaxBy(p => p.Then);
        return fast.Then / slow.Then > ClearlyOther && channel.Points.Max(p => p.Run.Rate) / channel.Points.Min(p => p.Run.Rate) < TheSame
            ? new RunFinding(
                channel.Channel,
                RunFindingKind.DoesNotFollow,
                Text($"{Names.Of(channel.Channel)} fires with {fast.Run.Rate:0} Hz at drives whose rates were {slow.Then:0} and {fast.Then:0} Hz when it was calibrated: it does not follow its drive"),
                $"the converter that drives {channel.Name}, and its cable")
            : null;
    }

    private RunFinding Drifted(ChannelRates channel)
    {
        (RateAtDrive run, double then) = channel.Points.MaxBy(p => p.Run.Intervals);
        return new RunFinding(
            channel.Channel,
            RunFindingKind.Drifted,
            Text($"{Names.Of(channel.Channel)} fires {Math.Abs(channel.Change):P0} {(channel.Change < 0 ? "slower" : "faster")} than its calibration says: {run.Rate:0.0} Hz where it was {then:0.0} Hz"),
            "its age, its temperature, its cables and its converter: neuromcu calibrate --check measures it again, neuromcu calibrate "
            + "makes new drive tables");
    }

    private RunFinding NotSafe(ChannelMeasurement measured)
    {
        return new RunFinding(
            measured.Channel,
            RunFindingKind.NotSafe,
            Text($"{Names.Of(measured.Channel)} fires after the run, although nothing drives it ({measured.Spikes} spikes in 0.1 s): it cannot be made safe"),
            "switch the board's supply off; then the converter that drives it, its cable, its comparator");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record ChannelRates(int Channel, string Name, MeasuredRate Measured, (RateAtDrive Run, double Then)[] Points,
        double Change)
    {
        // This channel's rate is what its calibration says for where the other one was mostly driven.
        public bool FitsTo(ChannelRates other)
        {
            RateAtDrive mine = Points.MaxBy(p => p.Run.Intervals).Run;
            RateAtDrive its = other.Points.MaxBy(p => p.Run.Intervals).Run;
            return Measured.Nearest(its.Code, mine.Rate) is { } rate && Math.Abs(mine.Rate - rate) <= Tolerance * rate;
        }
    }
}
