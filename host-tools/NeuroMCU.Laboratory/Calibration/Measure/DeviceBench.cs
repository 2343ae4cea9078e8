// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>A board behind a device, real or virtual: BOARD_MEASURE and its companions.</summary>
public sealed class DeviceBench : ICalibrationBench
{
    private const int ResetMilliseconds = 5;
    private const int ReadBackSamples = 32;

    private readonly DeviceClient _client;
    private readonly Func<TimeSpan> _clock;
    private readonly TimeSpan _start;
    private readonly bool _follow;

    private DeviceBench(DeviceClient client, IReadOnlyList<BenchChannel> channels, int resolution, bool follow, Func<TimeSpan> clock)
    {
        _client = client;
        _follow = follow;
        _clock = clock;
        _start = clock();
        Channels = channels;
        Resolution = resolution;
    }

    /// <inheritdoc />
    public IReadOnlyList<BenchChannel> Channels { get; }

    /// <summary>Gets the stated resolution of spike times in µs.</summary>
    public int Resolution { get; }

    /// <inheritdoc />
    public TimeSpan BenchTime => _clock() - _start;

    /// <summary>Asks a device for its channels and checks that they are those of its profile.</summary>
    /// <param name="connection">The device.</param>
    /// <param name="board">The profile of its board.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The bench.</returns>
    /// <exception cref="CalibrationException">The board has no neurons, or the device knows another profile of it.</exception>
    public static async Task<DeviceBench> OpenAsync(DeviceConnection connection, BoardDescription board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(board);
        NeuronBoardInfo info = await connection.Client.ReadBoardAsync(cancellation).ConfigureAwait(false);
        BenchChannel[] channels =
            [.. board.Channels.Select((c, i) => (Channel: c, Number: i)).Where(c => c.Channel.Drive is not null)
                .Select(c => new BenchChannel(c.Number, c.Channel.Name, c.Channel.Drive!, c.Channel.Sense))];
        if (info.Channels.Count == 0 || channels.Length == 0)
        {
            throw new CalibrationException(
                CalibrationErrorKind.NothingToCalibrate, $"the board {board.Profile.Name} has no neurons", null,
                "use a board that has, for example --board thyristor-8");
        }

        foreach (BenchChannel channel in channels)
        {
            if (channel.Number >= info.Channels.Count || info.Channels[channel.Number].MaxCode != channel.MaxCode)
            {
                string told = channel.Number >= info.Channels.Count ? "the device does not know it"
                    : $"the device allows codes up to {info.Channels[channel.Number].MaxCode}";
                throw new CalibrationException(
                    CalibrationErrorKind.Foreign,
                    $"the device has another profile of {board.Profile.Name} than this program",
                    $"channel {channel.Name} may be driven up to code {channel.MaxCode} here, and {told}",
                    "write the board profile of this program into the device, or name the one that it has: --profile FILE.yaml");
            }
        }

        DateTimeOffset start = DateTimeOffset.UtcNow;
        Func<TimeSpan> clock = connection.Device is { } device ? () => device.Time : () => DateTimeOffset.UtcNow - start;

        // Between two fast spikes the soma of a bursting neuron stays up, at a level that goes with the drive.
        bool follow = board.Channels.Any(c => c.Neuron.Kind == NeuronKind.Bursting);
        return new DeviceBench(connection.Client, channels, info.Resolution, follow, clock);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<BenchReading>> MeasureAsync(IReadOnlyList<DriveCode> drives, MeasureTiming timing,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(drives);
        ArgumentNullException.ThrowIfNull(timing);
        IReadOnlyList<ChannelMeasurement> measured = await _client.MeasureChannelsAsync(
            new MeasureOptions
            {
                Drives = [.. drives.Select(d => new ChannelDrive(d.Channel, d.Code))],
                SettleMilliseconds = timing.Settle,
                WindowMilliseconds = timing.Window,
                FollowSense = _follow,
            },
            progress: null,
            cancellation).ConfigureAwait(false);
        return [.. measured.Select(m => Reading(m, timing))];
    }

    /// <summary>Gets the intervals of the last measurement.</summary>
    /// <param name="channels">Number of channels that were measured.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The intervals, in the order of the measurement's drives.</returns>
    public Task<IReadOnlyList<ChannelIntervals>> IntervalsAsync(int channels, CancellationToken cancellation)
        => _client.ReadIntervalsAsync(channels, cancellation);

    /// <summary>Sets an output of the board; it stays until <see cref="SafeAsync" />.</summary>
    /// <param name="output">Its number.</param>
    /// <param name="level">0 to 65536, its range in the profile.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Done.</returns>
    public Task SetOutputAsync(int output, int level, CancellationToken cancellation)
        => _client.SetOutputAsync(output, level, cancellation);

    /// <inheritdoc />
    public async Task ReleaseAsync(IReadOnlyList<int> channels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(channels);
        foreach (int channel in channels)
        {
            await _client.DriveChannelAsync(channel, 0, cancellation).ConfigureAwait(false);
            await _client.ResetChannelAsync(channel, ResetMilliseconds, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Drives one channel and reads what it senses, without counting spikes. The channel stays driven.</summary>
    /// <param name="channel">The channel; it senses something.</param>
    /// <param name="code">Code of its drive.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Mean voltage at the sense in V.</returns>
    public async Task<double> ReadBackAsync(BenchChannel channel, int code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(channel);
        await _client.DriveChannelAsync(channel.Number, code, cancellation).ConfigureAwait(false);
        SenseReading read = await _client.SenseChannelAsync(channel.Number, ReadBackSamples, cancellation).ConfigureAwait(false);
        return read.Mean * channel.Sense!.MillivoltsPerCode * 1e-3;
    }

    /// <inheritdoc />
    public Task SafeAsync() => _client.MakeBoardSafeAsync(CancellationToken.None);

    /// <summary>Gets the number of spikes that the board lost in all measurements so far.</summary>
    public long LostSpikes { get; private set; }

    private BenchReading Reading(ChannelMeasurement m, MeasureTiming timing)
    {
        LostSpikes += m.Missed;
        double volts = Channels.First(c => c.Number == m.Channel).Sense is { } sense && m.Sense.Samples > 0
            ? sense.MillivoltsPerCode * 1e-3 : double.NaN;
        return new BenchReading
        {
            Channel = m.Channel,
            Code = m.Code,
            Window = timing.Window * 1e-3,
            Spikes = m.Spikes,
            First = m.FirstSpike * 1e-6,
            Last = m.LastSpike * 1e-6,
            SenseMean = m.Sense.Mean * volts,
            SenseLow = m.Sense.Lowest * volts,
            SenseHigh = m.Sense.Highest * volts,
            Condition = (ReadingCondition)m.Condition,
            Lost = m.Missed,
        };
    }
}
