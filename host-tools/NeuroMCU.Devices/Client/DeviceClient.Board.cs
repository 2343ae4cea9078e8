// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <content>
/// Neuron channels of the board, without a network: for calibration and bring-up. A host that leaves channels driven has to be heard by
/// the device at least once per link timeout of its board profile (<see cref="PingAsync" /> is enough), or it makes everything safe.
/// </content>
public sealed partial class DeviceClient
{
    private static readonly TimeSpan s_measurePoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads what neuron channels the board has.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The channels; none for a board without neurons.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<NeuronBoardInfo> ReadBoardAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var channels = new List<BoardChannelInfo>();
            var answer = new BoardInfo();
            do
            {
                int first = channels.Count;
                BodyReader body = await _exchange.RequestAsync(MessageType.BoardInfo, new FirstIndex { First = first }.Write, cancellation)
                    .ConfigureAwait(false);
                Check(answer.Read(body) && answer.First == first && (answer.Count > 0 || first == answer.Channels), MessageType.BoardInfo);
                for (int k = 0; k < answer.Count; k++)
                {
                    channels.Add(new BoardChannelInfo(
                        (answer.Parts[k] & BoardInfo.HasDrive) != 0, answer.Limits[k], answer.SenseBits[k], answer.Conditions[k],
                        answer.Latches[k]));
                }
            }
            while (channels.Count < answer.Channels);
            return new NeuronBoardInfo(answer.Resolution, channels);
        },
        cancellation);

    /// <summary>Drives a channel until something else is said. Not during a run, a measurement or in the fault state.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="code">Code of its converter, 0 to the channel's limit.</param>
    /// <param name="cancellation">Ends the wait; the channel may be driven then.</param>
    /// <returns>When it is driven.</returns>
    /// <exception cref="DeviceException">There is no such channel, the code is above its limit, or the link broke.</exception>
    public Task DriveChannelAsync(int channel, int code, CancellationToken cancellation = default)
    {
        CheckChannel(channel);
        CheckWord(code, 0, nameof(code));
        return CommandAsync(MessageType.BoardDrive, new BoardDrive { Channel = channel, Code = code }.Write, cancellation);
    }

    /// <summary>Reads what a channel senses, several times in a row. Not during a run.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="samples">Number of readings, 1 to <see cref="BoardSense.MaxSamples" />.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The readings.</returns>
    /// <exception cref="DeviceException">There is no such channel, it senses nothing, or the link broke.</exception>
    public Task<SenseReading> SenseChannelAsync(int channel, int samples = 16, CancellationToken cancellation = default)
    {
        CheckChannel(channel);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, BoardSense.MaxSamples);
        var request = new BoardSense { Channel = channel, Samples = samples };
        return ExclusiveAsync(
            async () =>
            {
                var answer = new SenseAnswer();
                Check(
                    answer.Read(await _exchange.RequestAsync(MessageType.BoardSense, request.Write, cancellation).ConfigureAwait(false))
                        && answer.Samples > 0,
                    MessageType.BoardSense);
                return new SenseReading(answer.Samples, (double)answer.Sum / answer.Samples, answer.Lowest, answer.Highest,
                    answer.Duration);
            },
            cancellation);
    }

    /// <summary>Presses the reset of a channel for a time, which empties its membrane and releases a latched thyristor whose drive is
    /// off. Comes back at once.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="milliseconds">How long, 1 to 65535.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it is pressed.</returns>
    /// <exception cref="DeviceException">There is no such channel, or the link broke.</exception>
    public Task ResetChannelAsync(int channel, int milliseconds, CancellationToken cancellation = default)
    {
        CheckChannel(channel);
        CheckWord(milliseconds, 1, nameof(milliseconds));
        return CommandAsync(MessageType.BoardReset, new BoardReset { Channel = channel, Milliseconds = milliseconds }.Write, cancellation);
    }

    /// <summary>Takes every output of the device to its safe level, and ends a measurement or run that goes on.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When everything is safe.</returns>
    /// <exception cref="DeviceException">The link broke; the device then makes itself safe after its link timeout.</exception>
    public Task MakeBoardSafeAsync(CancellationToken cancellation = default) => CommandAsync(MessageType.BoardSafe, null, cancellation);

    /// <summary>Drives channels, waits until they have settled, and counts their spikes over a window, all at the same time.</summary>
    /// <param name="options">Channels, codes and times.</param>
    /// <param name="progress">Receives the share that is over, 0 to 1; may be null.</param>
    /// <param name="cancellation">Breaks the measurement off; every output is safe when the task ends.</param>
    /// <returns>What the channels did, in the order of the request.</returns>
    /// <exception cref="DeviceException">The device refuses, broke the measurement off, or the link broke.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public async Task<IReadOnlyList<ChannelMeasurement>> MeasureChannelsAsync(
        MeasureOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        BoardMeasure request = Request(options);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            MeasureProgress state = await ProgressAsync(MessageType.BoardMeasure, request.Write, cancellation).ConfigureAwait(false);
            int number = state.Number;
            double total = Math.Max(1, state.Left);
            while (state.State is MeasureState.Settling or MeasureState.Counting)
            {
                progress?.Report(1 - Math.Min(1, state.Left / total));
                await PauseAsync(TimeSpan.FromMilliseconds(state.Left + 1), cancellation).ConfigureAwait(false);
                state = await ProgressAsync(MessageType.BoardProgress, null, cancellation).ConfigureAwait(false);
            }

            if (state.State != MeasureState.Done || state.Number != number)
            {
                throw BrokenOff();
            }

            progress?.Report(1);
            return await ResultsAsync(request, number, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await MakeBoardSafeAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the intervals of the last measurement.</summary>
    /// <param name="channels">Number of channels that were measured.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The channels' intervals, in the order of the measurement's request.</returns>
    /// <exception cref="DeviceException">There is no finished measurement, the device is older than protocol 1.2, or the link
    /// broke.</exception>
    public Task<IReadOnlyList<ChannelIntervals>> ReadIntervalsAsync(int channels, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        return ExclusiveAsync(
            async () =>
            {
                var found = new List<ChannelIntervals>(channels);
                var answer = new MeasureIntervals();
                while (found.Count < channels)
                {
                    int first = found.Count;
                    BodyReader body = await _exchange.RequestAsync(MessageType.BoardIntervals, new FirstIndex { First = first }.Write,
                        cancellation)
                        .ConfigureAwait(false);
                    Check(answer.Read(body) && answer.First == first && answer.Count > 0, MessageType.BoardIntervals);
                    for (int k = 0; k < answer.Count; k++)
                    {
                        found.Add(new ChannelIntervals(answer.Channels[k], answer.Shortest[k], answer.Longest[k], answer.Plateaus[k]));
                    }
                }

                return (IReadOnlyList<ChannelIntervals>)found;
            },
            cancellation);
    }

    /// <summary>Sets an output of the board until something else is said or everything is made safe. Not during a run, a measurement or
    /// in the fault state.</summary>
    /// <param name="output">Number of the output, in the order of the board profile.</param>
    /// <param name="level">0 for the low end of its range to <see cref="OutputRequest.Full" /> for the high end.</param>
    /// <param name="cancellation">Ends the wait; the output may be set then.</param>
    /// <returns>When it is set.</returns>
    /// <exception cref="DeviceException">There is no such output, the device is older than protocol 1.2, or the link broke.</exception>
    public Task SetOutputAsync(int output, int level, CancellationToken cancellation = default)
    {
        CheckChannel(output);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, OutputRequest.Full);
        return CommandAsync(MessageType.BoardOutput, new OutputRequest { Output = output, Level = level }.Write, cancellation);
    }

    /// <summary>Reads how fast a channel fired at which drive in the last run.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>One entry for each part of the drive's range in which there were intervals, by ascending code.</returns>
    /// <exception cref="DeviceException">There is no such channel, or the link broke.</exception>
    public Task<IReadOnlyList<RateAtDrive>> ReadTallyAsync(int channel, CancellationToken cancellation = default)
    {
        CheckChannel(channel);
        return ExclusiveAsync(
            async () =>
            {
                var answer = new BoardTally();
                BodyReader body = await _exchange.RequestAsync(MessageType.BoardTally, new ChannelNumber { Channel = channel }.Write,
                    cancellation)
                    .ConfigureAwait(false);
                Check(answer.Read(body) && answer.Channel == channel, MessageType.BoardTally);
                var rates = new List<RateAtDrive>();
                for (int k = 0; k < BoardTally.Bins; k++)
                {
                    if (answer.Intervals[k] > 0 && answer.Times[k] > 0)
                    {
                        rates.Add(new RateAtDrive(answer.Codes[k] / 256.0, answer.Intervals[k], answer.Times[k] / 1000.0));
                    }
                }

                return (IReadOnlyList<RateAtDrive>)rates;
            },
            cancellation);
    }

    private static void CheckChannel(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 255);
    }

    private static void CheckWord(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65535, name);
    }

    private static BoardMeasure Request(MeasureOptions options)
    {
        CheckWord(options.SettleMilliseconds, 0, nameof(options));
        CheckWord(options.WindowMilliseconds, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Drives.Count, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Drives.Count, BoardMeasure.MaxChannels, nameof(options));
        var request = new BoardMeasure
        {
            Flags = (options.KeepDriven ? BoardMeasure.Keep : 0) | (options.FollowSense ? BoardMeasure.Follow : 0),
            Settle = options.SettleMilliseconds,
            Window = options.WindowMilliseconds,
            Count = options.Drives.Count,
        };
        for (int k = 0; k < request.Count; k++)
        {
            CheckChannel(options.Drives[k].Channel);
            CheckWord(options.Drives[k].Code, 0, nameof(options));
            request.Channels[k] = options.Drives[k].Channel;
            request.Codes[k] = options.Drives[k].Code;
        }

        return request;
    }

    private static DeviceException BrokenOff() => new(
        DeviceErrorKind.Refused,
        "the device broke the measurement off",
        "it had a fault, did not hear from this host, or another host made it safe; its outputs are safe",
        "'neuromcu info' says which; then repeat the command");

    private Task<bool> CommandAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            await _exchange.RequestAsync(type, write, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private Task<MeasureProgress> ProgressAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            var progress = new MeasureProgress();
            Check(progress.Read(await _exchange.RequestAsync(type, write, cancellation).ConfigureAwait(false)), type);
            return progress;
        },
        cancellation);

    // Events that come meanwhile are taken; a wait on the link lets a simulated device's time pass.
    private Task<bool> PauseAsync(TimeSpan time, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            TimeSpan end = Elapsed + (time < s_measurePoll ? time : s_measurePoll);
            while (await _exchange.ReceiveAsync(end, cancellation).ConfigureAwait(false))
            {
            }

            return true;
        },
        cancellation);

    private Task<IReadOnlyList<ChannelMeasurement>> ResultsAsync(BoardMeasure request, int number, CancellationToken cancellation)
        => ExclusiveAsync(
        async () =>
        {
            var found = new List<ChannelMeasurement>(request.Count);
            var answer = new MeasureResults();
            while (found.Count < request.Count)
            {
                int first = found.Count;
                BodyReader body = await _exchange.RequestAsync(MessageType.BoardResult, new FirstIndex { First = first }.Write,
                    cancellation)
                    .ConfigureAwait(false);
                Check(
                    answer.Read(body) && answer.Number == number && answer.First == first && answer.Count > 0
                    && first + answer.Count <= request.Count,
                    MessageType.BoardResult);
                for (int k = 0; k < answer.Count; k++)
                {
                    var sense = new SenseReading(answer.Samples[k], answer.Means[k] / 256.0, answer.Lowest[k], answer.Highest[k], 0);
                    found.Add(new ChannelMeasurement(
                        answer.Channels[k], request.Codes[first + k], answer.Conditions[k], answer.Spikes[k], answer.FirstTimes[k],
                        answer.LastTimes[k],
                        sense, answer.Missed[k]));
                }
            }

            return (IReadOnlyList<ChannelMeasurement>)found;
        },
        cancellation);
}
